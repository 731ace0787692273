/** When the audit log is gone through and signed for publication: a Temporal schedule, brought up to date at every start. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { TASK_QUEUE } from '../domain/names';

export const AUDIT_SCHEDULE = 'audit/checkpoint';

export async function ensureAuditSchedule(client: Client): Promise<void> {
  const wanted = {
    spec: { calendars: [{ hour: 0, minute: 10 }], timezone: 'Asia/Shanghai' },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'auditCheckpoint',
      workflowId: 'audit/checkpoint',
      args: [],
      taskQueue: TASK_QUEUE,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' as const },
  };
  try {
    await client.schedule.create({ scheduleId: AUDIT_SCHEDULE, ...wanted });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // Whoever paused it in Temporal's page finds it paused still.
    await client.schedule.getHandle(AUDIT_SCHEDULE).update(({ state }) => ({ ...wanted, state }));
  }
}
