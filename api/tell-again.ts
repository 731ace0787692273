import type { Logger } from 'pino';

const PAUSES_MS = [0, 500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000, 120_000];

/**
 * Tells a workflow something until it has heard, as long as this process lives: Temporal may be away for a while. What a
 * process took with it is found by whoever starts next (`resumeOversight`).
 */
export function tellAgain(tell: () => Promise<void>, log: Logger, attempt = 0): void {
  setTimeout(() => {
    tell().catch((error: unknown) => {
      if (attempt + 1 < PAUSES_MS.length) tellAgain(tell, log, attempt + 1);
      else log.warn({ err: error }, 'a workflow was not told of a change');
    });
  }, PAUSES_MS[attempt]).unref();
}
