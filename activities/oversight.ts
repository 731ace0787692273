/** One sweep for all deadlines of a campaign (plan 4.2, 4.4; architecture guide, section 2). */
import type { Knex } from 'knex';
import { lockCampaign, moveStage, type CampaignRow } from '../db/campaigns';
import { ensureDeadline, readCalendar, recomputeProvisional } from '../db/deadlines';
import { addNotices } from '../db/notices';
import { usersWith } from '../db/recipients';
import {
  daysToPublish,
  ensureUrgingOrder,
  nextStep,
  passSteps,
  stageByResults,
  unstartedCases,
  type PassedStep,
} from '../db/sweep';
import { addTasks } from '../db/tasks';
import { markStarted } from '../db/handling';
import type { Stage } from '../domain/campaigns';
import { digestTime } from '../domain/deadlines/due';
import { dayOf, type Calendar } from '../domain/deadlines/working-days';
import { formatInstant } from '../domain/notices/format';
import { OVERSIGHT_TASKS } from '../domain/notices/kinds';
import { leadsOf } from './campaign-plan';
import type { Collaborators } from './collaborators';

export interface Sweep {
  stage: Stage;
  /** ISO instant of the next due action, or null. */
  nextAt: string | null;
  openTasks: number;
}

export interface OversightCollaborators extends Collaborators {
  /** Starts the workflow that carries a handling case; starting it twice is a no-op. */
  startHandling: (caseId: number) => Promise<void>;
}

const CASES_PER_SWEEP = 500;

export function createOversightActivities({ db, now, startHandling }: OversightCollaborators) {
  return {
    /** Carries out what is due and says when there is something due next. */
    sweep: async (code: string): Promise<Sweep> => {
      const { sweep, campaignId } = await db.transaction(async (trx) => {
        const campaign = await lockCampaign(trx, code);
        const calendar = await readCalendar(trx);
        const stage = await followResults(trx, campaign, now());
        await recomputeProvisional(trx, campaign, calendar);
        await askForPublication(trx, campaign, calendar);
        for (const passed of await passSteps(trx, campaign.id, now())) {
          await act(trx, campaign, calendar, passed, now());
        }
        const next = await nextStep(trx, campaign.id);
        return {
          campaignId: campaign.id,
          sweep: { stage, nextAt: next.at?.toISOString() ?? null, openTasks: next.openTasks },
        };
      });
      const cases = await unstartedCases(db, campaignId, CASES_PER_SWEEP);
      for (const id of cases) await startHandling(id);
      await markStarted(db, cases, now());
      return sweep;
    },
  };
}

async function followResults(trx: Knex, campaign: CampaignRow, now: Date): Promise<Stage> {
  const stage = await stageByResults(trx, campaign.id, campaign.stage);
  if (stage === campaign.stage) return stage;
  await moveStage(trx, campaign.id, stage);
  if (stage === 'results_in') {
    await addNotices(trx, [
      {
        key: `${campaign.code}/results-in`,
        kind: 'results-in',
        campaignId: campaign.id,
        recipients: await leadsOf(trx, campaign),
        params: {},
        notBefore: now,
      },
    ]);
  }
  return stage;
}

/** Publication is owed within its time after a visit is finished (国发〔2019〕5号): one task for each day's visits. */
async function askForPublication(trx: Knex, campaign: CampaignRow, calendar: Calendar): Promise<void> {
  for (const { day, from, firstVisit } of await daysToPublish(trx, campaign.id)) {
    const deadline = await ensureDeadline(
      trx,
      campaign,
      calendar,
      from,
      campaign.deadline_policy.durations.publication,
    );
    const leads = await leadsOf(trx, campaign);
    await addTasks(trx, [
      {
        key: `publish/${campaign.id}/${day}/${firstVisit}`,
        kind: 'publish',
        campaignId: campaign.id,
        department: campaign.lead_department,
        assigneeId: leads[0] ?? null,
        deadlineId: deadline.id,
        params: { day },
      },
    ]);
  }
}

/** Tells those whom the step concerns; urging and escalation open an urging order that has to be answered. */
async function act(
  trx: Knex,
  campaign: CampaignRow,
  calendar: Calendar,
  passed: PassedStep,
  now: Date,
): Promise<void> {
  const { department, departmentName, kind, count, action } = passed;
  const liaisons = await usersWith(trx, { role: 'liaison', department });
  const responsible = passed.assigneeId === null ? liaisons : [passed.assigneeId];
  const heads = await usersWith(trx, { role: 'approver', department });
  const notice = {
    key: `${campaign.code}/${action}/${passed.deadlineId}/${passed.step}/${kind}/${department}/${passed.assigneeId ?? ''}`,
    campaignId: campaign.id,
    params: { department: departmentName, task: kind, count, due: formatInstant(passed.dueAt) },
    notBefore: digestTime(campaign.deadline_policy, calendar, now),
  };
  if (action === 'remind') {
    await addNotices(trx, [{ ...notice, kind: 'reminder', recipients: responsible }]);
    return;
  }
  if (action === 'overdue') {
    await addNotices(trx, [
      { ...notice, kind: 'overdue', recipients: unique([...responsible, ...liaisons, ...heads]) },
    ]);
    return;
  }
  if (!OVERSIGHT_TASKS.includes(kind)) {
    await urge(trx, campaign, calendar, passed, [...liaisons, ...heads], now);
  }
  if (action === 'escalate') {
    const above = await usersWith(trx, { role: 'approver', kind: 'leading-group' });
    const supervisors = await usersWith(trx, { role: 'supervisor' });
    await addNotices(trx, [
      { ...notice, kind: 'escalation', recipients: unique([...above, ...supervisors]) },
    ]);
  }
}

async function urge(
  trx: Knex,
  campaign: CampaignRow,
  calendar: Calendar,
  passed: PassedStep,
  ofDepartment: readonly number[],
  now: Date,
): Promise<void> {
  const { department } = passed;
  const order = await ensureUrgingOrder(trx, campaign.id, department, now, dayOf(now).slice(0, 4));
  if (!order.issued) return;
  const deadline = await ensureDeadline(
    trx,
    campaign,
    calendar,
    now,
    campaign.deadline_policy.durations.answer,
  );
  const liaisons = await usersWith(trx, { role: 'liaison', department });
  await addTasks(trx, [
    {
      key: `answer-urging/${order.number}/1`,
      kind: 'answer-urging',
      campaignId: campaign.id,
      department,
      assigneeId: liaisons[0] ?? null,
      deadlineId: deadline.id,
      params: { order: order.number },
    },
  ]);
  await addNotices(trx, [
    {
      key: `urging-order/${order.number}`,
      kind: 'urging-order',
      campaignId: campaign.id,
      recipients: unique([
        ...ofDepartment,
        ...(await leadsOf(trx, campaign)),
        ...(await usersWith(trx, { role: 'supervisor' })),
      ]),
      params: {
        department: passed.departmentName,
        order: order.number,
        count: order.tasks,
        due: formatInstant(deadline.dueAt),
      },
      notBefore: now,
    },
  ]);
}

const unique = (ids: readonly number[]): number[] => [...new Set(ids)];
