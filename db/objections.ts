/** Results as their entity reads them, and what it says against them. */
import type { Knex } from 'knex';
import type { ObjectionState } from '../domain/visits/objections';

export interface EntityResultRow {
  item: string;
  name: string;
  department: string;
  result_code: number | null;
  opinion: string;
  submitted_at: Date | null;
  submitted_by: number | null;
  published_at: Date | null;
}

export async function readEntityResults(db: Knex, visitId: number): Promise<EntityResultRow[]> {
  return db('visit_items as vi')
    .join('visits as v', 'v.id', 'vi.visit_id')
    .join('item_versions as iv', 'iv.id', 'vi.item_version_id')
    .where('vi.visit_id', visitId)
    .orderBy(['vi.department_code', 'vi.item_code'])
    .select<EntityResultRow[]>({
      item: 'vi.item_code',
      name: 'iv.name',
      department: 'vi.department_code',
      result_code: 'vi.result_code',
      opinion: 'vi.opinion',
      submitted_at: 'vi.submitted_at',
      submitted_by: 'vi.submitted_by',
      published_at: 'v.published_at',
    });
}

export interface ObjectionRow {
  id: number;
  visit_id: number;
  item: string;
  item_name: string;
  department: string;
  result_code: number;
  reason: string;
  contact: string;
  asked_at: Date;
  /** Of the answer. */
  due_at: Date;
  status: ObjectionState;
  decided_by: string | null;
  decided_at: Date | null;
  note: string;
}

/** The first one first. */
export async function listObjections(
  db: Knex,
  filter: { visitId: number } | { id: number },
): Promise<ObjectionRow[]> {
  const query = db('objections as o')
    .join('visit_items as vi', (on) =>
      on.on('vi.visit_id', 'o.visit_id').andOn('vi.item_code', 'o.item_code'),
    )
    .join('item_versions as iv', 'iv.id', 'vi.item_version_id')
    .joinRaw(`join tasks t on t.key = 'objection/' || o.id`)
    .join('deadlines as d', 'd.id', 't.deadline_id')
    .leftJoin('users as u', 'u.id', 'o.decided_by')
    .orderBy('o.id')
    .select<ObjectionRow[]>({
      id: 'o.id',
      visit_id: 'o.visit_id',
      item: 'o.item_code',
      item_name: 'iv.name',
      department: 'vi.department_code',
      result_code: 'o.result_code',
      reason: 'o.reason',
      contact: 'o.contact',
      asked_at: 'o.asked_at',
      due_at: 'd.due_at',
      status: 'o.status',
      decided_by: 'u.name',
      decided_at: 'o.decided_at',
      note: 'o.note',
    });
  if ('id' in filter) void query.where('o.id', filter.id);
  else void query.where('o.visit_id', filter.visitId);
  return query;
}

/** Null where this result was objected to before. */
export async function insertObjection(
  trx: Knex,
  objection: {
    visitId: number;
    item: string;
    resultCode: number;
    reason: string;
    contact: string;
    at: Date;
  },
): Promise<number | null> {
  const rows = await trx('objections')
    .insert({
      visit_id: objection.visitId,
      item_code: objection.item,
      result_code: objection.resultCode,
      reason: objection.reason,
      contact: objection.contact,
      asked_at: objection.at,
    })
    .onConflict()
    .ignore()
    .returning<{ id: number }[]>('id');
  return rows[0]?.id ?? null;
}

/** False where it is answered already. */
export async function decideObjection(
  trx: Knex,
  id: number,
  decision: { status: 'upheld' | 'rejected'; actorId: number; at: Date; note: string },
): Promise<boolean> {
  const changed = await trx('objections').where({ id, status: 'open' }).update({
    status: decision.status,
    decided_by: decision.actorId,
    decided_at: decision.at,
    note: decision.note,
  });
  return changed > 0;
}

/** Users who were of the visit's team, went there, or recorded the item's result. */
export async function involvedIn(db: Knex, visitId: number, item: string): Promise<number[]> {
  const { rows } = await db.raw<{ rows: { user: number }[] }>(
    `select i.user_id as user from assignments a join inspectors i on i.id = a.inspector_id
      where a.visit_id = :visit and i.user_id is not null
     union
     select i.user_id from visit_traces t cross join jsonb_array_elements(t.people) p
       join inspectors i on i.code = p ->> 'code'
      where t.visit_id = :visit and i.user_id is not null
     union
     select submitted_by from visit_items
      where visit_id = :visit and item_code = :item and submitted_by is not null`,
    { visit: visitId, item },
  );
  return rows.map((row) => row.user);
}
