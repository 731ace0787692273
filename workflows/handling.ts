/** One violation until it is settled (plan 3.5): rectification order, recheck, decision. People act on it for months. */
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
import { afterStep, type HandlingState } from '../domain/visits/handling';
import { takingTurns } from './in-turn';
import { oversightChanged } from './oversight';
import { wakeNotices } from './wake-notices';

export const handlingStep = defineUpdate<HandlingState, [HandlingInput]>('handlingStep');
export const handlingQuery = defineQuery<HandlingState | null>('state');

const { openHandling, takeHandlingStep } = proxyActivities<Activities>({
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
  await tell(opened.campaign);
  await condition(() => opened?.state.status === 'closed' && allHandlersFinished());
  return opened.state;

  async function carryOut(input: HandlingInput): Promise<HandlingState> {
    const before = answered.get(input.key);
    if (before) return before;
    refuseImpossible(input);
    const state = await takeHandlingStep(input);
    answered.set(input.key, state);
    if (opened) {
      opened = { ...opened, state };
      await tell(opened.campaign);
    }
    return state;
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

/** Each step gives the department a new task with a deadline, and notices. */
async function tell(campaign: string): Promise<void> {
  await getExternalWorkflowHandle(workflowIds.oversight(campaign))
    .signal(oversightChanged)
    // It looks by itself within hours.
    .catch(() => undefined);
  await wakeNotices();
}
