import { actingAs } from '../../../db/acting';
import { linkIdentity } from '../../../db/provider-identities';
import { grantRole, lockRoleRequest } from '../../../db/role-requests';
import { dayOf } from '../../../domain/deadlines/working-days';
import { buildUser, PASSWORD } from '../../support/build-city';
import { reachedAs } from '../../support/database';
import { caller, cookieOf, startTestApi, type Caller, type TestApi } from './support';

interface Request {
  id: number;
  state: string;
  mayDecide: boolean;
  mayWithdraw: boolean;
  decidedBy: string | null;
}
interface Detail {
  id: number;
  username: string;
  grants: { role: string; department: { code: string }; region: { code: string }; since: string }[];
  pending: number;
  sessions: number;
  requests: Request[];
  may: Record<string, boolean>;
}

let api: TestApi;
let admin: Caller;
let security: Caller;

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.signedIn('admin');
  security = await api.signedIn('security');
});

afterAll(() => api.stop());

const LIAISON = { role: 'liaison', department: 'WJW', region: '691100' };
const reason = '新到任';
const idOf = (username: string) => api.city.users[username] ?? 0;
const decide = (who: Caller, id: number, confirms = true, note = '') =>
  who.call('decideRoleRequest', { params: { id }, body: { confirms, note } });

let count = 0;
/** Somebody with an account that was asked for, and the request that waits. */
async function newcomer(roles: object[] = [LIAISON]): Promise<Detail & { request: number }> {
  count += 1;
  const detail = await admin.get<Detail>('createUser', {
    body: { username: `newcomer-${count}`, name: `新人${count}`, email: null, roles, reason },
  });
  return { ...detail, request: detail.requests[0]?.id ?? 0 };
}

async function signIn(username: string, password: string): Promise<Caller> {
  const { status, headers } = await api.nobody.call('signIn', { body: { username, password } });
  expect(status).toBe(200);
  return caller(api.url, cookieOf(headers));
}

test('an account is opened by one, its role confirmed and its password issued by another', async () => {
  const made = await newcomer();
  expect(made).toMatchObject({ grants: [], pending: 1, requests: [{ state: 'pending', mayDecide: false }] });
  const told = await api
    .db('notices')
    .where({ kind: 'account', key: `role-request/${made.request}/${idOf('security')}` })
    .first<{ params: { what: string } }>('params');
  expect(told.params.what).toContain('部门联络员');
  const { rows } = await security.get<{ rows: Request[] }>('listRoleRequests');
  expect(rows.find(({ id }) => id === made.request)).toMatchObject({ mayDecide: true, mayWithdraw: false });

  expect((await decide(security, made.request)).status).toBe(200);
  const { password } = await security.get<{ password: string }>('issuePassword', {
    params: { id: made.id },
    body: { reason: '首次登录' },
  });
  const person = await signIn(made.username, password);
  expect(await person.get('whoAmI')).toMatchObject({ owes: 'password', grants: [LIAISON] });
  expect(await person.refused('listEntities')).toMatchObject({ type: 'password-change-needed' });
  const log = await api
    .db('audit_log')
    .where({ subject: `user/${made.username}` })
    .whereNot('action', 'like', 'session.%')
    .orderBy('seq')
    .select<{ action: string; actor_id: number }[]>('action', 'actor_id');
  expect(log).toEqual([
    { action: 'user.create', actor_id: idOf('admin') },
    { action: 'role.request', actor_id: idOf('admin') },
    { action: 'role.confirm', actor_id: idOf('security') },
    { action: 'user.password', actor_id: idOf('security') },
  ]);
});

test('who has an account and no role yet sees none of the city’s records, and a new password undoes links to the provider', async () => {
  const made = await newcomer();
  const foreign = { issuer: 'https://id.example.test', subject: 'who-knew-the-old-password' };
  expect(await linkIdentity(api.db, foreign, made.id, api.clock.now)).toBe(true);
  const { password } = await security.get<{ password: string }>('issuePassword', {
    params: { id: made.id },
    body: { reason },
  });
  expect(await api.db('provider_identities').where({ user_id: made.id })).toEqual([]);
  await api.db('users').where({ id: made.id }).update({ must_change_password: false });
  const person = await signIn(made.username, password);
  expect(await person.get('whoAmI')).toMatchObject({ grants: [], owes: null });
  for (const id of ['listEntities', 'listCampaigns', 'listTasks', 'listInspectors', 'listItems'] as const)
    expect(await person.refused(id)).toMatchObject({ status: 403, type: 'wrong-role' });
});

test('nobody asks for themselves, and nobody confirms what they asked for or what is for themselves', async () => {
  const own = { params: { id: idOf('admin') }, body: { ...LIAISON, role: 'admin', reason } };
  expect(await admin.refused('requestRole', own)).toMatchObject({ status: 403, type: 'own-account' });
  const { request } = await newcomer();
  expect(
    await admin.refused('decideRoleRequest', { params: { id: request }, body: { confirms: true } }),
  ).toMatchObject({
    status: 403,
    type: 'wrong-role',
  });
  // A mixture from before the upgrade: the wall holds where one person has both.
  await api.db.transaction(async (trx) => {
    await trx.raw(`set local session_replication_role = 'replica'`);
    await trx('user_roles').insert({
      ...{ user_id: idOf('admin'), role: 'security_admin', department_code: 'SCJG', region_code: '691100' },
    });
  });
  expect((await decide(admin, request)).body).toMatchObject({ status: 403, type: 'own-submission' });
  await api
    .db('user_roles')
    .where({ user_id: idOf('admin'), role: 'security_admin' })
    .delete();

  await buildUser(api.db, { username: 'security-2', role: 'security_admin', department: 'WJW' });
  const second = await api.signedIn('security-2');
  const [{ id: target }] = (await api.db('users').where({ username: 'security-2' }).select('id')) as [
    { id: number },
  ];
  const more = await admin.get<Request>('requestRole', {
    params: { id: target },
    body: { ...LIAISON, role: 'security_admin', department: 'XFJ', reason },
  });
  expect((await decide(second, more.id)).body).toMatchObject({ status: 403, type: 'own-grant' });
  expect((await decide(security, more.id)).status).toBe(200);
});

test('the database refuses a confirmation by who asked, and a grant that is not the one asked for', async () => {
  const made = await newcomer();
  await expect(
    api
      .db('role_requests')
      .where({ id: made.request })
      .update({ status: 'confirmed', decided_by: idOf('admin') }),
  ).rejects.toThrow(/check constraint/);
  const row = await lockRoleRequest(api.db, made.request, new Date());
  if (!row) throw new Error('no request');
  await expect(grantRole(api.db, { ...row, role: 'approver' }, new Date())).rejects.toThrow(/foreign key/);
});

test('the API’s own role of PostgreSQL gives nobody a role that was not confirmed, nor decides in another’s name', async () => {
  const made = await newcomer();
  const reached = reachedAs('onevisit_api', api.db);
  const acting = actingAs(reached, { userId: idOf('admin'), day: dayOf(new Date()) });
  const grant = { user_id: made.id, role: 'liaison', department_code: 'WJW', region_code: '691100' };
  await expect(acting('user_roles').insert(grant)).rejects.toThrow(/row-level security/);
  await expect(acting('user_roles').insert({ ...grant, request_id: made.request })).rejects.toThrow(
    /row-level security/,
  );
  const stolen = { status: 'confirmed', decided_by: idOf('security') };
  await expect(acting('role_requests').where({ id: made.request }).update(stolen)).rejects.toThrow(
    /row-level security/,
  );
  await expect(acting('user_roles').where({ user_id: made.id }).update({ role: 'approver' })).rejects.toThrow(
    /permission denied/,
  );
  const outsider = actingAs(reached, { userId: idOf('wjw-liaison'), day: dayOf(new Date()) });
  expect(await outsider('role_requests')).toEqual([]);
  await reached.destroy();
});

test.each([
  ['system and security', 'admin', 'security_admin'],
  ['system and audit', 'admin', 'audit_admin'],
  ['security and audit', 'security', 'audit_admin'],
  ['security and a post', 'security', 'approver'],
  ['a post and system', 'wjw-liaison', 'admin'],
])('nobody is %s administrator at once: neither asked for nor written', async (_, username, role) => {
  const id = idOf(username);
  const asked = { params: { id }, body: { ...LIAISON, role, reason } };
  const keeper = username === 'admin' ? 'admin-2' : 'admin';
  if (keeper === 'admin-2' && !(await api.db('users').where({ username: 'admin-2' }).first('id')))
    await buildUser(api.db, { username: 'admin-2', role: 'admin', department: 'WJW' });
  expect(await (await api.signedIn(keeper)).refused('requestRole', asked)).toMatchObject({
    status: 409,
    type: 'roles-apart',
  });
  await expect(
    api.db('user_roles').insert({ user_id: id, role, department_code: 'WJW', region_code: '691100' }),
  ).rejects.toThrow(/beside other roles/);
});

test('two administrators’ roles for one person, written at once, are not both there', async () => {
  const made = await newcomer();
  const insert = (role: string) =>
    api.db('user_roles').insert({ user_id: made.id, role, department_code: 'WJW', region_code: '691100' });
  const outcomes = await Promise.allSettled([
    insert('security_admin'),
    insert('audit_admin'),
    insert('liaison'),
  ]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await api.db('user_roles').where({ user_id: made.id })).toHaveLength(1);
});

test('what was asked for is returned with a reason, withdrawn by who asked, and runs out', async () => {
  const [returned, withdrawn, late] = [await newcomer(), await newcomer(), await newcomer()];
  expect((await decide(security, returned.request, false)).body).toMatchObject({ type: 'reason-needed' });
  expect((await decide(security, returned.request, false, '不是本部门人员')).body).toMatchObject({
    state: 'returned',
  });
  expect(await security.refused('withdrawRoleRequest', { params: { id: withdrawn.request } })).toMatchObject({
    type: 'wrong-role',
  });
  expect(await admin.get('withdrawRoleRequest', { params: { id: withdrawn.request } })).toMatchObject({
    state: 'withdrawn',
  });
  for (const { request } of [returned, withdrawn])
    expect((await decide(security, request)).body).toMatchObject({ status: 409, type: 'request-decided' });
  const { now } = api.clock;
  api.clock.now = new Date(now.getTime() + 8 * 86_400_000);
  const [keeper, guard] = await Promise.all(['admin', 'security'].map((name) => signIn(name, PASSWORD)));
  if (!keeper || !guard) throw new Error('not signed in');
  expect((await decide(guard, late.request)).body).toMatchObject({ status: 409, type: 'request-expired' });
  expect(await keeper.get<Detail>('readUser', { params: { id: late.id } })).toMatchObject({
    pending: 0,
    requests: [{ state: 'expired' }],
  });
  const again = await keeper.get<Request>('requestRole', {
    params: { id: late.id },
    body: { ...LIAISON, reason },
  });
  expect((await decide(guard, again.id)).status).toBe(200);
  api.clock.now = now;
});

test('a role is taken away at once, by either of the two, and the session has lost it', async () => {
  const id = await buildUser(api.db, { username: 'leaver', role: 'liaison', department: 'WJW' });
  const leaver = await api.signedIn('leaver');
  await leaver.get('listEntities');
  expect(
    await security.get<Detail>('endRole', { params: { id }, body: { ...LIAISON, reason: '调离' } }),
  ).toMatchObject({
    grants: [],
  });
  expect(await leaver.refused('listEntities')).toMatchObject({ type: 'wrong-role' });
  const gone = { params: { id }, body: { ...LIAISON, reason } };
  expect(await admin.refused('endRole', gone)).toMatchObject({ status: 404, type: 'role-not-held' });
});

test('the security administrator ends all sessions of a person, who signs in again', async () => {
  const id = await buildUser(api.db, { username: 'roamer', role: 'liaison', department: 'WJW' });
  const [desk, phone] = [await signIn('roamer', PASSWORD), await signIn('roamer', PASSWORD)];
  expect(await security.get<Detail>('readUser', { params: { id } })).toMatchObject({ sessions: 2 });
  const order = { params: { id }, body: { reason: '手机遗失' } };
  expect(await admin.refused('endUserSessions', order)).toMatchObject({ type: 'wrong-role' });
  expect(await security.get<Detail>('endUserSessions', order)).toMatchObject({ sessions: 0 });
  for (const ended of [desk, phone]) expect(await ended.refused('whoAmI')).toMatchObject({ status: 401 });
  await signIn('roamer', PASSWORD);
});

test('who is let in again gets the former roles when another has confirmed them', async () => {
  const id = await buildUser(api.db, { username: 'returner', role: 'liaison', department: 'WJW' });
  const returner = await api.signedIn('returner');
  await admin.get('disableUser', { params: { id }, body: { reason: '借调' } });
  expect(await returner.refused('whoAmI')).toMatchObject({ status: 401 });
  const password = { params: { id }, body: { reason } };
  expect(await security.refused('issuePassword', password)).toMatchObject({ type: 'user-disabled' });
  const detail = await admin.get<Detail>('enableUser', { params: { id }, body: { reason: '借调结束' } });
  expect(detail).toMatchObject({ grants: [], pending: 1, requests: [{ state: 'pending' }] });
  expect((await decide(security, detail.requests[0]?.id ?? 0)).status).toBe(200);
  expect(await admin.get<Detail>('readUser', { params: { id } })).toMatchObject({
    grants: [LIAISON].map(refs),
  });
});

const refs = ({ role, department, region }: typeof LIAISON) => ({
  role,
  department: { code: department },
  region: { code: region },
});

test('a county’s administrators neither see nor keep people of other counties and of the city', async () => {
  await buildUser(api.db, { username: 'east-admin', role: 'admin', department: 'WJW', region: '691101' });
  await buildUser(api.db, {
    username: 'east-security',
    role: 'security_admin',
    department: 'WJW',
    region: '691101',
  });
  const west = await buildUser(api.db, {
    username: 'west',
    role: 'liaison',
    department: 'WJW',
    region: '691102',
  });
  const both = await buildUser(api.db, {
    username: 'both',
    role: 'liaison',
    department: 'WJW',
    region: '691101',
  });
  await api.db('user_roles').insert({
    ...{ user_id: both, role: 'liaison', department_code: 'WJW', region_code: '691100' },
  });
  const eastAdmin = await api.signedIn('east-admin');
  const eastSecurity = await api.signedIn('east-security');
  const { rows } = await eastAdmin.get<{ rows: { username: string; grants: unknown[] }[] }>('listUsers');
  const seen = rows.filter(({ grants }) => grants.length > 0).map(({ username }) => username);
  expect(seen.sort()).toEqual(['both', 'east-admin', 'east-security']);
  expect(await eastAdmin.refused('readUser', { params: { id: west } })).toMatchObject({ status: 404 });
  for (const id of ['disableUser', 'endRole'] as const)
    expect(await eastAdmin.refused(id, { params: { id: both }, body: { ...LIAISON, reason } })).toMatchObject(
      { status: 403, type: 'other-region' },
    );
  expect(
    await eastSecurity.refused('issuePassword', { params: { id: both }, body: { reason } }),
  ).toMatchObject({
    type: 'other-region',
  });
  const city = { username: 'reaching', name: '某', email: null, roles: [LIAISON], reason };
  expect(await eastAdmin.refused('createUser', { body: city })).toMatchObject({ type: 'other-region' });
  const { request } = await newcomer();
  expect((await decide(eastSecurity, request)).body).toMatchObject({ type: 'request-not-found' });
  const { rows: open } = await eastSecurity.get<{ rows: Request[] }>('listRoleRequests');
  expect(open).toEqual([]);
});

test('of two who confirm at once one takes effect; the other is told so, and nothing is there twice', async () => {
  const made = await newcomer();
  await buildUser(api.db, { username: 'security-3', role: 'security_admin', department: 'XFJ' });
  const third = await api.signedIn('security-3');
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => decide(security, made.request)),
    ...Array.from({ length: 4 }, () => decide(third, made.request)),
    decide(third, made.request, false, '不同意'),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = answers
    .filter(({ status }) => status !== 200)
    .map(({ body }) => (body as { type: string }).type);
  expect(new Set(refused)).toEqual(new Set(['request-decided']));
  const entries = await api
    .db('audit_log')
    .where({ subject: `user/${made.username}` })
    .whereIn('action', ['role.confirm', 'role.return']);
  expect(entries).toHaveLength(1);
});

test('an administrator stands in for nobody, and nobody for an administrator', async () => {
  const lead = await api.signedIn('lead');
  const { people } = await lead.get<{ people: { id: number }[] }>('listDelegations');
  const ids = people.map(({ id }) => id);
  for (const name of ['admin', 'security', 'auditor']) expect(ids).not.toContain(idOf(name));
  const away = { from: '2999-01-01', until: '2999-01-02', reason };
  expect(
    await lead.refused('createDelegation', {
      body: { person: idOf('lead'), delegate: idOf('admin'), ...away },
    }),
  ).toMatchObject({ type: 'delegation-department' });
  // Written past the API, it gives no rights.
  await api.db('delegations').insert({
    ...{ user_id: idOf('lead'), delegate_id: idOf('admin'), department_code: 'SCJG', reason },
    ...{ from_day: '2020-01-01', until_day: '2999-01-01', created_by: idOf('lead'), created_at: new Date() },
  });
  const { grants } = await admin.get<{ grants: { role: string }[] }>('whoAmI');
  expect(grants.map(({ role }) => role)).toEqual(['admin']);
});
