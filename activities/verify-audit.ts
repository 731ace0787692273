/** Goes through the whole audit log, and compares it with everything that was ever signed of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { readChain, readPending, readUnplaced } from '../db/audit-chain';
import { listCheckpoints, listKeys } from '../db/audit-checkpoints';
import { ChainCheck, MOST_PROBLEMS, type ChainProblem, type Expected } from '../domain/audit/chain-check';
import { handedTo, parseKey, readCheckpoint, type AuditKey } from '../domain/audit/checkpoint';

export interface AuditVerification {
  ok: boolean;
  /** Entries in the chain, and those that still wait for their place. */
  entries: number;
  pending: number;
  root: string;
  /** Signed roots that were compared, in the database and in the folder. */
  checkpoints: number;
  files: number;
  /** Keys by which something was signed. `by`: the key that handed over to it; null: none, as to the first. */
  keys: { id: string; by: string | null }[];
  problems: ChainProblem[];
}

export interface AuditWitness {
  /** Where what was signed is kept apart from the database; null: there is none to compare with. */
  folder: string | null;
  /** Keys that are trusted, `name+id+base64`; null: those of the folder, else those of the database. */
  keys: readonly string[] | null;
}

export async function verifyAudit(db: Knex, witness: AuditWitness): Promise<AuditVerification> {
  return db.transaction(
    async (trx) => {
      const signed = await readSigned(trx, witness);
      const check = new ChainCheck(signed.expected);
      check.problems.push(...signed.problems);
      for await (const lines of readChain(trx)) for (const line of lines) check.next(line);
      check.end(await readUnplaced(trx, MOST_PROBLEMS));
      const { count: pending } = await readPending(trx);
      const { count: entries, problems } = check;
      return {
        ok: problems.length === 0,
        ...{ entries, pending, problems, root: check.root() },
        ...{ checkpoints: signed.checkpoints, files: signed.files },
        keys: [...signed.used].map((id) => ({ id, by: signed.introduced.get(id) ?? null })),
      };
    },
    // One view of everything, whatever is written in the meantime.
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}

interface Signed {
  expected: Expected[];
  problems: ChainProblem[];
  checkpoints: number;
  files: number;
  used: Set<string>;
  introduced: Map<string, string>;
}

async function readSigned(trx: Knex, { folder, keys }: AuditWitness): Promise<Signed> {
  const trusted = await trustedKeys(trx, folder, keys);
  const signed: Signed = {
    ...{ expected: [], problems: [], checkpoints: 0, files: 0 },
    ...{ used: new Set(), introduced: new Map() },
  };
  const take = (note: string, source: string, said?: { size: number; root: string }) => {
    const read = readCheckpoint(note, trusted);
    if (!read.ok) signed.problems.push({ kind: 'checkpoint', source, why: read.why });
    else if (said && (said.size !== read.checkpoint.size || said.root !== read.checkpoint.root))
      signed.problems.push({ kind: 'checkpoint', source, why: 'other-values' });
    else {
      const { size, root, reason } = read.checkpoint;
      signed.expected.push({ size, root, source });
      signed.used.add(read.keyId);
      const next = handedTo(reason);
      if (next) signed.introduced.set(next.id, read.keyId);
    }
  };
  for (const name of filesOf(folder)) {
    take(readFileSync(name, 'utf8'), name);
    signed.files += 1;
  }
  for (const row of await listCheckpoints(trx, null, Number.MAX_SAFE_INTEGER)) {
    take(row.note, `audit_checkpoints/${row.size}`, row);
    signed.checkpoints += 1;
  }
  return signed;
}

async function trustedKeys(
  trx: Knex,
  folder: string | null,
  given: readonly string[] | null,
): Promise<AuditKey[]> {
  const file = folder === null ? null : path.join(folder, 'keys.txt');
  const texts =
    given ??
    (file !== null && existsSync(file)
      ? readFileSync(file, 'utf8').split('\n')
      : (await listKeys(trx)).map(({ key }) => key));
  return texts.map(parseKey).filter((key) => key !== null);
}

function filesOf(folder: string | null): string[] {
  if (folder === null || !existsSync(folder)) return [];
  const checkpoints = path.join(folder, 'checkpoints');
  const files = existsSync(checkpoints)
    ? readdirSync(checkpoints)
        .filter((name) => name.endsWith('.txt'))
        .sort()
    : [];
  const head = path.join(folder, 'head.txt');
  return [...files.map((name) => path.join(checkpoints, name)), ...(existsSync(head) ? [head] : [])];
}
