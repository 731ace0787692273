import { shift } from '../deadlines/working-days';
import type { Period, TrendUnit } from './figures';

export const BULLETIN_KINDS = ['monthly', 'quarterly', 'yearly', 'special'] as const;
export type BulletinKind = (typeof BULLETIN_KINDS)[number];

const MONTHS: Record<Exclude<BulletinKind, 'special'>, number> = { monthly: 1, quarterly: 3, yearly: 12 };

/** The last whole month, quarter or year before a day. */
export function periodBefore(kind: Exclude<BulletinKind, 'special'>, day: string): Period {
  const length = MONTHS[kind];
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const end = months - (months % length);
  return { from: firstOf(end - length), to: shift(firstOf(end), -1) };
}

/** Counted from year 0. */
const firstOf = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;

/** `2026年11月`, `2026年第四季度`, `2026年度`; days where it is none of them. */
export function periodText(kind: BulletinKind, { from, to }: Period): string {
  const year = from.slice(0, 4);
  const month = Number(from.slice(5, 7));
  switch (kind) {
    case 'monthly':
      return `${year}年${month}月`;
    case 'quarterly':
      return `${year}年第${'一二三四'.charAt(Math.floor((month - 1) / 3))}季度`;
    case 'yearly':
      return `${year}年度`;
    case 'special':
      return `${from}至${to}`;
  }
}

const DAY_MS = 86_400_000;

export const daysIn = ({ from, to }: Period): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

/** Monday of the week, or the first of the month, that a day is in. */
export function startOf(unit: TrendUnit, day: string): string {
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return shift(day, -weekday);
}

/** All weeks or months that a period touches, also those in which nothing was due. */
export function startsIn(unit: TrendUnit, { from, to }: Period): string[] {
  const starts: string[] = [];
  for (let at = startOf(unit, from); at <= to; at = startOf(unit, shift(at, unit === 'week' ? 7 : 31)))
    starts.push(at);
  return starts;
}
