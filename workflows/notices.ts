/** Sends what is in the outbox, for ever: woken by whoever wrote a notice, and by the time of the next digest. */
import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';

export const noticesWake = defineSignal('wake');

/** A wake-up that was lost delays a mail by at most this. */
const LONGEST_SLEEP_MS = 60_000;
const UPKEEP_MS = 3_600_000;

const { deliverNotices, purgeExpired } = proxyActivities<Activities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' },
});

export async function notices(upkeepAt = 0): Promise<void> {
  let woken = false;
  setHandler(noticesWake, () => {
    woken = true;
  });
  for (;;) {
    woken = false;
    const { nextAt } = await deliverNotices();
    if (Date.now() >= upkeepAt) {
      await purgeExpired();
      upkeepAt = Date.now() + UPKEEP_MS;
    }
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof notices>(upkeepAt);
    const wait = nextAt === null ? LONGEST_SLEEP_MS : Date.parse(nextAt) - Date.now();
    await condition(() => woken, Math.min(Math.max(wait, 100), LONGEST_SLEEP_MS));
  }
}
