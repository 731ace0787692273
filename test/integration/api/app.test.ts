import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../../db/connect';
import { contract } from '../../../api/contract';
import { startTestApi, type Caller, type ProblemBody, type TestApi } from './support';

let api: TestApi;
let liaison: Caller;
let webDir: string;

beforeAll(async () => {
  webDir = mkdtempSync(path.join(tmpdir(), 'onevisit-web-'));
  mkdirSync(path.join(webDir, 'assets'));
  writeFileSync(path.join(webDir, 'index.html'), '<!doctype html><title>一次查</title>');
  writeFileSync(path.join(webDir, 'assets', 'main-abc123.js'), 'export {};');
  api = await startTestApi({ webDir });
  liaison = await api.signedIn('wjw-liaison');
});

afterAll(async () => {
  await api.stop();
  rmSync(webDir, { recursive: true });
});

const get = (where: string, headers: Record<string, string> = {}) => fetch(`${api.url}${where}`, { headers });
const problemAt = async (where: string) => (await (await get(where)).json()) as ProblemBody;

describe('requests that are wrong', () => {
  test('every offending field is named, in Chinese', async () => {
    const problem = await liaison.refused('createItem', {
      body: {
        code: '小写',
        departmentCode: 'WJW',
        draft: { name: '', category: 'other', methods: ['on-site'], legalBases: [{ law: '' }] },
      },
    });
    expect(problem).toMatchObject({ status: 422, type: 'invalid-request', title: '内容有误' });
    expect(problem.fields?.map((one) => one.field)).toEqual([
      'code',
      'draft.name',
      'draft.category',
      'draft.legalBases.0.law',
    ]);
    for (const { message } of problem.fields ?? []) expect(message).toMatch(/[\u4e00-\u9fff]/);
  });

  test.each([
    ['limit', { limit: 0 }, 'query.limit'],
    ['limit', { limit: 201 }, 'query.limit'],
    ['filter', { region: 'abc' }, 'query.region'],
    ['cursor', { cursor: 'not-ours' }, 'query.cursor'],
    ['cursor', { cursor: Buffer.from('"text"').toString('base64url') }, 'query.cursor'],
  ])('a wrong %s of a list is named: %j', async (_, query, field) => {
    const problem = await liaison.refused('listEntities', { query });
    expect(problem.status).toBe(422);
    expect(problem.fields?.[0]?.field).toBe(field);
  });

  test('a wrong id in the path is named', async () => {
    const problem = await liaison.refused('readVisit', { params: { id: 'abc' } });
    expect(problem).toMatchObject({ status: 422, fields: [{ field: 'path.id' }] });
  });

  test('what is no JSON, what is too large, what holds a NUL', async () => {
    expect(await liaison.refused('createItem', { body: '{"code":' })).toMatchObject({
      status: 400,
      type: 'bad-json',
    });
    expect(await liaison.refused('createItem', { body: { code: 'x'.repeat(1_100_000) } })).toMatchObject({
      status: 413,
      type: 'too-large',
    });
    expect(await liaison.refused('listEntities', { query: { q: '云\0溪' } })).toMatchObject({
      status: 422,
      type: 'invalid-text',
    });
    expect(await problemAt('/api/v1/public/campaigns/%E0%A4%A')).toMatchObject({ status: 400 });
  });

  test('an unknown path of the API is a problem, not a page', async () => {
    for (const where of ['/api/v1/no-such', '/api/no-such', '/api']) {
      expect(await problemAt(where)).toMatchObject({ status: 404, type: 'no-such-path' });
    }
  });
});

describe('pages of other sites', () => {
  test.each(['https://evil.invalid', 'null', 'http://127.0.0.1:1'])(
    'a page from %s changes nothing on behalf of who is signed in',
    async (origin) => {
      const refused = await liaison.refused('signOut', { headers: { origin } });
      expect(refused).toMatchObject({ status: 403, type: 'foreign-origin' });
      await liaison.get('whoAmI', { headers: { origin } });
    },
  );

  test('our own pages, at the public address and at this one, may; so may scripts', async () => {
    for (const headers of [{ origin: 'https://onevisit.invalid' }, { origin: api.url }, {}]) {
      const { status } = await api.nobody.call('signIn', {
        body: { username: 'nobody', password: 'wrong' },
        headers,
      });
      expect(status).toBe(401);
    }
  });

  test('nobody frames our pages, nor adds scripts to them', async () => {
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src [^;]*unsafe-inline/);
    expect(policy).toMatch(/style-src 'self' 'nonce-[\w+/]{22}=='/);
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('naming of requests', () => {
  test("a caller's name for a request comes back; a name that could forge a log line doesn't", async () => {
    expect((await get('/healthz', { 'X-Request-Id': 'trace-1' })).headers.get('x-request-id')).toBe(
      'trace-1',
    );
    const made = (await get('/healthz', { 'X-Request-Id': 'a b{"level":60}' })).headers.get('x-request-id');
    expect(made).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('health', () => {
  test('the process is alive, and says what it waits for', async () => {
    const alive = await get('/healthz');
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok', version: '0.0.0-test' }]);
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toEqual([503, { database: true, temporal: false }]);
  });

  test('without its database the API lives, says so, and asks to be tried again', async () => {
    const gone = connect('postgres://nobody:nothing@127.0.0.1:1/none');
    const cut = await startTestApi({}, gone);
    try {
      const { status, headers, body } = await cut.nobody.call('listRegions');
      expect(body).toMatchObject({ status: 503, type: 'database-unavailable' });
      expect([status, headers.get('retry-after')]).toEqual([503, '5']);
      expect((await fetch(`${cut.url}/healthz`)).status).toBe(200);
    } finally {
      await cut.stop();
      await gone.destroy();
    }
  });
});

describe('documents', () => {
  test('the OpenAPI document describes every endpoint of the contract', async () => {
    const document = (await (await get('/api/v1/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const described = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(described.map((operation) => operation.operationId).sort()).toEqual(Object.keys(contract).sort());
    for (const { responses } of described) expect(responses).toHaveProperty('422');
  });

  test('the page to read it loads nothing from elsewhere, and no script written into it', async () => {
    const html = await (await get('/api/docs/')).text();
    const scripts = html.match(/<script[^>]*>[^<]*/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toMatch(/^<script src="\.\/[^"]+"[^>]*>\s*$/);
    expect(await (await get('/api/docs/swagger-initializer.js')).text()).toContain('/api/v1/openapi.json');
    expect((await get('/api/docs/swagger-ui-bundle.js')).status).toBe(200);
    expect((await get('/api/docs')).url).toBe(`${api.url}/api/docs/`);
  });
});

describe('pages', () => {
  test('every address of the application is its page; its built files are kept for ever', async () => {
    for (const where of ['/', '/campaigns/2026-0001']) {
      const page = await get(where, { accept: 'text/html' });
      expect(await page.text()).toContain('一次查');
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
    const asset = await get('/assets/main-abc123.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('a file that is gone is not found, rather than the page', async () => {
    for (const where of ['/assets/main-old.js', '/favicon.ico', '/../package.json']) {
      expect((await get(where)).status).toBe(404);
    }
  });

  test('answers of the API are kept by no cache', async () => {
    expect((await get('/api/v1/regions')).headers.get('cache-control')).toBe('no-store');
  });
});
