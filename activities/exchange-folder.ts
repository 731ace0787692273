/** What is common to all ways through the folder of the exchange (docs/exchange.md). */
import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';

/** What was written to within this time may not be whole yet. */
const SETTLED_MS = 10_000;

/** By the clock of the machine, as the file's: not by that of Temporal. */
export const isSettled = async (file: string): Promise<boolean> =>
  Date.now() - (await stat(file)).mtimeMs >= SETTLED_MS;

/** The moment a file was taken, a random part, and what it was. */
export const takenName = (what: string): string =>
  `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}-${randomBytes(4).toString('hex')}.${what}`;

/** Without those that somebody is still writing under a name for it. */
export async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true });
  return found
    .filter((one) => one.isFile() && !/^\.|\.(part|tmp)$/i.test(one.name))
    .map((one) => one.name)
    .sort();
}
