import type { Knex } from 'knex';
import { notFound } from '../domain/errors';
import type { HandlingState } from '../domain/visits/handling';

export interface CaseRow extends HandlingState {
  id: number;
  campaign_id: number;
  campaign_code: string;
  visit_id: number;
  department_code: string;
  opened_at: Date;
  started_at: Date | null;
}

export async function readCase(db: Knex, id: number, lock = false): Promise<CaseRow> {
  const { rows } = await db.raw<{ rows: CaseRow[] }>(
    `select h.id, h.campaign_id, c.code as campaign_code, h.visit_id, h.department_code, h.track, h.status,
            h.opened_at, h.started_at
       from handling_cases h join campaigns c on c.id = h.campaign_id
      where h.id = ? ${lock ? 'for no key update of h' : ''}`,
    [id],
  );
  if (!rows[0]) throw notFound('case-not-found', `没有编号为 ${id} 的后续处理。`);
  return rows[0];
}

export async function markStarted(trx: Knex, ids: readonly number[], at: Date): Promise<void> {
  await trx('handling_cases')
    .whereIn('id', [...ids])
    .whereNull('started_at')
    .update({ started_at: at });
}

/** Records an event of a case; false where the same step was recorded before. */
export async function addEvent(
  trx: Knex,
  caseId: number,
  event: { key: string; kind: string; note: string; actorId: number | null; at: Date },
): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into handling_events (case_id, key, kind, note, actor_id, at)
     values (:case, :key, :kind, :note, :actor, :at) on conflict do nothing`,
    { case: caseId, key: event.key, kind: event.kind, note: event.note, actor: event.actorId, at: event.at },
  );
  return rowCount > 0;
}

/** Whether the case has the event of this key. */
export async function hasEvent(db: Knex, caseId: number, key: string): Promise<boolean> {
  return (await db('handling_events').where({ case_id: caseId, key }).first('id')) !== undefined;
}

export async function moveCase(
  trx: Knex,
  id: number,
  state: HandlingState,
  closing: { outcome: string; at: Date } | null,
): Promise<void> {
  await trx('handling_cases')
    .where({ id })
    .update({
      track: state.track,
      status: state.status,
      ...(closing ? { outcome: closing.outcome, closed_at: closing.at } : {}),
    });
}
