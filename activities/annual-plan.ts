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
import { discardPlanVersion, publishPlanVersion } from '../db/annual-plan-versions';
import { appendAudit } from '../db/audit';
import { ensureDeadline, readCalendar, recomputeDeadlines } from '../db/deadlines';
import { addNotices } from '../db/notices';
import { usersWith } from '../db/recipients';
import { nextStep, passSteps } from '../db/sweep';
import { addTasks } from '../db/tasks';
import type { PlanInput } from '../domain/annual-plan/commands';
import { compareLines } from '../domain/annual-plan/compare-lines';
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
        if (!isPlanCommandPossible(input.command, plan.stage, plan.version > 0)) {
          throw conflict('annual-plan-stage', planRefusal(input.command, plan.stage));
        }
        const stage = stageAfter(input.command);
        if (input.command === 'submit') await assertSubmittable(trx, plan);
        if (input.command === 'approve' && plan.submitted_by === input.actorId) {
          throw conflict('own-submission', '提交人不能批准自己提交的年度计划。');
        }
        await move(trx, plan, input, now());
        await recordPlanStep(trx, plan.year, input.key, stage);
        await tellOf(trx, plan, input, now());
        await appendAudit(trx, {
          actorId: input.actorId,
          action: `annual-plan.${input.command}`,
          subject: `annual-plan/${plan.year}`,
          address: input.address,
          requestId: input.requestId,
          before: { stage: plan.stage, version: plan.version },
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
        const lines = await listPlanLines(trx, year, plan.version);
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

async function assertSubmittable(trx: Knex, plan: AnnualPlanRow): Promise<void> {
  const lines = await listPlanLines(trx, plan.year, plan.version + 1);
  if (lines.length === 0) throw invalid('annual-plan-empty', '年度计划还没有任何抽查安排：请各部门先编报。');
  if (plan.version === 0) return;
  const { added, changed, withdrawn } = compareLines(
    await listPlanLines(trx, plan.year, plan.version),
    lines,
  );
  if (added.length + changed.length + withdrawn.length === 0)
    throw invalid('amendment-empty', '修订还没有改动任何安排：请先修改，或放弃修订。');
}

async function move(trx: Knex, plan: AnnualPlanRow, input: PlanInput, now: Date): Promise<void> {
  const { command, actorId, reason } = input;
  const { year } = plan;
  const stage = stageAfter(command);
  switch (command) {
    case 'submit':
      return updateAnnualPlan(trx, year, {
        ...{ stage, submitted_by: actorId, approved_by: null, stage_reason: null },
      });
    case 'return':
      return updateAnnualPlan(trx, year, { stage, approved_by: null, stage_reason: reason });
    case 'approve':
      return updateAnnualPlan(trx, year, { stage, approved_by: actorId });
    case 'publish':
      return publishPlanVersion(trx, plan, now);
    case 'amend':
      return updateAnnualPlan(trx, year, {
        ...{ stage, amendment_reason: reason, submitted_by: null, approved_by: null, stage_reason: null },
      });
    case 'discard':
      return discardPlanVersion(trx, plan);
  }
}

const WHAT: Record<PlanCommand, (reason: string | null) => string> = {
  submit: () => '已提交，请审核。',
  return: (reason) => `被退回：${reason ?? ''}。请修改后重新提交。`,
  approve: () => '已批准，可以公布。',
  publish: () => '已公布，请各部门在实施时间内启动。',
  amend: (reason) => `开始修订：${reason ?? ''}。请有关部门修改本部门的安排；公布之前仍按现行版本执行。`,
  discard: () => '的修订已放弃，仍按现行版本执行。',
};

/** Every department hears of what concerns its lines. */
const FOR_ALL: readonly PlanCommand[] = ['publish', 'amend', 'discard'];

/** Those who have to go on with it. */
async function tellOf(trx: Knex, plan: AnnualPlanRow, input: PlanInput, now: Date): Promise<void> {
  const coordinators = await usersWith(trx, { role: 'coordinator' });
  const recipients =
    input.command === 'submit'
      ? await usersWith(trx, { role: 'approver', kind: 'leading-group' })
      : FOR_ALL.includes(input.command)
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
  const deadline = await ensureDeadline(trx, plan, calendar, instantOf(windowTo, '12:00'), 'launch');
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
