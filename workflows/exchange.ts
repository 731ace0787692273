/** Takes files of other systems, and leaves published results for them (docs/exchange.md), as long as the site has a folder for it. */
import { continueAsNew, patched, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { ExchangeActivities } from '../activities/exchange';
import { EXCHANGE_QUEUE } from '../domain/names';

const { collectDeliveries, exchangeDeliveries } = proxyActivities<ExchangeActivities>({
  // Only workers that see the folder listen here.
  taskQueue: EXCHANGE_QUEUE,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

export async function exchange(): Promise<void> {
  while (!workflowInfo().continueAsNewSuggested) {
    await collectDeliveries();
    if (patched('deliveries')) await exchangeDeliveries();
    await sleep('30 seconds');
  }
  await continueAsNew<typeof exchange>();
}
