/** When bulletins are drafted by themselves: Temporal's own schedules, made or brought up to date at every start. */
import { ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { TASK_QUEUE } from '../domain/names';
import { ensureSchedule } from './ensure-schedule';

export interface BulletinTime {
  /** Of the month. */
  day: number;
  hour: number;
}

const KINDS = {
  monthly: [],
  quarterly: ['JANUARY', 'APRIL', 'JULY', 'OCTOBER'],
  yearly: ['JANUARY'],
} as const;

export const bulletinScheduleId = (kind: keyof typeof KINDS): string => `bulletins/${kind}`;

export async function ensureBulletinSchedules(client: Client, { day, hour }: BulletinTime): Promise<void> {
  for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
    const months = KINDS[kind];
    await ensureSchedule(client, {
      scheduleId: bulletinScheduleId(kind),
      spec: {
        calendars: [{ dayOfMonth: day, hour, ...(months.length > 0 ? { month: [...months] } : {}) }],
        timezone: 'Asia/Shanghai',
      },
      action: {
        type: 'startWorkflow',
        workflowType: 'bulletin',
        workflowId: `bulletin/${kind}`,
        args: [{ kind }],
        taskQueue: TASK_QUEUE,
      },
      policies: {
        // The draft of last month may still lie when this month's is due.
        overlap: ScheduleOverlapPolicy.ALLOW_ALL,
        catchupWindow: '30 days',
      },
    });
  }
}
