const EVERY_MS = 50;
const TIMEOUT_MS = 45_000;

/** What `look` sees once it is as wanted; for what other processes do at a time of their own. */
export async function until<T>(
  look: () => Promise<T>,
  isWanted: (seen: T) => boolean,
  timeoutMs = TIMEOUT_MS,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (isWanted(seen)) return seen;
    if (Date.now() > end) throw new Error(`not seen in time; last: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
