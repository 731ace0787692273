import { disableUser, setPassword } from '../../../db/users';
import { buildUser, PASSWORD } from '../../support/build-city';
import { caller, cookieOf, startTestApi, type TestApi } from './support';

let api: TestApi;
/** A town where a proxy in front says who calls. */
let behindProxy: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  behindProxy = await startTestApi({ trustProxy: 1 });
});

afterAll(async () => {
  await api.stop();
  await behindProxy.stop();
});

const signIn = (username: string, password = PASSWORD) =>
  api.nobody.call('signIn', { body: { username, password } });

const newUser = (username: string, { db } = behindProxy) =>
  buildUser(db, { username, role: 'liaison', department: 'WJW' });

test('who signs in gets a cookie that scripts and other sites cannot use, and is known by it', async () => {
  const { status, headers, body } = await signIn('WJW-Liaison');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    username: 'wjw-liaison',
    grants: [{ role: 'liaison', department: 'WJW', region: '691100' }],
  });
  expect(headers.getSetCookie()).toHaveLength(2);
  expect(headers.getSetCookie()[0]).toMatch(
    /^onevisit_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  // Tells the browser from strangers' the next time, and opens nothing.
  expect(headers.getSetCookie()[1]).toMatch(
    /^onevisit_device=[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/,
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
    for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/^__Host-\w+=.*; Path=\/; .*Secure/);
    const person = caller(secure.url, cookieOf(headers));
    expect(await person.get('whoAmI')).toMatchObject({ username: 'lead' });
    // A neighbour of the same domain can set a cookie without the prefix, and is not believed.
    const planted = caller(secure.url, cookieOf(headers).replace('__Host-', ''));
    expect(await planted.refused('whoAmI')).toMatchObject({ status: 401 });
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

/** From another address than that of the tests, without a cookie. */
const from = (address: string) => (username: string, password: string, cookie?: string) =>
  behindProxy.nobody.call('signIn', {
    body: { username, password },
    headers: { 'X-Forwarded-For': address, ...(cookie === undefined ? {} : { cookie }) },
  });

const fail = async (times: number, attempt: () => Promise<{ status: number }>) => {
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) statuses.push((await attempt()).status);
  return statuses;
};

/** What a browser sends back that somebody has signed in at. */
const deviceCookie = (headers: Headers): string => headers.getSetCookie()[1]?.split(';')[0] ?? '';

test('guessing at a name waits after five failures, twice as long after each more, and is told how long', async () => {
  await newUser('guessed');
  const stranger = from('192.0.2.1');
  expect(await fail(5, () => stranger('guessed', 'wrong'))).toEqual([401, 401, 401, 401, 401]);
  // The right password is refused as well: an attacker must not learn that it was right.
  const refused = await stranger('Guessed', PASSWORD);
  expect(refused).toMatchObject({ status: 429, body: { type: 'too-many-attempts' } });
  expect(refused.headers.get('retry-after')).toBe('30');
  behindProxy.clock.now = new Date(behindProxy.clock.now.getTime() + 30_000);
  expect((await stranger('guessed', 'wrong')).status).toBe(401);
  const longer = await stranger('guessed', PASSWORD);
  expect(longer.headers.get('retry-after')).toBe('60');
  behindProxy.clock.now = new Date(behindProxy.clock.now.getTime() + 60_000);
  expect((await stranger('guessed', PASSWORD)).status).toBe(200);
  // What failed before the right one counts no longer.
  expect(await fail(5, () => stranger('guessed', 'wrong'))).toEqual([401, 401, 401, 401, 401]);
});

test('attempts at the same time do not slip through together', async () => {
  await newUser('raced');
  const stranger = from('192.0.2.2');
  const answers = await Promise.all(Array.from({ length: 12 }, () => stranger('raced', 'wrong')));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
});

test('nobody is kept out by strangers: neither where they signed in before, nor at their own browser elsewhere', async () => {
  await newUser('victim');
  const office = from('198.51.100.1');
  const cookie = deviceCookie((await office('victim', PASSWORD)).headers);
  // Many machines guess together until even a new address has to wait.
  for (let machine = 0; machine < 25; machine++) {
    await fail(4, () => from(`203.0.113.${machine}`)('victim', 'wrong'));
  }
  expect((await from('203.0.113.200')('victim', PASSWORD)).status).toBe(429);
  expect((await office('victim', PASSWORD)).status).toBe(200);
  expect((await from('203.0.113.200')('victim', PASSWORD, cookie)).status).toBe(200);
});

test('a colleague at the same address keeps nobody out of their own browser', async () => {
  await newUser('neighbour');
  const office = from('198.51.100.2');
  const cookie = deviceCookie((await office('neighbour', PASSWORD)).headers);
  await fail(5, () => office('neighbour', 'wrong'));
  expect((await office('neighbour', PASSWORD)).status).toBe(429);
  expect((await office('neighbour', PASSWORD, cookie)).status).toBe(200);
  // One's own failures at one's own browser count there.
  await fail(5, () => office('neighbour', 'wrong', cookie));
  expect((await office('neighbour', PASSWORD, cookie)).status).toBe(429);
});

test('one password tried on many names is stopped by its address', async () => {
  const stranger = from('192.0.2.3');
  for (let i = 0; i < 30; i++) expect((await stranger(`name-${i}`, 'password')).status).toBe(401);
  expect((await stranger('name-30', 'password')).status).toBe(429);
});

test('a name that nobody has waits as one that somebody has', async () => {
  const stranger = from('192.0.2.4');
  await fail(5, () => stranger('no-such-person', 'wrong'));
  expect(await stranger('no-such-person', 'wrong')).toMatchObject({
    status: 429,
    body: { type: 'too-many-attempts' },
  });
});

test('failed and blocked sign-ins are on record, by their user and address, without what was typed', async () => {
  await newUser('watched');
  const stranger = from('192.0.2.5');
  await fail(6, () => stranger('watched', 'my other password'));
  const entries = await behindProxy
    .db('audit_log')
    .where({ subject: 'user/watched' })
    .orderBy('seq')
    .select<{ action: string; address: string; after: unknown }[]>('action', 'address', 'after');
  expect(entries.map(({ action }) => action)).toEqual([
    ...Array.from({ length: 5 }, () => 'session.refuse'),
    'session.block',
  ]);
  expect(new Set(entries.map(({ address }) => address))).toEqual(new Set(['192.0.2.5']));
  // Somebody who types the password where the name goes does not find it in the log.
  await stranger('hunter2-hunter2', 'watched');
  const kept = await behindProxy.db('audit_log').where({ subject: 'user/unknown' }).select();
  expect(kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept)).not.toContain('hunter2');
});

test('a session ends when its person signs out', async () => {
  const { headers } = await signIn('credit');
  const person = caller(api.url, cookieOf(headers));
  const out = await person.call('signOut');
  expect(out).toMatchObject({ status: 200, body: { providerUrl: null } });
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
  await newUser('leaver', api);
  const person = caller(api.url, cookieOf((await signIn('leaver')).headers));
  await disableUser(api.db, 'leaver');
  expect(await person.refused('whoAmI')).toMatchObject({ status: 401 });
  expect((await signIn('leaver')).status).toBe(401);

  await newUser('forgetful', api);
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
