import { createOversightActivities } from '../../../activities/oversight';
import type { HandlingInput } from '../../../activities/handling';
import { endedOwing, lockCampaign, readCampaign } from '../../../db/campaigns';
import { addNotices } from '../../../db/notices';
import { ensureUrgingOrder } from '../../../db/urging-orders';
import { finishTask } from '../../../db/tasks';
import { conflict, unavailable } from '../../../domain/errors';
import { buildCampaign } from '../../support/build-campaign';
import { buildCity, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { IN_SECONDS } from '../../support/seconds-policy';

const START = new Date('2026-04-01T01:00:00Z');
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000);

let database: TestDatabase;
let city: City;
let clock = START;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database.db);
});

afterAll(() => database.drop());

beforeEach(() => {
  clock = START;
});

const dispatched = (policy = IN_SECONDS) => {
  const { db } = database;
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 0 }));
  const officials = campaignDriver({ db, city, ...runActivities(db, () => clock) });
  return officials.campaignAt('dispatched', { deadlinePolicy: policy, strata, yearlyCap: {} });
};

const started: number[] = [];
let stepOfCase: (step: HandlingInput) => Promise<void> = () => Promise.resolve();
const sweep = (code: string) =>
  createOversightActivities({
    db: database.db,
    now: () => clock,
    startHandling: (id) => {
      started.push(id);
      return Promise.resolve();
    },
    stepOfCase: (step) => stepOfCase(step),
  }).sweep(code);

test('what refers to a campaign is written while the campaign is being worked on', async () => {
  const { db } = database;
  const code = await buildCampaign(db, city);
  const working = await db.transaction();
  try {
    const { id } = await lockCampaign(working, code);
    await db.transaction(async (trx) => {
      await trx.raw(`set local lock_timeout = '2s'`);
      await addNotices(trx, [
        {
          key: 'beside',
          kind: 'closed',
          campaignId: id,
          recipients: [city.users['lead'] ?? 0],
          params: {},
          notBefore: START,
        },
      ]);
    });
    // Others who would change its stage wait for their turn.
    const other = db.transaction(async (trx) => {
      await trx.raw(`set local lock_timeout = '200ms'`);
      await lockCampaign(trx, code);
    });
    await expect(other).rejects.toThrow('lock timeout');
  } finally {
    await working.rollback();
  }
});

test('a sweep does not wait for who is settling a task, and finds what it left the next time', async () => {
  const { db } = database;
  const code = await dispatched();
  const { id } = await readCampaign(db, code);
  const [task] = await db('tasks')
    .where({ campaign_id: id, kind: 'results' })
    .select<{ key: string }[]>('key');
  clock = after(4);
  const settling = await db.transaction();
  await finishTask(settling, task?.key ?? '', { at: clock, by: null });
  const first = await sweep(code);
  // The step that could not be taken with that task is due at once.
  expect(first.nextAt).not.toBeNull();
  expect(Date.parse(first.nextAt ?? '')).toBeLessThanOrEqual(clock.getTime());
  await settling.rollback();
  const second = await sweep(code);
  expect(Date.parse(second.nextAt ?? '')).toBeGreaterThan(clock.getTime());
});

test('a task is not reminded of in the moment it is given', async () => {
  const { db } = database;
  const code = await dispatched();
  const { id } = await readCampaign(db, code);
  // Results are owed in three seconds: the reminder of five seconds before is over.
  const { nextAt } = await sweep(code);
  expect(nextAt).toBe(after(2).toISOString());
  expect(await db('notices').where({ campaign_id: id, kind: 'reminder' })).toEqual([]);
});

test('a sweep that runs twice tells nobody twice', async () => {
  const { db } = database;
  const code = await dispatched();
  const { id } = await readCampaign(db, code);
  clock = after(60);
  await sweep(code);
  const count = () => db('notices').where({ campaign_id: id }).count<{ n: number }[]>({ n: '*' });
  const [once] = await count();
  await sweep(code);
  expect((await count())[0]).toEqual(once);
  const orders = await db('urging_orders')
    .where({ campaign_id: id })
    .orderBy('number')
    .pluck<string[]>('number');
  expect(orders).toHaveLength(3);
});

test('urging orders are numbered on past the fourth digit', async () => {
  const { db } = database;
  await db.raw(
    `insert into urging_order_years values (2026, 9998) on conflict (year) do update set last = excluded.last`,
  );
  const numbers: string[] = [];
  for (const department of ['SCJG', 'WJW', 'XFJ']) {
    const { id } = await readCampaign(db, await buildCampaign(db, city));
    numbers.push(
      (await ensureUrgingOrder(db, id, department, { now: START, year: '2026', addresseeId: null })).number,
    );
  }
  expect(numbers).toEqual(['DB-2026-9999', 'DB-2026-10000', 'DB-2026-10001']);
});

test('every violation gets its handling, however many there are, and is owed until it is settled', async () => {
  const { db } = database;
  const code = await dispatched();
  await handInResults(db, code, START, () => 5);
  started.length = 0;
  const { stage, owed } = await sweep(code);
  const { id } = await readCampaign(db, code);
  const cases = await db('handling_cases').where({ campaign_id: id }).orderBy('id').pluck<number[]>('id');
  expect(cases.length).toBeGreaterThan(100);
  expect(started).toEqual(cases);
  expect(stage).toBe('results_in');
  // And one task to publish the day's results.
  expect(owed).toBe(cases.length + 1);
  started.length = 0;
  await sweep(code);
  expect(started).toEqual([]);
});

test('a case of a corrected result is annulled once, after a while too; one that can’t be any more holds up nothing', async () => {
  const { db } = database;
  const code = await dispatched();
  const { id } = await readCampaign(db, code);
  await handInResults(db, code, clock, () => 5);
  const corrected = await db('handling_cases')
    .where({ campaign_id: id })
    .orderBy('id')
    .limit(2)
    .select<{ id: number; visit_id: number; item_code: string; department_code: string }[]>('*');
  const result = { result_code: 1, opinion: '', answers: {} };
  const old = { old_result_code: 5, old_opinion: '', old_answers: {} };
  for (const { id: annul, visit_id, item_code, department_code } of corrected) {
    await db('corrections').insert({
      ...{ visit_id, item_code, department_code, ...result, ...old, status: 'approved', reason: '录入有误' },
      ...{ asked_by: city.users['scjg-0001'], asked_at: clock },
      ...{ decided_by: city.users['scjg-head'], decided_at: clock },
      consequences: JSON.stringify({ annul, strike: null, keep: null, open: null }),
    });
  }
  await db('handling_cases').where({ campaign_id: id }).update({ started_at: clock });
  await db('campaigns').where({ code }).update({ stage: 'closed' });
  // A process that died before it told anybody: whoever starts next finds it.
  expect((await endedOwing(db)).map((one) => one.code)).toContain(code);

  const taken: HandlingInput[] = [];
  stepOfCase = () => Promise.reject(unavailable('workflow-service-unavailable', '连接不上'));
  await expect(sweep(code)).rejects.toThrow('连接不上');
  stepOfCase = (step) => {
    taken.push(step);
    // The second has gone on to where it can't be annulled.
    return taken.length < 2 ? Promise.resolve() : Promise.reject(conflict('handling-step', '该案件已办结。'));
  };
  await sweep(code);
  await sweep(code);
  expect(taken.map(({ caseId, step, actorId }) => [caseId, step, actorId])).toEqual(
    corrected.map((one) => [one.id, 'annulled', city.users['scjg-head']]),
  );
  expect((await endedOwing(db)).map((one) => one.code)).not.toContain(code);
});
