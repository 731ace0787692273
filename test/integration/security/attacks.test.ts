/** What attackers send, and what becomes of it. */
import { PASSWORD } from '../../support/build-city';
import { caller, cookieOf, startTestApi, type Caller, type TestApi } from '../api/support';

let api: TestApi;
let liaison: Caller;

beforeAll(async () => {
  api = await startTestApi();
  liaison = await api.signedIn('wjw-liaison');
});

afterAll(() => api.stop());

const draftOf = (code: string, more: Record<string, unknown> = {}) => ({
  code,
  departmentCode: 'WJW',
  draft: { name: '检查', category: 'general', methods: ['on-site'], legalBases: [] },
  ...more,
});

test('text with SQL in it is text, in each filter of a list', async () => {
  const before = await api.db('entities').count('*');
  for (const q of [
    "' or '1'='1",
    "'; drop table entities; --",
    '%%',
    '__',
    '\\\\',
    "云溪') union select 1 --",
  ]) {
    const { rows } = await liaison.get<{ rows: { name: string }[] }>('listEntities', { query: { q } });
    expect({ q, names: rows.filter(({ name }) => !name.includes(q)) }).toEqual({ q, names: [] });
  }
  expect(await api.db('entities').count('*')).toEqual(before);
});

test('a session that an attacker has prepared is never that of who signs in', async () => {
  const prepared = 'onevisit_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
  const { headers, status } = await caller(api.url, prepared).call('signIn', {
    body: { username: 'lead', password: PASSWORD },
  });
  expect(status).toBe(200);
  expect(cookieOf(headers)).not.toBe(prepared);
  expect(await caller(api.url, prepared).refused('whoAmI')).toMatchObject({ status: 401 });
});

test.each([
  ['cross-site', 403],
  ['same-site', 403],
  ['same-origin', 200],
  ['none', 200],
])('a request that a browser calls %s is answered %i', async (site, status) => {
  const { headers } = await api.nobody.call('signIn', { body: { username: 'credit', password: PASSWORD } });
  const person = caller(api.url, cookieOf(headers));
  expect((await person.call('signOut', { headers: { 'sec-fetch-site': site } })).status).toBe(status);
});

test('two who sign out of one session at once, or read while it ends, meet no failure of ours', async () => {
  const { headers } = await api.nobody.call('signIn', { body: { username: 'credit', password: PASSWORD } });
  const person = caller(api.url, cookieOf(headers));
  const answers = await Promise.all([
    ...[person.call('signOut'), person.call('signOut'), person.call('whoAmI'), person.call('whoAmI')],
  ]);
  for (const { status } of answers) expect([200, 204, 401]).toContain(status);
  expect(await person.refused('whoAmI')).toMatchObject({ status: 401 });
});

test("a line break in what goes into a header is none of the answer's", async () => {
  const response = await fetch(`${api.url}/api/v1/no-such%0d%0aSet-Cookie:%20a=b`, { redirect: 'manual' });
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(response.status).toBe(404);
});

test('paths that climb out of folders lead nowhere', async () => {
  for (const where of [
    '/..%2f..%2fpackage.json',
    '/api/docs/..%2f..%2fpackage.json',
    '/api/docs/%2e%2e/package.json',
  ]) {
    const answer = await fetch(`${api.url}${where}`);
    expect({ where, status: answer.status < 500 && answer.status >= 400 }).toEqual({ where, status: true });
    expect(await answer.text()).not.toContain('"onevisit"');
  }
});

test('a key of a request is of who sent it, and of what they sent', async () => {
  const headers = { 'idempotency-key': 'stolen' };
  expect((await liaison.call('createItem', { body: draftOf('WJW-K'), headers })).status).toBe(201);
  const other = await api.signedIn('xfj-liaison');
  const replayed = await other.call('createItem', { body: draftOf('WJW-K'), headers });
  expect(replayed.status).toBe(403);
  const changed = await liaison.call('createItem', { body: draftOf('WJW-L'), headers });
  expect(changed).toMatchObject({ status: 422, body: { type: 'idempotency-key-reused' } });
});

test('a failure of ours tells nothing of the inside', async () => {
  await api.db.raw('alter table regions rename to regions_gone');
  try {
    const response = await fetch(`${api.url}/api/v1/regions`);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/regions_gone|relation|select|\.ts|node_modules|at /);
    expect(JSON.parse(text)).toMatchObject({ type: 'internal' });
  } finally {
    await api.db.raw('alter table regions_gone rename to regions');
  }
});
