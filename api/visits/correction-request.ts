/** What all requests to correct or withdraw have in common, whatever they are about. */
import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { lockCampaign, type CampaignRow } from '../../db/campaigns';
import { listCorrections, type CorrectionRow } from '../../db/corrections';
import { lockVisit, readTeamMember, readVisitItems, type VisitItemState } from '../../db/results';
import type { VisitRow } from '../../db/visit-views';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { mayAskCorrection } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';
import type { ApiContext } from '../context';
import type { ApiRequest } from '../implement';
import { decidersOf } from './deciders';
import { seenVisit } from './seen-visit';
import { visitDetail } from './visit-detail';

export const decideKey = ({ id, round }: Pick<CorrectionRow, 'id' | 'round'>) =>
  `correction/${id}/decide/${round}`;
export const reviseKey = ({ id, round }: Pick<CorrectionRow, 'id' | 'round'>) =>
  `correction/${id}/revise/${round}`;

export const decidedAlready = () => conflict('correction-decided', '这项更正申请已经处理，请刷新页面。');

export async function knownCorrection(
  db: Knex,
  id: number,
  actor: Actor,
): Promise<{ correction: CorrectionRow; row: VisitRow }> {
  const [correction] = await listCorrections(db, { id });
  if (!correction) throw notFound('correction-not-found', `没有编号为 ${id} 的更正申请，或它不归您查看。`);
  return { correction, row: await seenVisit(db, correction.visit_id, actor) };
}

/** The campaign first, as its sweeps do, which want the tasks of its visits. */
export async function lockedVisit(
  trx: Knex,
  row: VisitRow,
): Promise<{ campaign: CampaignRow; items: VisitItemState[] }> {
  const campaign = await lockCampaign(trx, row.campaign_code);
  await lockVisit(trx, row.id);
  return { campaign, items: await readVisitItems(trx, row.id) };
}

export async function assertDecides(
  trx: Knex,
  row: VisitRow,
  correction: CorrectionRow,
  actor: Actor,
): Promise<void> {
  if (correction.asked_by === actor.id)
    throw forbidden('own-submission', '申请人不能审批自己的申请，请由其他负责人审批。');
  const place = { department: correction.department_code, region: row.region_code };
  if (!(await decidersOf(trx, place, [correction.asked_by])).includes(actor.id))
    throw forbidden('not-the-head', '更正和撤回由检查部门的负责人审批；没有其他负责人的，由领导小组审批。');
}

export async function auditCorrection(
  trx: Knex,
  {
    actor,
    address,
    requestId,
  }: Pick<ApiRequest<unknown, unknown, unknown>, 'actor' | 'address' | 'requestId'>,
  visitId: number,
  action: string,
  after: object,
): Promise<void> {
  await appendAudit(trx, {
    ...{ actorId: actor.id, action, subject: `visit/${visitId}` },
    ...{ address, requestId, after },
  });
}

/** Campaigns that have ended are watched again, as long as something is owed. */
export function answerAndTell(
  request: Pick<ApiRequest<unknown, unknown, unknown>, 'actor' | 'afterwards'>,
  context: ApiContext,
  row: VisitRow,
) {
  request.afterwards(() => context.campaigns.somethingOwed({ code: row.campaign_code, stage: row.stage }));
  request.afterwards(() => context.campaigns.wakeNotices());
  return visitDetail(context, row.id, request.actor);
}

/** Who may ask for it, asks again or takes it back: who inspected and recorded, or who published (谁检查、谁录入、谁公开). */
export async function assertMayAsk(
  trx: Knex,
  { campaign, row }: { campaign: CampaignRow; row: VisitRow },
  { kind, department_code: department }: Pick<CorrectionRow, 'kind' | 'department_code'>,
  actor: Actor,
): Promise<void> {
  const member = await readTeamMember(trx, row.id, actor.id);
  const scope = { department, leadDepartment: campaign.lead_department, region: row.region_code };
  if (mayAskCorrection(actor, kind, scope, member)) return;
  throw forbidden(
    'other-department',
    kind === 'result'
      ? '结果由录入它的部门申请更正：该户的检查人员或其部门联络员。'
      : '公示由检查部门（该户的检查人员或联络员）或牵头部门的经办人申请更正、撤回。',
  );
}

/** Each kind is asked for again with what it is about. */
export function assertKind({ kind }: CorrectionRow, isResult: boolean): void {
  if ((kind === 'result') !== isResult)
    throw conflict('other-kind', '这项申请不是这一类：更正检查结果和更正、撤回公示分别提交。');
}
