/** The plan of a year: its review and publication, and what is due of its lines (plan 3.4). */
import type { Knex } from 'knex';
import {
  freeCancelledLines,
  listPlanLines,
  lockAnnualPlan,
  readPlanStep,
  recordPlanStep,
  updateAnnualPlan,
  type AnnualPlanRow,
  type PlanLineRow,
} from '../db/annual-plans';
import { appendAudit } from '../db/audit';
import { ensureDeadline, readCalendar, recomputeDeadlines } from '../db/deadlines';
import { addNotices } from '../db/notices';
import { usersWith } from '../db/recipients';
import { nextStep, passSteps } from '../db/sweep';
import { addTasks } from '../db/tasks';
import type { PlanInput } from '../domain/annual-plan/commands';
import { launchUnits, type LaunchUnit } from '../domain/annual-plan/launch-units';
import {
  isPlanCommandPossible,
  planRefusal,
  stageAfter,
  type PlanCommand,
  type PlanStage,
} from '../domain/annual-plan/stages';
import { dayOf, instantOf, type Calendar } from '../domain/deadlines/working-days';
import { conflict, invalid } from '../domain/errors';
import { actOnPlan } from './annual-plan-steps';
import type { Collaborators } from './collaborators';

export interface PlanSweep {
  /** ISO instant of the next due action or opening of a window, or null. */
  nextAt: string | null;
  /** Nothing of the plan can become due any more. */
  isOver: boolean;
}

export function createAnnualPlanActivities({ db, now }: Collaborators) {
  return {
    takePlanStep: (input: PlanInput): Promise<PlanStage> =>
      db.transaction(async (trx) => {
        const plan = await lockAnnualPlan(trx, input.year);
        const before = await readPlanStep(trx, plan.year, input.key);
        if (before) return before;
        if (!isPlanCommandPossible(input.command, plan.stage)) {
          throw conflict('annual-plan-stage', planRefusal(input.command, plan.stage));
        }
        const stage = stageAfter(input.command);
        if (input.command === 'submit' && (await listPlanLines(trx, plan.year)).length === 0) {
          throw invalid('annual-plan-empty', '年度计划还没有任何抽查安排：请各部门先编报。');
        }
        if (input.command === 'approve' && plan.submitted_by === input.actorId) {
          throw conflict('own-submission', '提交人不能批准自己提交的年度计划。');
        }
        await updateAnnualPlan(trx, plan.year, { stage, ...changeOf(input, now()) });
        await recordPlanStep(trx, plan.year, input.key, stage);
        await tellOf(trx, plan, input, now());
        await appendAudit(trx, {
          actorId: input.actorId,
          action: `annual-plan.${input.command}`,
          subject: `annual-plan/${plan.year}`,
          address: input.address,
          requestId: input.requestId,
          before: { stage: plan.stage },
          after: { stage, ...(input.reason === null ? {} : { reason: input.reason }) },
        });
        return stage;
      }),

    /** Asks for the launch of what is in its window, carries out what is due, and says when there is something due next. */
    sweepPlan: (year: number): Promise<PlanSweep> =>
      db.transaction(async (trx) => {
        const plan = await lockAnnualPlan(trx, year);
        const calendar = await readCalendar(trx);
        await freeCancelledLines(trx, year);
        const lines = await listPlanLines(trx, year);
        const waiting = launchUnits(lines.filter((line) => line.campaign_code === null));
        const today = dayOf(now());
        for (const unit of waiting.filter(({ windowFrom }) => windowFrom <= today)) {
          await askToLaunch(trx, plan, unit, calendar, now());
        }
        await recomputeDeadlines(trx, plan, calendar, now());
        await actOnPlan(trx, plan, calendar, await passSteps(trx, plan, now()));
        const { at } = await nextStep(trx, plan);
        const openings = waiting
          .map(({ windowFrom }) => windowFrom)
          .filter((day) => day > today)
          .map((day) => instantOf(day, '00:00'));
        const next = [...openings, ...(at ? [at] : [])].sort((a, b) => a.getTime() - b.getTime())[0];
        return {
          nextAt: next?.toISOString() ?? null,
          isOver: today > `${year + 1}-03-31` || lines.every((line) => line.campaign_stage === 'closed'),
        };
      }),
  };
}

function changeOf({ command, actorId, reason }: PlanInput, now: Date): Partial<AnnualPlanRow> {
  switch (command) {
    case 'submit':
      return { submitted_by: actorId, approved_by: null, stage_reason: null };
    case 'return':
      return { approved_by: null, stage_reason: reason };
    case 'approve':
      return { approved_by: actorId };
    case 'publish':
      return { published_at: now };
  }
}

const WHAT: Record<PlanCommand, (reason: string | null) => string> = {
  submit: () => '已提交，请审核。',
  return: (reason) => `被退回：${reason ?? ''}。请修改后重新提交。`,
  approve: () => '已批准，可以公布。',
  publish: () => '已公布，请各部门在实施时间内启动。',
};

/** Those who have to go on with it. */
async function tellOf(trx: Knex, plan: AnnualPlanRow, input: PlanInput, now: Date): Promise<void> {
  const coordinators = await usersWith(trx, { role: 'coordinator' });
  const recipients =
    input.command === 'submit'
      ? await usersWith(trx, { role: 'approver', kind: 'leading-group' })
      : input.command === 'publish'
        ? [...new Set([...coordinators, ...(await usersWith(trx, { role: 'liaison' }))])]
        : coordinators;
  await addNotices(trx, [
    {
      key: `annual-plan/${plan.year}/${input.key}`,
      kind: 'annual-plan',
      campaignId: null,
      recipients,
      params: { year: plan.year, what: WHAT[input.command](input.reason) },
      notBefore: now,
    },
  ]);
}

/** The task is that of whoever leads; a campaign that was cancelled makes it due once more. */
async function askToLaunch(
  trx: Knex,
  plan: AnnualPlanRow,
  { lead, lines, windowTo }: LaunchUnit<PlanLineRow>,
  calendar: Calendar,
  now: Date,
): Promise<void> {
  const [first, ...others] = lines;
  const deadline = await ensureDeadline(trx, plan, calendar, instantOf(windowTo, '12:00'), 0);
  const officers = await usersWith(trx, { role: 'lead_officer', department: lead });
  const liaisons = await usersWith(trx, { role: 'liaison', department: lead });
  await addTasks(
    trx,
    [
      {
        key: `launch/${first.id}/${first.launches}`,
        kind: 'launch',
        planYear: plan.year,
        department: lead,
        assigneeId: officers[0] ?? liaisons[0] ?? null,
        deadlineId: deadline.id,
        params: {
          line: first.id,
          what: others.length === 0 ? first.item_name : `${first.item_name}等 ${lines.length} 项（联合）`,
        },
      },
    ],
    now,
  );
}
