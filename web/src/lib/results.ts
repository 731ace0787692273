/** Result codes of an item (their labels are in the texts). */
export const RESULT_CODES = [1, 2, 3, 4, 5, 6, 7, 8] as const;

export type ResultCode = (typeof RESULT_CODES)[number];
