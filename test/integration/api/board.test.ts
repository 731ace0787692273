/** The board of oversight: what it counts, for whom, and that the tasks behind a figure are as many as it says. */
import { dayOf, instantOf, shift } from '../../../domain/deadlines/working-days';
import type { Report } from '../../../domain/oversight/report';
import { buildUser } from '../../support/build-city';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Caller, type TestApi } from './support';

let api: TestApi;
let supervisor: Caller;
let code: string;
let today: string;
let period: { from: string; to: string };

const OUTCOMES = ['onTime', 'late', 'overdue', 'waiting'] as const;

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 400 });
  const { db, city } = api;
  await buildUser(db, {
    ...{ username: 'east-supervisor', role: 'supervisor', department: 'DCS', region: '691101' },
  });
  today = dayOf(api.clock.now);
  period = { from: shift(today, -40), to: shift(today, 60) };
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 500_000, minimum: 1 }));
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  code = await campaignAt('dispatched', {
    ...{ strata, visitFrom: shift(today, -10), visitTo: shift(today, 20) },
    yearlyCap: { A: null, B: null, C: null, D: null },
  });
  // Health never hands in what was due three days ago; one of the market's came in a day late.
  const [{ id: deadline }] = (await db('deadlines')
    .insert({
      campaign_id: db('campaigns').where({ code }).select('id'),
      ...{ due_at: instantOf(shift(today, -3), '23:59:59'), provisional: false, basis: '{}' },
    })
    .returning('id')) as [{ id: number }];
  const ofMarket = db('tasks').where({ department_code: 'SCJG', kind: 'results' }).min('id');
  await db('tasks')
    .where({ kind: 'results' })
    .where((either) => void either.where({ department_code: 'WJW' }).orWhere('id', '=', ofMarket))
    .update({ deadline_id: deadline });
  await db('tasks').update({ created_at: instantOf(shift(today, -10), '09:00') });
  await handInResults(db, code, instantOf(shift(today, -2), '12:00'), ({ department }) =>
    department === 'WJW' ? null : 1,
  );
  supervisor = await api.signedIn('supervisor');
}, 60_000);

afterAll(() => api.stop());

const board = (query: object = {}, who: Caller = supervisor) =>
  who.get<Report>('readBoard', { query: { ...period, ...query } });

test('who was late, who did nothing, who was in time: ranked, with shares', async () => {
  const { departments, idle, total } = await board();
  expect(departments.map((row) => [row.code, row.rank])).toEqual([
    ['XFJ', 1],
    ['SCJG', 2],
    ['WJW', 3],
  ]);
  const [xfj, scjg, wjw] = departments;
  expect(scjg).toMatchObject({ late: 1, overdue: 0, didNothing: false });
  expect(scjg?.share).toBeCloseTo(1 - 1 / ((scjg?.due ?? 0) - (scjg?.waiting ?? 0)));
  expect(wjw).toMatchObject({ share: 0, onTime: 0, late: 0, didNothing: true });
  expect(idle.departments).toEqual(['卫健委']);
  expect(xfj).toMatchObject({ share: 1, late: 0, overdue: 0 });
  expect(total.due).toBe(departments.reduce((sum, row) => sum + row.due, 0));
  const results = await board({ department: 'WJW' });
  expect(results.departments).toHaveLength(1);
});

test('the tasks behind a figure are those it counts, in every department and outcome', async () => {
  const { departments } = await board();
  for (const row of departments) {
    for (const outcome of OUTCOMES) {
      const { rows } = await supervisor.get<{ rows: { outcome: string }[] }>('listOverseenTasks', {
        query: { ...period, department: row.code, outcome, limit: 200 },
      });
      expect([row.code, outcome, rows.length]).toEqual([row.code, outcome, row[outcome]]);
      expect(rows.every((one) => one.outcome === outcome)).toBe(true);
    }
  }
});

test('they come page by page, none twice, and as tables', async () => {
  const seen: number[] = [];
  let cursor: string | null = null;
  do {
    const page: { rows: { id: number }[]; nextCursor: string | null } = await supervisor.get(
      'listOverseenTasks',
      { query: { ...period, limit: 7, ...(cursor === null ? {} : { cursor }) } },
    );
    seen.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength((await board()).total.due);
  const { body } = await supervisor.call('downloadOverseenTasksCsv', { query: period });
  expect(String(body).trim().split('\n')).toHaveLength(seen.length + 1);
});

test('a county sees its own, and its city’s figures are those of its areas together', async () => {
  const east = await api.signedIn('east-supervisor');
  const [whole, own] = [await board(), await board({}, east)];
  expect(own.regions.map((row) => row.code)).toEqual(['691101']);
  expect(own.region).toEqual({ code: '691101', name: '东县' });
  // Asked for the city, it sees itself; asked for its neighbour, nothing.
  expect((await board({ region: '691100' }, east)).total).toEqual(own.total);
  expect(await east.refused('readBoard', { query: { ...period, region: '691102' } })).toMatchObject({
    ...{ type: 'other-area', status: 403 },
  });
  const asked = await board({ region: '691101' });
  expect(asked.total).toEqual(own.total);
  expect(whole.regions.find((row) => row.code === '691101')).toMatchObject(own.total);
  expect(whole.regions.map((row) => row.code).sort()).toEqual(['691100', '691101', '691102']);
});

test('an earlier moment has earlier figures; a later one has more overdue', async () => {
  const { now } = api.clock;
  const before = (await board()).total;
  api.clock.now = instantOf(shift(today, -4), '12:00');
  const then = (await board()).total;
  api.clock.now = now;
  expect(then).toMatchObject({ due: before.due, late: 0, overdue: 0 });
  expect(before.overdue).toBeGreaterThan(0);
});

test('a period without anything has no shares, and every week of it is there', async () => {
  const empty = await board({ from: '2031-01-01', to: '2031-02-28', by: 'week' });
  expect(empty.total).toEqual({ onTime: 0, late: 0, overdue: 0, waiting: 0, due: 0, share: null });
  expect(empty.departments).toEqual([]);
  expect(empty.trend.map((row) => row.start).slice(0, 2)).toEqual(['2030-12-30', '2031-01-06']);
});

test('coverage, workload and publication', async () => {
  const { db } = api;
  const report = await board();
  expect(report.coverage.map((row) => row.code)).toEqual(['691101', '691102']);
  const [{ n: entities }] = (await db('entities').count({ n: '*' })) as [{ n: number }];
  expect(report.coverage.reduce((sum, row) => sum + row.entities, 0)).toBe(entities);
  const [{ n: visited }] = (await db('visits').whereNotNull('finished_at').count({ n: '*' })) as [
    { n: number },
  ];
  expect(report.coverage.reduce((sum, row) => sum + row.visited, 0)).toBe(visited);
  const most = Math.max(0, ...report.workload.map((row) => row.visits));
  expect(most).toBeLessThanOrEqual(visited);
  const loads = await supervisor.get<{ rows: { department: { code: string }; visits: number }[] }>(
    'readInspectorLoads',
    { query: period },
  );
  for (const row of report.workload) {
    const own = loads.rows.filter((one) => one.department.code === row.code);
    expect(own.reduce((sum, one) => sum + one.visits, 0)).toBe(row.attendances);
  }
});

test('every table is exported in both formats', async () => {
  for (const table of ['departments', 'regions', 'kinds', 'trend', 'plan', 'publication', 'coverage']) {
    const { body, status } = await supervisor.call('downloadBoardCsv', { params: { table }, query: period });
    expect([table, status]).toEqual([table, 200]);
    expect(String(body).split('\n').length).toBeGreaterThan(1);
  }
  for (const table of ['workload', 'inspectors', 'orders', 'departments']) {
    const { status } = await supervisor.call('downloadBoardXlsx', { params: { table }, query: period });
    expect([table, status]).toEqual([table, 200]);
  }
});

test('what is asked wrongly is told at its field', async () => {
  const wrong = (query: object) => supervisor.refused('readBoard', { query: { ...period, ...query } });
  expect(await wrong({ to: shift(period.from, -1) })).toMatchObject({
    fields: [{ field: 'query.to', message: '开始日期应不晚于结束日期' }],
  });
  expect(await wrong({ from: '2020-01-01' })).toMatchObject({
    fields: [{ field: 'query.to', message: '最长三年，请缩短期间' }],
  });
  expect(await wrong({ from: '2026-02-30' })).toMatchObject({ status: 422 });
  const inspector = await api.signedIn('wjw-0001');
  expect(await inspector.refused('readBoard', { query: period })).toMatchObject({ type: 'wrong-role' });
});
