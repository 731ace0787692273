/**
 * Signs how long the audit log's chain is and what the root of its tree is: into a folder that the database's
 * administrators should not have, within a second of each entry; as a checkpoint that is published, daily and with each draw.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { chainLength, growPieces, readTree, sealAudit } from '../db/audit-chain';
import {
  insertCheckpoint,
  insertKey,
  listKeys,
  lockCheckpoints,
  readCheckpointAt,
  readLastCheckpoint,
  readWitnessed,
} from '../db/audit-checkpoints';
import { formatKey, parseKey, readCheckpoint, signCheckpoint, type Signer } from '../domain/audit/checkpoint';

export interface AuditSigning {
  signer: Signer;
  /** Where what was signed is kept apart from the database; should lie on another machine. */
  folder: string;
}

/** The chain does not go on from what was signed before: nothing is signed until somebody has looked. */
export class ChainRewritten extends Error {}

const HEAD = 'head.txt';

export const checkpointFile = (size: number): string =>
  path.join('checkpoints', `${String(size).padStart(12, '0')}.txt`);

/**
 * Seals what has committed and signs the head. A checkpoint is recorded where `reason` is given, and where an entry is new
 * that is published at once. Returns how many entries were sealed.
 */
export async function signHead(
  db: Knex,
  { signer, folder }: AuditSigning,
  at: Date,
  reason: string | null,
): Promise<number> {
  const sealed = await sealAudit(db);
  await db.transaction(async (trx) => {
    await lockCheckpoints(trx);
    const size = await chainLength(trx);
    if (size === 0) return;
    const last = await readLastCheckpoint(trx);
    const due = reason ?? (await readWitnessed(trx, last?.size ?? 0));
    const head = readHead(folder, signer);
    if (due === null && head?.size === size) return;
    await growPieces(trx, size);
    const known = [last, head].filter((one) => one !== null);
    const rangeHash = await readTree(trx, [size, ...known.map((one) => Math.min(one.size, size))]);
    for (const one of known) {
      if (one.size > size || rangeHash(0, one.size).toString('hex') !== one.root) {
        throw new ChainRewritten(
          `the audit log no longer holds what was signed at ${one.size} entries; npm run audit:verify says more`,
        );
      }
    }
    const root = rangeHash(0, size).toString('hex');
    await insertKey(trx, { id: signer.id, key: formatKey(signer), since: at });
    writeFile(folder, 'keys.txt', (await listKeys(trx)).map(({ key }) => `${key}\n`).join(''));
    writeFile(folder, HEAD, signCheckpoint(signer, { size, root, at, reason: due ?? 'head' }));
    if (due === null || (await readCheckpointAt(trx, size))) return;
    const note = signCheckpoint(signer, { size, root, at, reason: due });
    // The folder first: what is in the database alone could be taken out of it.
    writeFile(folder, checkpointFile(size), note);
    await insertCheckpoint(trx, { ...{ size, root, at, reason: due, note }, key_id: signer.id });
  });
  return sealed;
}

/** What this key, or one in the folder, last signed; null: nothing yet. */
function readHead(folder: string, signer: Signer): { size: number; root: string } | null {
  const note = readIfThere(path.join(folder, HEAD));
  if (note === null) return null;
  const keys = (readIfThere(path.join(folder, 'keys.txt')) ?? '').split('\n').map(parseKey);
  const read = readCheckpoint(note, [signer, ...keys.filter((key) => key !== null)]);
  return read.ok ? read.checkpoint : null;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function writeFile(folder: string, name: string, content: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.${process.pid}.tmp`;
  writeFileSync(next, content);
  renameSync(next, file);
}
