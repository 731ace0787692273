/** What somebody tries who wants in by the identity provider's answer: their own browser, a stolen code, a provider that lies. */
import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildUser } from '../../support/build-city';
import { BrowserThere, startIdentityProvider, type IdentityProvider } from '../../support/identity-provider';
import { SIGN_IN } from '../../support/api-settings';
import { caller, cookieOf, startTestApi, type Caller, type TestApi } from '../api/support';

const PUBLIC_URL = 'https://onevisit.invalid';

let provider: IdentityProvider;
let api: TestApi;

beforeAll(async () => {
  provider = await startIdentityProvider(PUBLIC_URL);
  api = await startTestApi({
    signIn: { ...SIGN_IN, provider: { ...provider.settings, usernameClaim: 'preferred_username' } },
  });
  await buildUser(api.db, { username: 'victim', role: 'liaison', department: 'WJW' });
});

afterAll(async () => {
  await api.stop();
  await provider.stop();
});

async function begin(town = api, returnTo = '/') {
  const { body, headers } = await town.nobody.call('beginProviderSignIn', { body: { returnTo } });
  return { url: (body as { url: string }).url, browser: caller(town.url, cookieOf(headers)) };
}

async function goAndReturn(login = 'victim') {
  const { url, browser } = await begin();
  return { browser, answer: (await new BrowserThere().answer(url, login)).searchParams };
}

const handIn = (browser: Caller, answer: URLSearchParams) =>
  browser.refused('answerProviderSignIn', { body: { query: answer.toString() } });

const changed = (answer: URLSearchParams, name: string, value: string | null): URLSearchParams => {
  const other = new URLSearchParams(answer);
  if (value === null) other.delete(name);
  else other.set(name, value);
  return other;
};

const REFUSED = { status: 401, type: 'provider-answer-refused' };

test('an answer with another state, or none, is refused', async () => {
  for (const state of ['a'.repeat(43), '', null]) {
    const { browser, answer } = await goAndReturn();
    expect(await handIn(browser, changed(answer, 'state', state))).toMatchObject(REFUSED);
  }
});

test('an answer that another browser began is refused: nobody is signed in as somebody else by a link', async () => {
  const { answer } = await goAndReturn();
  expect(await handIn(api.nobody, answer)).toMatchObject({ status: 401, type: 'sign-in-over' });
  const { browser } = await begin();
  expect(await handIn(browser, answer)).toMatchObject(REFUSED);
});

test('an answer serves once', async () => {
  const { browser, answer } = await goAndReturn();
  const answers = await Promise.all(
    [1, 2].map(() => browser.call('answerProviderSignIn', { body: { query: answer.toString() } })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  expect(await handIn(browser, answer)).toMatchObject({ type: 'sign-in-over' });
});

test('a code that was seen on its way serves nobody who did not begin, before its use or after', async () => {
  const seen = await goAndReturn();
  const steal = async () => {
    const thief = await begin();
    const state = new URL(thief.url).searchParams.get('state') ?? '';
    expect(await handIn(thief.browser, changed(seen.answer, 'state', state))).toMatchObject(REFUSED);
  };
  await steal();
  const body = { query: seen.answer.toString() };
  expect(await seen.browser.get('answerProviderSignIn', { body })).toEqual({ to: '/' });
  await steal();
});

test('an ID token with the nonce of another sign-in is refused', async () => {
  const { browser, answer } = await goAndReturn();
  await api.db('provider_sign_ins').update({ nonce: 'of another sign-in' });
  expect(await handIn(browser, answer)).toMatchObject(REFUSED);
});

test('the answer of another issuer is refused', async () => {
  const { browser, answer } = await goAndReturn();
  expect(await handIn(browser, changed(answer, 'iss', 'https://evil.invalid'))).toMatchObject(REFUSED);
});

test('a code that was given to another client is refused', async () => {
  const { url, browser } = await begin();
  const asked = new URL(url);
  asked.searchParams.set('client_id', 'another');
  const answer = (await new BrowserThere().answer(asked.href, 'victim')).searchParams;
  expect(answer.has('code')).toBe(true);
  expect(await handIn(browser, answer)).toMatchObject(REFUSED);
});

test('a sign-in waits ten minutes for its answer', async () => {
  const { browser, answer } = await goAndReturn();
  const now = api.clock.now;
  api.clock.now = new Date(now.getTime() + 11 * 60_000);
  expect(await handIn(browser, answer)).toMatchObject({ type: 'sign-in-over' });
  api.clock.now = now;
});

test('what the person declined there is told in words', async () => {
  const { url, browser } = await begin();
  const state = new URL(url).searchParams.get('state') ?? '';
  const answer = new URLSearchParams({ error: 'access_denied', state, iss: provider.settings.issuer });
  expect(await handIn(browser, answer)).toMatchObject({ status: 401, type: 'provider-refused' });
});

test('nobody is led elsewhere by the way back', async () => {
  for (const returnTo of [
    'https://evil.invalid',
    '//evil.invalid',
    '/\\evil.invalid',
    'javascript:alert(1)',
    '',
  ]) {
    const { url, browser } = await begin(api, returnTo);
    const query = (await new BrowserThere().answer(url, 'victim')).search.slice(1);
    expect(await browser.get('answerProviderSignIn', { body: { query } })).toEqual({ to: '/' });
  }
});

test('refused answers are on record with their reason, and none of the codes is in the log', async () => {
  const { browser, answer } = await goAndReturn();
  api.log.length = 0;
  await handIn(browser, changed(answer, 'state', 'b'.repeat(43)));
  const entry = await api
    .db('audit_log')
    .where({ action: 'session.refuse-provider' })
    .orderBy('seq', 'desc')
    .first<{
      after: { reason: string };
    }>();
  expect(entry.after.reason).toMatch(/^OAUTH_/);
  expect(api.log.join('')).not.toContain(answer.get('code'));
});

/** A provider under somebody else's control, or with a hole: its tokens say and are signed as the test wants. */
describe('a provider that lies', () => {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let server: Server;
  let issuer: string;
  let town: TestApi;
  let told: { issuer?: string };
  let token: () => string;

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  function signed(
    claims: object,
    { alg = 'RS256', key = own.privateKey }: { alg?: string; key?: KeyObject | null } = {},
  ): string {
    const content = `${part({ alg, kid: 'k' })}.${part(claims)}`;
    if (key === null) return `${content}.`;
    return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
  }

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answers: Record<string, object> = {
        '/.well-known/openid-configuration': {
          issuer: told.issuer ?? issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        },
        '/jwks': {
          keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }],
        },
        '/token': { access_token: 'of no use', token_type: 'Bearer', id_token: token() },
      };
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(answers[request.url ?? ''] ?? {}));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    told = {};
    token = () => '';
    town = await startTestApi({
      signIn: {
        ...SIGN_IN,
        provider: { ...provider.settings, issuer, usernameClaim: 'preferred_username' },
      },
    });
    await buildUser(town.db, { username: 'victim', role: 'liaison', department: 'WJW' });
  });

  afterAll(async () => {
    await town.stop();
    server.close();
  });

  /** What a right token says; each lie changes one thing of it. */
  async function answeredWith(lie: (claims: Record<string, unknown>) => string) {
    const { url, browser } = await begin(town);
    const asked = new URL(url).searchParams;
    const now = Math.floor(Date.now() / 1000);
    token = () =>
      lie({
        iss: issuer,
        sub: 'sub-victim',
        aud: 'onevisit',
        exp: now + 300,
        iat: now,
        nonce: asked.get('nonce'),
        preferred_username: 'victim',
      });
    const query = new URLSearchParams({ code: 'c', state: asked.get('state') ?? '' }).toString();
    return browser.call('answerProviderSignIn', { body: { query } });
  }

  test('is believed while it tells the truth', async () => {
    expect(await answeredWith((claims) => signed(claims))).toMatchObject({ status: 200 });
  });

  test.each<[string, (claims: Record<string, unknown>) => string]>([
    ['is for another client', (claims) => signed({ ...claims, aud: 'another' })],
    [
      'is for several, of whom we are not the one who asked',
      (claims) => signed({ ...claims, aud: ['onevisit', 'another'], azp: 'another' }),
    ],
    ['comes from another issuer', (claims) => signed({ ...claims, iss: 'https://evil.invalid' })],
    ['has another nonce', (claims) => signed({ ...claims, nonce: 'another' })],
    ['has no nonce', ({ nonce: _nonce, ...claims }) => signed(claims)],
    ['has run out', (claims) => signed({ ...claims, exp: Number(claims['iat']) - 3600 })],
    ['names nobody', ({ sub: _sub, ...claims }) => signed(claims)],
    ['is signed by another key', (claims) => signed(claims, { key: foreign.privateKey })],
    ['is not signed', (claims) => signed(claims, { alg: 'none', key: null })],
    [
      'is signed with what everybody knows',
      (claims) => {
        const content = `${part({ alg: 'HS256', kid: 'k' })}.${part(claims)}`;
        const key = own.publicKey.export({ format: 'pem', type: 'spki' });
        return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
      },
    ],
  ])('an ID token that %s is refused', async (_what, lie) => {
    expect(await answeredWith(lie)).toMatchObject({ status: 401, body: { type: 'provider-answer-refused' } });
  });

  test('metadata that name another issuer than the settings are refused', async () => {
    told = { issuer: 'https://login.example.gov.cn' };
    const other = await startTestApi({ signIn: { ...SIGN_IN, provider: { ...provider.settings, issuer } } });
    try {
      expect(await other.nobody.refused('beginProviderSignIn', { body: {} })).toMatchObject(REFUSED);
    } finally {
      told = {};
      await other.stop();
    }
  });
});
