/** Keys of machines: what they open, for how long, and what they never do. */
import { contract } from '../../../api/contract';
import type { Endpoint } from '../../../api/contract/endpoint';
import {
  KEY_SCOPE_NAMES,
  KEY_SCOPES,
  keyScopeOf,
  type KeyScope,
} from '../../../domain/permissions/key-scopes';
import { buildUser, PASSWORD } from '../../support/build-city';
import { caller, cookieOf, startTestApi, type Caller, type EndpointId, type TestApi } from '../api/support';

let api: TestApi;
let admin: Caller;

interface Key {
  id: string;
  key: string;
  prefix: string;
  state: string;
  expiresAt: string;
}

const HOUR_MS = 3_600_000;

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.signedIn('admin');
  const id = await buildUser(api.db, { username: 'province', role: 'coordinator', department: 'SCJG' });
  await api.db('users').where({ id }).update({ is_service: true });
});

afterAll(() => api.stop());

const make = async (scopes: KeyScope[], days = 30): Promise<Key> => {
  const { status, body } = await admin.call('createApiKey', {
    body: { service: 'province', name: '省平台', scopes, days },
  });
  expect(status).toBe(201);
  return body as Key;
};

/** What the holder of a key sends; `more`: headers beside it. */
const withKey = (key: string, more: Record<string, string> = {}) => {
  const machine = caller(api.url, null);
  return (id: EndpointId, sent: Parameters<Caller['call']>[1] = {}) =>
    machine.call(id, { ...sent, headers: { authorization: `Bearer ${key}`, ...more, ...sent.headers } });
};

/** Time goes on, further than sessions last: the administrator signs in anew. */
async function forward(ms: number): Promise<void> {
  api.clock.now = new Date(api.clock.now.getTime() + ms);
  const credentials = { username: 'admin', password: PASSWORD };
  const { status, headers } = await api.nobody.call('signIn', { body: credentials });
  expect(status).toBe(200);
  admin = caller(api.url, cookieOf(headers));
}

test('a key opens what its scopes name, as its service user, and nothing else', async () => {
  const { key, prefix } = await make(['registries:read']);
  expect(key.startsWith(prefix)).toBe(true);
  const call = withKey(key);
  expect((await call('listEntities')).status).toBe(200);
  expect(await call('listCampaigns')).toMatchObject({ status: 403, body: { type: 'key-scope' } });
  expect(await call('createCampaign', { body: {} })).toMatchObject({
    status: 403,
    body: { type: 'not-for-keys' },
  });
  const { rows } = await admin.get<{ rows: (Key & { lastUsedAt: string; lastUsedAddress: string })[] }>(
    'listApiKeys',
  );
  const listed = rows.find((row) => row.prefix === prefix);
  expect(listed).toMatchObject({ state: 'active', lastUsedAddress: '127.0.0.1' });
  expect(JSON.stringify(rows)).not.toContain(key);
});

test('what its service user may not, a key with the scope may not either', async () => {
  const { key } = await make(['audit:read', 'registries:read']);
  expect(await withKey(key)('listAuditEntries')).toMatchObject({ status: 403, body: { type: 'wrong-role' } });
});

test('a machine brings a file in by its key', async () => {
  const { key } = await make(['registries:import']);
  const { status, body } = await withKey(key)('importFile', {
    params: { kind: 'entities' },
    query: { mode: 'changes', fileName: 'entities.csv' },
    body: Buffer.from('企业名称,统一社会信用代码,登记机关区划代码\n'),
  });
  expect(status).toBe(202);
  const { id } = body as { id: number };
  expect((await withKey(key)('readImport', { params: { id: String(id) } })).status).toBe(200);
  const [entry] = await api
    .db('audit_log as a')
    .join('users as u', 'u.id', 'a.actor_id')
    .where({ action: 'import.order' })
    .select<{ username: string }[]>('u.username');
  expect(entry?.username).toBe('province');
});

test('a key that is made up, was revoked or has run out opens nothing', async () => {
  const { key, id } = await make(['registries:read'], 1);
  for (const wrong of [`${key}x`, key.slice(0, -1), 'ov_', 'x']) {
    expect(await withKey(wrong)('listEntities')).toMatchObject({ status: 401, body: { type: 'wrong-key' } });
  }
  const other = await make(['registries:read'], 1);
  expect((await admin.call('revokeApiKey', { params: { id } })).body).toMatchObject({ state: 'revoked' });
  expect((await withKey(key)('listEntities')).status).toBe(401);
  expect((await withKey(other.key)('listEntities')).status).toBe(200);
  await forward(24 * HOUR_MS);
  expect((await withKey(other.key)('listEntities')).status).toBe(401);
});

test('after a rotation both keys are good until the overlap is over; then the new one alone', async () => {
  const old = await make(['registries:read'], 30);
  const { status, body } = await admin.call('rotateApiKey', {
    ...{ params: { id: old.id }, body: { overlapHours: 2 } },
  });
  expect(status).toBe(201);
  const fresh = body as Key & { replaces: string };
  expect(fresh).toMatchObject({ replaces: old.id, state: 'active' });
  expect(Date.parse(fresh.expiresAt) - api.clock.now.getTime()).toBe(30 * 24 * HOUR_MS);
  for (const { key } of [old, fresh]) expect((await withKey(key)('listEntities')).status).toBe(200);
  const twice = { params: { id: old.id }, body: { overlapHours: 2 } };
  expect(await admin.refused('rotateApiKey', twice)).toMatchObject({ status: 409, type: 'key-was-rotated' });
  await forward(2 * HOUR_MS);
  expect((await withKey(old.key)('listEntities')).status).toBe(401);
  expect((await withKey(fresh.key)('listEntities')).status).toBe(200);
  await admin.call('revokeApiKey', { params: { id: fresh.id } });
  const over = { params: { id: fresh.id }, body: { overlapHours: 2 } };
  expect(await admin.refused('rotateApiKey', over)).toMatchObject({ status: 409, type: 'key-is-over' });
});

test('two who rotate one key at once make one new key', async () => {
  const { id } = await make(['registries:read']);
  const sent = { params: { id }, body: { overlapHours: 0 } };
  const answers = await Promise.all([admin.call('rotateApiKey', sent), admin.call('rotateApiKey', sent)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('a service user signs in nowhere, and no session opens anything for it', async () => {
  const credentials = { username: 'province', password: PASSWORD };
  expect(await api.nobody.refused('signIn', { body: credentials })).toMatchObject({
    type: 'wrong-credentials',
  });
});

test('a key is made for service users alone', async () => {
  const body = { service: 'lead', name: '借用', scopes: ['registries:read'], days: 30 };
  expect(await admin.refused('createApiKey', { body })).toMatchObject({ type: 'no-service-user' });
  await api.db('users').where({ username: 'province' }).update({ disabled_at: new Date() });
  const disabled = { body: { ...body, service: 'province' } };
  expect(await admin.refused('createApiKey', disabled)).toMatchObject({ type: 'no-service-user' });
  await api.db('users').where({ username: 'province' }).update({ disabled_at: null });
});

test('a disabled service user has no access, whatever its keys', async () => {
  const { key } = await make(['registries:read']);
  await api.db('users').where({ username: 'province' }).update({ disabled_at: new Date() });
  expect((await withKey(key)('listEntities')).status).toBe(401);
  await api.db('users').where({ username: 'province' }).update({ disabled_at: null });
  expect((await withKey(key)('listEntities')).status).toBe(200);
});

test('with a key beside it no cookie counts, and the page it comes from does not matter', async () => {
  const { key } = await make(['registries:import']);
  const call = withKey(key, { cookie: admin.cookie ?? '', 'sec-fetch-site': 'cross-site' });
  expect(await call('listApiKeys')).toMatchObject({ status: 403, body: { type: 'not-for-keys' } });
  expect(await call('cancelImport', { params: { id: '4000000' } })).toMatchObject({ status: 404 });
  const wrong = withKey('ov_none', { cookie: admin.cookie ?? '' });
  expect((await wrong('listApiKeys')).status).toBe(401);
});

test('what is in the audit log of a key names it, and never holds it', async () => {
  const { key, prefix } = await make(['registries:read']);
  const entries = await api.db('audit_log').where({ subject: `api-key/${prefix}` });
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ action: 'api-key.create' });
  const everything = JSON.stringify(await api.db('audit_log')) + JSON.stringify(await api.db('api_keys'));
  expect(everything).not.toContain(key);
  expect(api.log.join('\n')).not.toContain(key.slice(prefix.length));
});

test('who tries keys is soon told to wait; each key has calls of its own', async () => {
  const strict = await startTestApi({ rateLimits: { user: 2, address: 0, publicWrites: 3 } });
  try {
    const id = await buildUser(strict.db, { username: 'province', role: 'coordinator', department: 'SCJG' });
    await strict.db('users').where({ id }).update({ is_service: true });
    const keeper = await strict.signedIn('admin');
    const keys = [];
    for (const name of ['甲', '乙']) {
      const body = { service: 'province', name, scopes: ['registries:read'], days: 1 };
      keys.push(((await keeper.call('createApiKey', { body })).body as Key).key);
    }
    const machine = caller(strict.url, null);
    const list = async (key: string) =>
      (await machine.call('listEntities', { headers: { authorization: `Bearer ${key}` } })).status;
    const [one = '', two = ''] = keys;
    expect([await list(one), await list(one), await list(one)]).toEqual([200, 200, 429]);
    expect(await list(two)).toBe(200);
    const guesses = [];
    for (let i = 0; i < 4; i++) guesses.push(await list(`ov_${i}`));
    expect(guesses).toEqual([401, 401, 401, 429]);
    expect(await list(two)).toBe(200);
  } finally {
    await strict.stop();
  }
});

/** What people alone do. */
const OF_PEOPLE = Object.values(contract as unknown as Record<EndpointId, Endpoint>).filter(
  ({ id, method }) => method !== 'get' && !['importFile', 'cancelImport'].includes(id),
);

test.each(OF_PEOPLE.map(({ id }) => id as EndpointId))('no scope has %s in it', (id) => {
  expect(keyScopeOf(id)).toBeNull();
});

test('the document says which scope opens what', async () => {
  const document = (await (await fetch(`${api.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; security: unknown; 'x-key-scope'?: string }>>;
  };
  const scopes = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .filter((operation) => operation['x-key-scope'] !== undefined);
  expect(new Set(scopes.map((operation) => operation['x-key-scope']))).toEqual(new Set(KEY_SCOPE_NAMES));
  expect(scopes).toHaveLength(KEY_SCOPE_NAMES.flatMap((scope) => KEY_SCOPES[scope].endpoints).length);
  for (const { security } of scopes) expect(security).toContainEqual({ key: [] });
});
