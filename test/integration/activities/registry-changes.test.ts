import { createOversightActivities } from '../../../activities/oversight';
import { readCampaign } from '../../../db/campaigns';
import { readChangesOf } from '../../../db/registry-changes';
import { changeHint } from '../../../domain/visits/registry-changes';
import { buildCity, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { IN_SECONDS } from '../../support/seconds-policy';

const START = new Date('2026-04-01T01:00:00Z');

let database: TestDatabase;
let city: City;
let clock = START;
let code: string;
let id: number;

beforeEach(async () => {
  clock = START;
  database = await testDatabase();
  const { db } = database;
  city = await buildCity(db);
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 0 }));
  const officials = campaignDriver({ db, city, ...runActivities(db, () => clock) });
  code = await officials.campaignAt('dispatched', { deadlinePolicy: IN_SECONDS, strata, yearlyCap: {} });
  ({ id } = await readCampaign(db, code));
  await sweep();
});

afterEach(() => database.drop());

const sweep = async () => {
  clock = new Date(clock.getTime() + 1000);
  await createOversightActivities({
    db: database.db,
    now: () => clock,
    startHandling: () => Promise.resolve(),
    stepOfCase: () => Promise.resolve(),
  }).sweep(code);
};

interface Told {
  visit_id: number | null;
  department_code: string;
  assignee_id: number | null;
  params: Record<string, string | number>;
  state: 'open' | 'done' | 'cancelled';
}

const told = async (): Promise<Told[]> =>
  (
    await database.db.raw<{ rows: Told[] }>(
      `select visit_id, department_code, assignee_id, params,
              case when done_at is not null then 'done' when cancelled_at is not null then 'cancelled' else 'open' end as state
         from tasks where campaign_id = ? and kind like 'changed-%' order by id`,
      [id],
    )
  ).rows;

const countNotices = async () =>
  (await database.db('notices').where({ campaign_id: id, kind: 'registry-changed' })).length;

const firstVisit = async () => {
  const [visit] = await database
    .db('visits')
    .where({ campaign_id: id })
    .orderBy('number')
    .limit(1)
    .select<{ id: number; entity_id: number }[]>('id', 'entity_id');
  if (!visit) throw new Error('nothing was drawn');
  return visit;
};

const memberOf = async (visit: number) => {
  const [one] = await database
    .db('assignments as a')
    .join('inspectors as i', 'i.id', 'a.inspector_id')
    .where('a.visit_id', visit)
    .orderBy('i.code')
    .limit(1)
    .select<{ id: number; code: string }[]>('i.id', 'i.code');
  if (!one) throw new Error('nobody was assigned');
  return one;
};

test('nothing that changed means nothing to do', async () => {
  expect(await told()).toEqual([]);
  expect(await countNotices()).toBe(0);
});

test('an entity that was cancelled is a task of the lead, once, and done with its results', async () => {
  const visit = await firstVisit();
  await database.db('entities').where({ id: visit.entity_id }).update({ status: 'cancelled' });
  await sweep();
  await sweep();
  expect(await told()).toEqual([
    {
      visit_id: visit.id,
      department_code: 'SCJG',
      assignee_id: city.users['lead'],
      params: { change: 'cancelled' },
      state: 'open',
    },
  ]);
  expect(await countNotices()).toBe(1);
  const [hint] = await readChangesOf(database.db, visit.id);
  expect(changeHint(hint?.kind ?? '', hint?.params ?? {})).toContain('已注销');
  await handInResults(database.db, code, clock, () => 7);
  await sweep();
  expect((await told()).map((task) => task.state)).toEqual(['done']);
});

test('a change that was taken back takes its task back, and one that comes again is owed again', async () => {
  const { entity_id: entity } = await firstVisit();
  const move = async (change: object) => {
    await database.db('entities').where({ id: entity }).update(change);
    await sweep();
    return (await told()).map(({ params, state }) => [params['change'], state]);
  };
  const [known] = await database.db('entities').where({ id: entity }).pluck<string[]>('region_code');
  expect(await move({ region_code: '691199' })).toEqual([['region', 'open']]);
  expect(await move({ status: 'revoked' })).toEqual([['revoked', 'open']]);
  expect(await move({ status: 'active', region_code: known })).toEqual([['revoked', 'cancelled']]);
  expect(await move({ ended_at: clock })).toEqual([['ended', 'open']]);
  expect(await countNotices()).toBe(2);
});

test.each([
  ['leave', { status: 'leave' }],
  ['suspended', { status: 'suspended' }],
  ['left', { status: 'left' }],
  ['department', { department_code: 'FGW' }],
  ['certificate', { certificate_valid_until: '2026-03-31' }],
  ['ended', { ended_at: START }],
])(
  'an inspector who can no longer go (%s) is one task, whatever the number of visits',
  async (change, update) => {
    const { db } = database;
    if (change === 'department') await ensureDepartment('FGW');
    const visit = await firstVisit();
    const member = await memberOf(visit.id);
    const [assigned] = await db('assignments')
      .where({ inspector_id: member.id })
      .count<{ n: number }[]>({ n: '*' });
    await db('inspectors').where({ id: member.id }).update(update);
    await sweep();
    expect(await told()).toMatchObject([
      { visit_id: null, params: { change, inspector: member.code, visits: assigned?.n }, state: 'open' },
    ]);
    // Why somebody can't go is the lead's to know, not the team's.
    const [hint] = await readChangesOf(db, visit.id);
    expect(changeHint(hint?.kind ?? '', hint?.params ?? {})).toMatch(/不能继续参加检查/);
    await db('assignments').where({ inspector_id: member.id }).delete();
    await sweep();
    expect((await told()).map((task) => task.state)).toEqual(['done']);
  },
);

async function ensureDepartment(department: string): Promise<void> {
  await database
    .db('departments')
    .insert({ code: department, name: '另一个部门', short_name: '另一部门', region_code: '691100' })
    .onConflict('code')
    .ignore();
}
