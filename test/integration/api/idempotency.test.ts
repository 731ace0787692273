import { takeKey } from '../../../db/idempotency';
import { startTestApi, type Caller, type TestApi } from './support';

let api: TestApi;
let liaison: Caller;

beforeAll(async () => {
  api = await startTestApi();
  liaison = await api.signedIn('wjw-liaison');
});

afterAll(() => api.stop());

const creation = (code: string, name = '检查') => ({
  code,
  departmentCode: 'WJW',
  draft: { name, category: 'general', methods: ['on-site'], legalBases: [] },
});

const create = (key: string, code: string, name?: string, who = liaison) =>
  who.call('createItem', { body: creation(code, name), headers: { 'idempotency-key': key } });

test('a repeated request gets the first answer, and nothing happens again', async () => {
  const first = await create('key-1', 'WJW-A');
  expect(first.status).toBe(201);
  const again = await create('key-1', 'WJW-A');
  expect({ status: again.status, body: again.body }).toEqual({ status: 201, body: first.body });
  expect(await api.db('item_versions').where({ item_code: 'WJW-A' })).toHaveLength(1);
  expect(await api.db('audit_log').where({ subject: 'item/WJW-A' })).toHaveLength(1);
});

test('without a key the repetition is a request of its own', async () => {
  await liaison.get('createItem', { body: creation('WJW-B') });
  expect(await liaison.refused('createItem', { body: creation('WJW-B') })).toMatchObject({ status: 409 });
});

test('a key that was used for something else is refused', async () => {
  await create('key-2', 'WJW-C');
  const { status, body } = await create('key-2', 'WJW-C', '另一个名称');
  expect(status).toBe(422);
  expect(body).toMatchObject({ type: 'idempotency-key-reused' });
});

test('the same key of another person is another key', async () => {
  await create('key-3', 'WJW-D');
  const other = await api.signedIn('xfj-liaison');
  const body = { ...creation('XFJ-D'), departmentCode: 'XFJ' };
  const { status } = await other.call('createItem', { body, headers: { 'idempotency-key': 'key-3' } });
  expect(status).toBe(201);
});

test('of requests at the same time one is carried out; the others get its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => create('key-4', 'WJW-E')));
  const [first] = answers;
  for (const { status, body } of answers)
    expect({ status, body }).toEqual({ status: 201, body: first?.body });
  expect(await api.db('audit_log').where({ subject: 'item/WJW-E' })).toHaveLength(1);
});

test('a refused request may be mended and sent again with its key', async () => {
  const wrong = await liaison.call('createItem', {
    body: { ...creation('XFJ-F'), departmentCode: 'XFJ' },
    headers: { 'idempotency-key': 'key-5' },
  });
  expect(wrong.status).toBe(403);
  expect((await create('key-5', 'WJW-F')).status).toBe(201);
});

test('what a process had begun when it died is undone, and done by the repeated request', async () => {
  const dying = await api.db.transaction();
  await takeKey(dying, api.city.users['wjw-liaison'] ?? 0, 'key-6', 'of the same request');
  const { rows } = await dying.raw<{ rows: [{ pid: number }] }>('select pg_backend_pid() as pid');
  const repeated = create('key-6', 'WJW-G');
  await api.db.raw('select pg_terminate_backend(?)', [rows[0].pid]);
  expect((await repeated).status).toBe(201);
  expect(await api.db('audit_log').where({ subject: 'item/WJW-G' })).toHaveLength(1);
  await dying.rollback().catch(() => undefined);
});

test('a plan is made once, also while workflows are out of reach', async () => {
  const lead = await api.signedIn('lead');
  const body = {
    name: '餐饮场所联合抽查',
    leadDepartment: 'SCJG',
    regions: ['691100'],
    mode: 'joint',
    items: ['SCJG-001', 'WJW-001'],
    visitFrom: '2099-01-04',
    visitTo: '2099-03-31',
  };
  const plan = () => lead.call('createCampaign', { body, headers: { 'idempotency-key': 'key-7' } });
  const first = await plan();
  expect(first.status).toBe(201);
  expect((await plan()).body).toEqual(first.body);
  expect(await api.db('campaigns')).toHaveLength(1);
});

test('a key must be short and plain', async () => {
  for (const key of ['a'.repeat(201), 'with blank', '']) {
    const { status, body } = await create(key, 'WJW-H');
    expect({ key, status }).toEqual({ key, status: 422 });
    expect(body).toMatchObject({ type: 'bad-idempotency-key' });
  }
});
