/** Whether an entity is inspected too often (plan 3.3; 国办发〔2024〕54号: repeated or too frequent inspections raise a warning). */

/** The order gives no number; a quarter is ours, for the city to set. */
export const SOON_DAYS = 90;

export interface CountedVisit {
  campaign: string;
  name: string;
  number: number;
  /** The day it took place, its agreed day, or the first day of its campaign's visits. */
  on: string;
}

export interface FrequencyWarning {
  kind: 'cap' | 'soon';
  /** Inspections in the year or the days around, the one looked at included. */
  count: number;
  /** The yearly cap, or `SOON_DAYS`. */
  limit: number;
  /** What was counted beside the one looked at. */
  visits: CountedVisit[];
}

/**
 * For an inspection that is planned on a day, or (`planned: false`) for an entity that is looked at then. A planned one is
 * warned of where it passes the cap; an entity from the moment that it has reached it. Soon after each other are two of
 * them. Key items are outside the cap: that they are is for who approves to judge.
 */
export function frequencyWarnings(
  { day, cap, planned }: { day: string; cap: number | null; planned: boolean },
  others: readonly CountedVisit[],
): FrequencyWarning[] {
  const own = planned ? 1 : 0;
  const ofYear = others.filter(({ on }) => on.slice(0, 4) === day.slice(0, 4));
  const near = others.filter(({ on }) => Math.abs(daysBetween(day, on)) <= SOON_DAYS);
  const count = ofYear.length + own;
  const isCapped = cap !== null && (planned ? count > cap : count >= cap);
  return [
    ...(isCapped ? [{ kind: 'cap' as const, count, limit: cap, visits: ofYear }] : []),
    ...(near.length + own > 1
      ? [{ kind: 'soon' as const, count: near.length + own, limit: SOON_DAYS, visits: near }]
      : []),
  ];
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
