/** What is secret in a request is neither in the log nor in an answer, whatever becomes of the request. */
import { PASSWORD } from '../../support/build-city';
import { caller, cookieOf, startTestApi, type TestApi } from '../api/support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.stop());

const CANARY = 'c4n4ry-9f31-secret-of-the-request';

const raw = (path: string, init: RequestInit): Promise<Response> => fetch(`${api.url}/api/v1${path}`, init);

const json = { 'content-type': 'application/json' };

/** Requests that are refused, break or fail, with the canary wherever a secret may be. */
const REQUESTS: [string, () => Promise<Response>][] = [
  [
    'a password that is wrong',
    () =>
      raw('/session', {
        ...{ method: 'POST', headers: json },
        body: JSON.stringify({ username: 'lead', password: CANARY }),
      }),
  ],
  [
    'a password in place of the name',
    () =>
      raw('/session', {
        ...{ method: 'POST', headers: json },
        body: JSON.stringify({ username: CANARY, password: 'x' }),
      }),
  ],
  [
    'a body that is no JSON',
    () => raw('/session', { method: 'POST', headers: json, body: `{"password":"${CANARY}` }),
  ],
  [
    'a field of another kind',
    () =>
      raw('/session', {
        ...{ method: 'POST', headers: json },
        body: JSON.stringify({ username: 'lead', password: { [CANARY]: CANARY } }),
      }),
  ],
  ['a cookie of no session', () => raw('/session', { headers: { cookie: `onevisit_session=${CANARY}` } })],
  ['a key of nobody', () => raw('/entities', { headers: { authorization: `Bearer ov_${CANARY}` } })],
  [
    'another kind of authorization',
    () => raw('/entities', { headers: { authorization: `Basic ${CANARY}` } }),
  ],
  ['the address of a calendar', () => raw(`/calendar/${CANARY}/tasks.ics`, {})],
  ['a query', () => raw(`/entities?q=${CANARY}`, {})],
];

test.each(REQUESTS)('%s', async (_, send) => {
  const response = await send();
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(await response.text()).not.toContain(CANARY);
  expect(api.log.join('\n')).not.toContain(CANARY);
});

test('a failure of ours is logged with what broke, without what was sent', async () => {
  const { headers } = await api.nobody.call('signIn', { body: { username: 'lead', password: PASSWORD } });
  const lead = caller(api.url, cookieOf(headers));
  await api.db.raw('alter table users rename column password_hash to password_gone');
  try {
    const response = await raw('/account/password', {
      method: 'PUT',
      headers: { ...json, cookie: lead.cookie ?? '' },
      body: JSON.stringify({ current: CANARY, password: `${CANARY} new` }),
    });
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain(CANARY);
    expect(text).not.toMatch(/password_|users|\.ts:|node_modules/);
  } finally {
    await api.db.raw('alter table users rename column password_gone to password_hash');
  }
  const log = api.log.join('\n');
  expect(log).toContain('password_hash');
  expect(log).not.toContain(CANARY);
  expect(log).not.toContain((lead.cookie ?? '').split('=')[1]);
});

test('neither passwords nor tokens of those who signed in are in the log', async () => {
  const lead = await api.signedIn('lead');
  await lead.get('whoAmI');
  const log = api.log.join('\n');
  expect(log).not.toContain(PASSWORD);
  expect(log).not.toContain((lead.cookie ?? '').split('=')[1]);
});
