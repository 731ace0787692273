/** Whether inspections are approved, and who decides on them. */
import type { Knex } from 'knex';
import { listHeads, listInspections, type InspectionRow } from '../../db/inspection-approvals';
import { listDepartments } from '../../db/organisation';
import { mayDecideUninvolved } from '../../domain/permissions/rules';
import { covers } from '../../domain/regions/covers';
import { hasRoleIn, type Actor } from '../../domain/roles';
import { approvalConcerns, approvalState } from '../../domain/visits/approvals';
import type { FrequencyWarning } from '../../domain/visits/frequency';
import { frequencyOf } from './frequency';

/** Who decides on an inspection, or on who goes there: asked once for many. */
export async function inspectionDecider(db: Knex, actor: Actor) {
  const heads = await listHeads(db);
  const leadingGroups = (await listDepartments(db))
    .filter((one) => one.kind === 'leading-group')
    .map((one) => one.code);
  return (
    { department, region_code: region }: Pick<InspectionRow, 'department' | 'region_code'>,
    involved: readonly number[],
  ) =>
    mayDecideUninvolved(actor, {
      ...{ department, region, leadingGroups, involved },
      heads: heads
        .filter((head) => head.department === department && covers(head.region, region))
        .map((head) => head.id),
    });
}

/** Who carries the inspection out, or has asked for it once more. */
export const involvedInApproval = ({ team, answered_by_id: answeredBy }: InspectionRow): number[] => [
  ...team,
  ...(answeredBy === null ? [] : [answeredBy]),
];

export const inspectionOf = (
  row: InspectionRow,
  actor: Actor,
  decides: (row: InspectionRow, involved: readonly number[]) => boolean,
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
    mayDecide: state === 'waiting' && decides(row, involvedInApproval(row)),
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
