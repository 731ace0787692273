/** The schedules of bulletins, on Temporal's real server: made at a start, brought up to date at the next. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bulletinScheduleId, ensureBulletinSchedules } from '../../server/bulletin-schedules';
import { devServer } from '../support/temporal';

let env: TestWorkflowEnvironment;

beforeAll(async () => {
  env = await devServer();
}, 120_000);

afterAll(() => env.teardown());

const described = (kind: 'monthly' | 'quarterly' | 'yearly') =>
  env.client.schedule.getHandle(bulletinScheduleId(kind)).describe();

test('a start makes them; the next one takes over another day and hour, and leaves paused what was paused', async () => {
  await ensureBulletinSchedules(env.client, { day: 3, hour: 9 });
  const monthly = await described('monthly');
  expect(monthly.info.nextActionTimes.length).toBeGreaterThan(0);
  for (const at of monthly.info.nextActionTimes) expect(at.toISOString()).toMatch(/-03T01:00:00/);
  for (const at of (await described('quarterly')).info.nextActionTimes)
    expect(at.toISOString()).toMatch(/-(01|04|07|10)-03T01:00:00/);
  for (const at of (await described('yearly')).info.nextActionTimes)
    expect(at.toISOString()).toMatch(/-01-03T01:00:00/);

  await env.client.schedule.getHandle(bulletinScheduleId('yearly')).pause('not this year');
  await ensureBulletinSchedules(env.client, { day: 5, hour: 8 });
  for (const at of (await described('monthly')).info.nextActionTimes)
    expect(at.toISOString()).toMatch(/-05T00:00:00/);
  expect((await described('yearly')).state).toMatchObject({ paused: true, note: 'not this year' });
}, 60_000);
