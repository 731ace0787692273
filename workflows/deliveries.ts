/** Posts published results to another system (docs/exchange.md), as long as the site has one that is told over HTTP. */
import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';

const { postDeliveries } = proxyActivities<Activities>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
});

export async function deliveries(): Promise<void> {
  while (!workflowInfo().continueAsNewSuggested) {
    const { receiver } = await postDeliveries();
    // A site that gave it up may have one again.
    await sleep(receiver ? '1 minute' : '6 hours');
  }
  await continueAsNew<typeof deliveries>();
}
