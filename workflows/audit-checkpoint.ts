/** Once a day: the audit log is gone through and what it is then is signed and published. */
import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';

const { checkAndSignAudit } = proxyActivities<Activities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
});

export async function auditCheckpoint(): Promise<{ entries: number; problems: number }> {
  return checkAndSignAudit();
}
