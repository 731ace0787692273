/** Every night: personal data whose period has ended is erased (docs/operations/personal-data.md). */
import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';

const { erasePersonalData } = proxyActivities<Activities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
});

export async function retention(): Promise<Record<string, number>> {
  return erasePersonalData();
}
