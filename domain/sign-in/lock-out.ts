/**
 * How long somebody who guesses passwords has to wait (ASVS 5.0 6.3.1, GB/T 22239-2019 8.1.4.1 b), in a way that keeps nobody
 * out on purpose: who signs in from where they did before waits for what failed there, never for strangers' failures.
 */

/** Where an attempt comes from, as the account sees it; each has failures of its own. */
export type Lane = 'device' | 'address' | 'stranger';

/** A browser at which the person signed in before proves so by its cookie, and goes before the address. */
export function laneOf(known: { device: boolean; address: boolean }): Lane {
  if (known.device) return 'device';
  return known.address ? 'address' : 'stranger';
}

/** What failed within the time that counts. */
export interface Failures {
  count: number;
  last: Date | null;
}

/** Failures that count together, and how many of them go without a wait. */
const FREE = {
  /** For the name, on this browser or at this address. */
  own: 5,
  /** At this address, whatever the names: one password tried on many. */
  address: 30,
  /** For the name, at whatever addresses it is not known from: many machines that guess together. */
  strangers: 100,
};

export type Count = keyof typeof FREE;

export const FAILURES_COUNT_MS = 24 * 3_600_000;

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Twice as long after each failure beyond the free ones. */
export function waitAfter(count: number, free: number): number {
  return count < free ? 0 : Math.min(FIRST_WAIT_MS * 2 ** Math.min(count - free, 30), LONGEST_WAIT_MS);
}

/** Until when no further attempt is looked at; null: it may come. */
export function blockedUntil(failures: Partial<Record<Count, Failures>>, now: Date): Date | null {
  let until = now.getTime();
  for (const [name, free] of Object.entries(FREE)) {
    const { count, last } = failures[name as Count] ?? { count: 0, last: null };
    if (last !== null) until = Math.max(until, last.getTime() + waitAfter(count, free));
  }
  return until > now.getTime() ? new Date(until) : null;
}
