/** A county's office sees what is owed, urged and handled in its county, the city's all of it. */
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { buildUser } from '../../support/build-city';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type EndpointId, type TestApi } from './support';

const EAST = ['east-lead', 'east-supervisor'];
const UNCAPPED = { yearlyCap: { A: null, B: null, C: null, D: null } };

let api: TestApi;
/** Of the whole city, and of the western county alone. */
let city: string;
let west: string;

beforeAll(async () => {
  api = await startTestApi();
  const { db } = api;
  for (const [username, role] of [
    ['east-lead', 'lead_officer'],
    ['east-supervisor', 'supervisor'],
  ] as const) {
    await buildUser(db, { username, role, department: 'SCJG', region: '691101' });
  }
  const { campaignAt } = campaignDriver({ db, city: api.city, ...runActivities(db) });
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 400_000, minimum: 1 }));
  city = await campaignAt('dispatched', { strata, ...UNCAPPED });
  west = await campaignAt('dispatched', { strata, ...UNCAPPED, regions: ['691102'] });
  for (const [at, code] of [city, west].entries()) {
    await handInResults(db, code, new Date(), ({ department }) => (department === 'WJW' ? 5 : null));
    await db('urging_orders').insert({
      number: `DB-${at + 1}`,
      campaign_id: db('campaigns').where({ code }).select('id'),
      department_code: 'SCJG',
      demand: '请说明原因',
    });
  }
});

afterAll(() => api.stop());

interface Row {
  campaign: { code: string };
  visitId: number | null;
}

async function all<T extends { campaign: { code: string } }>(
  username: string,
  id: EndpointId,
  query: Record<string, string> = {},
) {
  const caller = await api.signedIn(username);
  return (await caller.get<{ rows: T[] }>(id, { query: { limit: 200, ...query } })).rows;
}

const countyOf = async () =>
  new Map(
    (
      await api
        .db('visits as v')
        .join('entities as e', 'e.id', 'v.entity_id')
        .select<{ id: number; region_code: string }[]>('v.id', 'e.region_code')
    ).map((row) => [row.id, row.region_code]),
  );

test.each(['listTasks', 'listHandlingCases'] as const)('%s: of entities in the county', async (id) => {
  const query = id === 'listTasks' ? { scope: 'all', state: 'any' } : {};
  const counties = await countyOf();
  const everything = (await all<Row>('supervisor', id, query)).filter((row) => row.visitId !== null);
  const inEast = everything.filter((row) => counties.get(row.visitId ?? 0) === '691101');
  expect(inEast.length).toBeGreaterThan(0);
  expect(inEast.length).toBeLessThan(everything.length);
  for (const username of EAST) {
    const seen = (await all<Row>(username, id, query)).filter((row) => row.visitId !== null);
    expect(seen).toHaveLength(inEast.length);
    for (const row of seen) expect(counties.get(row.visitId ?? 0)).toBe('691101');
  }
});

test('what a campaign owes as a whole is seen where the campaign reaches', async () => {
  const query = { scope: 'all', state: 'any' };
  const whole = (rows: Row[]) =>
    new Set(rows.filter((row) => row.visitId === null).map((row) => row.campaign.code));
  expect(whole(await all<Row>('supervisor', 'listTasks', query))).toEqual(new Set([city, west]));
  for (const username of EAST) {
    expect(whole(await all<Row>(username, 'listTasks', query))).toEqual(new Set([city]));
  }
});

test('an urging order is seen where its campaign reaches', async () => {
  const orders = async (username: string) =>
    (await all<Row>(username, 'listUrgingOrders')).map((row) => row.campaign.code);
  expect(await orders('supervisor')).toEqual([west, city]);
  for (const username of EAST) expect(await orders(username)).toEqual([city]);
});

test('what is a person’s own task is seen wherever it is', async () => {
  const east = { user: 'east-lead', campaign: west };
  const [{ id }] = (await api.db('users').where({ username: east.user })) as [{ id: number }];
  const task = api.db('tasks').where({
    campaign_id: api.db('campaigns').where({ code: east.campaign }).select('id'),
    kind: 'results',
  });
  const [first] = await task.clone().orderBy('id').limit(1).pluck<number[]>('id');
  await api
    .db('tasks')
    .where({ id: first ?? 0 })
    .update({ assignee_id: id });
  const seen = await all<Row>(east.user, 'listTasks', { scope: 'all', state: 'any', campaign: west });
  expect(seen).toMatchObject([{ id: first }]);
});
