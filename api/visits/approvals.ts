/** Whether inspections are approved, and who decides on them. */
import type { Knex } from 'knex';
import { departmentsWithHead, listInspections, type InspectionRow } from '../../db/inspection-approvals';
import { listDepartments } from '../../db/organisation';
import { mayApproveInspection } from '../../domain/permissions/rules';
import { hasRoleIn, type Actor } from '../../domain/roles';
import { approvalConcerns, approvalState } from '../../domain/visits/approvals';
import type { FrequencyWarning } from '../../domain/visits/frequency';
import { frequencyOf } from './frequency';

/** Who decides on an inspection: asked once for many. */
export async function inspectionDecider(db: Knex, actor: Actor) {
  const withHead = await departmentsWithHead(db);
  const leadingGroups = (await listDepartments(db))
    .filter((one) => one.kind === 'leading-group')
    .map((one) => one.code);
  return ({ department, region_code: region }: Pick<InspectionRow, 'department' | 'region_code'>) =>
    mayApproveInspection(actor, { department, region, hasHead: withHead.has(department), leadingGroups });
}

export const inspectionOf = (
  row: InspectionRow,
  actor: Actor,
  decides: (row: InspectionRow) => boolean,
  frequency: readonly FrequencyWarning[],
) => {
  const state = approvalState(row);
  return {
    visit: {
      ...{ id: row.visit_id, number: row.number, entity: row.entity_name },
      regionCode: row.region_code,
    },
    department: { code: row.department, name: row.department_name },
    items: row.items,
    inspectors: row.inspectors,
    state,
    concerns: state === 'waiting' ? approvalConcerns(row) : [],
    frequency: state === 'waiting' ? frequencyOf(frequency) : [],
    note: row.note,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    answer: row.answer,
    answeredBy: row.answered_by,
    mayDecide: state === 'waiting' && row.answered_by_id !== actor.id && decides(row),
    mayAnswer: state === 'returned' && hasRoleIn(actor, row.department, 'liaison'),
  };
};

/** Of one visit; none where its campaign demands no approval. */
export async function approvalsOfVisit(
  db: Knex,
  visit: { id: number; campaign_id: number; demands_approval: boolean },
): Promise<InspectionRow[]> {
  if (!visit.demands_approval) return [];
  return listInspections(db, { campaignId: visit.campaign_id, visitIds: [visit.id], limit: 100 });
}
