/**
 * One violation from its result until nothing follows from it any more (plan 3.5): rectification order, recheck, penalty;
 * or a list, joint punishment, repair. People act on it for months, and what lasts for years ends by itself.
 */
import {
  allHandlersFinished,
  condition,
  defineQuery,
  defineUpdate,
  getExternalWorkflowHandle,
  proxyActivities,
  setHandler,
  ApplicationFailure,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { HandlingInput, OpenedCase } from '../activities/handling';
import { workflowIds } from '../domain/names';
import { afterStep, type HandlingState } from '../domain/handling/course';
import { takingTurns } from './in-turn';
import { oversightChanged } from './oversight';
import { showMarks } from './show-marks';
import { wakeNotices } from './wake-notices';

export const handlingStep = defineUpdate<HandlingState, [HandlingInput]>('handlingStep');
export const handlingQuery = defineQuery<HandlingState | null>('state');

const { openHandling, takeHandlingStep, endListing } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' },
});

export async function handling(caseId: number): Promise<HandlingState> {
  let opened: OpenedCase | null = null;
  const answered = new Map<string, HandlingState>();
  const inTurn = takingTurns();
  setHandler(handlingQuery, () => opened?.state ?? null);
  setHandler(
    handlingStep,
    async (input) => {
      await condition(() => opened !== null);
      return inTurn(() => carryOut(input));
    },
    { validator: refuseImpossible },
  );

  opened = await openHandling(caseId);
  const { campaign, department, entity, region, state } = opened;
  const regions = region === undefined ? undefined : [region];
  showMarks({ campaign, department, regions, entity, caseId: String(caseId), stage: state.status });
  await tell(opened.campaign, opened.wakesOversight);
  for (;;) {
    await condition(() => isSettled() || termOf() !== null);
    if (isSettled()) return opened.state;
    await listedUntil(termOf() ?? '');
  }

  function isSettled(): boolean {
    return opened?.state.status === 'closed' && allHandlersFinished();
  }

  function termOf(): string | null {
    return opened?.state.endsAt ?? null;
  }

  /** An entry on a list lasts until its time is over or somebody takes it off. */
  async function listedUntil(endsAt: string): Promise<void> {
    const isTakenOff = await condition(
      () => termOf() !== endsAt,
      Math.max(1, Date.parse(endsAt) - Date.now()),
    );
    if (isTakenOff) return;
    await inTurn(async () => {
      if (termOf() === endsAt) {
        const { wakesOversight, ...state } = await endListing(caseId, endsAt);
        await enter(state, wakesOversight);
      }
    });
  }

  async function carryOut(input: HandlingInput): Promise<HandlingState> {
    const before = answered.get(input.key);
    if (before) return before;
    refuseImpossible(input);
    const { wakesOversight, ...state } = await takeHandlingStep(input);
    answered.set(input.key, state);
    await enter(state, wakesOversight);
    return state;
  }

  async function enter(state: HandlingState, wakesOversight?: boolean): Promise<void> {
    if (!opened) return;
    opened = { ...opened, state };
    showMarks({ stage: state.status });
    await tell(opened.campaign, wakesOversight);
  }

  function refuseImpossible({ key, step }: HandlingInput): void {
    const after = opened && !answered.has(key) ? afterStep(opened.state, step) : null;
    if (after && 'refusal' in after) {
      throw ApplicationFailure.create({
        type: 'handling-step',
        message: after.refusal,
        nonRetryable: true,
        details: [{ kind: 'conflict', fields: [] }],
      });
    }
  }
}

/**
 * Each step gives somebody a new task with a deadline, and notices. Oversight is woken for those that it would be late
 * for: with many violations, its history would otherwise grow with every step of each.
 */
async function tell(campaign: string, wakesOversight = true): Promise<void> {
  if (wakesOversight) {
    await getExternalWorkflowHandle(workflowIds.oversight(campaign))
      .signal(oversightChanged)
      // It looks by itself within hours.
      .catch(() => undefined);
  }
  await wakeNotices();
}
