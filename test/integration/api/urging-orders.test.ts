/** Urging orders by hand: who may, about what, answered in rounds, withdrawn; the register and its export. */
import { dayOf, instantOf, shift } from '../../../domain/deadlines/working-days';
import { buildUser } from '../../support/build-city';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Caller, type TestApi } from './support';

interface Order {
  number: string;
  status: string;
  dueAt: string | null;
  addressee: string | null;
  rounds: { answer: string | null; decision: string | null; isLate: boolean; dueAt: string }[];
  concerned: { id: number; title: string; state: string }[];
  withdrawal: { reason: string } | null;
  mayAnswer: boolean;
  mayDecide: boolean;
  mayWithdraw: boolean;
}

let api: TestApi;
let campaign: string;
let supervisor: Caller;
let liaison: Caller;
let today: string;

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 30 });
  const { db, city } = api;
  for (const [username, role, department, region] of [
    ['east-supervisor', 'supervisor', 'DCS', '691101'],
    ['wjw-head', 'approver', 'WJW', '691100'],
  ] as const) {
    await buildUser(db, { username, role, department, region });
  }
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 500_000, minimum: 1 }));
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  campaign = await campaignAt('dispatched', { strata, yearlyCap: { A: null, B: null, C: null, D: null } });
  supervisor = await api.signedIn('supervisor');
  liaison = await api.signedIn('wjw-liaison');
  today = dayOf(api.clock.now);
});

afterAll(() => api.stop());

const bodyOf = (more: object = {}) => ({
  campaign,
  department: 'WJW',
  demand: '请说明检查结果迟迟未录入的原因，并于期限内补录。',
  answerBy: shift(today, 2),
  ...more,
});

const issue = (more: object = {}, who: Caller = supervisor) =>
  who.get<Order>('issueUrgingOrder', { body: bodyOf(more) });

const refusedIssue = (more: object, who: Caller = supervisor) =>
  who.refused('issueUrgingOrder', { body: bodyOf(more) });

const tasksOf = (department: string, region?: string) =>
  api
    .db('tasks as t')
    .join('visits as v', 'v.id', 't.visit_id')
    .join('entities as e', 'e.id', 'v.entity_id')
    .where({ department_code: department, kind: 'results', ...(region ? { 'e.region_code': region } : {}) })
    .orderBy('t.id')
    .pluck<number[]>('t.id');

test('from issue through a returned answer to its acceptance, all of it on record', async () => {
  const [task = 0] = await tasksOf('WJW');
  const order = await issue({ tasks: [task] });
  expect(order.number).toMatch(new RegExp(`^DB-${today.slice(0, 4)}-\\d{4}$`));
  expect(order).toMatchObject({
    status: 'issued',
    addressee: 'wjw-liaison',
    dueAt: instantOf(shift(today, 2), '23:59:59').toISOString(),
    concerned: [{ id: task, state: 'open' }],
  });
  const params = { number: order.number };
  const owed = () =>
    api
      .db('tasks')
      .whereRaw(`key like ?`, [`answer-urging/${order.number}/%`])
      .whereNull('done_at')
      .whereNull('cancelled_at')
      .pluck<string[]>('key');
  expect(await owed()).toEqual([`answer-urging/${order.number}/1`]);
  const told = await api
    .db('notices as n')
    .join('users as u', 'u.id', 'n.recipient_id')
    .where({ kind: 'urging-order' })
    .orderBy('username')
    .pluck<string[]>('username');
  expect(told).toEqual(['wjw-head', 'wjw-liaison']);

  expect(await supervisor.refused('acceptAnswer', { params, body: {} })).toMatchObject({
    type: 'order-not-answered',
    status: 409,
  });
  const answer = { answer: '系统故障，明日补录完毕。' };
  expect(
    await (await api.signedIn('xfj-liaison')).refused('answerUrgingOrder', { params, body: answer }),
  ).toMatchObject({ type: 'order-not-found', status: 404 });
  expect((await liaison.get<Order>('answerUrgingOrder', { params, body: answer })).mayAnswer).toBe(false);
  expect(await owed()).toEqual([]);
  expect(await liaison.refused('answerUrgingOrder', { params, body: answer })).toMatchObject({
    type: 'order-answered',
  });

  expect(await supervisor.refused('returnAnswer', { params, body: { note: ' ' } })).toMatchObject({
    status: 422,
    fields: [{ field: 'note', message: '退回请写明理由' }],
  });
  expect(
    await supervisor.refused('returnAnswer', {
      params,
      body: { note: '写明日期', answerBy: shift(today, -1) },
    }),
  ).toMatchObject({ fields: [{ field: 'answerBy' }] });
  const returned = await supervisor.get<Order>('returnAnswer', {
    params,
    body: { note: '写明日期', answerBy: shift(today, 1) },
  });
  expect(returned).toMatchObject({
    status: 'returned',
    dueAt: instantOf(shift(today, 1), '23:59:59').toISOString(),
    rounds: [
      { answer: answer.answer, decision: 'returned' },
      { answer: null, decision: null },
    ],
  });
  // The head of the department may answer too, here a day late.
  api.clock.now = new Date(api.clock.now.getTime() + 2 * 86_400_000);
  const head = await api.signedIn('wjw-head');
  await head.get('answerUrgingOrder', { params, body: { answer: '已于昨日补录完毕。' } });
  const accepted = await supervisor.get<Order>('acceptAnswer', { params, body: { note: '同意' } });
  api.clock.now = new Date(api.clock.now.getTime() - 2 * 86_400_000);
  expect(accepted.status).toBe('accepted');
  expect(accepted.rounds.map((round) => [round.decision, round.isLate])).toEqual([
    ['returned', false],
    ['accepted', true],
  ]);
  const actions = await api
    .db('audit_log')
    .where({ subject: `urging-order/${order.number}` })
    .orderBy('seq')
    .pluck<string[]>('action');
  expect(actions).toEqual(
    ['issue', 'answer', 'return', 'answer', 'accept'].map((action) => `urging-order.${action}`),
  );
});

test('numbers follow each other; one is used once only, also when an order is not issued', async () => {
  const [first, second] = [await issue(), await issue({ department: 'XFJ' })];
  await refusedIssue({ tasks: [999_999] });
  const third = await issue();
  const n = ({ number }: Order) => Number(number.split('-')[2]);
  expect([n(second) - n(first), n(third) - n(second)]).toEqual([1, 1]);
  const key = { 'Idempotency-Key': 'once' };
  const twice = () => supervisor.get<Order>('issueUrgingOrder', { body: bodyOf(), headers: key });
  expect((await twice()).number).toBe((await twice()).number);
});

test('what is wrong with an order is said at its field', async () => {
  const [own = 0] = await tasksOf('WJW');
  const [other = 0] = await tasksOf('XFJ');
  const fieldsOf = async (more: object) =>
    (await refusedIssue(more)).fields?.map(({ field, message }) => `${field}: ${message}`);
  expect(await fieldsOf({ demand: '快' })).toEqual(['demand: 请写明督办事项和要求']);
  expect(await fieldsOf({ answerBy: shift(today, -1) })).toEqual(['answerBy: 答复期限不能早于今天']);
  expect(await fieldsOf({ answerBy: '2026-02-30' })).toHaveLength(1);
  expect(await fieldsOf({ department: 'NOWHERE' })).toEqual(['department: 没有这个部门，请选择名单中的部门']);
  expect(await fieldsOf({ addressee: api.city.users['xfj-liaison'] })).toEqual([
    'addressee: 该部门没有这位联络员、经办人或负责人，请重新选择',
  ]);
  expect(await fieldsOf({ tasks: [own, other] })).toEqual([
    'tasks: 其中 1 项不是该部门在这里的未办任务，或不在您督查的地区，请重新选择',
  ]);
  expect(await fieldsOf({ tasks: [own, own] })).toEqual(['tasks: 同一项任务不能选两次']);
  expect(await fieldsOf({ campaign: null })).toEqual(['campaign: 请选择一个任务或一个年度计划，二者选一']);
  expect(await refusedIssue({ campaign: 'NO-SUCH' })).toMatchObject({ status: 404 });
  expect(await refusedIssue({ campaign: null, planYear: 2031 })).toMatchObject({
    type: 'annual-plan-not-found',
  });
});

test('a campaign whose deadlines nobody watches can’t be urged about', async () => {
  const { campaignAt } = campaignDriver({ db: api.db, city: api.city, ...runActivities(api.db) });
  const draft = await campaignAt('submitted');
  expect(await refusedIssue({ campaign: draft })).toMatchObject({ type: 'campaign-stage', status: 409 });
});

test('about a published annual plan: the answer is owed to the plan', async () => {
  const year = Number(today.slice(0, 4));
  await api.db('annual_plans').insert({
    ...{
      year,
      stage: 'published',
      version: 1,
      published_at: api.clock.now,
      created_by: api.city.users['coordinator'],
    },
    deadline_policy: JSON.stringify({
      ...{ unit: 'working-days', digestAt: '08:30' },
      durations: { sealing: 2, revealing: 2, results: 3, publication: 20, answer: 3, rectification: 15 },
      steps: [{ name: 'overdue', offset: 1, action: 'overdue' }],
    }),
  });
  const { number } = await issue({ campaign: null, planYear: year });
  expect(
    await api
      .db('tasks')
      .where({ key: `answer-urging/${number}/1` })
      .select('plan_year', 'campaign_id'),
  ).toEqual([{ plan_year: year, campaign_id: null }]);
  const params = { number };
  await liaison.get('answerUrgingOrder', { params, body: { answer: '下周启动，已排定日期。' } });
  // Without a date of its own the answer has the plan's time.
  await supervisor.get('returnAnswer', { params, body: { note: '写明日期' } });
  expect(await liaison.get('readUrgingOrder', { params })).toMatchObject({ planYear: year, campaign: null });
});

test('a county’s supervision urges about its county’s tasks, and decides on its own orders', async () => {
  const east = await api.signedIn('east-supervisor');
  const [inEast = 0] = await tasksOf('WJW', '691101');
  const [inWest = 0] = await tasksOf('WJW', '691102');
  expect(await refusedIssue({}, east)).toMatchObject({ type: 'other-area', status: 403 });
  expect(await refusedIssue({ tasks: [inEast, inWest] }, east)).toMatchObject({ status: 422 });
  const { number } = await issue({ tasks: [inEast] }, east);
  await liaison.get('answerUrgingOrder', { params: { number }, body: { answer: '本周内补录完毕。' } });
  expect(await east.get('acceptAnswer', { params: { number }, body: {} })).toMatchObject({
    status: 'accepted',
  });
  const city = await issue();
  expect(
    await east.refused('withdrawUrgingOrder', { params: { number: city.number }, body: { reason: '误' } }),
  ).toMatchObject({ type: 'other-area' });
});

test('an order issued by mistake is withdrawn: nothing is owed, the record stays', async () => {
  const { number } = await issue();
  const params = { number };
  expect(await liaison.refused('withdrawUrgingOrder', { params, body: { reason: '不' } })).toMatchObject({
    type: 'wrong-role',
  });
  expect(await supervisor.refused('withdrawUrgingOrder', { params, body: { reason: '' } })).toMatchObject({
    status: 422,
  });
  const withdrawn = await supervisor.get<Order>('withdrawUrgingOrder', {
    params,
    body: { reason: '部门已经录入' },
  });
  expect(withdrawn).toMatchObject({
    ...{ status: 'withdrawn', dueAt: null, mayWithdraw: false, mayDecide: false },
    withdrawal: { reason: '部门已经录入' },
  });
  expect(
    await api
      .db('tasks')
      .where({ key: `answer-urging/${number}/1` })
      .whereNull('cancelled_at'),
  ).toEqual([]);
  expect(
    await liaison.refused('answerUrgingOrder', { params, body: { answer: '本周内完成。' } }),
  ).toMatchObject({ detail: `督办单 ${number} 已经撤回，不用答复。` });
  expect(await supervisor.refused('withdrawUrgingOrder', { params, body: { reason: '再' } })).toMatchObject({
    type: 'order-settled',
  });
});

test('who answered does not decide, whatever their offices', async () => {
  await api.db('user_roles').insert({
    ...{ user_id: api.city.users['supervisor'], role: 'approver' },
    ...{ department_code: 'WJW', region_code: '691100' },
  });
  const { number } = await issue();
  const params = { number };
  await supervisor.get('answerUrgingOrder', { params, body: { answer: '本周内完成。' } });
  expect(await supervisor.refused('acceptAnswer', { params, body: {} })).toMatchObject({
    type: 'own-answer',
  });
  await api
    .db('user_roles')
    .where({ department_code: 'WJW', role: 'approver', user_id: api.city.users['supervisor'] })
    .delete();
});

test('the register: filtered, by department, exported', async () => {
  const numbers = async (query: Record<string, string>, who: Caller = supervisor) =>
    (await who.get<{ rows: (Order & { department: { code: string } })[] }>('listUrgingOrders', { query }))
      .rows;
  expect((await numbers({ status: 'withdrawn' })).map((row) => row.withdrawal?.reason)).toEqual([
    '部门已经录入',
  ]);
  expect(new Set((await numbers({}, liaison)).map((row) => row.department.code))).toEqual(new Set(['WJW']));
  expect(await numbers({ origin: 'sweep' })).toEqual([]);
  expect(await numbers({ year: String(Number(today.slice(0, 4)) - 1) })).toEqual([]);
  expect(await numbers({ late: 'true' })).toEqual([]);
  api.clock.now = new Date(api.clock.now.getTime() + 5 * 86_400_000);
  const late = await numbers({ late: 'true' });
  api.clock.now = new Date(api.clock.now.getTime() - 5 * 86_400_000);
  expect(new Set(late.map((row) => row.status))).toEqual(new Set(['issued', 'returned']));
  expect(late.length).toBeGreaterThan(2);

  const { body } = await supervisor.call('downloadUrgingOrdersCsv', { query: { status: 'withdrawn' } });
  expect(String(body).split('\n')[1]).toContain('已撤回');
  const { status, headers } = await supervisor.call('downloadUrgingOrdersXlsx', {});
  expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
  const inspector = await api.signedIn('xfj-0001');
  expect((await numbers({}, inspector)).map((row) => row.department.code)).toEqual(['XFJ']);
  expect(await liaison.refused('readUrgingOrder', { params: { number: 'DB-2026-99999' } })).toMatchObject({
    type: 'order-not-found',
  });
});
