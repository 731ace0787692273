/** One violation until it is settled (plan 3.5): rectification order, recheck, decision. People act on it for months. */
import {
  allHandlersFinished,
  condition,
  defineQuery,
  defineUpdate,
  proxyActivities,
  setHandler,
  ApplicationFailure,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { HandlingInput } from '../activities/handling';
import { afterStep, type HandlingState } from '../domain/visits/handling';
import { wakeNotices } from './wake-notices';

export const handlingStep = defineUpdate<HandlingState, [HandlingInput]>('handlingStep');
export const handlingQuery = defineQuery<HandlingState | null>('state');

const { openHandling, takeHandlingStep } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' },
});

export async function handling(caseId: number): Promise<HandlingState> {
  let state: HandlingState | null = null;
  setHandler(handlingQuery, () => state);
  setHandler(
    handlingStep,
    async (input) => {
      await condition(() => state !== null);
      state = await takeHandlingStep(input);
      await wakeNotices();
      return state;
    },
    {
      validator: (input: HandlingInput) => {
        refuseImpossible(state, input);
      },
    },
  );

  state = await openHandling(caseId);
  await wakeNotices();
  await condition(() => state?.status === 'closed' && allHandlersFinished());
  return state;
}

function refuseImpossible(state: HandlingState | null, { step }: HandlingInput): void {
  const after = state ? afterStep(state, step) : null;
  if (after && 'refusal' in after) {
    throw ApplicationFailure.create({
      type: 'handling-step',
      message: after.refusal,
      nonRetryable: true,
      details: [{ kind: 'conflict', fields: [] }],
    });
  }
}
