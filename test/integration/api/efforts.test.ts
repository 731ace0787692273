import { buildCampaign } from '../../support/build-campaign';
import { buildUser } from '../../support/build-city';
import { startTestApi, type Caller, type TestApi } from './support';

interface Amounts {
  personDays: number;
  cost: number;
}
interface Efforts {
  departments: {
    department: { code: string };
    mayEdit: boolean;
    planned: Amounts | null;
    spent: Amounts;
    entries: { id: number; withdrawn: { reason: string } | null }[];
  }[];
  planned: Amounts;
  spent: Amounts;
}

let api: TestApi;
let liaison: Caller;
let budget: Caller;
let code: string;

beforeAll(async () => {
  api = await startTestApi();
  api.clock.now = new Date('2026-05-06T02:00:00Z');
  await buildUser(api.db, { username: 'budget', role: 'budget_officer', department: 'LDXZ' });
  code = await buildCampaign(api.db, api.city);
  await api.db('campaigns').where({ code }).update({ visit_from: '2026-05-01', visit_to: '2026-05-30' });
  [liaison, budget] = await Promise.all([api.signedIn('wjw-liaison'), api.signedIn('budget')]);
});

afterAll(() => api.stop());

const own = { department: 'WJW' };
const entry = { spentOn: '2026-05-05', personDays: 1.5, cost: 12_000, purpose: '车辆' };

test('a department plans and records its own, and sees no other’s', async () => {
  const planned = await liaison.get<Efforts>('planEffort', {
    params: { code, ...own },
    body: { personDays: 20.5, cost: 300_000, note: '两组' },
  });
  expect(planned.departments.map(({ department }) => department.code)).toEqual(['WJW']);
  await liaison.get('addEffort', { params: { code, ...own }, body: entry });
  const after = await liaison.get<Efforts>('addEffort', {
    params: { code, ...own },
    body: { ...entry, personDays: 0.1, cost: 0 },
  });
  expect(after).toMatchObject({
    planned: { personDays: 20.5, cost: 300_000 },
    spent: { personDays: 1.6, cost: 12_000 },
  });
  expect(
    await liaison.refused('addEffort', { params: { code, department: 'SCJG' }, body: entry }),
  ).toMatchObject({ status: 403, type: 'not-own-department' });
  expect(
    await liaison.refused('addEffort', { params: { code, department: 'FGW' }, body: entry }),
  ).toMatchObject({ status: 404, type: 'not-participating' });
});

test('an entry that says nothing, or of a day to come, is refused by field; nothing is stored', async () => {
  const refused = await liaison.refused('addEffort', {
    params: { code, ...own },
    body: { ...entry, personDays: 0, cost: 0, spentOn: '2026-05-07' },
  });
  expect(refused).toMatchObject({
    ...{ status: 422, type: 'effort-invalid' },
    fields: [{ field: 'personDays' }, { field: 'spentOn' }],
  });
  expect(
    await liaison.refused('addEffort', { params: { code, ...own }, body: { ...entry, personDays: 0.25 } }),
  ).toMatchObject({ status: 422 });
  expect(await api.db('efforts').count({ count: '*' }).first()).toEqual({ count: 2 });
});

test('what was wrong is withdrawn with its reason and counts no more; a second time is refused', async () => {
  const { departments } = await liaison.get<Efforts>('readEfforts', { params: { code } });
  const id = departments[0]?.entries.at(-1)?.id ?? 0;
  const params = { code, id };
  const after = await liaison.get<Efforts>('withdrawEffort', { params, body: { reason: '重复登记' } });
  expect(after.spent).toEqual({ personDays: 0.1, cost: 0 });
  expect(after.departments[0]?.entries.find((one) => one.id === id)?.withdrawn).toMatchObject({
    reason: '重复登记',
  });
  expect(await liaison.refused('withdrawEffort', { params, body: { reason: '再撤' } })).toMatchObject({
    ...{ status: 409, type: 'effort-withdrawn' },
  });
  const scjg = await api.signedIn('scjg-liaison');
  expect(await scjg.refused('withdrawEffort', { params, body: { reason: '别人的' } })).toMatchObject({
    status: 404,
  });
  expect(await api.db('audit_log').whereLike('action', 'effort.%').orderBy('seq').pluck('action')).toEqual([
    'effort.plan',
    'effort.add',
    'effort.add',
    'effort.withdraw',
  ]);
});

test('the budget office sees all departments and the year, and writes nothing', async () => {
  const all = await budget.get<Efforts>('readEfforts', { params: { code } });
  expect(all.departments.map(({ department }) => department.code)).toEqual(['SCJG', 'WJW', 'XFJ']);
  expect(all.departments.every(({ mayEdit }) => !mayEdit)).toBe(true);
  expect(await budget.get('readYearEfforts', { query: { year: '2026' } })).toMatchObject({
    rows: [{ campaign: { code }, department: { code: 'WJW' }, spent: { personDays: 0.1 } }],
    planned: { cost: 300_000 },
  });
  expect(await budget.get('readYearEfforts', { query: { year: '2025' } })).toMatchObject({ rows: [] });
  expect(
    await budget.refused('planEffort', { params: { code, ...own }, body: { personDays: 1, cost: 1 } }),
  ).toMatchObject({ status: 403 });
  expect(await liaison.refused('readYearEfforts', { query: { year: '2026' } })).toMatchObject({
    status: 403,
  });
});
