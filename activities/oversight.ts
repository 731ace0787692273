/** One sweep for all deadlines of a campaign (plan 4.2, 4.4; architecture guide, section 2). */
import type { Knex } from 'knex';
import { lockCampaign, moveStage, type CampaignRow } from '../db/campaigns';
import { casesToAnnul, markAnnulled } from '../db/corrections';
import { ensureDeadline, readCalendar, recomputeDeadlines } from '../db/deadlines';
import { markStarted } from '../db/handling';
import { addNotices, wroteNotices } from '../db/notices';
import { addChangeTasks, countUnheeded, settleChangeTasks } from '../db/registry-changes';
import { daysToPublish, nextStep, passSteps, stageByResults, unstartedCases } from '../db/sweep';
import { addTasks } from '../db/tasks';
import type { Stage } from '../domain/campaigns';
import { dayOf, type Calendar } from '../domain/deadlines/working-days';
import { DomainError } from '../domain/errors';
import { formatInstant } from '../domain/notices/format';
import { CHANGE_TASKS } from '../domain/visits/registry-changes';
import { leadsOf } from './campaign-plan';
import type { Collaborators } from './collaborators';
import { actOn } from './deadline-steps';
import type { HandlingInput } from './handling';

export interface Sweep {
  stage: Stage;
  /** ISO instant of the next due action, or null. */
  nextAt: string | null;
  /** How many deadlines with open tasks, handling cases and urging orders there are; 0: nobody owes anything. */
  owed: number;
  /** Whether somebody is told of something; missing in sweeps of before it was asked. */
  hasTold?: boolean;
}

export interface OversightCollaborators extends Collaborators {
  /** Starts the workflow that carries a handling case; starting it twice is a no-op. */
  startHandling: (caseId: number) => Promise<void>;
  /** Takes a step of a case, by the workflow that carries it. */
  stepOfCase: (step: HandlingInput) => Promise<unknown>;
}

const CASES_AT_A_TIME = 500;

export function createOversightActivities({ db, now, startHandling, stepOfCase }: OversightCollaborators) {
  async function startCases(campaign: string): Promise<void> {
    for (;;) {
      const cases = await unstartedCases(db, campaign, CASES_AT_A_TIME);
      if (cases.length === 0) return;
      for (const id of cases) await startHandling(id);
      await markStarted(db, cases, now());
    }
  }

  /** Cases whose result was corrected so that nothing is left of them end by the leave of who approved that. */
  async function annulCases(campaign: string): Promise<void> {
    for (const { id, case_id: caseId, decided_by: actorId, reason } of await casesToAnnul(db, campaign)) {
      await stepOfCase({
        ...{ caseId, key: `correction/${id}`, actorId, address: null, requestId: null },
        ...{ step: 'annulled', note: `检查结果经批准更正：${reason}`, facts: {} },
      }).catch((error: unknown) => {
        // It has gone on meanwhile, to where it can't be annulled or by another's proposal: people see to it.
        if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      });
      await markAnnulled(db, id, now());
    }
  }

  return {
    /** Carries out what is due and says when there is something due next. */
    sweep: async (code: string): Promise<Sweep> => {
      await annulCases(code);
      await startCases(code);
      return db.transaction(async (trx) => {
        const campaign = await lockCampaign(trx, code);
        const calendar = await readCalendar(trx);
        const stage = await followResults(trx, campaign, now());
        await recomputeDeadlines(trx, campaign, calendar, now());
        await followRegistries(trx, campaign, calendar, now());
        await askForPublication(trx, campaign, calendar, now());
        const passed = await passSteps(trx, campaign, now());
        await actOn(trx, campaign, calendar, passed, now());
        const { at, owed } = await nextStep(trx, campaign);
        const hasTold = await wroteNotices(trx, campaign.id);
        return { stage, nextAt: at?.toISOString() ?? null, owed, hasTold };
      });
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
async function askForPublication(
  trx: Knex,
  campaign: CampaignRow,
  calendar: Calendar,
  now: Date,
): Promise<void> {
  for (const { day, from, firstVisit } of await daysToPublish(trx, campaign.id)) {
    const deadline = await ensureDeadline(trx, campaign, calendar, from, 'publish');
    const leads = await leadsOf(trx, campaign);
    await addTasks(
      trx,
      [
        {
          key: `publish/${campaign.id}/${day}/${firstVisit}`,
          kind: 'publish',
          campaignId: campaign.id,
          department: campaign.lead_department,
          assigneeId: leads[0] ?? null,
          deadlineId: deadline.id,
          params: { day },
        },
      ],
      now,
    );
  }
}

/** Entities and inspectors that changed since the draw: the lead department chooses what becomes of their visits. */
async function followRegistries(
  trx: Knex,
  campaign: CampaignRow,
  calendar: Calendar,
  now: Date,
): Promise<void> {
  const moment = { now, today: dayOf(now) };
  await settleChangeTasks(trx, campaign.id, moment);
  const count = await countUnheeded(trx, campaign.id, moment.today);
  if (count === 0) return;
  const leads = await leadsOf(trx, campaign);
  const dates: Date[] = [];
  for (const kind of CHANGE_TASKS) {
    const deadline = await ensureDeadline(trx, campaign, calendar, now, kind);
    const owed = {
      department: campaign.lead_department,
      assigneeId: leads[0] ?? null,
      deadlineId: deadline.id,
    };
    await addChangeTasks(trx, campaign.id, kind, owed, moment);
    dates.push(deadline.dueAt);
  }
  const first = new Date(Math.min(...dates.map((date) => date.getTime())));
  await addNotices(trx, [
    {
      key: `${campaign.code}/registry-changed/${now.toISOString()}`,
      kind: 'registry-changed',
      campaignId: campaign.id,
      recipients: leads,
      params: { count, due: formatInstant(first) },
      notBefore: now,
    },
  ]);
}
