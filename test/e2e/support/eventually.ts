import { isDeepStrictEqual } from 'node:util';

const PATIENCE_MS = 120_000;
const PAUSE_MS = 100;

/** A page is read while it still loads and changes: what it shows has to become this, and is told when it doesn't. */
export async function eventually<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  let seen = await read();
  while (!isDeepStrictEqual(seen, expected) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    seen = await read();
  }
  expect(seen).toEqual(expected);
}
