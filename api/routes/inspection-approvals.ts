import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { lockCampaign, readCampaign, type CampaignRow } from '../../db/campaigns';
import {
  answerReturn,
  countInspections,
  decideInspections,
  listEveryInspection,
  listInspections,
  type InspectionRow,
} from '../../db/inspection-approvals';
import { tellAtOnce } from '../../db/notices';
import { usersWith } from '../../db/recipients';
import { lockVisit } from '../../db/results';
import { finishTasksOf, reopenTasksOf } from '../../db/tasks';
import { TAKES_RESULTS } from '../../domain/campaigns';
import { conflict, forbidden, invalidField } from '../../domain/errors';
import { hasRoleIn } from '../../domain/roles';
import { approvalConcerns, approvalState } from '../../domain/visits/approvals';
import { inspectionApprovalsContract as contract } from '../contract/inspection-approvals';
import { decodeCursor, pageOf } from '../cursor';
import { implement } from '../implement';
import { inspectionDecider, inspectionOf, involvedInApproval } from '../visits/approvals';
import { frequencyOfVisits } from '../visits/frequency';
import { noVisit, seenVisit } from '../visits/seen-visit';
import { visitDetail } from '../visits/visit-detail';
import { assertInSight } from './campaign-detail';

/** A department has one inspection per visit; a campaign of the largest cities has some thousands. */
const MOST_INSPECTIONS = 100_000;

const isPosition = (value: unknown): value is [number, string] =>
  Array.isArray(value) && Number.isSafeInteger(value[0]) && typeof value[1] === 'string';

export const inspectionApprovalRoutes = [
  implement(contract.listInspections, async ({ params, query, actor }, { db }) => {
    const campaign = await readCampaign(db, params.code);
    assertInSight(actor, campaign.region_codes);
    const decides = await inspectionDecider(db, actor);
    const after = decodeCursor(query.cursor, isPosition);
    const rows = await listInspections(db, {
      campaignId: campaign.id,
      limit: query.limit + 1,
      ...(query.department === undefined ? {} : { department: query.department }),
      ...(after === undefined ? {} : { after }),
    });
    const page = pageOf(rows, query.limit, (row) => [row.visit_id, row.department]);
    const counts = await countInspections(db, campaign.id);
    const frequencies = await frequencyOfVisits(db, [...new Set(page.rows.map((row) => row.visit_id))]);
    return {
      ...page,
      rows: page.rows.map((row) => inspectionOf(row, actor, decides, frequencies.get(row.visit_id) ?? [])),
      isDemanded: campaign.demands_approval,
      departments: counts.map(({ department, name, ...count }) => ({
        department: { code: department, name },
        ...count,
        mayDecide: campaign.region_codes.some((region) => decides({ department, region_code: region }, [])),
      })),
    };
  }),

  implement(contract.decideInspections, async (request, context) => {
    const { params, body, actor, address, requestId } = request;
    const { department, decision, note } = body;
    if (decision === 'return' && note === '') throw invalidField('reason-needed', 'note', '退回请写明理由。');
    const outcome = await context.db.transaction(async (trx) => {
      const campaign = await lockCampaign(trx, params.code);
      const filter = { campaignId: campaign.id, department, limit: MOST_INSPECTIONS };
      const all = await listEveryInspection(trx, filter);
      const decides = await inspectionDecider(trx, actor);
      const own = (await listInspections(trx, filter)).filter((row) => decides(row, involvedInApproval(row)));
      // Who has no say is told nothing of the course; without inspections yet it is nobody's.
      if (all.length > 0) assertHead(own);
      assertOpen(campaign);
      assertHead(own);
      const chosen = await chosenOf(trx, own, body.visits, decision);
      const at = context.now();
      const status = decision === 'approve' ? 'approved' : 'returned';
      await decideInspections(
        trx,
        chosen.map((row) => row.visit_id),
        { department, status, actorId: actor.id, at, note },
      );
      const left = all.filter((row) => approvalState(row) === 'waiting').length - chosen.length;
      if (left === 0)
        await finishTasksOf(trx, campaign.id, 'approve-inspections', department, { at, by: actor.id });
      await tell(trx, campaign, { department, decision, note, count: chosen.length, at, key: request.key });
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: `inspections.${decision}`, subject: `campaign/${campaign.code}` },
        ...{ address, requestId },
        after: { department, note, visits: chosen.map((row) => row.number) },
      });
      return { decided: chosen.length, left };
    });
    request.afterwards(() => context.campaigns.wakeNotices());
    return outcome;
  }),

  implement(contract.answerInspectionReturn, async (request, context) => {
    const { params, body, actor, address, requestId } = request;
    await seenVisit(context.db, params.id, actor);
    await context.db.transaction(async (trx) => {
      const visit = await lockVisit(trx, params.id);
      if (!visit || !hasRoleIn(actor, body.department, 'liaison')) throw noVisit(params.id);
      const at = context.now();
      const isAnswered = await answerReturn(trx, visit.id, {
        ...{ department: body.department, text: body.answer, actorId: actor.id, at },
      });
      if (!isAnswered) throw conflict('not-returned', '这项检查没有被退回，不用重新报批。');
      await reopenTasksOf(trx, visit.campaign_id, 'approve-inspections', body.department);
      await tellAtOnce(trx, [
        {
          key: `visit/${visit.id}/inspection-answer/${body.department}/${at.toISOString()}`,
          kind: 'inspections',
          campaignId: visit.campaign_id,
          recipients: await usersWith(trx, { role: 'approver', department: body.department }),
          params: { what: `第 ${visit.number} 户的检查处理后重新报批：${body.answer}` },
          at,
        },
      ]);
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'inspections.answer', subject: `visit/${visit.id}` },
        ...{ address, requestId, after: body },
      });
    });
    request.afterwards(() => context.campaigns.wakeNotices());
    return visitDetail(context, params.id, actor);
  }),
];

function assertOpen(campaign: CampaignRow): void {
  if (!campaign.demands_approval) throw conflict('no-approval', '这个任务不要求逐户审批检查。');
  if (!TAKES_RESULTS.includes(campaign.stage))
    throw conflict('campaign-stage', '任务未派发或已公示，不能审批。');
}

function assertHead(own: readonly InspectionRow[]): void {
  if (own.length === 0)
    throw forbidden(
      'not-the-head',
      '行政检查由本部门没有参加该户检查、没有申请的负责人审批；没有的，由领导小组审批。',
    );
}

/** Named ones must all wait; without names an approval takes those that give no concern. */
async function chosenOf(
  trx: Knex,
  own: readonly InspectionRow[],
  visits: readonly number[] | null,
  decision: 'approve' | 'return',
): Promise<InspectionRow[]> {
  const waiting = own.filter((row) => approvalState(row) === 'waiting');
  if (visits === null) {
    const frequencies = await frequencyOfVisits(
      trx,
      waiting.map((row) => row.visit_id),
    );
    const isUsual = (row: InspectionRow) =>
      approvalConcerns(row).length === 0 && (frequencies.get(row.visit_id) ?? []).length === 0;
    const safe = waiting.filter((row) => decision === 'return' || isUsual(row));
    if (safe.length === 0) {
      throw conflict('nothing-to-decide', '没有可以一并审批的检查：已全部处理，或需要逐户查看。');
    }
    return safe;
  }
  const named = waiting.filter((row) => visits.includes(row.visit_id));
  if (named.length < new Set(visits).size)
    throw invalidField('not-waiting', 'visits', '所选的检查中有的已经处理，或不归您审批：请刷新后重选。');
  return named;
}

async function tell(
  trx: Knex,
  campaign: CampaignRow,
  told: {
    department: string;
    decision: 'approve' | 'return';
    note: string;
    count: number;
    at: Date;
    key: string;
  },
): Promise<void> {
  const { department, decision, note, count, at } = told;
  await tellAtOnce(trx, [
    {
      key: `${campaign.code}/inspections/${department}/${told.key}`,
      kind: 'inspections',
      campaignId: campaign.id,
      recipients: await usersWith(trx, { role: 'liaison', department }),
      params: {
        what:
          decision === 'approve'
            ? `${count} 户的检查已获批准，可以开展检查`
            : `${count} 户的检查被退回：${note}`,
      },
      at,
    },
  ]);
}
