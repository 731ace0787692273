/**
 * A number at a freeze against the same number at other days: had the campaign been frozen then, at the same hour. What
 * goes on all year round is no sign of anything.
 */
export const DAY_MS = 86_400_000;

/** Fewer other days than this say nothing. */
export const FEWEST_DAYS = 30;

/** The moments at which something counts, from the first up to the second, and how much of it. */
export interface Counted {
  from: number;
  to: number;
  count: number;
}

/** The moments that a freeze is compared with lie between these, and away from every freeze. */
export interface OtherDays {
  from: number;
  to: number;
  freezes: readonly number[];
  /** How far away. */
  apart: number;
}

export interface Compared {
  observed: number;
  /** Days it was compared with. */
  days: number;
  /** Their mean, and the greatest. */
  usual: number;
  most: number;
  /** How many of them had as many or more. */
  atLeast: number;
  /** Probability of so high a place among them by chance; null: nothing observed, or too few days. */
  tail: number | null;
}

export function compareDays(at: number, counted: readonly Counted[], days: OtherDays): Compared {
  const first = Math.ceil((days.from - at) / DAY_MS);
  const last = Math.floor((days.to - at) / DAY_MS);
  // Rises and falls by day; the freeze itself is day 0.
  const low = Math.min(first, 0);
  const steps = new Array<number>(Math.max(last, 0) - low + 2).fill(0);
  for (const { from, to, count } of counted) {
    const begin = Math.max(low, Math.ceil((from - at) / DAY_MS));
    const end = Math.min(low + steps.length - 1, Math.ceil((to - at) / DAY_MS));
    if (begin >= end) continue;
    steps[begin - low] = (steps[begin - low] ?? 0) + count;
    steps[end - low] = (steps[end - low] ?? 0) - count;
  }
  let level = 0;
  let observed = 0;
  const others: number[] = [];
  for (const [place, step] of steps.entries()) {
    level += step;
    const day = low + place;
    if (day === 0) observed = level;
    const moment = at + day * DAY_MS;
    if (day < first || day > last) continue;
    if (days.freezes.some((freeze) => Math.abs(freeze - moment) < days.apart)) continue;
    others.push(level);
  }
  const atLeast = others.filter((one) => one >= observed).length;
  return {
    ...{ observed, atLeast, days: others.length },
    usual: others.length === 0 ? 0 : others.reduce((sum, one) => sum + one, 0) / others.length,
    most: others.reduce((most, one) => Math.max(most, one), 0),
    tail: others.length < FEWEST_DAYS || observed === 0 ? null : (atLeast + 1) / (others.length + 1),
  };
}
