import { readAnnualPlan, type AnnualPlanRow } from '../../../db/annual-plans';
import { publishPlanVersion } from '../../../db/annual-plan-versions';
import { startTestApi, type Caller, type TestApi } from './support';

interface Line {
  id: number;
  item: { code: string };
  joint: { id: number; lead: string } | null;
  status: string;
  campaign: string | null;
  mayEdit: boolean;
  mayLaunch: boolean;
}
interface Plan {
  stage: AnnualPlanRow['stage'];
  lines: Line[];
  possibleCommands: string[];
  mayJoin: boolean;
}
interface Advice {
  proposals: { lines: number[]; common: number; apart: number; joint: number; saved: number }[];
  joined: { jointId: number; saved: number }[];
}

let api: TestApi;
let coordinator: Caller;
const params = { year: 2027 };

beforeAll(async () => {
  api = await startTestApi();
  api.clock.now = new Date('2026-11-24T02:00:00Z');
  coordinator = await api.signedIn('coordinator');
  await coordinator.get('createAnnualPlan', { body: { year: 2027 } });
});

afterAll(() => api.stop());

const lineOf = (department: string, more: object = {}) => ({
  department,
  item: `${department}-001`,
  regions: ['691100'],
  ratioPpm: 500_000,
  windowFrom: '2027-03-01',
  windowTo: '2027-06-30',
  ...more,
});

async function add(department: string, more: object = {}): Promise<Line> {
  const liaison = await api.signedIn(`${department.toLowerCase()}-liaison`);
  const before = await liaison.get<Plan>('readAnnualPlan', { params });
  const after = await liaison.get<Plan>('addPlanLine', { params, body: lineOf(department, more) });
  const [line] = after.lines.filter(({ id }) => !before.lines.some((one) => one.id === id));
  if (!line) throw new Error('no line was added');
  return line;
}

test('departments write their own lines, the adviser joins them, and joining is undone by splitting', async () => {
  const scjg = await add('SCJG');
  const wjw = await add('WJW');
  const xfj = await add('XFJ', { windowFrom: '2027-06-20', windowTo: '2027-09-30' });
  const advice = await coordinator.get<Advice>('adviseAnnualPlan', { params });
  // Both check the 60 restaurants: half of them each, the same half if they go together.
  expect(advice.proposals).toMatchObject([
    { lines: [scjg.id, wjw.id], common: 60, apart: 60, joint: 30, saved: 30 },
  ]);

  const joined = await coordinator.get<Plan>('joinPlanLines', {
    params,
    body: { lines: [scjg.id, wjw.id] },
  });
  const joint = joined.lines[0]?.joint;
  expect(joint).toMatchObject({ lead: 'SCJG' });
  expect(await coordinator.get<Advice>('adviseAnnualPlan', { params })).toMatchObject({
    proposals: [],
    joined: [{ jointId: joint?.id, saved: 30 }],
  });
  const liaison = await api.signedIn('wjw-liaison');
  expect(
    await liaison.refused('editPlanLine', { params: { ...params, id: wjw.id }, body: lineOf('WJW') }),
  ).toMatchObject({ type: 'plan-line-joined' });
  expect(
    await coordinator.refused('joinPlanLines', { params, body: { lines: [wjw.id, xfj.id] } }),
  ).toMatchObject({ type: 'plan-line-joined' });

  const split = await coordinator.get<Plan>('splitPlanLines', {
    params: { ...params, id: joint?.id ?? 0 },
  });
  expect(split.lines.map((line) => line.joint)).toEqual([null, null, null]);
  expect(
    await coordinator.refused('joinPlanLines', { params, body: { lines: [wjw.id, xfj.id] } }),
  ).toMatchObject({ type: 'windows-apart', status: 422 });
});

test('a line says what is wrong with it and where; nobody writes for another department', async () => {
  const liaison = await api.signedIn('wjw-liaison');
  const { type, fields } = await liaison.refused('addPlanLine', {
    params,
    body: lineOf('WJW', {
      item: 'SCJG-001',
      regions: ['690000'],
      windowFrom: '2027-09-01',
      windowTo: '2026-08-01',
    }),
  });
  expect(type).toBe('plan-line');
  expect(fields?.map(({ field }) => field)).toEqual(['item', 'regions.0', 'windowTo', 'windowTo']);
  expect(await liaison.refused('addPlanLine', { params, body: lineOf('SCJG') })).toMatchObject({
    status: 403,
    type: 'other-department',
  });
  expect(await liaison.get<Plan>('readAnnualPlan', { params })).toMatchObject({
    possibleCommands: [],
    mayJoin: false,
  });
});

test('a published plan is open to everybody, on the page and as a file', async () => {
  const { lines } = await coordinator.get<Plan>('readAnnualPlan', { params });
  expect(await api.nobody.refused('readPublicPlan', { params })).toMatchObject({ status: 404 });
  const ids = lines.filter(({ item }) => item.code !== 'XFJ-001').map(({ id }) => id);
  await coordinator.get('joinPlanLines', { params, body: { lines: ids } });
  const lead = await api.signedIn('lead');
  expect(await lead.refused('launchPlanLine', { params: { ...params, id: ids[1] ?? 0 } })).toMatchObject({
    type: 'annual-plan-stage',
  });

  await publishPlanVersion(api.db, await readAnnualPlan(api.db, 2027), api.clock.now);
  const open = await api.nobody.get<{ lines: object[] }>('readPublicPlan', { params });
  expect(open.lines).toMatchObject([
    { status: 'planned', campaign: null, joint: 1, lead: '市场监管局' },
    { status: 'planned', campaign: null, joint: 1 },
    { status: 'planned', joint: null, ratioText: '50%' },
  ]);
  for (const id of ['downloadPlanCsv', 'downloadPlanJson'] as const) {
    const { body } = await api.nobody.call(id, { params });
    expect(JSON.stringify(body)).toContain('检查事项 XFJ-001');
  }
  const { status, headers } = await api.nobody.call('downloadPlanXlsx', { params });
  expect([status, headers.get('content-disposition')]).toEqual([
    200,
    `attachment; filename*=UTF-8''annual-plan-2027.xlsx`,
  ]);
  const xfj = await api.signedIn('xfj-liaison');
  expect(await xfj.refused('addPlanLine', { params, body: lineOf('XFJ') })).toMatchObject({
    type: 'annual-plan-stage',
  });
});

test('what is launched has the strata of the policy in force, with the ratio of its lines', async () => {
  const city = ['A', 'B', 'C', 'D'].map((drawClass) => ({ region: null, drawClass, ratioPpm: 1, cap: 1 }));
  const west = { region: '691102', drawClass: 'B', ratioPpm: 2, cap: 3 };
  const { version } = await coordinator.get<{ version: number }>('createRatioPolicy', {
    body: { rows: [...city, west], reason: '西县另定', validFrom: '2026-11-24' },
  });
  const policy = { version };
  await coordinator.get('decideRatioPolicy', { params: policy, body: { command: 'submit' } });
  const approver = await api.signedIn('approver');
  await approver.get('decideRatioPolicy', { params: policy, body: { command: 'approve' } });

  const { lines } = await coordinator.get<Plan>('readAnnualPlan', { params });
  const alone = lines.find(({ joint }) => joint === null);
  const { code } = await coordinator.get<{ code: string }>('launchPlanLine', {
    params: { ...params, id: alone?.id ?? 0 },
  });
  const stored = await api.db('campaigns').where({ code }).first<{
    strata: { stratum: string; ratio_ppm: number }[];
    yearly_cap: Record<string, number>;
  }>('strata', 'yearly_cap');
  expect(stored.strata.map(({ stratum, ratio_ppm }) => [stratum, ratio_ppm])).toEqual(
    ['A', 'B', 'B-691102', 'C', 'D'].map((stratum) => [stratum, 500_000]),
  );
  expect(stored.yearly_cap).toEqual({ A: 1, B: 1, 'B-691102': 3, C: 1, D: 1 });
});
