/** What every answer of the server says of itself, whatever was asked. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startTestApi, type TestApi } from '../api/support';

let api: TestApi;
let webDir: string;

beforeAll(async () => {
  webDir = mkdtempSync(path.join(tmpdir(), 'onevisit-web-'));
  mkdirSync(path.join(webDir, 'assets'));
  writeFileSync(path.join(webDir, 'index.html'), '<!doctype html><title>一次查</title>');
  writeFileSync(path.join(webDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(path.join(webDir, 'verify.html'), '<!doctype html><title>核验</title>');
  writeFileSync(path.join(webDir, 'assets', 'main-abc123.js'), 'export {};');
  writeFileSync(path.join(webDir, 'assets', 'main-abc123.css'), 'p { color: red }');
  api = await startTestApi({ webDir, secureCookies: true, publicUrl: 'https://onevisit.invalid' });
});

afterAll(async () => {
  await api.stop();
  rmSync(webDir, { recursive: true });
});

const ADDRESSES = [
  ['a page', '/', 200],
  ['a page of the application', '/campaigns/2026-0001', 200],
  ['the offline verifier', '/verify.html', 200],
  ['a script', '/assets/main-abc123.js', 200],
  ['a style', '/assets/main-abc123.css', 200],
  ['a picture', '/favicon.svg', 200],
  ['a file that is not there', '/assets/main-old.js', 404],
  ['a picture that is not there', '/none.svg', 404],
  ['data', '/api/v1/regions', 200],
  ['a table', '/api/v1/registries/entities/template.csv', 200],
  ['a refusal', '/api/v1/session', 401],
  ['an address that is none', '/api/v1/none', 404],
  ['an address that cannot be read', '/api/v1/public/campaigns/%E0%A4%A', 400],
  ['the document of the API', '/api/v1/openapi.json', 200],
  ['the page to read it', '/api/docs/', 200],
  ['its style', '/api/docs/swagger-ui.css', 200],
  ['health', '/healthz', 200],
] as const;

async function answerAt(where: string, headers: Record<string, string> = {}) {
  const { cookie } = await api.signedIn('wjw-liaison');
  const needsSession = where.includes('template');
  return fetch(`${api.url}${where}`, {
    headers: { accept: '*/*', ...(needsSession ? { cookie: cookie ?? '' } : {}), ...headers },
  });
}

test.each(ADDRESSES)('every answer, whatever its kind, says what it is: %s', async (_, where, expected) => {
  const { status, headers } = await answerAt(where);
  expect(status).toBe(expected);
  const type = headers.get('content-type') ?? '';
  expect(type).toMatch(/^[\w.+/-]+; charset=utf-8$/i);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toMatch(/default-src '(none|self)'/);
  expect(headers.get('content-security-policy')).toMatch(/frame-ancestors '(none|self)'/);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('server')).toBeNull();
});

test.each(ADDRESSES)('over HTTPS browsers are told to stay there: %s', async (_, where) => {
  const policy = (await answerAt(where)).headers.get('strict-transport-security') ?? '';
  expect(Number(/max-age=(\d+)/.exec(policy)?.[1])).toBeGreaterThanOrEqual(365 * 86_400);
  expect(policy).toContain('includeSubDomains');
});

test.each(ADDRESSES)('no other site’s page may read an answer: %s', async (_, where) => {
  const { headers } = await answerAt(where, { origin: 'https://evil.invalid' });
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('access-control-allow-credentials')).toBeNull();
});

/** What fetch does not let through. */
async function ask(method: string, where: string, headers: Record<string, string>) {
  const { port } = new URL(api.url);
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    request({ port, method, path: where, headers }, (response) => {
      void text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    })
      .on('error', reject)
      .end();
  });
}

test('TRACE is no method here, and gives back nothing that was sent', async () => {
  for (const where of ['/', '/api/v1/session', '/api/docs/']) {
    const { status, body } = await ask('TRACE', where, { cookie: 'onevisit_session=echo-me' });
    expect([404, 405, 501]).toContain(status);
    expect(body).not.toContain('echo-me');
  }
});

test('no folder is listed', async () => {
  for (const where of ['/assets/', '/assets', '/api/docs/esm/', '/api']) {
    const answer = await answerAt(where, { accept: 'text/html' });
    expect(await answer.text()).not.toContain('main-abc123');
    expect(answer.status).toBe(404);
  }
});

test('two lengths for one message are refused: nothing can be smuggled behind the first', async () => {
  const { port } = new URL(api.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.end(
    'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n' +
      'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n',
  );
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).not.toContain('200 OK');
});

test('who signs out leaves no page to go back to, and keeps what exists nowhere else', async () => {
  const { cookie } = await api.signedIn('credit');
  const out = await fetch(`${api.url}/api/v1/session`, {
    method: 'DELETE',
    headers: { cookie: cookie ?? '' },
  });
  expect(out.headers.get('clear-site-data')).toBe('"cache"');
});
