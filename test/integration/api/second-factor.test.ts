import { codeAt, stepAt } from '../../../domain/sign-in/totp';
import { buildUser, PASSWORD } from '../../support/build-city';
import { fromBase32 } from '../../support/from-base32';
import { SIGN_IN } from '../../support/api-settings';
import { caller, cookieOf, startTestApi, type Caller, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.stop());

const signIn = (username: string, town = api) =>
  town.nobody.call('signIn', { body: { username, password: PASSWORD } });

const personOf = ({ headers }: { headers: Headers }, town = api): Caller =>
  caller(town.url, cookieOf(headers));

/** Each code serves once: the next comes with the next step. */
function nextCode(secret: Buffer, town = api): string {
  town.clock.now = new Date(town.clock.now.getTime() + 30_000);
  return codeAt(secret, stepAt(town.clock.now));
}

interface Enrolled {
  secret: Buffer;
  codes: string[];
  person: Caller;
}

async function enrol(username: string, town = api): Promise<Enrolled> {
  await buildUser(town.db, { username, role: 'liaison', department: 'WJW' });
  return enrolNow(username, town);
}

async function enrolNow(username: string, town = api): Promise<Enrolled> {
  const person = personOf(await signIn(username, town), town);
  const offered = await person.get<{ secret: string; uri: string }>('offerSecondFactor');
  const secret = fromBase32(offered.secret);
  const confirmed = await person.call('confirmSecondFactor', { body: { code: nextCode(secret, town) } });
  expect(confirmed.status).toBe(200);
  // What was seen of the session before opens nothing any more.
  expect(await person.refused('whoAmI')).toMatchObject({ status: 401 });
  return { secret, codes: (confirmed.body as { codes: string[] }).codes, person: personOf(confirmed, town) };
}

/** The second step, at the browser of the first. */
async function secondStep(first: { headers: Headers }, code: string, town = api) {
  return caller(town.url, cookieOf(first.headers)).call('signInCode', { body: { code } });
}

test('with a second factor the password alone opens nothing; a code does, once', async () => {
  const { secret } = await enrol('careful');
  const first = await signIn('careful');
  expect(first).toMatchObject({ status: 401, body: { type: 'code-needed' } });
  expect(await caller(api.url, cookieOf(first.headers)).refused('whoAmI')).toMatchObject({ status: 401 });
  const wrong = await secondStep(first, '000000');
  expect(wrong).toMatchObject({ status: 401, body: { type: 'wrong-code' } });
  const code = nextCode(secret);
  const second = await secondStep(first, code);
  expect(second).toMatchObject({ status: 200, body: { username: 'careful', owes: null } });
  expect(await personOf(second).get('whoAmI')).toMatchObject({ username: 'careful' });
  // The same code, seen over a shoulder, serves nobody again; nor does the finished sign-in.
  expect(await secondStep(await signIn('careful'), code)).toMatchObject({ body: { type: 'wrong-code' } });
  expect(await secondStep(first, nextCode(secret))).toMatchObject({ body: { type: 'sign-in-over' } });
});

test('of two requests with the same code at the same time one gets in', async () => {
  const { secret } = await enrol('twice');
  const [one, other] = [await signIn('twice'), await signIn('twice')];
  const code = nextCode(secret);
  const answers = await Promise.all([secondStep(one, code), secondStep(other, code)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
});

test('codes are not guessed: five wrong ones, and even the right one waits', async () => {
  const { secret } = await enrol('guessed-code');
  const first = await signIn('guessed-code');
  const right = nextCode(secret);
  for (let i = 0; i < 5; i++) expect((await secondStep(first, `00000${i}`)).status).toBe(401);
  expect(await secondStep(first, right)).toMatchObject({ status: 429 });
  // A new sign-in does not begin the count anew.
  expect(await secondStep(await signIn('guessed-code'), right)).toMatchObject({ status: 429 });
});

test('a sign-in does not wait for its code for ever', async () => {
  const { secret } = await enrol('slow');
  const first = await signIn('slow');
  api.clock.now = new Date(api.clock.now.getTime() + 11 * 60_000);
  expect(await secondStep(first, nextCode(secret))).toMatchObject({ body: { type: 'sign-in-over' } });
});

test('a recovery code gets in once, and new ones end those before', async () => {
  const { codes } = await enrol('phoneless');
  expect(new Set(codes).size).toBe(10);
  const [code = '', second = ''] = codes;
  const signedIn = await secondStep(await signIn('phoneless'), code.toLowerCase());
  expect(signedIn.status).toBe(200);
  expect(await secondStep(await signIn('phoneless'), code)).toMatchObject({ body: { type: 'wrong-code' } });
  const person = personOf(signedIn);
  expect(await person.get('getAccount')).toMatchObject({ secondFactor: { recoveryCodes: 9 } });
  const renewed = await person.get<{ codes: string[] }>('renewRecoveryCodes');
  expect(await secondStep(await signIn('phoneless'), second)).toMatchObject({ body: { type: 'wrong-code' } });
  expect((await secondStep(await signIn('phoneless'), renewed.codes[0] ?? '')).status).toBe(200);
});

test('the database holds neither secrets nor codes that would get in', async () => {
  const { secret, codes } = await enrol('stolen');
  const kept = JSON.stringify([
    await api.db('second_factors').select(),
    await api.db('recovery_codes').select(),
  ]);
  for (const form of ['hex', 'base64', 'base64url', 'latin1'] as const)
    expect(kept).not.toContain(secret.toString(form));
  for (const code of codes) expect(kept).not.toContain(code);
});

test('a secret that somebody copies from another row in the database opens nothing', async () => {
  const [mine, theirs] = [await enrol('insider'), await enrol('target')];
  const rowOf = (username: string) =>
    api.db('second_factors').whereIn('user_id', api.db('users').where({ username }).select('id'));
  const own = await rowOf('insider').first<{ secret: string }>('secret');
  await rowOf('target').update({ secret: own.secret });
  expect(await secondStep(await signIn('target'), nextCode(mine.secret))).toMatchObject({
    status: 409,
    body: { type: 'second-factor-unreadable' },
  });
  expect(theirs.codes).toHaveLength(10);
});

test('roles that need a second factor do nothing before they have one, and cannot remove it', async () => {
  const secondFactor = { ...SIGN_IN.secondFactor, roles: ['liaison'] as const };
  const town = await startTestApi({ signIn: { ...SIGN_IN, secondFactor } });
  try {
    const before = personOf(await signIn('wjw-liaison', town), town);
    expect(await before.get('whoAmI')).toMatchObject({ owes: 'second-factor' });
    expect(await before.refused('listTasks')).toMatchObject({ status: 403, type: 'second-factor-needed' });
    const { person } = await enrolNow('wjw-liaison', town);
    expect(await person.get('whoAmI')).toMatchObject({ owes: null });
    expect((await person.call('listTasks')).status).toBe(200);
    expect(await person.refused('removeSecondFactor')).toMatchObject({
      status: 403,
      type: 'second-factor-needed',
    });
    expect(await personOf(await signIn('lead', town), town).get('whoAmI')).toMatchObject({ owes: null });
  } finally {
    await town.stop();
  }
});

test('who lost everything is let in by an administrator, on record; nobody does that for themselves', async () => {
  const { person } = await enrol('unlucky');
  const { id } = await person.get<{ id: number }>('whoAmI');
  const security = await api.signedIn('security');
  const reset = (target: number | undefined) => ({
    params: { id: target ?? 0 },
    body: { reason: '手机遗失，已当面核实身份' },
  });
  expect(await security.refused('resetSecondFactor', reset(api.city.users['security']))).toMatchObject({
    status: 403,
    type: 'own-second-factor',
  });
  expect((await security.call('resetSecondFactor', reset(id))).status).toBe(204);
  expect(await person.refused('whoAmI')).toMatchObject({ status: 401 });
  expect((await signIn('unlucky')).status).toBe(200);
  const entry = await api.db('audit_log').where({ action: 'user.second-factor-reset' }).first<object>();
  expect(entry).toMatchObject({
    actor_id: api.city.users['security'],
    subject: 'user/unlucky',
    after: { reason: '手机遗失，已当面核实身份' },
  });
});

test('changes to it are for who has just shown who they are, by the password or by a code', async () => {
  const { secret, person } = await enrol('undecided');
  const later = () => (api.clock.now = new Date(api.clock.now.getTime() + 6 * 60_000));
  later();
  for (const change of ['offerSecondFactor', 'renewRecoveryCodes', 'removeSecondFactor'] as const)
    expect(await person.refused(change)).toMatchObject({ status: 403, type: 'proof-needed' });
  expect(await person.refused('proveOneself', { body: { code: '000000' } })).toMatchObject({
    status: 422,
    type: 'wrong-code',
  });
  expect((await person.call('proveOneself', { body: { code: nextCode(secret) } })).status).toBe(204);
  expect((await person.call('renewRecoveryCodes')).status).toBe(200);
  later();
  expect(await person.refused('removeSecondFactor')).toMatchObject({ type: 'proof-needed' });
  expect((await person.call('proveOneself', { body: { current: PASSWORD } })).status).toBe(204);
  expect((await person.call('removeSecondFactor')).status).toBe(200);
  expect((await signIn('undecided')).status).toBe(200);
});
