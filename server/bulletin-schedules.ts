/** When bulletins are drafted by themselves: Temporal's own schedules, made or brought up to date at every start. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { TASK_QUEUE } from '../domain/names';

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
    const scheduleId = bulletinScheduleId(kind);
    const wanted = {
      spec: {
        calendars: [{ dayOfMonth: day, hour, ...(months.length > 0 ? { month: [...months] } : {}) }],
        timezone: 'Asia/Shanghai',
      },
      action: {
        type: 'startWorkflow' as const,
        workflowType: 'bulletin',
        workflowId: `bulletin/${kind}`,
        args: [{ kind }],
        taskQueue: TASK_QUEUE,
      },
      policies: {
        // The draft of last month may still lie when this month's is due.
        overlap: ScheduleOverlapPolicy.ALLOW_ALL,
        catchupWindow: '30 days' as const,
      },
    };
    try {
      await client.schedule.create({ scheduleId, ...wanted });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      // Whoever paused it in Temporal's page finds it paused still.
      await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...wanted, state }));
    }
  }
}
