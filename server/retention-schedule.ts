/** When personal data whose period has ended is erased: a Temporal schedule, brought up to date at every start. */
import { ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { TASK_QUEUE } from '../domain/names';
import { ensureSchedule } from './ensure-schedule';

export const RETENTION_SCHEDULE = 'retention/nightly';

export const ensureRetentionSchedule = (client: Client): Promise<void> =>
  ensureSchedule(client, {
    scheduleId: RETENTION_SCHEDULE,
    spec: { calendars: [{ hour: 3, minute: 30 }], timezone: 'Asia/Shanghai' },
    action: {
      type: 'startWorkflow',
      workflowType: 'retention',
      workflowId: 'retention/nightly',
      args: [],
      taskQueue: TASK_QUEUE,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
  });
