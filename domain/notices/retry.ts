/** How long a mail is tried that the server puts off: what is not delivered by then waits for a person's decision. */
export const RETRY_FOR_MS = 4 * 3_600_000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 30 * 60_000;

/**
 * When a mail is tried again: after 30 seconds, doubling up to half an hour, the last time four hours after the first;
 * null after that.
 */
export function nextAttemptAt(attempts: number, firstAttempt: Date, now: Date): Date | null {
  const end = firstAttempt.getTime() + RETRY_FOR_MS;
  if (now.getTime() >= end) return null;
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1), LONGEST_WAIT_MS);
  return new Date(Math.min(now.getTime() + wait, end));
}
