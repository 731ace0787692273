/** Longer time for a task, another person for it, and who stands in for somebody on leave. */
import { buildUser, PASSWORD } from '../../support/build-city';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';
import { sweepOn } from './sweep-on';

interface Task {
  id: number;
  kind: string;
  visitId: number;
  assignee: string | null;
  onBehalfOf: string | null;
  department: { code: string };
  dueAt: string;
}

interface Detail extends Task {
  standIn: string | null;
  doneBy: string | null;
  history: { kind: string; text: string; actor: string | null; told: { name: string }[] }[];
  extensions: { id: number; status: string; mayDecide: boolean; mayWithdraw: boolean }[];
  extension: { mayRequest: boolean; refusal: string | null; most: number };
  reassignment: { candidates: { id: number; name: string }[] } | null;
}

let api: TestApi;
let code: string;
const START = new Date('2026-04-01T02:00:00Z');

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 90 });
  api.clock.now = START;
  const { db, city, clock } = api;
  await buildUser(db, { username: 'lead-2', role: 'lead_officer', department: 'SCJG' });
  await buildUser(db, { username: 'wjw-deputy', role: 'inspector', department: 'WJW' });
  await buildUser(db, { username: 'wjw-clerk', role: 'liaison', department: 'WJW' });
  const officials = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  code = await officials.campaignAt('dispatched', { visitTo: '2026-04-10', yearlyCap: {} });
});

afterAll(() => api.stop());

beforeEach(() => {
  api.clock.now = START;
});

const as = (username: string) => api.signedIn(username);

async function tasksOf(username: string, query: Record<string, string> = {}): Promise<Task[]> {
  return (await (await as(username)).get<{ rows: Task[] }>('listTasks', { query: { limit: 200, ...query } }))
    .rows;
}

const detail = async (username: string, id: number) =>
  (await as(username)).get<Detail>('readTask', { params: { id } });

const asking = (id: number, change: object = {}) => ({
  params: { id },
  body: { amount: 2, reason: '对象停业整修，十五日后恢复', ...change },
});

const userId = async (username: string): Promise<number> => {
  const [row] = await api.db('users').where({ username }).select<{ id: number }[]>('id');
  return row?.id ?? 0;
};

test('longer time is asked for, decided by somebody else, and moves this task alone', async () => {
  const [task, other] = await tasksOf('scjg-0001');
  const id = task?.id ?? 0;
  const before = await detail('scjg-0001', id);
  expect(before.extension).toMatchObject({ mayRequest: true, refusal: null, most: 10 });
  const asked = await (await as('scjg-0001')).get<Detail>('requestExtension', asking(id));
  const extension = asked.extensions[0]?.id ?? 0;
  expect(asked.dueAt).toBe(before.dueAt);
  expect(await (await as('scjg-liaison')).refused('requestExtension', asking(id))).toMatchObject({
    type: 'extension-open',
  });
  const decision = { params: { id: extension }, body: { accepts: true, note: '' } };
  expect(await (await as('supervisor')).refused('decideExtension', decision)).toMatchObject({
    type: 'not-your-decision',
  });
  const waiting = await (await as('lead')).get<{ rows: Task[] }>('listAwaitingTasks');
  expect(waiting.rows.map((row) => row.id)).toEqual([id]);
  const after = await (await as('lead')).get<Detail>('decideExtension', decision);
  expect(after.dueAt).toBe('2026-04-17T15:59:59.000Z');
  expect(await (await as('lead')).refused('decideExtension', decision)).toMatchObject({
    type: 'extension-ended',
  });
  expect((await detail('scjg-0001', other?.id ?? 0)).dueAt).toBe(before.dueAt);
  // Reminded by its own due date: on the 15th the others are due, on the 16th it is the day before.
  for (const day of ['2026-04-08', '2026-04-14', '2026-04-15', '2026-04-16', '2026-04-17'])
    await sweepOn(api, code, day);
  const { history } = await detail('scjg-0001', id);
  expect(history.map((one) => one.kind)).toEqual([
    'created',
    'extension-requested',
    'extended',
    'reminded',
    'reminded',
    'reminded',
  ]);
  expect(await api.db('audit_log').where('action', 'like', 'task.%Extension')).toHaveLength(2);
  const told = await api.db('notices').where('kind', 'like', 'extension-%').orderBy('id').pluck('kind');
  expect(told).toEqual(['extension-requested', 'extension-requested', 'extension-decided']);
});

test('nobody decides on their own request; it can be withdrawn, or refused with a reason', async () => {
  const [task] = await tasksOf('lead', { scope: 'all', kind: 'results', department: 'SCJG' });
  const id = task?.id ?? 0;
  await api
    .db('tasks')
    .where({ id })
    .update({ assignee_id: await userId('lead') });
  const asked = await (await as('lead')).get<Detail>('requestExtension', asking(id));
  const open = (one: Detail) => one.extensions.at(-1);
  const extension = open(asked)?.id ?? 0;
  expect(open(asked)).toMatchObject({ mayDecide: false, mayWithdraw: true });
  const decision = (accepts: boolean, note = '') => ({ params: { id: extension }, body: { accepts, note } });
  expect(await (await as('lead')).refused('decideExtension', decision(true))).toMatchObject({
    type: 'own-submission',
  });
  expect(
    await (await as('lead-2')).refused('withdrawExtension', { params: { id: extension } }),
  ).toMatchObject({ type: 'not-your-request' });
  const withdrawn = await (await as('lead')).get<Detail>('withdrawExtension', { params: { id: extension } });
  expect(open(withdrawn)?.status).toBe('withdrawn');
  const again = open(await (await as('lead')).get<Detail>('requestExtension', asking(id)))?.id ?? 0;
  const refusal = (note: string) => ({ params: { id: again }, body: { accepts: false, note } });
  expect(await (await as('lead-2')).refused('decideExtension', refusal(''))).toMatchObject({
    fields: [{ field: 'note' }],
  });
  const refused = await (await as('lead-2')).get<Detail>('decideExtension', refusal('请按期办理'));
  expect(refused.dueAt).toBe(task?.dueAt);
  expect(refused.history.map((one) => one.kind)).toEqual([
    'created',
    'extension-requested',
    'extension-withdrawn',
    'extension-requested',
    'extension-refused',
  ]);
});

test('what can not be put off is refused with the reason', async () => {
  const [task] = await tasksOf('wjw-liaison', { scope: 'department', kind: 'results' });
  const id = task?.id ?? 0;
  const liaison = await as('wjw-liaison');
  expect(await liaison.refused('requestExtension', asking(id, { amount: 11 }))).toMatchObject({
    type: 'extension-too-long',
    fields: [{ field: 'amount', message: '不超过 10' }],
  });
  for (const change of [{ amount: 0 }, { amount: 1.5 }, { reason: '忙' }])
    expect((await liaison.refused('requestExtension', asking(id, change))).status).toBe(422);
  expect((await (await as('xfj-liaison')).refused('requestExtension', asking(id))).status).toBe(404);
  api.clock.now = new Date('2026-04-16T01:00:00Z');
  expect(await liaison.refused('requestExtension', asking(id))).toMatchObject({ type: 'extension-late' });
  // Publication: 20 working days by law, all of which the city's policy uses.
  const [deadline] = await api
    .db('deadlines')
    .insert({
      campaign_id: api.db('campaigns').where({ code }).select('id'),
      due_at: '2026-04-29T15:59:59Z',
      provisional: false,
      basis: JSON.stringify({ from: START.toISOString(), amount: 20 }),
    })
    .returning<{ id: number }[]>('id');
  const [publish] = await api
    .db('tasks')
    .insert({
      key: 'publish/test',
      kind: 'publish',
      campaign_id: api.db('campaigns').where({ code }).select('id'),
      department_code: 'SCJG',
      assignee_id: await userId('lead'),
      deadline_id: deadline?.id,
    })
    .returning<{ id: number }[]>('id');
  api.clock.now = START;
  const problem = await (await as('lead')).refused('requestExtension', asking(publish?.id ?? 0));
  expect(problem).toMatchObject({ type: 'extension-statutory' });
  expect(problem.detail).toContain('国发〔2019〕5号');
});

test('a task goes to another of the team, and results to nobody else', async () => {
  const [task] = await tasksOf('xfj-liaison', { scope: 'department', kind: 'results' });
  const id = task?.id ?? 0;
  const liaison = await as('xfj-liaison');
  const { reassignment } = await detail('xfj-liaison', id);
  expect(reassignment?.candidates.map((one) => one.name)).toEqual(['xfj-0002']);
  const giving = (assignee: number) => ({ params: { id }, body: { assignee, reason: '另有紧急任务' } });
  const outsider = await liaison.refused('reassignTask', giving(await userId('xfj-liaison')));
  expect(outsider).toMatchObject({ type: 'not-a-candidate', fields: [{ field: 'assignee' }] });
  expect(outsider.detail).toContain('检查组');
  const done = await liaison.get<Detail>('reassignTask', giving(await userId('xfj-0002')));
  expect(done.assignee).toBe('xfj-0002');
  expect(done.history.at(-1)).toMatchObject({
    kind: 'reassigned',
    actor: 'xfj-liaison',
    text: 'xfj-0001 → xfj-0002。另有紧急任务',
  });
  expect((await (await as('xfj-0001')).refused('reassignTask', giving(1))).type).toBe('wrong-role');
});

test('who is on leave is stood in for: tasks, notices and rights go to the delegate, and end by themselves', async () => {
  const [person, delegate] = [await userId('wjw-liaison'), await userId('wjw-deputy')];
  const leave = { person, delegate, from: '2026-04-01', until: '2026-04-09', reason: '年休假' };
  const own = await as('wjw-liaison');
  for (const [change, type] of [
    [{ until: '2026-03-31' }, 'delegation-days'],
    [{ delegate: person }, 'delegation-self'],
    [{ delegate: await userId('xfj-liaison') }, 'delegation-department'],
  ] as const)
    expect(await own.refused('createDelegation', { body: { ...leave, ...change } })).toMatchObject({ type });
  expect(await (await as('wjw-deputy')).refused('createDelegation', { body: leave })).toMatchObject({
    type: 'delegation-department',
  });
  const made = await own.get<{ id: number; state: string }>('createDelegation', { body: leave });
  expect(made.state).toBe('in-force');
  expect(await own.refused('createDelegation', { body: leave })).toMatchObject({
    type: 'delegation-overlaps',
  });
  // Already the answer to signing in has the roles that the delegate stands in with.
  const { body: signedIn } = await api.nobody.call('signIn', {
    body: { username: 'wjw-deputy', password: PASSWORD },
  });
  expect(signedIn).toEqual(await (await as('wjw-deputy')).get('whoAmI'));
  expect((signedIn as { grants: { role: string }[] }).grants.map(({ role }) => role)).toContain('liaison');
  // What the liaison is asked for.
  const [deadline] = await api
    .db('deadlines')
    .where({ due_at: '2026-04-15T15:59:59Z' })
    .pluck<number[]>('id');
  await api.db('tasks').insert({
    key: 'decide/test',
    kind: 'decide',
    campaign_id: api.db('campaigns').where({ code }).select('id'),
    department_code: 'WJW',
    assignee_id: person,
    deadline_id: deadline,
    created_at: START,
  });
  const seen = (await tasksOf('wjw-deputy')).find((task) => task.kind === 'decide');
  expect(seen).toMatchObject({ assignee: 'wjw-liaison', onBehalfOf: 'wjw-liaison' });
  expect((await tasksOf('wjw-liaison')).some((task) => task.id === seen?.id)).toBe(true);
  expect((await detail('wjw-deputy', seen?.id ?? 0)).standIn).toBe('wjw-deputy');
  await sweepOn(api, code, '2026-04-08');
  const inbox = async (username: string) =>
    (await (await as(username)).get<{ rows: { kind: string }[] }>('listNotices')).rows.map((row) => row.kind);
  expect(await inbox('wjw-deputy')).toContain('reminder');
  expect(await inbox('wjw-liaison')).toContain('reminder');
  // The delegate acts in the liaison's role: can ask for longer time.
  const asked = await (await as('wjw-deputy')).get<Detail>('requestExtension', asking(seen?.id ?? 0));
  expect(asked.history.at(-1)).toMatchObject({ kind: 'extension-requested', actor: 'wjw-deputy' });
  // It is over after its last day.
  api.clock.now = new Date('2026-04-10T01:00:00Z');
  expect(await tasksOf('wjw-deputy')).toEqual([]);
  expect(
    await (
      await as('wjw-deputy')
    ).refused('reassignTask', {
      params: { id: seen?.id ?? 0 },
      body: { assignee: 1, reason: '试试看能不能' },
    }),
  ).toMatchObject({ type: 'wrong-role' });
  const after = await own.get<{ rows: { state: string; mayEnd: boolean }[] }>('listDelegations');
  expect(after.rows).toMatchObject([{ state: 'over', mayEnd: false }]);
});

test('results go to a delegate only who is of the team, and it is said', async () => {
  api.clock.now = new Date('2026-04-02T01:00:00Z');
  const person = await userId('wjw-0001');
  const open = await tasksOf('wjw-0001');
  expect(open.length).toBeGreaterThan(0);
  const liaison = await as('wjw-liaison');
  const leave = { person, from: '2026-04-02', until: '2026-04-03', reason: '病假' };
  const made = await liaison.get<{ id: number; beyond: number }>('createDelegation', {
    body: { ...leave, delegate: await userId('wjw-deputy') },
  });
  expect(made.beyond).toBe(open.length);
  expect((await tasksOf('wjw-deputy')).filter((task) => task.kind === 'results')).toEqual([]);
  const ended = await liaison.get<{ state: string }>('endDelegation', { params: { id: made.id } });
  expect(ended.state).toBe('ended');
  expect(await liaison.refused('endDelegation', { params: { id: made.id } })).toMatchObject({
    type: 'delegation-ended',
  });
  const teammate = await liaison.get<{ beyond: number }>('createDelegation', {
    body: { ...leave, delegate: await userId('wjw-0002') },
  });
  expect(teammate.beyond).toBe(0);
  const taken = (await tasksOf('wjw-0002')).filter((task) => task.onBehalfOf === 'wjw-0001');
  expect(taken).toHaveLength(open.length);
});
