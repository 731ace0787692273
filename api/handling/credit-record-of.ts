import type { CreditRecordRow } from '../../db/credit-records';
import { covers } from '../../domain/regions/covers';
import type { Actor } from '../../domain/roles';

export const creditRecordOf = (row: CreditRecordRow, actor: Actor) => ({
  id: row.id,
  caseId: row.case_id,
  creditCode: row.credit_code,
  entityName: row.entity_name,
  regionCode: row.region_code,
  drawClass: row.draw_class,
  kind: row.kind,
  what: row.what,
  basis: row.basis,
  department: { code: row.department, name: row.department_name },
  recordedOn: row.recorded_on,
  countsUntil: row.counts_until,
  publishedAt: row.published_at?.toISOString() ?? null,
  correctedAt: row.corrected_at?.toISOString() ?? null,
  correctedBy: row.corrected_by,
  correction: row.correction,
  mayCorrect: row.corrected_at === null && keepsCreditIn(actor, row.region_code),
});

/** The credit office of the area. */
export const keepsCreditIn = (actor: Actor, region: string): boolean =>
  actor.grants.some((grant) => grant.role === 'credit_officer' && covers(grant.region, region));
