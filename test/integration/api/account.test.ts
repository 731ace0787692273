import { hash } from '@node-rs/argon2';
import { setPassword } from '../../../db/users';
import { buildUser, PASSWORD } from '../../support/build-city';
import { SIGN_IN } from '../../support/api-settings';
import { caller, cookieOf, startTestApi, type Caller, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.stop());

interface Sessions {
  rows: { id: string; isCurrent: boolean; address: string; browser: string; way: string }[];
}

const NEW = 'seven quiet rivers';

const newUser = (username: string, town = api) =>
  buildUser(town.db, { username, role: 'liaison', department: 'WJW' });

async function signIn(
  username: string,
  { password = PASSWORD, town = api, browser = 'Test/1' } = {},
): Promise<Caller> {
  const { status, headers } = await town.nobody.call('signIn', {
    body: { username, password },
    headers: { 'User-Agent': browser },
  });
  expect(status).toBe(200);
  return caller(town.url, cookieOf(headers));
}

test('people see where they are signed in, and end one or all others; nobody ends those of others', async () => {
  await newUser('roamer');
  const [desk, phone, left] = [
    await signIn('roamer', { browser: 'Desk/1' }),
    await signIn('roamer', { browser: 'Phone/1' }),
    await signIn('roamer', { browser: 'Library/1' }),
  ];
  const { rows } = await desk.get<Sessions>('listOwnSessions');
  expect(rows.map(({ browser, isCurrent }) => [browser, isCurrent]).sort()).toEqual([
    ['Desk/1', true],
    ['Library/1', false],
    ['Phone/1', false],
  ]);
  expect(rows[0]).toMatchObject({ address: '127.0.0.1', way: 'password' });
  const session = rows.find(({ browser }) => browser === 'Library/1')?.id ?? '';
  const foreign = await (await api.signedIn('lead')).refused('endOwnSession', { params: { session } });
  expect(foreign).toMatchObject({ status: 404, type: 'session-not-found' });
  expect((await desk.call('endOwnSession', { params: { session } })).status).toBe(204);
  expect(await left.refused('whoAmI')).toMatchObject({ status: 401 });
  expect(await desk.get('endOtherSessions')).toEqual({ ended: 1 });
  expect(await phone.refused('whoAmI')).toMatchObject({ status: 401 });
  expect(await desk.get('whoAmI')).toMatchObject({ username: 'roamer' });
});

test('who left a desk open minutes ago is asked for the password before sessions end', async () => {
  const town = await startTestApi();
  try {
    const [desk, phone] = [await signIn('lead', { town }), await signIn('lead', { town })];
    const { rows } = await phone.get<Sessions>('listOwnSessions');
    const session = rows.find(({ isCurrent }) => !isCurrent)?.id ?? '';
    town.clock.now = new Date(town.clock.now.getTime() + 5 * 60_000 + 1);
    const passerBy = phone;
    for (const refused of [
      await passerBy.refused('endOwnSession', { params: { session } }),
      await passerBy.refused('endOtherSessions'),
    ]) {
      expect(refused).toMatchObject({ status: 403, type: 'proof-needed' });
    }
    expect(await passerBy.refused('proveOneself', { body: { current: 'wrong' } })).toMatchObject({
      status: 422,
      type: 'wrong-password',
    });
    expect(await desk.get('whoAmI')).toMatchObject({ username: 'lead' });
    expect((await phone.call('proveOneself', { body: { current: PASSWORD } })).status).toBe(204);
    expect((await phone.call('endOwnSession', { params: { session } })).status).toBe(204);
    expect(await desk.refused('whoAmI')).toMatchObject({ status: 401 });
  } finally {
    await town.stop();
  }
});

test('a session that nobody uses ends, one in use goes on until its hours are over', async () => {
  const town = await startTestApi({ signIn: { ...SIGN_IN, idleMinutes: 30 } });
  try {
    const begin = town.clock.now.getTime();
    const after = (minutes: number) => (town.clock.now = new Date(begin + minutes * 60_000));
    const [busy, idle] = [await signIn('lead', { town }), await signIn('lead', { town })];
    for (const minutes of [29, 58, 87]) {
      after(minutes);
      expect(await busy.get('whoAmI')).toMatchObject({ username: 'lead' });
    }
    expect(await idle.refused('whoAmI')).toMatchObject({ status: 401, type: 'not-signed-in' });
    expect((await busy.get<Sessions>('listOwnSessions')).rows).toHaveLength(1);
    for (let minutes = 110; minutes < 12 * 60; minutes += 25) {
      after(minutes);
      await busy.get('whoAmI');
    }
    after(12 * 60 + 1);
    expect(await busy.refused('whoAmI')).toMatchObject({ status: 401 });
  } finally {
    await town.stop();
  }
});

test('signing in again at a browser ends the session that it had, and takes no token that somebody brings', async () => {
  await newUser('again');
  const first = await signIn('again');
  const { headers } = await api.nobody.call('signIn', {
    body: { username: 'again', password: PASSWORD },
    headers: { cookie: first.cookie ?? '' },
  });
  expect(cookieOf(headers)).not.toBe(first.cookie);
  expect(await first.refused('whoAmI')).toMatchObject({ status: 401 });
  const brought = `onevisit_session=${'a'.repeat(43)}`;
  const fixed = await api.nobody.call('signIn', {
    body: { username: 'again', password: PASSWORD },
    headers: { cookie: brought },
  });
  expect(cookieOf(fixed.headers)).not.toBe(brought);
  expect(await caller(api.url, brought).refused('whoAmI')).toMatchObject({ status: 401 });
});

test('a changed password asks for the current one, ends all other sessions and renews the token', async () => {
  await newUser('changer');
  const [desk, other] = [await signIn('changer'), await signIn('changer')];
  const refuse = async (current: string, password: string) => {
    const { type, fields } = await desk.refused('changePassword', { body: { current, password } });
    return [type, fields?.[0]?.field];
  };
  expect(await refuse('wrong', NEW)).toEqual(['wrong-password', 'current']);
  expect(await refuse(PASSWORD, PASSWORD)).toEqual(['same-password', 'password']);
  expect(await refuse(PASSWORD, 'Password2026!')).toEqual(['weak-password', 'password']);
  const { status, headers } = await desk.call('changePassword', {
    body: { current: PASSWORD, password: NEW },
  });
  expect(status).toBe(200);
  for (const ended of [desk, other]) expect(await ended.refused('whoAmI')).toMatchObject({ status: 401 });
  expect(await caller(api.url, cookieOf(headers)).get('whoAmI')).toMatchObject({ username: 'changer' });
  expect(
    await api.nobody.refused('signIn', { body: { username: 'changer', password: PASSWORD } }),
  ).toMatchObject({ status: 401 });
  await signIn('changer', { password: NEW });
  const entries = await api.db('audit_log').where({ subject: 'user/changer' }).pluck<string[]>('action');
  expect(entries).toContain('account.password');
  expect(entries).toContain('account.confirm-refused');
});

test('the current password is not guessed at an open desk', async () => {
  await newUser('absent');
  const desk = await signIn('absent');
  for (let i = 0; i < 5; i++) {
    await desk.refused('changePassword', { body: { current: `guess ${i}`, password: NEW } });
  }
  expect(await desk.refused('changePassword', { body: { current: PASSWORD, password: NEW } })).toMatchObject({
    status: 429,
    type: 'too-many-attempts',
  });
  // Its owner signs in elsewhere as before.
  await signIn('absent');
});

test('whose password was made by somebody else changes it before anything else', async () => {
  await newUser('newcomer');
  await setPassword(api.db, 'newcomer', await hash('made by the office', { memoryCost: 64, timeCost: 1 }));
  const person = await signIn('newcomer', { password: 'made by the office' });
  expect(await person.get('whoAmI')).toMatchObject({ owes: 'password' });
  expect(await person.refused('listTasks')).toMatchObject({ status: 403, type: 'password-change-needed' });
  const { headers } = await person.call('changePassword', {
    body: { current: 'made by the office', password: NEW },
  });
  const changed = caller(api.url, cookieOf(headers));
  expect(await changed.get('whoAmI')).toMatchObject({ owes: null });
  expect((await changed.call('listTasks')).status).toBe(200);
});

test('by GB/T 22239 a password runs out, and a new one needs three kinds of characters', async () => {
  const passwords = { standard: 'gbt22239', minLength: 8, maxAgeDays: 90 } as const;
  const town = await startTestApi({ signIn: { ...SIGN_IN, passwords } });
  try {
    await newUser('aged', town);
    town.clock.now = new Date(Date.now() + 91 * 86_400_000);
    const person = await signIn('aged', { town });
    expect(await person.get('whoAmI')).toMatchObject({ owes: 'password' });
    expect(await person.get('getAccount')).toMatchObject({ password: { standard: 'gbt22239' } });
    expect(
      await person.refused('changePassword', { body: { current: PASSWORD, password: NEW } }),
    ).toMatchObject({ type: 'weak-password' });
    const { status } = await person.call('changePassword', {
      body: { current: PASSWORD, password: `${NEW} 7A` },
    });
    expect(status).toBe(200);
  } finally {
    await town.stop();
  }
});
