/** Keys by which machines call: how long they are good, and how one follows another. */

export const LONGEST_DAYS = 366;
export const LONGEST_OVERLAP_HOURS = 30 * 24;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface KeyLife {
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

export type KeyState = 'active' | 'expired' | 'revoked';

export function keyState({ expiresAt, revokedAt }: Omit<KeyLife, 'createdAt'>, now: Date): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt > now ? 'active' : 'expired';
}

export const expiryAfter = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MS);

/**
 * When both keys of a rotation end: the new one after as long as the old one was made for, the old one after the overlap, in
 * which the machine is told of the new one, or when it would have ended anyway.
 */
export function rotated(old: KeyLife, now: Date, overlapHours: number): { old: Date; new: Date } {
  const overlapEnds = now.getTime() + overlapHours * HOUR_MS;
  const given = Math.min(old.expiresAt.getTime() - old.createdAt.getTime(), LONGEST_DAYS * DAY_MS);
  return {
    old: new Date(Math.min(old.expiresAt.getTime(), overlapEnds)),
    new: new Date(now.getTime() + given),
  };
}
