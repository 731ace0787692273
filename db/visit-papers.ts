/** What the entity of a visit is told of it, and what it does with that. */
import type { Knex } from 'knex';
import type { LegalBasis } from '../domain/items/basis';
import type { DrawClass } from '../domain/policies/parts';
import type { DayPart } from '../domain/visits/visit-days';

export interface PapersRow {
  id: number;
  number: number;
  campaign_id: number;
  campaign_code: string;
  campaign_name: string;
  visit_from: string;
  visit_to: string;
  visit_on: string | null;
  finished_at: Date | null;
  entity_id: number;
  entity_name: string;
  credit_code: string;
  region_code: string;
  address: string;
  draw_class: DrawClass;
  tags: string[];
  day: string | null;
  part: DayPart | null;
  day_fixed: boolean;
  items: {
    code: string;
    name: string;
    department: string;
    content: string;
    bases: LegalBasis[];
    open: boolean;
  }[];
  /** `user`: by which the inspector signs in. */
  inspectors: { code: string; name: string; department: string; certificate: string; user: number | null }[];
}

export async function readPapers(db: Knex, visitId: number): Promise<PapersRow | null> {
  const { rows } = await db.raw<{ rows: PapersRow[] }>(
    `select v.id, v.number, v.campaign_id, c.code as campaign_code, c.name as campaign_name, c.visit_from, c.visit_to,
            v.visit_on, v.finished_at, v.entity_id, e.name as entity_name, e.credit_code, e.region_code, e.address,
            e.draw_class, e.tags, d.day, d.part, d.fixed_at is not null as day_fixed,
            (select jsonb_agg(jsonb_build_object('code', vi.item_code, 'name', iv.name, 'department', vi.department_code,
                      'content', iv.content, 'bases', iv.legal_bases, 'open', vi.result_code is null)
                    order by vi.department_code, vi.item_code)
               from visit_items vi join item_versions iv on iv.id = vi.item_version_id where vi.visit_id = v.id) as items,
            (select coalesce(jsonb_agg(jsonb_build_object('code', i.code, 'name', i.name,
                      'department', a.department_code, 'certificate', i.certificate_number, 'user', i.user_id)
                    order by a.department_code, i.code), '[]')
               from assignments a join inspectors i on i.id = a.inspector_id where a.visit_id = v.id) as inspectors
       from visits v join campaigns c on c.id = v.campaign_id join entities e on e.id = v.entity_id
       left join visit_days d on d.visit_id = v.id and d.replaced_at is null
      where v.id = ?`,
    [visitId],
  );
  return rows[0] ?? null;
}

export type CodePurpose = 'notice' | 'on-site';

/** Takes the place of those of the same purpose. */
export async function insertCode(
  trx: Knex,
  code: { hash: string; visitId: number; purpose: CodePurpose; actorId: number; at: Date; expiresAt: Date },
): Promise<void> {
  await trx('visit_codes')
    .where({ visit_id: code.visitId, purpose: code.purpose })
    .whereNull('revoked_at')
    .update({ revoked_at: code.at });
  await trx('visit_codes').insert({
    token_hash: code.hash,
    visit_id: code.visitId,
    purpose: code.purpose,
    issued_by: code.actorId,
    issued_at: code.at,
    expires_at: code.expiresAt,
  });
}

export async function findCode(
  db: Knex,
  hash: string,
  now: Date,
): Promise<{ visitId: number; purpose: CodePurpose } | null> {
  const row = await db('visit_codes')
    .where({ token_hash: hash })
    .whereNull('revoked_at')
    .where('expires_at', '>', now)
    .first<{ visitId: number; purpose: CodePurpose } | undefined>({
      visitId: 'visit_id',
      purpose: 'purpose',
    });
  return row ?? null;
}

/** Since when the notice that is out there has been. */
export async function noticeIssuedAt(db: Knex, visitId: number): Promise<Date | null> {
  const row = await db('visit_codes')
    .where({ visit_id: visitId, purpose: 'notice' })
    .whereNull('revoked_at')
    .first<{ issued_at: Date } | undefined>('issued_at');
  return row?.issued_at ?? null;
}

export interface TraceRow {
  arrived_at: Date;
  arrival_recorder: string | null;
  arrival_reason: string;
  people: { code: string; name: string; department: string }[];
  left_at: Date | null;
  leaving_recorder: string | null;
  leaving_reason: string;
}

export async function readTrace(db: Knex, visitId: number): Promise<TraceRow | null> {
  const row = await db('visit_traces as t')
    .leftJoin('users as a', 'a.id', 't.arrival_by')
    .leftJoin('users as l', 'l.id', 't.leaving_by')
    .where('t.visit_id', visitId)
    .first<TraceRow | undefined>({
      arrived_at: 't.arrived_at',
      arrival_recorder: 'a.name',
      arrival_reason: 't.arrival_reason',
      people: 't.people',
      left_at: 't.left_at',
      leaving_recorder: 'l.name',
      leaving_reason: 't.leaving_reason',
    });
  return row ?? null;
}

/** Who recorded it, with the reason; null: the entity itself. */
export type Recorder = { actorId: number; reason: string } | null;

/** False where it is on record already. */
export async function recordArrival(
  trx: Knex,
  visitId: number,
  arrival: { at: Date; by: Recorder; people: TraceRow['people'] },
): Promise<boolean> {
  const rows = await trx('visit_traces')
    .insert({
      visit_id: visitId,
      arrived_at: arrival.at,
      arrival_by: arrival.by?.actorId ?? null,
      arrival_reason: arrival.by?.reason ?? '',
      people: JSON.stringify(arrival.people),
    })
    .onConflict('visit_id')
    .ignore()
    .returning<{ visit_id: number }[]>('visit_id');
  return rows.length > 0;
}

/** False where nobody arrived, or they have left already. */
export async function recordLeaving(
  trx: Knex,
  visitId: number,
  leaving: { at: Date; by: Recorder },
): Promise<boolean> {
  const changed = await trx('visit_traces')
    .where({ visit_id: visitId })
    .whereNull('left_at')
    .update({
      left_at: leaving.at,
      leaving_by: leaving.by?.actorId ?? null,
      leaving_reason: leaving.by?.reason ?? '',
    });
  return changed > 0;
}

export interface Rating {
  stars: number;
  remark: string;
  rated_at: Date;
}

export async function readRating(db: Knex, visitId: number): Promise<Rating | null> {
  const row = await db('visit_ratings')
    .where({ visit_id: visitId })
    .first<Rating | undefined>('stars', 'remark', 'rated_at');
  return row ?? null;
}

/** False where the visit is rated already. */
export async function insertRating(
  trx: Knex,
  visitId: number,
  rating: { stars: number; remark: string; at: Date },
): Promise<boolean> {
  const rows = await trx('visit_ratings')
    .insert({ visit_id: visitId, stars: rating.stars, remark: rating.remark, rated_at: rating.at })
    .onConflict('visit_id')
    .ignore()
    .returning<{ visit_id: number }[]>('visit_id');
  return rows.length > 0;
}

export interface RecusalRow {
  id: number;
  visit_id: number;
  inspector_id: number;
  inspector: string;
  inspector_name: string;
  user_id: number | null;
  department: string;
  reason: string;
  asked_at: Date;
  status: 'requested' | 'granted' | 'refused';
  decided_by: string | null;
  decided_at: Date | null;
  note: string;
}

export async function listRecusals(
  db: Knex,
  filter: { visitId: number } | { id: number },
): Promise<RecusalRow[]> {
  const query = db('recusal_requests as r')
    .join('inspectors as i', 'i.id', 'r.inspector_id')
    .leftJoin('users as u', 'u.id', 'r.decided_by')
    .orderBy('r.id')
    .select<RecusalRow[]>({
      id: 'r.id',
      visit_id: 'r.visit_id',
      inspector_id: 'r.inspector_id',
      inspector: 'i.code',
      inspector_name: 'i.name',
      user_id: 'i.user_id',
      department: 'r.department_code',
      reason: 'r.reason',
      asked_at: 'r.asked_at',
      status: 'r.status',
      decided_by: 'u.name',
      decided_at: 'r.decided_at',
      note: 'r.note',
    });
  if ('id' in filter) void query.where('r.id', filter.id);
  else void query.where('r.visit_id', filter.visitId);
  return query;
}

/** Null where it was asked for before. */
export async function insertRecusal(
  trx: Knex,
  recusal: { visitId: number; inspector: string; department: string; reason: string; at: Date },
): Promise<number | null> {
  const rows = await trx('recusal_requests')
    .insert({
      visit_id: recusal.visitId,
      inspector_id: trx('inspectors').where({ code: recusal.inspector }).select('id'),
      department_code: recusal.department,
      reason: recusal.reason,
      asked_at: recusal.at,
    })
    .onConflict(['visit_id', 'inspector_id'])
    .ignore()
    .returning<{ id: number }[]>('id');
  return rows[0]?.id ?? null;
}

/** False where it is decided already. */
export async function decideRecusal(
  trx: Knex,
  id: number,
  decision: {
    status: 'granted' | 'refused';
    actorId: number;
    at: Date;
    note: string;
    amendmentId: number | null;
  },
): Promise<boolean> {
  const changed = await trx('recusal_requests').where({ id, status: 'requested' }).update({
    status: decision.status,
    decided_by: decision.actorId,
    decided_at: decision.at,
    note: decision.note,
    amendment_id: decision.amendmentId,
  });
  return changed > 0;
}
