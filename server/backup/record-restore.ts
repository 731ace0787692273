/** That history was cut off stays in the history: an entry says so, and what was signed of the lost part is kept. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { chainLength } from '../../db/audit-chain';

export interface RestoreRecord {
  /** null: by the tools of the city's own PostgreSQL. */
  backup: string | null;
  to: Date | null;
  lastTransactionAt: Date | null;
}

/** Of the folder's files, those that were signed over a longer chain than the restored one move into a folder named after it. */
export async function recordRestore(db: Knex, auditFolder: string, record: RestoreRecord): Promise<string[]> {
  const size = await chainLength(db);
  const newer = signedBeyond(auditFolder, size);
  const aside = asideFolder(auditFolder, size);
  for (const file of newer) {
    const target = path.join(aside, file);
    mkdirSync(path.dirname(target), { recursive: true });
    renameSync(path.join(auditFolder, file), target);
  }
  await appendAudit(db, {
    ...{ actorId: null, action: 'system.restore', subject: 'system/database' },
    after: { ...record, entries: size, signedBeyond: newer.length },
  });
  return newer.map((file) => path.join(aside, file));
}

/** Two restores to the same length have folders of their own. */
function asideFolder(auditFolder: string, size: number): string {
  for (let number = 1; ; number += 1) {
    const folder = path.join(auditFolder, `restored-to-${size}${number === 1 ? '' : `-${number}`}`);
    if (!existsSync(folder)) return folder;
  }
}

/** The second line of a signed note says how long the chain was. */
function signedBeyond(folder: string, size: number): string[] {
  const checkpoints = path.join(folder, 'checkpoints');
  const files = existsSync(checkpoints)
    ? readdirSync(checkpoints).map((name) => path.join('checkpoints', name))
    : [];
  if (existsSync(path.join(folder, 'head.txt'))) files.push('head.txt');
  return files.filter((file) => Number(readFileSync(path.join(folder, file), 'utf8').split('\n')[1]) > size);
}
