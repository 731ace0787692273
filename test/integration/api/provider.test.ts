import type { ApiSettings } from '../../../api/context';
import { codeAt, stepAt } from '../../../domain/sign-in/totp';
import { disableUser } from '../../../db/users';
import { buildUser, PASSWORD } from '../../support/build-city';
import { fromBase32 } from '../../support/from-base32';
import { BrowserThere, startIdentityProvider, type IdentityProvider } from '../../support/identity-provider';
import { SIGN_IN } from '../../support/api-settings';
import { caller, cookieOf, startTestApi, type Answered, type Caller, type TestApi } from './support';

const PUBLIC_URL = 'https://onevisit.invalid';

let provider: IdentityProvider;
let api: TestApi;

/** A town with the provider, by other settings than those of the others. */
const townWith = (change: Partial<IdentityProvider['settings']>, also: Partial<ApiSettings['signIn']> = {}) =>
  startTestApi({ signIn: { ...SIGN_IN, ...also, provider: { ...provider.settings, ...change } } });

beforeAll(async () => {
  provider = await startIdentityProvider(PUBLIC_URL);
  api = await townWith({});
});

afterAll(async () => {
  await api.stop();
  await provider.stop();
});

const newUser = (username: string, town = api) =>
  buildUser(town.db, { username, role: 'liaison', department: 'WJW' });

const withPassword = async (username: string, town = api): Promise<Caller> => {
  const { headers } = await town.nobody.call('signIn', { body: { username, password: PASSWORD } });
  return caller(town.url, cookieOf(headers));
};

const sessionIn = ({ headers }: { headers: Headers }): string =>
  headers
    .getSetCookie()
    .map((set) => set.split(';')[0] ?? '')
    .find((pair) => /^onevisit_session=./.test(pair)) ?? '';

interface Way {
  purpose?: 'sign-in' | 'link' | 'proof';
  returnTo?: string;
  by?: Caller;
  town?: TestApi;
  withTwo?: boolean;
}

/** Goes to the provider and comes back; the answer is not handed in yet. */
async function goAndReturn(login: string, { by, town = api, withTwo, ...body }: Way = {}) {
  const begun = await (by ?? town.nobody).call('beginProviderSignIn', { body });
  expect(begun.status).toBe(200);
  const { url } = begun.body as { url: string };
  const back = await new BrowserThere().answer(url, login, withTwo);
  expect(`${back.origin}${back.pathname}`).toBe(`${PUBLIC_URL}/login/provider`);
  const cookies = [by?.cookie ?? '', cookieOf(begun.headers)].filter(Boolean).join('; ');
  return { asked: new URL(url), query: back.search.slice(1), browser: caller(town.url, cookies) };
}

const handIn = (browser: Caller, query: string): Promise<Answered> =>
  browser.call('answerProviderSignIn', { body: { query } });

async function viaProvider(login: string, way: Way = {}): Promise<Answered> {
  const { browser, query } = await goAndReturn(login, way);
  return handIn(browser, query);
}

async function linked(username: string, town = api): Promise<void> {
  await newUser(username, town);
  const by = await withPassword(username, town);
  expect(await viaProvider(username, { purpose: 'link', by, town })).toMatchObject({ status: 200 });
}

const entriesOf = (subject: string, town = api) =>
  town
    .db('audit_log')
    .where({ subject })
    .orderBy('seq')
    .select<{ action: string; after: object }[]>('action', 'after');

test('who linked their account signs in at the provider, as the person that they are here', async () => {
  expect(await api.nobody.get('listSignInWays')).toEqual({ provider: { label: '云溪统一身份认证' } });
  await linked('anna');
  const signedIn = await viaProvider('anna', { returnTo: '/campaigns?state=running' });
  expect(signedIn).toMatchObject({ status: 200, body: { to: '/campaigns?state=running' } });
  const person = caller(api.url, sessionIn(signedIn));
  expect(await person.get('whoAmI')).toMatchObject({
    username: 'anna',
    grants: [{ role: 'liaison', department: 'WJW' }],
    owes: null,
  });
  const { rows } = await person.get<{ rows: { way: string; isCurrent: boolean }[] }>('listOwnSessions');
  expect(rows.find(({ isCurrent }) => isCurrent)).toMatchObject({ way: 'provider' });
  expect(await entriesOf('user/anna')).toMatchObject([
    { action: 'session.begin' },
    { action: 'account.provider-linked', after: { issuer: provider.settings.issuer, byClaim: null } },
    { action: 'session.begin', after: { way: 'provider', secondFactor: false } },
  ]);
});

test('the request asks for a code alone, by PKCE, with a state and a nonce of its own each time', async () => {
  const [first, second] = [await goAndReturn('one'), await goAndReturn('two')];
  const asked = Object.fromEntries(first.asked.searchParams);
  expect(asked).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    scope: 'openid profile',
  });
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(asked[name]).toMatch(/^[\w-]{43}$/);
    expect(second.asked.searchParams.get(name)).not.toBe(asked[name]);
  }
});

test('whom nobody linked gets no access, not even by the name of a user here', async () => {
  await newUser('bela');
  expect(await viaProvider('bela')).toMatchObject({ status: 401, body: { type: 'provider-unlinked' } });
  expect((await api.db('users').where({ username: 'sub-bela' })).length).toBe(0);
  const refusals = await entriesOf('user/unknown');
  expect(refusals.at(-1)).toMatchObject({ action: 'session.refuse-provider', after: { reason: 'unlinked' } });
});

test('a setting names the claim that is the user name: its people are linked at their first sign-in, and stay so', async () => {
  const town = await townWith({ usernameClaim: 'preferred_username' });
  try {
    await newUser('cora', town);
    expect(await viaProvider('cora', { town })).toMatchObject({ status: 200 });
    expect(await entriesOf('user/cora', town)).toMatchObject([
      { action: 'account.provider-linked', after: { byClaim: 'preferred_username' } },
      { action: 'session.begin' },
    ]);
    // Somebody else who is called so later is another subject, and not that person.
    await town.db('provider_identities').update({ subject: 'who was called cora before' });
    expect(await viaProvider('cora', { town })).toMatchObject({ body: { type: 'provider-unlinked' } });
    // Nobody comes into being by signing in there.
    expect(await viaProvider('nobody-here', { town })).toMatchObject({ body: { type: 'provider-unlinked' } });
  } finally {
    await town.stop();
  }
});

test('linking is for who has just shown who they are; one identity is one account', async () => {
  await newUser('dora');
  const dora = await withPassword('dora');
  const link = { body: { purpose: 'link' } } as const;
  expect(await api.nobody.refused('beginProviderSignIn', link)).toMatchObject({ status: 401 });
  await linked('emil');
  expect(await viaProvider('emil', { purpose: 'link', by: dora })).toMatchObject({
    status: 409,
    body: { type: 'linked-before' },
  });
  api.clock.now = new Date(api.clock.now.getTime() + 6 * 60_000);
  expect(await dora.refused('beginProviderSignIn', link)).toMatchObject({
    status: 403,
    type: 'proof-needed',
  });
  expect(await dora.refused('unlinkProvider')).toMatchObject({ type: 'proof-needed' });
  await dora.call('proveOneself', { body: { current: PASSWORD } });
  expect(await dora.refused('unlinkProvider')).toMatchObject({ status: 404, type: 'not-linked' });
  const emil = await withPassword('emil');
  expect((await emil.call('unlinkProvider')).status).toBe(204);
  expect(await viaProvider('emil')).toMatchObject({ body: { type: 'provider-unlinked' } });
});

test('who began to link is who links: an answer that somebody else hands in is refused', async () => {
  await newUser('fritz');
  await newUser('greta');
  const [fritz, greta] = [await withPassword('fritz'), await withPassword('greta')];
  const { browser, query } = await goAndReturn('fritz', { purpose: 'link', by: fritz });
  const pending = browser.cookie?.split('; ').find((pair) => pair.startsWith('onevisit_provider')) ?? '';
  const atGretas = caller(api.url, `${greta.cookie ?? ''}; ${pending}`);
  expect(await handIn(atGretas, query)).toMatchObject({ status: 401, body: { type: 'another-person' } });
  expect(await viaProvider('fritz')).toMatchObject({ body: { type: 'provider-unlinked' } });
});

test('whose access ended here gets in by no other way', async () => {
  await linked('hans');
  await disableUser(api.db, 'hans');
  expect(await viaProvider('hans')).toMatchObject({ status: 401, body: { type: 'provider-unlinked' } });
});

test('who has a second factor here gives it, unless the provider says that it asked for two', async () => {
  await linked('ida');
  const ida = await withPassword('ida');
  const { secret: typed } = await ida.get<{ secret: string }>('offerSecondFactor');
  const secret = fromBase32(typed);
  const code = () => {
    api.clock.now = new Date(api.clock.now.getTime() + 30_000);
    return codeAt(secret, stepAt(api.clock.now));
  };
  expect((await ida.call('confirmSecondFactor', { body: { code: code() } })).status).toBe(200);
  const first = await viaProvider('ida');
  expect(first).toMatchObject({ status: 401, body: { type: 'code-needed' } });
  expect(sessionIn(first)).toBe('');
  const challenge = first.headers.getSetCookie().find((set) => set.startsWith('onevisit_challenge=')) ?? '';
  const second = await caller(api.url, challenge.split(';')[0] ?? '').call('signInCode', {
    body: { code: code() },
  });
  expect(second).toMatchObject({ status: 200, body: { username: 'ida' } });
  const both = await viaProvider('ida', { withTwo: true });
  expect(both.status).toBe(200);
  expect((await entriesOf('user/ida')).at(-1)).toMatchObject({
    action: 'session.begin',
    after: { way: 'provider', secondFactor: true },
  });
});

test('by the policy of a role, one factor at the provider is one factor', async () => {
  const secondFactor = { ...SIGN_IN.secondFactor, roles: ['liaison'] as const };
  const town = await townWith({ usernameClaim: 'preferred_username' }, { secondFactor });
  try {
    await newUser('jan', town);
    const whoIs = async (way: Way) =>
      caller(town.url, sessionIn(await viaProvider('jan', { town, ...way }))).get('whoAmI');
    expect(await whoIs({})).toMatchObject({ owes: 'second-factor' });
    expect(await whoIs({ withTwo: true })).toMatchObject({ owes: null });
  } finally {
    await town.stop();
  }
});

test('without a password here one shows who one is by signing in at the provider once more', async () => {
  await linked('kurt');
  const signedIn = caller(api.url, sessionIn(await viaProvider('kurt')));
  api.clock.now = new Date(api.clock.now.getTime() + 60 * 60_000);
  expect(await signedIn.refused('endOtherSessions')).toMatchObject({ type: 'proof-needed' });
  api.clock.now = new Date();
  const { asked, browser, query } = await goAndReturn('kurt', { purpose: 'proof', by: signedIn });
  expect(asked.searchParams.get('prompt')).toBe('login');
  const again = caller(api.url, sessionIn(await handIn(browser, query)));
  expect((await again.call('endOtherSessions')).status).toBe(200);
  // By somebody else's sign-in there one shows nothing.
  await linked('lena');
  expect(await viaProvider('lena', { purpose: 'proof', by: again })).toMatchObject({
    status: 401,
    body: { type: 'another-person' },
  });
});

test('signing out goes on to the provider where the session began there', async () => {
  await linked('mia');
  const person = caller(api.url, sessionIn(await viaProvider('mia')));
  const { providerUrl } = await person.get<{ providerUrl: string }>('signOut');
  expect(providerUrl).toContain(`${provider.settings.issuer}/session/end?`);
  expect(new URL(providerUrl).searchParams.get('post_logout_redirect_uri')).toBe(`${PUBLIC_URL}/login`);
  expect(await person.refused('whoAmI')).toMatchObject({ status: 401 });
  expect(await (await withPassword('mia')).get('signOut')).toEqual({ providerUrl: null });
});

test('a token that somebody brings is not the one that they are signed in under', async () => {
  await linked('nora');
  const { browser, query } = await goAndReturn('nora');
  const brought = `onevisit_session=${'a'.repeat(43)}`;
  const signedIn = await handIn(caller(api.url, `${browser.cookie ?? ''}; ${brought}`), query);
  expect(sessionIn(signedIn)).not.toBe(brought);
  expect(await caller(api.url, brought).refused('whoAmI')).toMatchObject({ status: 401 });
});

test('a provider that is away says so, and keeps nobody from their password', async () => {
  const town = await townWith({ issuer: 'http://127.0.0.1:1' });
  try {
    expect(await town.nobody.refused('beginProviderSignIn', { body: {} })).toMatchObject({
      status: 503,
      type: 'provider-unavailable',
    });
    expect(await (await withPassword('lead', town)).get('whoAmI')).toMatchObject({ username: 'lead' });
  } finally {
    await town.stop();
  }
});

test('where no provider is set there is none', async () => {
  const town = await startTestApi();
  try {
    expect(await town.nobody.get('listSignInWays')).toEqual({ provider: null });
    expect(await town.nobody.refused('beginProviderSignIn', { body: {} })).toMatchObject({ status: 404 });
  } finally {
    await town.stop();
  }
});
