/** When a mail that the server put off is tried again: after 30 seconds, doubling, up to 2 hours apart. */
export function nextAttemptAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(30 * 2 ** Math.max(0, attempts - 1), 7200) * 1000);
}

/** Two days of trying: what is not delivered by then is not going to be. */
export const MAX_ATTEMPTS = 30;
