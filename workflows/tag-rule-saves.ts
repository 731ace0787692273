/** Carries out the save of a rule of tags that was ordered, and whatever is ordered meanwhile. */
import { continueAsNew, defineSignal, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { carryOutOrders, GIVING_UP } from './carry-out-orders';

export const tagRuleSavesWake = defineSignal('wake');

/** Hours: an import into the registry may be running. */
const { carryOutTagRuleSave } = proxyActivities<Activities>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute', maximumAttempts: 240 },
});
const { giveUpTagRuleSave } = proxyActivities<Activities>(GIVING_UP);

export const tagRuleSaves = (): Promise<void> =>
  carryOutOrders({
    wake: tagRuleSavesWake,
    carryOut: carryOutTagRuleSave,
    giveUp: giveUpTagRuleSave,
    startAnew: () => continueAsNew<typeof tagRuleSaves>(),
  });
