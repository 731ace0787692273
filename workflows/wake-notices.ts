import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { workflowIds } from '../domain/names';

/** Tells the outbox that there is something new. Where it isn't running, it looks by itself when it starts. */
export async function wakeNotices(): Promise<void> {
  await getExternalWorkflowHandle(workflowIds.notices)
    .signal('wake')
    .catch(() => undefined);
}
