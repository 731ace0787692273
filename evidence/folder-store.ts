import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import { EvidenceMissing, type EvidenceStore } from './store';

/** Evidence in a folder that every API and worker process sees. */
export function folderStore(folder: string): EvidenceStore {
  const placeOf = (key: string) => path.join(folder, key);
  return {
    // On the same disk: a file gets its name in one step.
    incoming: path.join(folder, '.incoming'),
    put: async (key, { path: received }) => {
      const place = placeOf(key);
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      await rename(received, place);
      await syncFolder(path.dirname(place));
    },
    open: async (key) => {
      const stream = createReadStream(placeOf(key));
      try {
        await once(stream, 'open');
      } catch (error) {
        throw isMissing(error) ? new EvidenceMissing(key) : error;
      }
      return stream;
    },
    remove: (key) => rm(placeOf(key), { force: true }),
    async *keysOlderThan(milliseconds) {
      const before = Date.now() - milliseconds;
      for (const visit of await namesIn(folder)) {
        for (const name of await namesIn(path.join(folder, visit))) {
          const key = `${visit}/${name}`;
          const found = await stat(placeOf(key)).catch(() => null);
          if (found && found.mtimeMs < before) yield key;
        }
      }
    },
  };
}

/** The key of a new file of a visit. */
export const newKey = (visitId: number): string => `${visitId}/${randomUUID()}`;

const isMissing = (error: unknown): boolean => (error as { code?: string } | null)?.code === 'ENOENT';

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });

/** The name too has to outlive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
