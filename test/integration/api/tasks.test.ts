/** A task tells what is owed, why by whom, and all that became of it. */
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { buildUser } from '../../support/build-city';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';
import { sweepOn } from './sweep-on';

interface Task {
  id: number;
  title: string;
  assignee: string | null;
  department: { code: string };
  dueAt: string;
  workingDaysLeft: number | null;
  state: string;
}

interface Detail extends Task {
  why: string;
  rule: string;
  doneBy: string | null;
  history: { kind: string; at: string; actor: string | null; text: string; told: { name: string }[] }[];
}

let api: TestApi;
let code: string;

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 60 });
  api.clock.now = new Date('2026-04-01T02:00:00Z');
  const { db, city, clock } = api;
  await buildUser(db, {
    username: 'east-supervisor',
    role: 'supervisor',
    department: 'DCS',
    region: '691101',
  });
  const officials = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  code = await officials.campaignAt('dispatched', { visitTo: '2026-04-10', yearlyCap: {} });
});

afterAll(() => api.stop());

async function tasks(username: string, query: Record<string, string> = {}): Promise<Task[]> {
  const caller = await api.signedIn(username);
  return (await caller.get<{ rows: Task[] }>('listTasks', { query: { limit: 200, ...query } })).rows;
}

const detail = async (username: string, id: number) =>
  (await api.signedIn(username)).get<Detail>('readTask', { params: { id } });

test('working days are counted, and the rule names the draw and the team', async () => {
  const [task] = await tasks('scjg-0001');
  // Friday 10 April, and three working days: Wednesday the 15th.
  expect(task).toMatchObject({ dueAt: '2026-04-15T15:59:59.000Z', workingDaysLeft: 9, state: 'open' });
  const mine = await detail('scjg-0001', task?.id ?? 0);
  expect(mine.why).toBe('您是该户的检查人员（随机匹配）');
  expect(mine.rule).toContain('由第 1 次抽取仪式抽中');
  expect(mine.rule).toContain('SCJG-0001（SCJG-0001）');
  expect(mine.history.map((one) => one.kind)).toEqual(['created']);
});

test('the history tells every reminder, to whom, and who did it', async () => {
  const [task] = await tasks('scjg-0001');
  const id = task?.id ?? 0;
  for (const day of ['2026-04-08', '2026-04-14', '2026-04-15', '2026-04-16', '2026-04-20', '2026-04-22'])
    await sweepOn(api, code, day);
  const { history, state, workingDaysLeft } = await detail('scjg-0001', id);
  expect({ state, workingDaysLeft }).toEqual({ state: 'overdue', workingDaysLeft: -5 });
  expect(history.map((one) => [one.at.slice(0, 10), one.kind])).toEqual([
    ['2026-04-01', 'created'],
    ['2026-04-08', 'reminded'],
    ['2026-04-14', 'reminded'],
    ['2026-04-15', 'reminded'],
    ['2026-04-16', 'told-overdue'],
    ['2026-04-20', 'urged'],
    ['2026-04-20', 'order'],
    ['2026-04-22', 'escalated'],
  ]);
  const told = (kind: string) => history.find((one) => one.kind === kind)?.told.map(({ name }) => name);
  expect(told('reminded')).toEqual(['scjg-0001']);
  expect(told('told-overdue')).toEqual(['scjg-liaison', 'scjg-head', 'scjg-0001']);
  expect(told('escalated')).toEqual(['approver', 'supervisor', 'east-supervisor']);
  await handInResults(api.db, code, api.clock.now);
  const done = await detail('scjg-0001', id);
  expect(done.state).toBe('done-late');
  expect(done.history.at(-1)).toMatchObject({ kind: 'done', actor: done.doneBy });
  expect(done.doneBy).not.toBeNull();
  expect(done.workingDaysLeft).toBeNull();
});

test('others do not see it, and the oversight of a county has its own', async () => {
  const all = await tasks('supervisor', { scope: 'all', state: 'any', kind: 'results' });
  const inEast = await tasks('east-supervisor', { scope: 'all', state: 'any', kind: 'results' });
  expect(inEast.length).toBeGreaterThan(0);
  expect(inEast.length).toBeLessThan(all.length);
  const seen = new Set(inEast.map((task) => task.id));
  const west = all.find((task) => !seen.has(task.id) && task.department.code === 'WJW');
  const stranger = await api.signedIn('east-supervisor');
  expect(await stranger.refused('readTask', { params: { id: west?.id ?? 0 } })).toMatchObject({
    status: 404,
    type: 'task-not-found',
  });
  expect(await stranger.refused('readTask', { params: { id: 999_999 } })).toMatchObject({ status: 404 });
});

test('a table that the database refuses is a problem in words, not a file that never ends', async () => {
  const supervisor = await api.signedIn('supervisor');
  for (const id of ['listTasks', 'downloadTasksCsv'] as const)
    expect(await supervisor.refused(id, { query: { campaign: 'a\u0000b' } })).toMatchObject({ status: 422 });
});

test('lists are filtered and downloaded as they are filtered', async () => {
  const query = { scope: 'all', state: 'any', kind: 'results', department: 'WJW' };
  const rows = await tasks('supervisor', query);
  expect(new Set(rows.map((row) => row.department.code))).toEqual(new Set(['WJW']));
  expect(await tasks('supervisor', { ...query, dueTo: '2026-04-14' })).toEqual([]);
  expect(await tasks('supervisor', { ...query, dueFrom: '2026-04-15', dueTo: '2026-04-15' })).toHaveLength(
    rows.length,
  );
  // A liaison can't read another department's by asking for it.
  expect(await tasks('xfj-liaison', { ...query, scope: 'department' })).toEqual([]);
  const supervisor = await api.signedIn('supervisor');
  const { body } = await supervisor.call('downloadTasksCsv', { query });
  expect(String(body).trim().split('\n')).toHaveLength(rows.length + 1);
  expect(body).toContain('录入检查结果');
  const xlsx = await supervisor.call('downloadTasksXlsx', { query });
  expect(String(xlsx.body).slice(0, 2)).toBe('PK');
  expect(await supervisor.refused('listTasks', { query: { kind: 'nonsense' } })).toMatchObject({
    status: 422,
    fields: [{ field: 'query.kind' }],
  });
});
