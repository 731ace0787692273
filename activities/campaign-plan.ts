/** From draft to approval, and the two ends of a campaign. */
import type { Knex } from 'knex';
import { readPlan, readTeams, type CampaignRow } from '../db/campaigns';
import { endCeremony, readLiveCeremony } from '../db/ceremonies';
import { addNotices } from '../db/notices';
import { usersWith } from '../db/recipients';
import { cancelTasks } from '../db/tasks';
import type { CommandInput, ReasonInput, StepOutcome } from '../domain/commands';
import { dayOf } from '../domain/deadlines/working-days';
import { forbidden } from '../domain/errors';
import type { NoticeKind } from '../domain/notices/kinds';
import { assertComplete, planProblems } from '../domain/plan-rules';
import type { Collaborators } from './collaborators';
import { carryOut } from './step';

export function createPlanActivities({ db, now }: Collaborators) {
  const tell = (
    trx: Knex,
    campaign: CampaignRow,
    input: CommandInput,
    kind: NoticeKind,
    recipients: readonly number[],
    params: Record<string, string | number> = {},
  ) =>
    addNotices(trx, [
      {
        key: `${campaign.code}/${kind}/${input.key}`,
        kind,
        campaignId: campaign.id,
        recipients,
        params,
        notBefore: now(),
      },
    ]);

  return {
    /** Refuses a plan with an unpublished item, an item without legal basis, a window that is over. */
    submit: (input: CommandInput): Promise<StepOutcome> =>
      carryOut(db, 'submit', input, async (trx, campaign) => {
        await assertPlan(trx, campaign, now());
        await trx('campaigns')
          .where({ id: campaign.id })
          .update({ submitted_by: input.actorId, approved_by: null });
        await tell(trx, campaign, input, 'review-requested', await approversOf(trx, campaign));
        return { stage: 'submitted', note: '已提交审核。' };
      }),

    sendBack: (input: ReasonInput): Promise<StepOutcome> =>
      carryOut(db, 'return', input, async (trx, campaign) => {
        const { reason } = input;
        await tell(trx, campaign, input, 'plan-returned', await leadsOf(trx, campaign), { reason });
        return { stage: 'returned', reason, note: '已退回。' };
      }),

    approve: (input: CommandInput): Promise<StepOutcome> =>
      carryOut(db, 'approve', input, async (trx, campaign) => {
        if (campaign.submitted_by === input.actorId) {
          throw forbidden('own-submission', '提交人不能批准自己提交的方案。');
        }
        await trx('campaigns').where({ id: campaign.id }).update({ approved_by: input.actorId });
        await tell(trx, campaign, input, 'plan-approved', await leadsOf(trx, campaign));
        return { stage: 'approved', note: '已批准，可以冻结名录。' };
      }),

    /** Before the draw only; the reason is public. */
    cancel: (input: ReasonInput): Promise<StepOutcome> =>
      carryOut(db, 'cancel', input, async (trx, campaign) => {
        const { reason } = input;
        const ceremony = await readLiveCeremony(trx, campaign.id);
        if (ceremony) {
          await endCeremony(trx, ceremony.id, {
            status: 'void',
            void_reason: `任务取消：${reason}`,
            ended_at: now(),
          });
        }
        await cancelTasks(trx, campaign.id, now());
        await tell(trx, campaign, input, 'cancelled', await everybody(trx, campaign), { reason });
        return { stage: 'cancelled', reason, note: '已取消。' };
      }),

    close: (input: CommandInput): Promise<StepOutcome> =>
      carryOut(db, 'close', input, async (trx, campaign) => {
        await trx('campaigns').where({ id: campaign.id }).update({ closed_at: now() });
        await tell(trx, campaign, input, 'closed', await everybody(trx, campaign));
        return { stage: 'closed', note: '已办结。' };
      }),
  };
}

/** Throws with every problem of the plan. */
export async function assertPlan(trx: Knex, campaign: CampaignRow, now: Date): Promise<void> {
  const { plan, items } = await readPlan(trx, campaign);
  assertComplete(planProblems(plan, items, dayOf(now)));
}

const approversOf = (trx: Knex, campaign: CampaignRow) =>
  usersWith(trx, { role: 'approver', regions: campaign.region_codes }).then(async (all) => {
    const ofLead = await usersWith(trx, { role: 'approver', department: campaign.lead_department });
    const ofLeadingGroup = await usersWith(trx, { role: 'approver', kind: 'leading-group' });
    return all.filter((id) => ofLead.includes(id) || ofLeadingGroup.includes(id));
  });

export const leadsOf = (trx: Knex, campaign: CampaignRow) =>
  usersWith(trx, { role: 'lead_officer', department: campaign.lead_department });

async function everybody(trx: Knex, campaign: CampaignRow): Promise<number[]> {
  const people = new Set(await leadsOf(trx, campaign));
  for (const { department } of await readTeams(trx, campaign.id)) {
    for (const liaison of await usersWith(trx, { role: 'liaison', department })) people.add(liaison);
  }
  return [...people];
}
