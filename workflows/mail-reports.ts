/** Reads what servers on the way report of our mails (docs/operations), as long as the site has a mailbox for it. */
import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';

const { readMailReports } = proxyActivities<Activities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
});

export async function mailReports(): Promise<void> {
  while (!workflowInfo().continueAsNewSuggested) {
    const { mailbox } = await readMailReports();
    // A site that gave its mailbox up may have one again.
    await sleep(mailbox ? '5 minutes' : '6 hours');
  }
  await continueAsNew<typeof mailReports>();
}
