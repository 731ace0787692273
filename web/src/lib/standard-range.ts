import type { Question } from '../api/types';

type Range = Pick<Question, 'min' | 'max' | 'unit'>;

/** `60 – 80 ℃`, `≥ 60 ℃`; null where there is no standard to be in. */
export function rangeText({ min, max, unit }: Range): string | null {
  const inUnit = unit ? ` ${unit}` : '';
  if (min !== undefined && max !== undefined) return `${min} – ${max}${inUnit}`;
  if (min !== undefined) return `≥ ${min}${inUnit}`;
  return max === undefined ? null : `≤ ${max}${inUnit}`;
}

export const isWithin = ({ min, max }: Range, value: number): boolean =>
  value >= (min ?? -Infinity) && value <= (max ?? Infinity);
