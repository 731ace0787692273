/**
 * The plan of a year (plan 3.4): its review, its publication, and then its lines, each of which is to be launched in
 * its window: sleeps until the next window opens or the next step is due, or until something changed.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  workflowInfo,
  ApplicationFailure,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { PlanInput } from '../domain/annual-plan/commands';
import { isPlanCommandPossible, planRefusal, type PlanStage } from '../domain/annual-plan/stages';
import { takingTurns } from './in-turn';
import { wakeNotices } from './wake-notices';

export const planCommand = defineUpdate<PlanStage, [PlanInput]>('planCommand');
/** A line was launched, or its campaign cancelled. */
export const planChanged = defineSignal('changed');
export const planStageQuery = defineQuery<PlanStage>('stage');

export interface AnnualPlanInput {
  year: number;
  stage: PlanStage;
  /** A version is published, and its lines are to be launched, whatever becomes of the next; left out: as the stage says. */
  isInForce?: boolean;
  /** The newest commands with what they led to. */
  answered?: [key: string, PlanStage][];
}

/** A calendar that was corrected, and a campaign that was cancelled, are noticed within this time. */
const LONGEST_SLEEP_MS = 24 * 3_600_000;
const REMEMBERED = 50;

const { takePlanStep, sweepPlan } = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' },
});

export async function annualPlan(input: AnnualPlanInput): Promise<PlanStage> {
  const { year } = input;
  let { stage, isInForce = stage === 'published' } = input;
  let changed = false;
  const answered = new Map(input.answered);
  const inTurn = takingTurns();
  setHandler(planStageQuery, () => stage);
  setHandler(planChanged, () => {
    changed = true;
  });
  setHandler(planCommand, (command) => inTurn(() => carryOut(command)), { validator: refuseImpossible });

  for (;;) {
    await condition(() => isToSweep() || isHistoryLong());
    if (isToSweep() && (await sweepAndSleep())) break;
    if (isHistoryLong()) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof annualPlan>({ year, stage, isInForce, answered: [...answered] });
    }
  }
  await condition(allHandlersFinished);
  return stage;

  async function carryOut(command: PlanInput): Promise<PlanStage> {
    const before = answered.get(command.key);
    if (before) return before;
    refuseImpossible(command);
    stage = await takePlanStep(command);
    if (stage === 'published') {
      isInForce = true;
      // Other lines than before.
      changed = true;
    }
    answered.set(command.key, stage);
    const [oldest] = answered.keys();
    if (answered.size > REMEMBERED && oldest !== undefined) answered.delete(oldest);
    await wakeNotices();
    return stage;
  }

  function refuseImpossible({ command, key }: PlanInput): void {
    if (answered.has(key) || isPlanCommandPossible(command, stage, isInForce)) return;
    throw ApplicationFailure.create({
      type: 'annual-plan-stage',
      message: planRefusal(command, stage),
      nonRetryable: true,
      details: [{ kind: 'conflict', fields: [] }],
    });
  }

  /** Whether nothing of the plan can become due any more. */
  async function sweepAndSleep(): Promise<boolean> {
    changed = false;
    const { nextAt, isOver } = await sweepPlan(year);
    await wakeNotices();
    // What is being amended has a next version.
    if (isOver && !hasChanged() && stage === 'published') return true;
    const wait = nextAt === null ? LONGEST_SLEEP_MS : Date.parse(nextAt) - Date.now();
    await condition(() => hasChanged() || isHistoryLong(), Math.min(Math.max(wait, 1), LONGEST_SLEEP_MS));
    return false;
  }

  function isToSweep(): boolean {
    return isInForce;
  }

  function hasChanged(): boolean {
    return changed;
  }

  function isHistoryLong(): boolean {
    return workflowInfo().continueAsNewSuggested;
  }
}
