/** When the audit log is gone through and signed for publication: a Temporal schedule, brought up to date at every start. */
import { ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { TASK_QUEUE } from '../domain/names';
import { ensureSchedule } from './ensure-schedule';

export const AUDIT_SCHEDULE = 'audit/checkpoint';

export const ensureAuditSchedule = (client: Client): Promise<void> =>
  ensureSchedule(client, {
    scheduleId: AUDIT_SCHEDULE,
    spec: { calendars: [{ hour: 0, minute: 10 }], timezone: 'Asia/Shanghai' },
    action: {
      type: 'startWorkflow',
      workflowType: 'auditCheckpoint',
      workflowId: 'audit/checkpoint',
      args: [],
      taskQueue: TASK_QUEUE,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
  });
