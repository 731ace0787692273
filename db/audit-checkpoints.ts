/** Signed roots of the audit log's tree, the keys they were signed with, and how the last checks went. */
import type { Knex } from 'knex';
import type { ChainProblem } from '../domain/audit/chain-check';

export interface CheckpointRow {
  size: number;
  root: string;
  at: Date;
  reason: string;
  key_id: string;
  note: string;
}

export interface KeyRow {
  id: string;
  /** `name+id+base64`. */
  key: string;
  since: Date;
}

export interface CheckRow {
  at: Date;
  entries: number;
  seconds: number;
  problems: ChainProblem[];
}

/** Actions after which the chain is signed at once: what a draw is computed from, the draw, and what came of it. */
export const WITNESSED = ['campaign.freeze', 'campaign.draw', 'campaign.publish'];

/** One process at a time signs. */
export async function lockCheckpoints(trx: Knex): Promise<void> {
  await trx.raw(`select pg_advisory_xact_lock(hashtext('onevisit.audit.checkpoint'))`);
}

export async function readLastCheckpoint(db: Knex): Promise<CheckpointRow | null> {
  const row = await db<CheckpointRow>('audit_checkpoints').orderBy('size', 'desc').first();
  return row ?? null;
}

export async function readCheckpointAt(db: Knex, size: number): Promise<CheckpointRow | null> {
  const row = await db<CheckpointRow>('audit_checkpoints').where({ size }).first();
  return row ?? null;
}

export async function hasCheckpointFor(db: Knex, reason: string): Promise<boolean> {
  return (await db<CheckpointRow>('audit_checkpoints').where({ reason }).first('size')) !== undefined;
}

/** The newest first. */
export function listCheckpoints(db: Knex, before: number | null, limit: number): Promise<CheckpointRow[]> {
  const query = db<CheckpointRow>('audit_checkpoints').orderBy('size', 'desc').limit(limit);
  return before === null ? query : query.where('size', '<', before);
}

export async function insertCheckpoint(trx: Knex, row: CheckpointRow): Promise<void> {
  await trx<CheckpointRow>('audit_checkpoints').insert(row);
}

export async function insertKey(db: Knex, row: KeyRow): Promise<void> {
  await db<KeyRow>('audit_keys').insert(row).onConflict('id').ignore();
}

export function listKeys(db: Knex): Promise<KeyRow[]> {
  return db<KeyRow>('audit_keys').orderBy('since').orderBy('id');
}

/** The newest entry that is signed for at once and has a place beyond `size`, as a checkpoint's reason; null: none. */
export async function readWitnessed(db: Knex, size: number): Promise<string | null> {
  const { rows } = await db.raw<{ rows: { action: string; subject: string; place: number }[] }>(
    `select n.action, n.subject, l.place
       from unnest(?::text[]) wanted(action)
       cross join lateral (select * from audit_log a where a.action = wanted.action order by a.seq desc limit 1) n
       join audit_links l using (seq) where l.place > ? order by l.place desc limit 1`,
    [WITNESSED, size],
  );
  return rows[0] ? `${rows[0].action} ${rows[0].subject}` : null;
}

export async function insertCheck(db: Knex, check: CheckRow): Promise<void> {
  await db('audit_checks').insert({ ...check, problems: JSON.stringify(check.problems) });
}

export async function readLastCheck(db: Knex): Promise<CheckRow | null> {
  const row = await db('audit_checks').orderBy('id', 'desc').first<CheckRow | undefined>();
  return row ?? null;
}
