import { appendAudit } from '../../db/audit';
import { readStep, stepKey } from '../../db/campaign-steps';
import { insertCampaign, lockCampaign, readCampaign, updatePlan } from '../../db/campaigns';
import { listCampaigns } from '../../db/campaign-views';
import { recordedByPublisher } from '../../db/publication';
import { isPossible, COMMAND_LABELS, type Command } from '../../domain/campaigns';
import type { CommandInput, StepOutcome } from '../../domain/commands';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden } from '../../domain/errors';
import { mayCommand, mayLead, speaksFor } from '../../domain/permissions/rules';
import { ownResults } from '../../domain/visits/results';
import { campaignsContract as contract } from '../contract/campaigns';
import type { ApiContext } from '../context';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement, type ApiRequest } from '../implement';
import { planOf } from '../plan-of';
import { campaignDetail, scopeOf, summaryOf } from './campaign-detail';
import { enterPublicValue } from './public-value';
import { areasOf } from '../areas-of';
import { prefixOf } from '../../domain/regions/covers';
import type { z } from 'zod';
import type { campaignPlan } from '../schemas/campaigns';

type Plan = z.output<typeof campaignPlan>;
type AnyRequest = ApiRequest<{ code: string }, unknown, unknown>;

export const campaignRoutes = [
  implement(contract.listCampaigns, async ({ query, actor }, { db, now }) => {
    const { cursor, limit, stage } = query;
    const beforeId = decodeCursor(cursor, isId);
    const rows = await listCampaigns(db, {
      areas: areasOf(actor).map(prefixOf),
      limit: limit + 1,
      now: now(),
      ...(stage === undefined ? {} : { stage }),
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const page = pageOf(rows, limit, (row) => row.id);
    return { ...page, rows: await Promise.all(page.rows.map((row) => summaryOf(db, row))) };
  }),

  implement(contract.createCampaign, async (request, context) => {
    const { body, actor, address, requestId } = request;
    assertMayLead(request, body);
    const code = await context.db.transaction(async (trx) => {
      const plan = await planOf(trx, body, context.now(), null);
      const inserted = await insertCampaign(trx, plan, actor.id, dayOf(context.now()).slice(0, 4));
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'campaign.create',
        subject: `campaign/${inserted}`,
        address,
        requestId,
        after: plan,
      });
      return inserted;
    });
    return campaignDetail(context, code, actor);
  }),

  implement(contract.readCampaign, ({ params, actor }, context) =>
    campaignDetail(context, params.code, actor),
  ),

  implement(contract.editCampaign, async (request, context) => {
    const { body, params, actor, address, requestId } = request;
    assertMayLead(request, body);
    await context.db.transaction(async (trx) => {
      const campaign = await lockCampaign(trx, params.code);
      if (!mayLead(actor, campaign.lead_department, campaign.region_codes))
        throw notLead(campaign.lead_department);
      if (!isPossible('submit', campaign.stage)) {
        throw conflict('campaign-stage', '只有草稿或被退回的方案可以修改。');
      }
      const plan = await planOf(trx, body, context.now(), campaign.id);
      await updatePlan(trx, campaign.id, plan);
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'campaign.edit',
        subject: `campaign/${campaign.code}`,
        address,
        requestId,
        after: plan,
      });
    });
    return campaignDetail(context, params.code, actor);
  }),

  implement(contract.submitCampaign, (request, context) => command('submit', request, context)),
  implement(contract.returnCampaign, (request, context) => command('return', request, context, request.body)),
  implement(contract.approveCampaign, (request, context) => command('approve', request, context)),
  implement(contract.freezeCampaign, (request, context) => command('freeze', request, context)),
  implement(contract.sealContribution, async (request, context) => {
    await assertOwnDepartment(request, context, request.body.department);
    return command('seal', request, context, request.body);
  }),
  implement(contract.revealContribution, async (request, context) => {
    await assertOwnDepartment(request, context, request.body.department);
    return command('reveal', request, context, request.body);
  }),
  implement(contract.recordPublicValue, enterPublicValue),
  implement(contract.drawCampaign, (request, context) => command('draw', request, context)),
  implement(contract.dispatchCampaign, (request, context) => command('dispatch', request, context)),
  implement(contract.publishCampaign, (request, context) => command('publish', request, context)),
  implement(contract.closeCampaign, (request, context) => command('close', request, context)),
  implement(contract.cancelCampaign, (request, context) => command('cancel', request, context, request.body)),
];

/** Sends a command to the campaign's workflow on behalf of somebody who may. */
async function command(
  name: Command,
  request: AnyRequest,
  context: ApiContext,
  more: object = {},
): Promise<{ code: string; stage: CommandStage; note: string | null }> {
  const { params, actor, key, address, requestId } = request;
  const campaign = await readCampaign(context.db, params.code);
  if (!mayCommand(actor, name, await scopeOf(context.db, campaign))) {
    throw forbidden(
      name === 'approve' && actor.id === campaign.submitted_by ? 'own-submission' : 'not-your-campaign',
      name === 'approve' && actor.id === campaign.submitted_by
        ? '提交人不能批准自己提交的方案。'
        : `您不能对这个任务“${COMMAND_LABELS[name]}”：由${WHO[name] ?? '牵头部门'}办理。`,
    );
  }
  // Also after the campaign's workflow has ended, when nobody else remembers.
  const before = await readStep<StepOutcome>(context.db, campaign.id, stepKey(name, key));
  if (before) return { code: campaign.code, stage: before.stage, note: before.note };
  if (name === 'publish' && (await recordedByPublisher(context.db, campaign.id, actor.id)))
    throw ownResults();
  const input: CommandInput = {
    campaign: campaign.code,
    key,
    actorId: actor.id,
    address,
    requestId,
    ...more,
  };
  const { stage, note } = await context.campaigns.command(name, input, campaign.stage);
  return { code: campaign.code, stage, note };
}

type CommandStage = Awaited<ReturnType<ApiContext['campaigns']['command']>>['stage'];

const WHO: Partial<Record<Command, string>> = {
  return: '牵头部门负责人或领导小组',
  approve: '牵头部门负责人或领导小组',
  seal: '参与部门联络员',
  reveal: '参与部门联络员',
};

async function assertOwnDepartment(
  { params, actor }: AnyRequest,
  { db }: ApiContext,
  department: string,
): Promise<void> {
  const { region_codes: regions } = await readCampaign(db, params.code);
  if (!speaksFor(actor, department, regions)) {
    throw forbidden('other-department', `只能由 ${department} 的联络员代表该部门封存和揭示。`);
  }
}

function assertMayLead({ actor }: Pick<AnyRequest, 'actor'>, plan: Plan): void {
  if (!mayLead(actor, plan.leadDepartment, plan.regions)) throw notLead(plan.leadDepartment);
}

const notLead = (department: string) =>
  forbidden('not-lead', `只有 ${department} 的牵头人员（且管辖任务的全部地区）或统筹协调人员可以办理。`);
