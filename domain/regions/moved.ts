/** Codes that the state replaced: a registry kept for years still carries the old ones. */
const REPLACED: Readonly<Record<string, string>> = {
  // 旬阳县 became the city of 旬阳 in 2021.
  '610928': '610981',
};

/** The code that is in force for an area today. */
export const currentRegion = (code: string): string => REPLACED[code] ?? code;
