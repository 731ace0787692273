/** Settled violations, as they stand in the credit record of an entity. */
import type { Knex } from 'knex';
import { ENTITY_IN_AREAS } from './areas';

export type CreditKind = 'rectified' | 'penalty' | 'settled' | 'abnormal-operations' | 'serious-violation';

export interface CreditRecordRow {
  id: number;
  case_id: number;
  credit_code: string;
  entity_name: string;
  region_code: string;
  draw_class: 'A' | 'B' | 'C' | 'D';
  kind: CreditKind;
  what: string;
  basis: string;
  department: string;
  department_name: string;
  recorded_on: string;
  counts_until: string | null;
  corrected_at: Date | null;
  corrected_by: string | null;
  correction: string | null;
  /** When the result it comes from was made public. */
  published_at: Date | null;
}

/** Written once for a case and kind; a second listing of the same case takes the first one's place. */
export async function recordCredit(
  trx: Knex,
  record: {
    caseId: number;
    entityId: number;
    kind: CreditKind;
    what: string;
    basis: string;
    department: string;
    on: string;
    until: string | null;
  },
): Promise<void> {
  await trx('credit_records')
    .insert({
      case_id: record.caseId,
      entity_id: record.entityId,
      kind: record.kind,
      what: record.what,
      basis: record.basis,
      department_code: record.department,
      recorded_on: record.on,
      counts_until: record.until,
    })
    .onConflict(['case_id', 'kind'])
    .merge(['what', 'basis', 'recorded_on', 'counts_until']);
}

/** What the entity is listed for counts until this day. */
export async function endCredit(trx: Knex, caseId: number, kind: CreditKind, on: string): Promise<void> {
  await trx('credit_records').where({ case_id: caseId, kind }).update({ counts_until: on });
}

/** Entries of a case, or a single one, that were wrong: they stay on record and count no more. */
export async function correctCredit(
  trx: Knex,
  which: { case_id: number } | { id: number },
  correction: { reason: string; actorId: number; at: Date },
): Promise<number> {
  return trx('credit_records').where(which).whereNull('corrected_at').update({
    corrected_at: correction.at,
    corrected_by: correction.actorId,
    correction: correction.reason,
  });
}

interface CreditFilter {
  id?: number;
  caseId?: number;
  entity?: string;
  department?: string;
  region?: string;
  kind?: CreditKind;
  /** Only where the result is public, or is not yet. */
  isPublic?: boolean;
  /** Only what counts on this day. */
  countsOn?: string;
  areas?: readonly string[];
  beforeId?: number;
  limit: number;
}

/** The newest first. */
export async function listCreditRecords(db: Knex, filter: CreditFilter): Promise<CreditRecordRow[]> {
  const { rows } = await db.raw<{ rows: CreditRecordRow[] }>(
    `select r.id, r.case_id, e.credit_code, e.name as entity_name, e.region_code, e.draw_class, r.kind, r.what, r.basis,
            r.department_code as department, d.short_name as department_name, r.recorded_on, r.counts_until,
            r.corrected_at, u.name as corrected_by, r.correction, v.published_at
       from credit_records r
       join entities e on e.id = r.entity_id
       join departments d on d.code = r.department_code
       join handling_cases h on h.id = r.case_id
       join visits v on v.id = h.visit_id
       left join users u on u.id = r.corrected_by
      where (cast(:id as bigint) is null or r.id = :id)
        and (cast(:case as bigint) is null or r.case_id = :case)
        and (cast(:entity as text) is null or e.credit_code = :entity)
        and (cast(:department as text) is null or r.department_code = :department)
        and (cast(:region as text) is null or starts_with(e.region_code, :region))
        and (cast(:kind as text) is null or r.kind = :kind)
        and (cast(:public as boolean) is null or (v.published_at is not null) = :public)
        and (cast(:day as date) is null
             or (r.corrected_at is null and coalesce(r.counts_until, 'infinity') >= cast(:day as date)))
        and (cast(:areas as text[]) is null or ${ENTITY_IN_AREAS})
        and (cast(:before as bigint) is null or r.id < :before)
      order by r.id desc limit :limit`,
    {
      id: filter.id ?? null,
      case: filter.caseId ?? null,
      entity: filter.entity ?? null,
      department: filter.department ?? null,
      region: filter.region ?? null,
      kind: filter.kind ?? null,
      public: filter.isPublic ?? null,
      day: filter.countsOn ?? null,
      areas: filter.areas ? [...filter.areas] : null,
      before: filter.beforeId ?? null,
      limit: filter.limit,
    },
  );
  return rows;
}
