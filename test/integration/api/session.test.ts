import { disableUser, setPassword } from '../../../db/users';
import { buildUser, PASSWORD } from '../../support/build-city';
import { caller, cookieOf, startTestApi, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.stop());

const signIn = (username: string, password = PASSWORD) =>
  api.nobody.call('signIn', { body: { username, password } });

const newUser = (username: string) => buildUser(api.db, { username, role: 'liaison', department: 'WJW' });

test('who signs in gets a cookie that scripts and other sites cannot use, and is known by it', async () => {
  const { status, headers, body } = await signIn('WJW-Liaison');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    username: 'wjw-liaison',
    grants: [{ role: 'liaison', department: 'WJW', region: '691100' }],
  });
  expect(headers.getSetCookie()).toHaveLength(1);
  expect(headers.getSetCookie()[0]).toMatch(
    /^onevisit_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const person = caller(api.url, cookieOf(headers));
  expect(await person.get('whoAmI')).toEqual(body);
});

test('the database holds no token that would open a session', async () => {
  const token = cookieOf((await signIn('lead')).headers).split('=')[1] ?? '';
  const stored = await api.db('sessions').select<{ token_hash: string }[]>('token_hash');
  expect(stored.length).toBeGreaterThan(0);
  expect(stored.map((row) => row.token_hash)).not.toContain(token);
  for (const { token_hash } of stored) {
    expect(await caller(api.url, `onevisit_session=${token_hash}`).refused('whoAmI')).toMatchObject({
      status: 401,
    });
  }
});

test('over HTTPS the cookie never travels in the clear', async () => {
  const secure = await startTestApi({ secureCookies: true });
  try {
    const { headers } = await secure.nobody.call('signIn', {
      body: { username: 'lead', password: PASSWORD },
    });
    expect(headers.getSetCookie()[0]).toContain('; Secure');
    expect(headers.get('strict-transport-security')).not.toBeNull();
  } finally {
    await secure.stop();
  }
});

test('a wrong password and an unknown user are told apart by nobody', async () => {
  const wrong = await api.nobody.refused('signIn', { body: { username: 'lead', password: 'wrong' } });
  const unknown = await api.nobody.refused('signIn', { body: { username: 'no-such', password: 'wrong' } });
  expect(wrong).toMatchObject({ status: 401, type: 'wrong-credentials' });
  expect({ ...unknown, requestId: '' }).toEqual({ ...wrong, requestId: '' });
});

test('guessing stops after ten failures, for that name only, and may go on after a quarter of an hour', async () => {
  await newUser('guessed');
  for (let i = 0; i < 10; i++) {
    expect((await signIn('guessed', `guess ${i}`)).status).toBe(401);
  }
  // The right password is refused as well: an attacker must not learn that it was right.
  const refused = await api.nobody.refused('signIn', { body: { username: 'Guessed', password: PASSWORD } });
  expect(refused).toMatchObject({ status: 429, type: 'too-many-attempts' });
  expect(refused.detail).toContain('15 分钟');
  expect((await signIn('lead')).status).toBe(200);
  api.clock.now = new Date(Date.now() + 15 * 60_000 + 1000);
  expect((await signIn('guessed')).status).toBe(200);
  api.clock.now = new Date();
});

test('a session ends when its person signs out', async () => {
  const { headers } = await signIn('credit');
  const person = caller(api.url, cookieOf(headers));
  const out = await person.call('signOut');
  expect(out.status).toBe(204);
  expect(out.headers.getSetCookie()[0]).toContain('onevisit_session=; Max-Age=0');
  expect(await person.refused('whoAmI')).toMatchObject({ status: 401 });
});

test('a session ends by itself after its hours', async () => {
  const person = caller(api.url, cookieOf((await signIn('credit')).headers));
  api.clock.now = new Date(Date.now() + 12 * 3_600_000 + 1000);
  expect(await person.refused('whoAmI')).toMatchObject({ status: 401, type: 'not-signed-in' });
  api.clock.now = new Date();
});

test('a disabled person is out at once and stays out; a new password ends the sessions of the old one', async () => {
  await newUser('leaver');
  const person = caller(api.url, cookieOf((await signIn('leaver')).headers));
  await disableUser(api.db, 'leaver');
  expect(await person.refused('whoAmI')).toMatchObject({ status: 401 });
  expect((await signIn('leaver')).status).toBe(401);

  await newUser('forgetful');
  const before = caller(api.url, cookieOf((await signIn('forgetful')).headers));
  const { password_hash } = (await api.db('users').where({ username: 'lead' }).first()) as {
    password_hash: string;
  };
  await setPassword(api.db, 'forgetful', password_hash);
  expect(await before.refused('whoAmI')).toMatchObject({ status: 401 });
});

test('signing in is on record, without the password', async () => {
  await signIn('supervisor');
  const entry = (await api
    .db('audit_log')
    .where({ action: 'session.begin', subject: 'user/supervisor' })
    .first()) as Record<string, unknown>;
  expect(entry).toMatchObject({ actor_id: api.city.users['supervisor'], address: '127.0.0.1' });
  expect(JSON.stringify(entry)).not.toContain(PASSWORD);
});

test("the log holds neither names, nor passwords, nor sessions' tokens", async () => {
  api.log.length = 0;
  const { headers } = await signIn('lead');
  const person = caller(api.url, cookieOf(headers));
  await person.get('listEntities', { query: { q: '云溪餐饮' } });
  const lines = api.log.join('');
  expect(lines).toContain('/api/v1/entities');
  expect(lines).not.toContain(PASSWORD);
  expect(lines).not.toContain(cookieOf(headers).split('=')[1]);
  expect(decodeURIComponent(lines)).not.toContain('云溪餐饮');
});
