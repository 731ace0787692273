/** Requests that are made to be taken for something else than they are. */
import { startTestApi, type Caller, type TestApi } from '../api/support';

let api: TestApi;
let liaison: Caller;

beforeAll(async () => {
  api = await startTestApi();
  liaison = await api.signedIn('wjw-liaison');
});

afterAll(() => api.stop());

const draft = { name: '检查', category: 'general', methods: ['on-site'], legalBases: [] };

test('a parameter that is given twice is refused, or is a list where lists are asked for; none wins in silence', async () => {
  for (const query of ['limit=10&limit=20', 'q=a&q=b', 'cursor=a&cursor=b', 'limit[]=10&limit[]=20']) {
    const { status } = await fetch(`${api.url}/api/v1/entities?${query}`, {
      headers: { cookie: liaison.cookie ?? '' },
    });
    // With brackets it is a name that nobody asked for.
    expect({ query, status }).toEqual({ query, status: query.includes('[]') ? 200 : 422 });
  }
});

test('fields that nobody asked for go nowhere: no item is published by sending that it is', async () => {
  const { status } = await liaison.call('createItem', {
    body: {
      ...{ code: 'WJW-MASS', departmentCode: 'WJW', status: 'published', publishedAt: '2026-01-01' },
      draft: { ...draft, status: 'published', validFrom: '2020-01-01', version: 9 },
    },
  });
  expect([201, 422]).toContain(status);
  const versions = await api.db('item_versions').where({ item_code: 'WJW-MASS' });
  expect(versions.filter((one: { status?: string }) => one.status === 'published')).toEqual([]);
  expect(versions.map((one: { version: number }) => one.version)).toEqual(status === 201 ? [1] : []);
});

test('who signs in is given the roles they have, whatever they send', async () => {
  const before = await liaison.get<{ grants: unknown[] }>('whoAmI');
  await liaison.call('whoAmI', {
    query: { role: 'admin' },
    headers: { 'x-user-id': '1', 'x-role': 'admin' },
  });
  expect(await liaison.get('whoAmI')).toEqual(before);
});

test('a prototype is no field', async () => {
  for (const name of ['__proto__', 'constructor', 'prototype']) {
    const body = `{"code":"WJW-PROTO","departmentCode":"WJW","${name}":{"isAdmin":true,"prototype":{"isAdmin":true}},
      "draft":{"name":"检查","category":"general","methods":["on-site"],"legalBases":[],"${name}":{"isAdmin":true}}}`;
    const { status } = await liaison.call('createItem', { body });
    expect(status).toBeLessThan(500);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  }
});

test('a body as deep as it may be long is refused, and the server lives', async () => {
  const deep = 100_000;
  for (const body of [
    `${'['.repeat(deep)}${']'.repeat(deep)}`,
    `{"code":"WJW-DEEP","departmentCode":"WJW","draft":${'{"name":'.repeat(deep)}1${'}'.repeat(deep)}}`,
  ]) {
    const { status } = await liaison.call('createItem', { body, headers: { 'idempotency-key': 'deep' } });
    expect([400, 422]).toContain(status);
  }
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
});

test('a body of another type than JSON is not read', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const { status } = await liaison.call('createItem', {
      body: JSON.stringify({ code: 'WJW-FORM', departmentCode: 'WJW', draft }),
      headers: { 'content-type': type },
    });
    expect([415, 422]).toContain(status);
  }
  expect(await api.db('item_versions').where({ item_code: 'WJW-FORM' })).toEqual([]);
});
