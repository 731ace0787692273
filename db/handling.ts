import type { Knex } from 'knex';
import { notFound } from '../domain/errors';
import type { HandlingState } from '../domain/handling/course';
import type { StepFacts } from '../domain/handling/step-facts';

export interface CaseRow extends Pick<HandlingState, 'track' | 'status'> {
  id: number;
  campaign_id: number;
  campaign_code: string;
  visit_id: number;
  entity_id: number;
  entity_name: string;
  credit_code: string;
  region_code: string;
  item_name: string;
  result_code: number;
  department_code: string;
  opened_at: Date;
  started_at: Date | null;
  submitted_by: number | null;
  extension_days: number | null;
  keeper_code: string | null;
  hearing_until: Date | null;
  listed_at: Date | null;
  repair_from: Date | null;
  list_ends_at: Date | null;
  flag: 'abnormal-operations' | 'serious-violation' | null;
  flag_added: boolean;
}

/** Whether the deadline of one of the case's open tasks reaches a step by then. */
export async function reachesStep(trx: Knex, caseId: number, by: Date): Promise<boolean> {
  const found: unknown = await trx('tasks as t')
    .join('deadline_steps as s', 's.deadline_id', 't.deadline_id')
    .where({ 't.case_id': caseId })
    .whereNull('t.done_at')
    .whereNull('t.cancelled_at')
    .whereRaw('s.step > t.step_done')
    .where('s.at', '<=', by)
    .first('t.id');
  return found !== undefined;
}

export async function readCase(db: Knex, id: number, lock = false): Promise<CaseRow> {
  const { rows } = await db.raw<{ rows: CaseRow[] }>(
    `select h.*, c.code as campaign_code, v.entity_id, e.name as entity_name, e.credit_code, e.region_code,
            iv.name as item_name
       from handling_cases h
       join campaigns c on c.id = h.campaign_id
       join visits v on v.id = h.visit_id
       join entities e on e.id = v.entity_id
       join visit_items vi on vi.visit_id = h.visit_id and vi.item_code = h.item_code
       join item_versions iv on iv.id = vi.item_version_id
      where h.id = ? ${lock ? 'for no key update of h' : ''}`,
    [id],
  );
  if (!rows[0]) throw notFound('case-not-found', `没有编号为 ${id} 的后续处理。`);
  return rows[0];
}

export const stateOf = (row: CaseRow): HandlingState => ({
  track: row.track,
  status: row.status,
  ...(row.list_ends_at && ['listed', 'repair-requested'].includes(row.status)
    ? { endsAt: row.list_ends_at.toISOString() }
    : {}),
});

export async function markStarted(trx: Knex, ids: readonly number[], at: Date): Promise<void> {
  await trx('handling_cases')
    .whereIn('id', [...ids])
    .whereNull('started_at')
    .update({ started_at: at });
}

interface NewEvent {
  key: string;
  kind: string;
  note: string;
  facts?: StepFacts | Record<string, string>;
  actorId: number | null;
  at: Date;
}

/** Records an event of a case; false where the same step was recorded before. */
export async function addEvent(trx: Knex, caseId: number, event: NewEvent): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into handling_events (case_id, key, kind, note, facts, actor_id, at)
     values (:case, :key, :kind, :note, :facts, :actor, :at) on conflict do nothing`,
    {
      case: caseId,
      key: event.key,
      kind: event.kind,
      note: event.note,
      facts: JSON.stringify(event.facts ?? {}),
      actor: event.actorId,
      at: event.at,
    },
  );
  return rowCount > 0;
}

/** Whether the case has the event of this key. */
export async function hasEvent(db: Knex, caseId: number, key: string): Promise<boolean> {
  return (await db('handling_events').where({ case_id: caseId, key }).first('id')) !== undefined;
}

export type CaseChange = Partial<
  Pick<
    CaseRow,
    | 'track'
    | 'status'
    | 'submitted_by'
    | 'extension_days'
    | 'keeper_code'
    | 'hearing_until'
    | 'listed_at'
    | 'repair_from'
    | 'list_ends_at'
    | 'flag'
    | 'flag_added'
  >
> & { outcome?: string; closed_at?: Date };

export async function changeCase(trx: Knex, id: number, change: CaseChange): Promise<void> {
  await trx('handling_cases').where({ id }).update(change);
}

/** Open tasks of the course of a case, by kind. */
export async function openCaseTasks(
  trx: Knex,
  caseId: number,
  kinds: readonly string[],
): Promise<{ id: number; key: string; kind: string }[]> {
  return trx('tasks')
    .where({ case_id: caseId })
    .whereIn('kind', [...kinds])
    .whereNull('done_at')
    .whereNull('cancelled_at')
    .select<{ id: number; key: string; kind: string }[]>('id', 'key', 'kind');
}

/** How many tasks of a kind the case has had: the next one's key. */
export async function countCaseTasks(trx: Knex, caseId: number, kind: string): Promise<number> {
  const [row] = await trx('tasks')
    .where({ case_id: caseId, kind })
    .count<{ tasks: number }[]>({ tasks: '*' });
  return row?.tasks ?? 0;
}
