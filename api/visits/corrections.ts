/** Corrections of results as a visit's page shows them, and who has a say in them. */
import type { Knex } from 'knex';
import { caseOfResult, listCorrections, type CorrectionRow } from '../../db/corrections';
import { mayAskCorrection } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';
import { consequencesOf, isOwnMatter } from '../../domain/visits/corrections';
import type { ResultCode } from '../../domain/visits/results';
import { decidersOf } from './deciders';

interface SeenVisit {
  id: number;
  region_code: string;
  leadDepartment: string;
}

type Member = Parameters<typeof mayAskCorrection>[3];

/** Of one visit, the first first. */
export async function correctionsOf(db: Knex, visit: SeenVisit, actor: Actor, member: Member) {
  const seen = [];
  for (const row of await listCorrections(db, { visitId: visit.id }))
    seen.push(await correctionOf(db, visit, row, actor, member));
  return seen;
}

async function correctionOf(db: Knex, visit: SeenVisit, row: CorrectionRow, actor: Actor, member: Member) {
  const isOpen = row.status === 'requested' || row.status === 'returned';
  const led = isOpen ? await caseOfResult(db, { visitId: row.visit_id, item: row.item_code }) : null;
  const leadsTo = isOpen
    ? consequencesOf(row.old_result_code as ResultCode, row.result_code as ResultCode, led)
    : row.consequences;
  const place = { department: row.department_code, region: visit.region_code };
  const decides =
    row.status === 'requested' && (await decidersOf(db, place, [row.asked_by])).includes(actor.id);
  const scope = { ...place, leadDepartment: visit.leadDepartment };
  const mayAsk = mayAskCorrection(actor, row.kind, scope, member);
  const isRefused = leadsTo !== null && 'refusal' in leadsTo;
  return {
    id: row.id,
    kind: row.kind,
    entityName: row.entity_name,
    item: row.item_code,
    department: { code: row.department_code, name: row.department_name },
    status: row.status,
    reason: row.reason,
    before: {
      ...{ resultCode: row.old_result_code, opinion: row.old_opinion },
      ...{ method: row.old_method, answers: row.old_answers },
    },
    after: { resultCode: row.result_code, opinion: row.opinion, method: row.method, answers: row.answers },
    askedBy: row.asker,
    askedAt: row.asked_at.toISOString(),
    decidedBy: row.decider,
    decidedAt: row.decided_at?.toISOString() ?? null,
    note: row.note,
    consequences: isRefused ? null : leadsTo,
    obstacle: isRefused ? leadsTo.refusal : null,
    mayDecide: decides && !isOwnMatter(actor.id, row.asked_by, led),
    mayRevise: row.status === 'returned' && mayAsk,
    mayWithdraw: isOpen && mayAsk,
  };
}
