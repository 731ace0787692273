import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Knex } from 'knex';
import { unneeded } from '../db/evidence';
import type { EvidenceStore } from './store';

const AT_A_TIME = 500;
const DAY_MS = 86_400_000;

/**
 * Erases files on which no evidence stands: what a killed process left between the file and its row, and what was taken
 * back while the store was away. Younger ones may be on their way. Gives how many.
 */
export async function sweepEvidence(db: Knex, store: EvidenceStore, olderThan = DAY_MS): Promise<number> {
  let erased = 0;
  let batch: string[] = [];
  const eraseBatch = async () => {
    for (const key of await unneeded(db, batch)) {
      await store.remove(key);
      erased += 1;
    }
    batch = [];
  };
  await sweepIncoming(store.incoming, olderThan);
  for await (const key of store.keysOlderThan(olderThan)) {
    batch.push(key);
    if (batch.length === AT_A_TIME) await eraseBatch();
  }
  if (batch.length > 0) await eraseBatch();
  return erased;
}

async function sweepIncoming(folder: string, olderThan: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const place = path.join(folder, name);
    const found = await stat(place).catch(() => null);
    if (found && found.mtimeMs < Date.now() - olderThan) await rm(place, { force: true });
  }
}
