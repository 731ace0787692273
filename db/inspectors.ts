/** The inspector registry as its pages show it, and what people change in it; imports: db/import-inspectors.ts. */
import type { Knex } from 'knex';
import type { InspectorStatus } from '../domain/registry/inspector-row';
import { prefixOf } from '../domain/regions/covers';
import { stateOf } from './import-inspectors';

export interface InspectorFacts {
  department_code: string;
  name: string;
  certificate_number: string;
  certificate_valid_until: string;
  regions: string[];
  qualifications: string[];
  capacity: number | null;
  status: InspectorStatus;
  email: string | null;
  phone: string;
}

export interface InspectorRow extends InspectorFacts {
  id: number;
  code: string;
  user_id: number | null;
  /** The last day that a training counts; null: none on record. */
  trained_until: string | null;
}

export interface InspectorFilter {
  department?: string;
  code?: string;
  /** Part of the name, the start of the code, or the whole number of the certificate: its start would tell it bit by bit. */
  q?: string;
  status?: InspectorStatus;
  /** Who serves this region, or a part of it. */
  region?: string;
  /** The last day of the certificate lies in this span; null: open. */
  validUntil?: { from: string | null; to: string };
  /** The last day of the training lies in this span; null: open, with those who have none. */
  trainedUntil?: { from: string | null; to: string };
  afterId?: number;
  limit: number;
}

const TRAINED_UNTIL = `
  (select max(t.valid_until) from inspector_trainings t
    where t.inspector_id = inspectors.id and t.withdrawn_at is null)`;

/** Inspectors who are in the registry now. */
export async function listInspectors(db: Knex, filter: InspectorFilter): Promise<InspectorRow[]> {
  const query = db<InspectorRow>('inspectors').whereNull('ended_at').orderBy('id').limit(filter.limit);
  const { code, department, status, q, region, validUntil, trainedUntil, afterId } = filter;
  if (code !== undefined) void query.where({ code });
  if (department !== undefined) void query.where('department_code', department);
  if (status !== undefined) void query.where({ status });
  if (afterId !== undefined) void query.where('id', '>', afterId);
  if (validUntil) {
    void query.where('certificate_valid_until', '<=', validUntil.to);
    if (validUntil.from !== null) void query.where('certificate_valid_until', '>=', validUntil.from);
  }
  if (trainedUntil) {
    const { from, to } = trainedUntil;
    void (from === null
      ? query.whereRaw(`coalesce(${TRAINED_UNTIL}, '-infinity') <= ?`, [to])
      : query.whereRaw(`${TRAINED_UNTIL} between ? and ?`, [from, to]));
  }
  if (region !== undefined) {
    // No regions of one's own: everywhere.
    void query.whereRaw(
      `(regions = '{}' or exists (select 1 from unnest(regions) r
          where ? like regexp_replace(r, '(00)+$', '') || '%' or r like ? || '%'))`,
      [region, prefixOf(region)],
    );
  }
  if (q !== undefined && q !== '') {
    const text = q.replace(/[\\%_]/g, '\\$&');
    void query.whereRaw('(name like ? or code ilike ? or certificate_number = ?)', [
      `%${text}%`,
      `${text}%`,
      q,
    ]);
  }
  return query.select(
    ...(['id', 'code', 'department_code', 'name', 'certificate_number', 'certificate_valid_until'] as const),
    ...(['regions', 'qualifications', 'capacity', 'status', 'email', 'phone', 'user_id'] as const),
    db.raw(`${TRAINED_UNTIL} as trained_until`),
  );
}

interface Change {
  actorId: number;
  reason: string;
  at: Date;
}

/** False where the code is taken, also by somebody who is in the registry no more. */
export async function insertInspector(
  trx: Knex,
  code: string,
  facts: InspectorFacts,
  change: Change,
): Promise<boolean> {
  const inserted = await trx('inspectors')
    .insert({ code, ...facts, updated_at: change.at })
    .onConflict('code')
    .ignore()
    .returning<{ id: number }[]>('id');
  if (inserted[0] === undefined) return false;
  await addVersion(trx, inserted[0].id, change);
  return true;
}

export async function updateInspector(
  trx: Knex,
  id: number,
  facts: InspectorFacts,
  change: Change,
): Promise<void> {
  await trx('inspectors')
    .where({ id })
    .update({ ...facts, updated_at: change.at });
  await addVersion(trx, id, change);
}

async function addVersion(trx: Knex, id: number, { actorId, reason, at }: Change): Promise<void> {
  await trx.raw(
    `insert into inspector_versions (inspector_id, valid_from, changed_by, reason, state)
     select i.id, :at, :actorId, :reason, ${stateOf('i')} from inspectors i where i.id = :id`,
    { id, at, actorId, reason },
  );
}

/** Locks the inspector against others' edits until the transaction ends. */
export async function lockInspector(trx: Knex, code: string): Promise<InspectorRow | undefined> {
  await trx.raw('select 1 from inspectors where code = ? for update', [code]);
  const [row] = await listInspectors(trx, { code, limit: 1 });
  return row;
}

export interface InspectorVersionRow {
  at: Date;
  by: string | null;
  reason: string | null;
  import_id: number | null;
  state: Partial<InspectorFacts> & { ended_at?: string };
}

/** The newest first. */
export async function listInspectorVersions(db: Knex, inspectorId: number): Promise<InspectorVersionRow[]> {
  return db('inspector_versions as v')
    .leftJoin('users as u', 'u.id', 'v.changed_by')
    .where('v.inspector_id', inspectorId)
    .orderBy([
      { column: 'v.valid_from', order: 'desc' },
      { column: 'v.id', order: 'desc' },
    ])
    .select({
      at: 'v.valid_from',
      by: 'u.name',
      reason: 'v.reason',
      import_id: 'v.import_id',
      state: 'v.state',
    });
}

export interface InspectorVisitRow {
  id: number;
  number: number;
  campaign: string;
  campaign_name: string;
  credit_code: string;
  entity_name: string;
  visit_on: string | null;
  finished_at: Date | null;
}

/** Visits whose team the inspector is in, the newest campaigns first. */
export async function listInspectorVisits(
  db: Knex,
  inspectorId: number,
  limit: number,
): Promise<InspectorVisitRow[]> {
  return db('assignments as a')
    .join('visits as v', 'v.id', 'a.visit_id')
    .join('campaigns as c', 'c.id', 'v.campaign_id')
    .join('entities as e', 'e.id', 'v.entity_id')
    .where('a.inspector_id', inspectorId)
    .orderBy([{ column: 'v.campaign_id', order: 'desc' }, 'v.number'])
    .limit(limit)
    .select({
      id: 'v.id',
      number: 'v.number',
      campaign: 'c.code',
      campaign_name: 'c.name',
      credit_code: 'e.credit_code',
      entity_name: 'e.name',
      visit_on: 'v.visit_on',
      finished_at: 'v.finished_at',
    });
}

/** How many of the inspector's visits are still to be done, and how many were done since a moment. */
export async function countInspectorVisits(
  db: Knex,
  inspectorId: number,
  since: Date,
): Promise<{ open: number; done: number }> {
  const { rows } = await db.raw<{ rows: [{ open: number; done: number }] }>(
    `select count(*) filter (where v.finished_at is null) as open,
            count(*) filter (where v.finished_at >= :since) as done
       from assignments a join visits v on v.id = a.visit_id
      where a.inspector_id = :inspectorId`,
    { inspectorId, since },
  );
  return rows[0];
}
