import { ScheduleAlreadyRunning, type Client, type ScheduleOptions } from '@temporalio/client';

/** Makes one of Temporal's own schedules, or brings it up to date. */
export async function ensureSchedule(client: Client, wanted: ScheduleOptions): Promise<void> {
  try {
    await client.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { scheduleId, ...rest } = wanted;
    // Whoever paused it in Temporal's page finds it paused still.
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...rest, state }));
  }
}
