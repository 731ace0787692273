import { setTimeout as pause } from 'node:timers/promises';
import { freezeCeremony } from '../../../activities/freeze';
import { readCampaign, readPlan } from '../../../db/campaigns';
import type { Manifest } from '../../../domain/draw/manifest';
import { SIMULATION_MARKING } from '../../../domain/simulation/seed';
import type { SimulationResult } from '../../../domain/simulation/summary';
import { buildCampaign } from '../../support/build-campaign';
import { buildItem, buildUser } from '../../support/build-city';
import { startTestApi, type Caller, type TestApi } from './support';

interface Simulation {
  marking: string;
  id: number;
  status: string;
  runsDone: number;
  value: string;
  isCurrent: boolean;
  failure: string | null;
  startedBy: string;
  result: SimulationResult | null;
}

let api: TestApi;
let lead: Caller;

beforeAll(async () => {
  api = await startTestApi();
  await buildUser(api.db, { username: 'budget', role: 'budget_officer', department: 'FGW' });
  await buildUser(api.db, { username: 'wjw-lead', role: 'lead_officer', department: 'WJW' });
  await buildUser(api.db, { username: 'wjw-head', role: 'approver', department: 'WJW' });
  await buildUser(api.db, {
    username: 'east-budget',
    role: 'budget_officer',
    department: 'FGW',
    region: '691101',
  });
  lead = await api.signedIn('lead');
});

afterAll(() => api.stop());

const newCampaign = (plan = {}) => buildCampaign(api.db, api.city, plan);

/** Until it has ended, well or not. */
async function ended(caller: Caller, code: string, id: number): Promise<Simulation> {
  for (;;) {
    const simulation = await caller.get<Simulation>('readSimulation', { params: { code, id } });
    if (simulation.status !== 'running') return simulation;
    await pause(20);
  }
}

async function simulate(code: string, body = {}, caller = lead): Promise<Simulation> {
  const started = await caller.get<Simulation>('startSimulation', { params: { code }, body });
  return ended(caller, code, started.id);
}

async function resultOf(code: string, body = {}): Promise<SimulationResult> {
  const { result, failure } = await simulate(code, body);
  if (!result) throw new Error(failure ?? 'no result');
  return result;
}

/** Everything that a draw writes. */
const DRAWN_TABLES = [
  ...['ceremonies', 'contributions', 'frozen_entities', 'frozen_inspectors', 'frozen_exclusions'],
  ...[
    'drawn',
    'visits',
    'visit_items',
    'assignments',
    'unfilled_slots',
    'campaign_steps',
    'tasks',
    'notices',
  ],
];

describe('what a simulation shows', () => {
  test('one draw for all: population, samples, visits, what merging saves', async () => {
    // 60 entities: 15 in each class, every third a venue too.
    const result = await resultOf(await newCampaign(), { runs: 5 });
    expect(result).toMatchObject({ population: 60, capped: 0, runs: 5, matchedRuns: 5 });
    expect(result.visits).toEqual({ average: 8, min: 8, max: 8 });
    const whole = result.lines.filter((line) => line.item === '*');
    expect(whole).toEqual(
      ['A', 'B', 'C', 'D'].map((stratum) => ({
        ...{ item: '*', stratum, population: 15, ratioPpm: 100_000 },
        ...{ sample: 2, expected: 2, min: 2, max: 2 },
      })),
    );
    const fire = result.lines.filter((line) => line.item === 'XFJ-001');
    expect(fire.map((line) => [line.population, line.sample, line.expected])).toEqual(
      ['A', 'B', 'C', 'D'].map(() => [5, null, 0.7]),
    );
    // Of 15 and 15 two each, of 5 one: 8 + 8 + 4.
    expect(result.visitsApart).toEqual({ average: 20, min: 20, max: 20 });
    expect(result.saved.average).toBe(12);
  });

  test('a ratio per item: each item its own sample, and the spread of the visits', async () => {
    const result = await resultOf(
      await newCampaign({
        mode: 'per_item',
        strata: [{ stratum: 'A', ratio_ppm: 200_000, minimum: 0 }],
      }),
      { runs: 30 },
    );
    const samples = result.lines.map((line) => [line.item, line.population, line.sample, line.expected]);
    expect(samples.slice(1)).toEqual([
      ['SCJG-001', 15, 3, 3],
      ['WJW-001', 15, 3, 3],
      ['XFJ-001', 5, 1, 1],
    ]);
    // The venue drawn by the third item is among the other items' three, or it is not.
    expect(result.visits).toMatchObject({ min: 3, max: 4 });
    expect(result.visitsApart).toEqual({ average: 7, min: 7, max: 7 });
  });

  test('the workload against what inspectors can do, and the rule that starves it', async () => {
    const code = await newCampaign({
      teams: [
        { department: 'SCJG', size: 2 },
        { department: 'WJW', size: 3 },
        { department: 'XFJ', size: 1 },
      ],
    });
    const result = await resultOf(code, { runs: 3, visitsPerDay: 4 });
    expect(result.departments).toMatchObject([
      { code: 'SCJG', inspectors: 2, capacity: null, personVisits: { average: 16 }, unfilled: { max: 0 } },
      {
        code: 'WJW',
        inspectors: 2,
        capacity: null,
        personVisits: { average: 24 },
        unfilled: { min: 8, max: 8 },
      },
      { code: 'XFJ', inspectors: 2, capacity: null, unfilled: { max: 0 } },
    ]);
    expect(result.departments.map((one) => one.personDays).slice(0, 2)).toEqual([4, 6]);
    expect(result.starving).toEqual([
      {
        department: 'WJW',
        rule: 'department',
        label: '该部门可派人员不足',
        missing: { average: 8, min: 8, max: 8 },
      },
    ]);
    expect(result.classes).toHaveLength(3);
    expect(result.classes[0]).toMatchObject({
      department: 'SCJG',
      inspectors: 2,
      personVisits: { average: 16 },
    });
  });

  test('the same made-up value gives the same numbers, another one others', async () => {
    const code = await newCampaign();
    const one = await resultOf(code, { value: 'a', runs: 9 });
    expect(await resultOf(code, { value: 'a', runs: 9 })).toEqual(one);
    const others = [];
    for (const value of ['b', 'c', 'd', 'e']) others.push(await resultOf(code, { value, runs: 9 }));
    expect(others.map((other) => other.lines)).not.toEqual(others.map(() => one.lines));
  });

  test('the population is the one that a freeze would fix', async () => {
    await api.db('entities').where({ credit_code: '92691100MA00000003' }).update({ status: 'revoked' });
    const code = await newCampaign({
      mode: 'per_item',
      regions: ['691102'],
      yearlyCap: { A: 1, B: 1, C: 1, D: 1 },
    });
    const { lines, capped } = await resultOf(code, { runs: 1 });
    // In a transaction that is taken back: this campaign is not frozen.
    const trx = await api.db.transaction();
    const campaign = await readCampaign(trx, code);
    const { items, teams } = await readPlan(trx, campaign);
    const ceremony = await freezeCeremony(api.db, trx, campaign, items, teams, new Date());
    await trx.rollback();
    const { strata } = JSON.parse(ceremony.manifest) as Manifest;
    expect(
      lines
        .filter((line) => line.item !== '*')
        .map((line) => [line.item, line.stratum, line.population, line.ratioPpm, line.sample])
        .sort(),
    ).toEqual(strata.map((line) => [line.item, line.stratum, line.size, line.ratio_ppm, line.sample]).sort());
    expect(capped).toBe(ceremony.capped);
    await api.db('entities').where({ credit_code: '92691100MA00000003' }).update({ status: 'active' });
  });
});

test('who is at the cap is listed with the visits that count, key items apart, for those who may simulate', async () => {
  const one = { creditCode: '92691100MA00000005', riskClass: 'B', drawClass: 'B' };
  const [entity] = await api.db('entities').where({ credit_code: one.creditCode }).pluck<number[]>('id');
  const code = await newCampaign({ yearlyCap: { A: 1, B: 1, C: 1, D: null } });
  const before = await resultOf(code, { runs: 1 });
  const other = await newCampaign();
  const [id] = await api.db('campaigns').where({ code: other }).pluck<number[]>('id');
  const [visit] = await api
    .db('visits')
    .insert({ campaign_id: id, number: 1, entity_id: entity, ticket: 'x' })
    .returning<{ id: number }[]>('id');
  await api.db('item_versions').where({ item_code: 'WJW-001' }).update({ category: 'key' });
  const asked = { params: { code } };
  const { rows } = await lead.get<{ rows: object[] }>('listCapped', asked);
  expect(rows.at(-1)).toMatchObject({
    ...one,
    cap: 1,
    visits: [{ campaign: { code: other }, on: null }],
    taken: [{ code: 'SCJG-001' }],
    kept: [{ code: 'WJW-001' }],
  });
  const after = await resultOf(code, { runs: 1 });
  expect([after.capped, rows.length]).toEqual([before.capped + 1, after.capped]);

  // As a file no cell of which is a formula.
  await api.db('entities').where({ id: entity }).update({ name: '=HYPERLINK("x")' });
  expect(await lead.get<string>('downloadCapped', asked)).toContain(`"'=HYPERLINK(""x"")"`);
  expect((await lead.call('downloadCappedWorkbook', asked)).status).toBe(200);
  const liaison = await api.signedIn('wjw-liaison');
  expect((await liaison.call('listCapped', asked)).status).toBe(403);
  expect((await api.nobody.call('downloadCapped', asked)).status).toBe(401);
  await api.db('campaigns').where({ code }).update({ stage: 'frozen' });
  expect(await lead.refused('listCapped', asked)).toMatchObject({ status: 409, type: 'campaign-stage' });

  await api.db('visits').where({ id: visit?.id }).delete();
  await api.db('entities').where({ id: entity }).update({ name: '云溪餐饮5号店' });
  await api.db('item_versions').where({ item_code: 'WJW-001' }).update({ category: 'general' });
});

describe('a simulation can not pass for the draw', () => {
  test('it leaves nothing of a draw, at no stage, and never stands in the campaign’s history', async () => {
    const code = await newCampaign();
    const before = await contents();
    for (const stage of ['draft', 'submitted', 'returned', 'approved']) {
      await api.db('campaigns').where({ code }).update({ stage });
      expect((await simulate(code, { runs: 2 })).status).toBe('done');
      expect(await contents()).toEqual(before);
      expect((await readCampaign(api.db, code)).stage).toBe(stage);
    }
    const { timeline } = await lead.get<{ timeline: { action: string }[] }>('readCampaign', {
      params: { code },
    });
    expect(timeline).toEqual([]);
  });

  test('every answer is marked, and none names an entity or gives a ticket', async () => {
    const code = await newCampaign();
    const simulation = await simulate(code, { runs: 1 });
    const { rows } = await lead.get<{ rows: Simulation[] }>('listSimulations', { params: { code } });
    const started = await lead.get<Simulation>('startSimulation', { params: { code }, body: { runs: 1 } });
    for (const one of [simulation, started, ...rows]) expect(one.marking).toBe(SIMULATION_MARKING);
    expect(JSON.stringify([simulation, rows])).not.toMatch(/[0-9A-Z]{18}|[0-9a-f]{64}|云溪餐饮/);
    await ended(lead, code, started.id);
  });

  test('nothing of it is public: no page, no bundle, no commitment', async () => {
    const code = await newCampaign();
    await simulate(code, { runs: 1 });
    await api.db('campaigns').where({ code }).update({ stage: 'approved' });
    expect((await api.nobody.call('readPublicCampaign', { params: { code } })).body).toMatchObject({
      ceremonies: [],
    });
    for (const id of ['downloadBundle', 'readMergingReport'] as const) {
      expect((await api.nobody.refused(id, { params: { code } })).status).toBe(404);
    }
  });

  test.each(['frozen', 'sealed', 'drawn', 'dispatched', 'closed', 'cancelled'])(
    'once the campaign is %s there is nothing to try out',
    async (stage) => {
      const code = await newCampaign();
      await api.db('campaigns').where({ code }).update({ stage });
      const problem = await lead.refused('startSimulation', { params: { code }, body: {} });
      expect(problem).toMatchObject({ status: 409, type: 'campaign-stage' });
      await api.db('campaigns').where({ code }).update({ stage: 'draft' });
    },
  );

  async function contents(): Promise<Record<string, unknown[]>> {
    const tables = await Promise.all(
      DRAWN_TABLES.map(async (table) => [table, await api.db(table).select('*')] as const),
    );
    return Object.fromEntries(tables);
  }
});

describe('who may', () => {
  test.each(['lead', 'coordinator', 'approver', 'scjg-head', 'budget'])('%s', async (username) => {
    const code = await newCampaign();
    const caller = await api.signedIn(username);
    const simulation = await simulate(code, { runs: 1 }, caller);
    expect(simulation).toMatchObject({ status: 'done', startedBy: username });
    // Those who may simulate see each other's.
    await expect(lead.get('readSimulation', { params: { code, id: simulation.id } })).resolves.toMatchObject({
      value: simulation.value,
    });
  });

  test.each([
    ['another department’s lead', 'wjw-lead', 'not-your-campaign'],
    ['another department’s head', 'wjw-head', 'not-your-campaign'],
    ['a budget officer of a part of the area', 'east-budget', 'not-your-campaign'],
    ['a liaison', 'wjw-liaison', 'wrong-role'],
    ['the supervisor', 'supervisor', 'wrong-role'],
    ['the administrator', 'admin', 'wrong-role'],
  ])('not %s, neither to run nor to see', async (_, username, type) => {
    const code = await newCampaign();
    const { id } = await simulate(code, { runs: 1 });
    const caller = await api.signedIn(username);
    for (const [endpoint, sent] of [
      ['startSimulation', { params: { code }, body: {} }],
      ['listSimulations', { params: { code } }],
      ['readSimulation', { params: { code, id } }],
    ] as const) {
      expect(await caller.refused(endpoint, sent)).toMatchObject({ status: 403, type });
    }
  });

  test('each is in the audit log, by whom and with which value', async () => {
    const code = await newCampaign();
    const { id, value } = await simulate(code, { runs: 2 });
    expect(await api.db('audit_log').where({ subject: `simulation/${code}/${id}` })).toMatchObject([
      { action: 'simulation.run', actor_id: api.city.users['lead'], after: { runs: 2, value } },
    ]);
  });
});

describe('what goes wrong says so', () => {
  test('a wrong plan is refused with the field, as it is when it is submitted', async () => {
    await buildItem(api.db, { code: 'SCJG-DRAFT', department: 'SCJG', status: 'draft' });
    const code = await newCampaign({ items: ['SCJG-001', 'SCJG-DRAFT'], visitTo: '2026-01-02' });
    const problem = await lead.refused('startSimulation', { params: { code }, body: {} });
    expect(problem).toMatchObject({ status: 422, type: 'plan-incomplete' });
    expect(problem.fields?.map((one) => one.field)).toEqual(['items.1', 'visitTo']);
    const { rows } = await lead.get<{ rows: unknown[] }>('listSimulations', { params: { code } });
    expect(rows).toEqual([]);
  });

  test.each([
    [{ runs: 0 }, 'runs'],
    [{ runs: 201 }, 'runs'],
    [{ visitsPerDay: 0 }, 'visitsPerDay'],
    [{ value: 'a\nb' }, 'value'],
  ])('%j', async (body, field) => {
    const code = await newCampaign();
    const problem = await lead.refused('startSimulation', { params: { code }, body });
    expect(problem.fields?.map((one) => one.field)).toEqual([field]);
  });

  test('a region without anybody to inspect', async () => {
    await api.db('regions').insert({ code: '691103', name: '空县', parent_code: '691100' });
    const simulation = await simulate(await newCampaign({ regions: ['691103'] }));
    expect(simulation).toMatchObject({ status: 'failed', result: null });
    expect(simulation.failure).toContain('没有符合条件的检查对象');
  });

  test('another campaign’s simulation is not found', async () => {
    const { id } = await simulate(await newCampaign(), { runs: 1 });
    const problem = await lead.refused('readSimulation', { params: { code: await newCampaign(), id } });
    expect(problem).toMatchObject({ status: 404, type: 'simulation-not-found' });
  });

  test('one at a time for a campaign', async () => {
    const code = await newCampaign();
    const asked = await Promise.all(
      [1, 2].map(() => lead.call('startSimulation', { params: { code }, body: { runs: 50 } })),
    );
    expect(asked.map((one) => one.status).sort()).toEqual([202, 409]);
    expect(asked.find((one) => one.status === 409)?.body).toMatchObject({ type: 'simulation-running' });
    const { id } = asked.find((one) => one.status === 202)?.body as Simulation;
    expect(await ended(lead, code, id)).toMatchObject({ status: 'done', runsDone: 50 });
  });

  test('one whose process died is told, and stands in nobody’s way', async () => {
    const code = await newCampaign();
    const { id: campaignId } = await readCampaign(api.db, code);
    await api.db('simulations').insert({
      ...{ campaign_id: campaignId, value: 'x', plan_hash: 'x', runs: 20, visits_per_day: 3 },
      started_by: api.city.users['lead'],
    });
    const { rows } = await lead.get<{ rows: Simulation[] }>('listSimulations', { params: { code } });
    expect(rows).toMatchObject([{ status: 'failed', failure: '模拟中断，请重新模拟。' }]);
    expect((await simulate(code, { runs: 1 })).status).toBe('done');
  });

  test('a plan that was changed since is told from the one that was simulated', async () => {
    const code = await newCampaign();
    const { id, isCurrent } = await simulate(code, { runs: 1 });
    expect(isCurrent).toBe(true);
    await api
      .db('campaigns')
      .where({ code })
      .update({ region_codes: ['691101'] });
    expect(await ended(lead, code, id)).toMatchObject({ isCurrent: false, status: 'done' });
  });
});
