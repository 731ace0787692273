/** The nightly erasure of personal data, started by its schedule on Temporal's real server, with a worker's rights only. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { RETENTION_SCHEDULE, ensureRetentionSchedule } from '../../server/retention-schedule';
import { buildCity } from '../support/build-city';
import { testDatabase, type TestDatabase } from '../support/database';
import { keepHistory } from '../support/histories';
import { devServer } from '../support/temporal';
import { until } from '../support/until';
import { runWorker, type RunningWorker } from '../support/worker';

const LONG_AGO = new Date('2020-01-01T00:00:00Z');

let database: TestDatabase;
let env: TestWorkflowEnvironment;
let worker: RunningWorker;

beforeAll(async () => {
  [database, env] = await Promise.all([testDatabase(), devServer()]);
  // Nothing is mailed here.
  worker = await runWorker(env, { db: database.db, smtpUrl: 'smtp://127.0.0.1:1' });
  await ensureRetentionSchedule(env.client);
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await Promise.all([env.teardown(), database.drop()]);
});

test('every night at half past three what is due goes, and how much of it is on record', async () => {
  const { db } = database;
  const { users } = await buildCity(db, { entities: 3 });
  await db('users').where({ username: 'credit' }).update({ disabled_at: LONG_AGO });
  await db('sign_in_places').insert({
    ...{ user_id: users['lead'], kind: 'address', value: '192.0.2.7', last_at: LONG_AGO },
  });
  await db('entities').update({ contact_name: '王小明', contact_phone: '13891234567' });
  await db('entities').where('credit_code', 'like', '%1').update({ ended_at: LONG_AGO });

  const handle = env.client.schedule.getHandle(RETENTION_SCHEDULE);
  expect((await handle.describe()).info.nextActionTimes[0]?.toISOString()).toMatch(/T19:30:00/);
  await handle.trigger();
  const { info } = await until(
    () => handle.describe(),
    (now) => now.info.numActionsTaken > 0,
  );
  const id = info.recentActions.at(-1)?.action.workflow.workflowId ?? '';
  const erased = { places: 1, 'mail-addresses': 1, 'entity-contacts': 1 };
  expect(await env.client.workflow.getHandle(id).result()).toEqual(erased);
  await keepHistory(env.client, id, 'retention');

  expect(await db('users').where({ username: 'credit' }).first<object>('email')).toEqual({ email: null });
  expect(await db('entities').whereNot({ contact_phone: '' }).pluck('credit_code')).toHaveLength(2);
  expect(await db('audit_log').where({ action: 'retention.erase' }).pluck('after')).toEqual([erased]);
}, 120_000);
