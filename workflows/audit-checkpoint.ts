/** Once a day: the audit log is gone through and what it is then is signed and published, and sent to who keeps a copy. */
import { isCancellation, log, patched, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';

const { checkAndSignAudit } = proxyActivities<Activities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
});
/** Half a day: the next check must not wait for a mail server. */
const { tellAuditWitness } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 minute', maximumInterval: '1 hour', maximumAttempts: 18 },
});

export async function auditCheckpoint(): Promise<{ entries: number; problems: number }> {
  const checked = await checkAndSignAudit();
  if (patched('witness')) {
    try {
      await tellAuditWitness(checked);
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.warn('the audit log’s checkpoint reached no witness', { error });
    }
  }
  return checked;
}
