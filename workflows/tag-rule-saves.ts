/** Carries out the save of a rule of tags that was ordered, and whatever is ordered meanwhile. */
import {
  ActivityFailure,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';

export const tagRuleSavesWake = defineSignal('wake');

/** Hours: an import into the registry may be running. */
const { carryOutTagRuleSave } = proxyActivities<Activities>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute', maximumAttempts: 240 },
});
const { giveUpTagRuleSave } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
});

export async function tagRuleSaves(): Promise<void> {
  let woken = true;
  setHandler(tagRuleSavesWake, () => {
    woken = true;
  });
  while (woken) {
    woken = false;
    while (await carryOut()) {
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof tagRuleSaves>();
    }
  }
}

async function carryOut(): Promise<boolean> {
  try {
    return await carryOutTagRuleSave();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await giveUpTagRuleSave();
    return true;
  }
}
