import { buildUser } from '../../support/build-city';
import { startTestApi, type Caller, type TestApi } from './support';

interface Policy {
  version: number;
  status: string;
  inForce: boolean;
  possibleCommands: string[];
}
interface Outcome {
  population: number;
  apart: number;
  joint: number;
  strata: { stratum: string; population: number; visits: number; atCap: number; sample: number }[];
}

interface Capped {
  creditCode: string;
  reason: string;
}

let api: TestApi;
let coordinator: Caller;
let approver: Caller;
const ALL = ['SCJG-001', 'WJW-001', 'XFJ-001'];

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 30 });
  api.clock.now = new Date('2026-11-24T02:00:00Z');
  coordinator = await api.signedIn('coordinator');
  approver = await api.signedIn('approver');
});

afterAll(() => api.stop());

const rows = (ratioPpm: number, more: object[] = []) => [
  ...['A', 'B', 'C', 'D'].map((drawClass) => ({ region: null, drawClass, ratioPpm, cap: 2 })),
  ...more,
];
const EAST = { region: '691101', drawClass: 'A', ratioPpm: 1_000_000, cap: null };
const CITY = { region: null, level: null };

const create = (body: object) => coordinator.get<Policy>('createRatioPolicy', { body });
const decide = (who: Caller, version: number, command: string, note = '') =>
  who.get<Policy>('decideRatioPolicy', { params: { version }, body: { command, note } });

const planBody = (regions: string[], more: object = {}) => ({
  ...{ name: '测试', leadDepartment: 'SCJG', regions, mode: 'joint', items: ALL },
  ...{ visitFrom: '2026-12-01', visitTo: '2026-12-31' },
  ...more,
});

async function plan(regions: string[], more: object = {}) {
  const lead = await api.signedIn('lead');
  return lead.get<{ code: string; ratios: { stratum: string; ratioPpm: number; minimum: number }[] }>(
    'createCampaign',
    { body: planBody(regions, more) },
  );
}

test('a version is drafted, approved by another person, in force from its day, and named by the campaigns it made', async () => {
  expect((await plan(['691100'])).ratios[0]).toMatchObject({ stratum: 'A', ratioPpm: 10_000 });
  const { version } = await create({
    rows: rows(500_000, [EAST]),
    reason: '年度调整',
    validFrom: '2026-11-25',
  });
  const params = { version };
  expect((await decide(coordinator, version, 'submit')).possibleCommands).toEqual([]);
  expect(
    await coordinator.refused('decideRatioPolicy', { params, body: { command: 'approve' } }),
  ).toMatchObject({ status: 403, type: 'not-your-policy' });
  expect(
    await coordinator.refused('editRatioPolicy', {
      params,
      body: { rows: rows(1), reason: '改', validFrom: '2026-11-25' },
    }),
  ).toMatchObject({ type: 'policy-status' });
  expect(await approver.refused('decideRatioPolicy', { params, body: { command: 'return' } })).toMatchObject({
    type: 'reason-missing',
  });
  expect(await decide(approver, version, 'approve')).toMatchObject({ status: 'approved', inForce: false });
  expect((await plan(['691100'])).ratios[0]).toMatchObject({ ratioPpm: 10_000 });

  api.clock.now = new Date('2026-11-25T02:00:00Z');
  const city = await plan(['691100']);
  expect(city.ratios.slice(0, 2)).toMatchObject([
    { stratum: 'A', ratioPpm: 500_000 },
    { stratum: 'A-691101', ratioPpm: 1_000_000 },
  ]);
  // The county's own row is that of its class where the whole campaign is inside it.
  expect((await plan(['691101'])).ratios.slice(0, 2)).toMatchObject([
    { stratum: 'A', ratioPpm: 1_000_000 },
    { stratum: 'B', ratioPpm: 500_000 },
  ]);
  const stored: unknown = await api
    .db('campaigns')
    .where({ code: city.code })
    .first('policy_version', 'yearly_cap');
  expect(stored).toEqual({
    policy_version: version,
    yearly_cap: { A: 2, 'A-691101': null, B: 2, C: 2, D: 2 },
  });
});

test('nobody approves what they submitted, whatever else they are', async () => {
  const { version } = await create({ rows: rows(1000), reason: '试', validFrom: '2026-12-01' });
  await decide(coordinator, version, 'submit');
  await api.db('ratio_policies').where({ version }).update({ submitted_by: api.city.users['approver'] });
  expect(
    await approver.refused('decideRatioPolicy', { params: { version }, body: { command: 'approve' } }),
  ).toMatchObject({ type: 'own-submission' });
});

test('a table says what is missing and what is there twice', async () => {
  const { fields } = await coordinator.refused('createRatioPolicy', {
    body: {
      rows: [...rows(1000).slice(1), ...rows(1000).slice(1, 2), { ...EAST, region: '123456' }],
      reason: '试',
      validFrom: '2026-12-01',
    },
  });
  expect(fields?.map(({ field }) => field)).toEqual(['rows.3', 'rows.4.region', 'rows']);
});

test('what a version comes to: visits by class, saved by going together, and who is at the cap', async () => {
  const { version } = await create({ rows: rows(500_000), reason: '测算', validFrom: '2026-12-01' });
  const trial = { body: { items: ALL, regions: ['691100'] } };
  const half = await coordinator.get<Outcome>('tryRatioPolicy', { params: { version }, ...trial });
  // 60 restaurants, 20 of which are venues: half of each item's, one visit each if they go together.
  expect(half).toMatchObject({ population: 60, apart: 70, joint: 30 });
  expect(half.strata.map(({ population, visits }) => [population, visits])).toEqual(
    Array.from({ length: 4 }, () => [15, 7.5]),
  );
  const preset = await coordinator.get<Outcome>('tryRatioPolicy', { params: { version: 0 }, ...trial });
  expect(preset.joint).toBeCloseTo(15 * (0.01 + 0.03 + 0.1 + 0.2), 1);

  // Two visits of this year at the same door, and it has had what its class may.
  const [entity] = await api
    .db('entities')
    .where({ credit_code: '92691100MA00000001' })
    .pluck<number[]>('id');
  for (let visits = 0; visits < 2; visits += 1) {
    const { code } = await plan(['691100']);
    const [id] = await api.db('campaigns').where({ code }).pluck<number[]>('id');
    await api
      .db('visits')
      .insert({ campaign_id: id, number: 1, entity_id: entity, ticket: 'x', visit_on: '2026-11-20' });
  }
  const capped = await coordinator.get<Outcome>('tryRatioPolicy', { params: { version }, ...trial });
  expect(capped.strata.map(({ atCap }) => atCap)).toEqual([0, 1, 0, 0]);

  // By name for those who may try a plan out, and for their own areas only.
  const asked = { params: { version }, query: { items: ALL.join(), regions: '691100' } };
  const { rows: listed } = await coordinator.get<{ rows: Capped[] }>('listPolicyCapped', asked);
  expect(listed).toMatchObject([
    {
      creditCode: '92691100MA00000001',
      riskClass: 'B',
      cap: 2,
      visits: [{ on: '2026-11-20' }, { on: '2026-11-20' }],
      taken: [{ code: 'SCJG-001' }, { code: 'WJW-001' }],
      kept: [],
      reason: '2026 年已计入检查 2 次，达到 B 类每年 2 次的上限：不再列入抽查对象。',
    },
  ]);
  const csv = await coordinator.get<string>('downloadPolicyCapped', asked);
  expect(csv.split('\n').filter((line) => line.includes('MA000000'))).toHaveLength(1);
  const east = { params: { version }, query: { ...asked.query, regions: '691101' } };
  expect(await coordinator.get('listPolicyCapped', east)).toEqual({ rows: [], nextCursor: null });
  await buildUser(api.db, {
    username: 'east-lead',
    role: 'lead_officer',
    department: 'SCJG',
    region: '691101',
  });
  const eastern = await api.signedIn('east-lead');
  expect(await eastern.get('listPolicyCapped', east)).toMatchObject({ rows: [] });
  expect(await eastern.refused('listPolicyCapped', asked)).toMatchObject({ type: 'other-region' });
  for (const who of [await api.signedIn('wjw-liaison'), api.nobody])
    expect((await who.call('listPolicyCapped', asked)).status).toBeGreaterThanOrEqual(401);
  expect(
    await coordinator.refused('listPolicyCapped', { ...asked, query: { items: 'X', regions: '691100' } }),
  ).toMatchObject({ status: 422, type: 'unknown-item' });
});

test('two versions are compared: the rows that differ, and what both come to there', async () => {
  const one = await create({ rows: rows(500_000, [EAST]), reason: '甲', validFrom: '2026-12-01' });
  const changed = rows(500_000).map((row, at) => ({ ...row, cap: at === 2 ? 3 : 2 }));
  const other = await create({ rows: changed, reason: '乙', validFrom: '2026-12-01' });
  const compare = (items: string[]) =>
    coordinator.get<{ differences: object[]; before: Outcome; after: Outcome }>('compareRatioPolicies', {
      params: { version: one.version },
      body: { other: other.version, items, regions: ['691100'] },
    });
  const { differences, before, after } = await compare(ALL);
  // All 15 of class A are in the east: restaurants for two items, 5 of them venues for the third.
  expect(differences).toEqual([
    {
      population: 15,
      before: {
        ...{ region: { code: '691101', name: '东县' }, level: null, drawClass: 'A' },
        ...{ ratioPpm: 1_000_000, cap: null, sample: 35, visits: 15 },
      },
      after: { ...CITY, drawClass: 'A', ratioPpm: 500_000, cap: 2, sample: 19, visits: 7.5 },
    },
    {
      population: 15,
      before: { ...CITY, drawClass: 'C', ratioPpm: 500_000, cap: 2, sample: 19, visits: 7.5 },
      after: { ...CITY, drawClass: 'C', ratioPpm: 500_000, cap: 3, sample: 19, visits: 7.5 },
    },
  ]);
  // The county's row counts in a campaign of the whole city too.
  expect([before.joint, after.joint]).toEqual([37.5, 30]);
  // Without items: everybody in operation, as if one item were about all of them.
  expect((await compare([])).before).toMatchObject({ population: 60, apart: 37.5, departments: [] });
  expect((await compare([])).differences).toMatchObject([{ before: { sample: 15 } }, {}]);
  expect(
    await coordinator.refused('compareRatioPolicies', {
      params: { version: one.version },
      body: { other: 999, regions: ['691100'] },
    }),
  ).toMatchObject({ status: 404, type: 'policy-not-found' });
});

test('the entity’s page goes by the cap that is in force on the day', async () => {
  const capOn = async (on: string) => {
    const record = await coordinator.get<{ visitsOfYear: { cap: number | null } }>('readEntityRecord', {
      params: { creditCode: '92691100MA00000000' },
      query: { on },
    });
    return record.visitsOfYear.cap;
  };
  // Of class A and in the east: the preset's one visit, then that the county has no cap of its own accord.
  expect(await capOn('2026-11-24')).toBe(1);
  expect(await capOn('2026-11-25')).toBeNull();
});

describe('rows of a county and of an industry', () => {
  const CHEMICALS = 'dangerous-chemicals';
  const industries = [{ tag: 'venue', level: 'high', reason: '人员密集' }];
  const level = (drawClass: string, more: object) => ({ region: null, drawClass, cap: 2, ...more });
  const table = (more: object[], on = '2026-12-01') => ({
    ...{ rows: rows(100_000, more), industries, reason: '分行业', validFrom: on },
  });

  test('are refused where two are about the same, or a level or tag is of nobody', async () => {
    const twice = level('B', { region: '691101', level: 'high', ratioPpm: 1 });
    const { fields } = await coordinator.refused('createRatioPolicy', {
      body: {
        ...table([twice, twice, level('B', { level: 'low', ratioPpm: 1 })]),
        industries: [...industries, { ...industries[0], tag: 'spaceship' }],
      },
    });
    expect(fields).toEqual([
      { field: 'rows.5', message: '东县、行业高风险的 B 类写了不止一行，分不出以哪一行为准：请保留一行。' },
      {
        field: 'rows.6.level',
        message: '全市、行业低风险的 B 类不会用到：没有标签定为行业低风险。请补充行业风险，或删去这一行。',
      },
      { field: 'industries.1.tag', message: '名录库没有标签“spaceship”。' },
    ]);
    const { version } = await create({
      ...table([]),
      industries: [...industries, { tag: CHEMICALS, level: 'low', reason: '无' }],
    });
    expect(version).toBeGreaterThan(0);
  });

  test('are tried out and compared stratum by stratum', async () => {
    const one = await create(table([]));
    const other = await create(
      table([
        level('A', { level: 'high', ratioPpm: 600_000 }),
        level('B', { region: '691102', ratioPpm: 200_000 }),
      ]),
    );
    const body = { items: ALL, regions: ['691100'] };
    const { strata, joint } = await coordinator.get<Outcome>('tryRatioPolicy', {
      params: { version: other.version },
      body,
    });
    // Of the 15 of class A 5 are venues, and all of class B are in the west.
    expect(strata.map(({ stratum, population, visits }) => [stratum, population, visits])).toEqual([
      ['A', 10, 1],
      ['A-high', 5, 3],
      ['B', 0, 0],
      ['B-691102', 15, 3],
      ['C', 15, 1.5],
      ['D', 15, 1.5],
    ]);
    expect(joint).toBe(10);
    const { differences } = await coordinator.get<{ differences: object[] }>('compareRatioPolicies', {
      params: { version: one.version },
      body: { ...body, other: other.version },
    });
    expect(differences).toMatchObject([
      {
        population: 5,
        before: { region: null, level: null, drawClass: 'A', ratioPpm: 100_000, sample: 3 },
        after: { region: null, level: 'high', drawClass: 'A', ratioPpm: 600_000, sample: 9, visits: 3 },
      },
      {
        population: 15,
        before: { region: null, drawClass: 'B', ratioPpm: 100_000 },
        after: { region: { code: '691102', name: '西县' }, drawClass: 'B', ratioPpm: 200_000 },
      },
    ]);
  });

  test('are the strata of a new plan, which may change their ratios and name no others', async () => {
    const { version } = await create(
      table(
        [
          level('B', { region: '691102', ratioPpm: 200_000, cap: 5 }),
          level('B', { level: 'high', ratioPpm: 300_000, cap: null }),
        ],
        '2026-11-25',
      ),
    );
    await decide(coordinator, version, 'submit');
    await decide(approver, version, 'approve');
    expect(await coordinator.get('listPolicyStrata', { query: { regions: '691101,691102' } })).toMatchObject({
      version,
      rows: [
        { stratum: 'A' },
        { stratum: 'B', ratioPpm: 100_000, cap: 2 },
        { stratum: 'B-691102', region: { name: '西县' }, level: null, ratioPpm: 200_000, cap: 5 },
        { stratum: 'B-high', region: null, level: 'high', ratioPpm: 300_000, cap: null },
        { stratum: 'C' },
        { stratum: 'D' },
      ],
    });
    const own = (stratum: string) => ({ stratum, ratioPpm: 1, minimum: 3 });
    const { code, ratios } = await plan(['691100'], { ratios: [own('B-691102'), own('D')] });
    expect(ratios).toEqual([
      { stratum: 'B', ratioPpm: 100_000, minimum: 0 },
      own('B-691102'),
      { stratum: 'B-high', ratioPpm: 300_000, minimum: 0 },
      own('D'),
    ]);
    expect(await api.db('campaigns').where({ code }).first('industries', 'yearly_cap')).toEqual({
      industries,
      yearly_cap: { B: 2, 'B-691102': 5, 'B-high': null, D: 2 },
    });
    const lead = await api.signedIn('lead');
    expect(
      await lead.refused('createCampaign', {
        body: planBody(['691101'], { ratios: [own('B-691102-high')] }),
      }),
    ).toMatchObject({
      type: 'plan-incomplete',
      fields: [
        { field: 'ratios.0', message: expect.stringContaining('B 类（西县、行业高风险）') as unknown },
      ],
    });
  });

  test('are the cap of an entity’s page', async () => {
    const { visitsOfYear } = await coordinator.get<{ visitsOfYear: { cap: number | null } }>(
      'readEntityRecord',
      {
        // In the west and of class B, but no venue.
        params: { creditCode: '92691100MA00000001' },
        query: { on: '2026-11-25' },
      },
    );
    expect(visitsOfYear.cap).toBe(5);
  });
});
