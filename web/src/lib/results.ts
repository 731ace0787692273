import type { TFunction } from 'i18next';

/** Result codes of an item (their labels are in the texts). */
export const RESULT_CODES = [1, 2, 3, 4, 5, 6, 7, 8] as const;

export type ResultCode = (typeof RESULT_CODES)[number];

export const resultLabel = (code: number, t: TFunction): string => t(`results.c${code as ResultCode}`);

/** Whether a result says that something is wrong: not "no problem" and not "no such business". */
export const isViolation = (code: number): boolean => code !== 1 && code !== 7;
