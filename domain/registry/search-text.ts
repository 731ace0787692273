/** How what somebody types is looked for: `name_parts` in the database cuts names alike. */

/** A name as it is compared: full-width and small letters are the others. */
export const nameKey = (text: string): string => text.normalize('NFKC').toUpperCase();

/** Pairs of neighbouring characters. */
export function namePartsOf(key: string): string[] {
  const characters = [...key];
  return [...new Set(characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`))];
}

/** Digits and letters that begin like a credit code; KTV and 58同城 are names. */
export const readsAsCode = (text: string): boolean =>
  /^[0-9ANY][0-9A-Z]{1,17}$/i.test(text) && /\d/.test(text);
