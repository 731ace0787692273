import { startTestApi, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.stop());

const BODY = {
  name: '新来的',
  departmentCode: 'WJW',
  certificateNumber: '6911-777',
  certificateValidUntil: '2099-12-31',
  regions: ['691101'],
  qualifications: [],
  capacity: 12,
  status: 'active',
  email: null,
  phone: '0911-1234567',
  reason: '调入',
};

interface File {
  phone: string;
  mayEdit: boolean;
  versions: { by: string; reason: string; changes: object[] }[];
  exclusions: { id: number; kind: string; endReason: string | null; mayEnd: boolean }[];
}

const fileOf = async (username: string, code: string): Promise<File> =>
  (await api.signedIn(username)).get('readInspectorFile', { params: { code } });

const codesOf = async (query: Record<string, string>): Promise<string[]> => {
  const caller = await api.signedIn('wjw-liaison');
  const { rows } = await caller.get<{ rows: { code: string }[] }>('listInspectors', { query });
  return rows.map((row) => row.code);
};

test('a liaison adds and edits; each change is a version with its reason', async () => {
  const liaison = await api.signedIn('wjw-liaison');
  await liaison.get('createInspector', { body: { ...BODY, code: 'WJW-9001' } });
  await liaison.get('editInspector', {
    params: { code: 'WJW-9001' },
    body: { ...BODY, status: 'suspended', reason: '停职调查' },
  });
  const file = await fileOf('wjw-liaison', 'WJW-9001');
  expect(file).toMatchObject({ phone: '091*-***4567', mayEdit: true });
  expect(file.versions).toMatchObject([
    { reason: '停职调查', changes: [{ field: 'status', before: 'active', after: 'suspended' }] },
    { reason: '调入', changes: [] },
  ]);
  expect(
    await api.db('audit_log').where({ subject: 'inspector/WJW-9001' }).orderBy('seq').pluck('action'),
  ).toEqual(['inspector.create', 'inspector.edit', 'inspector.read-file']);
  // Who is registered is never registered twice.
  expect(await liaison.refused('createInspector', { body: { ...BODY, code: 'WJW-9001' } })).toMatchObject({
    type: 'inspector-exists',
  });
});

test('what is wrong is named, and nothing is written', async () => {
  const liaison = await api.signedIn('wjw-liaison');
  const add = (change: object) =>
    liaison.refused('createInspector', { body: { ...BODY, code: 'WJW-9002', ...change } });
  expect(await add({ reason: ' ' })).toMatchObject({ status: 422 });
  expect(await add({ phone: '找前台' })).toMatchObject({ status: 422 });
  expect(await add({ regions: ['999999'] })).toMatchObject({
    type: 'unknown-region',
    fields: [{ field: 'regions' }],
  });
  expect(await add({ departmentCode: 'XFJ' })).toMatchObject({ type: 'other-department' });
  const nowhere = { params: { code: 'WJW-0001' }, body: { ...BODY, departmentCode: 'NOWHERE' } };
  expect(await liaison.refused('editInspector', nowhere)).toMatchObject({ type: 'unknown-department' });
  expect(await api.db('inspectors').where({ code: 'WJW-9002' })).toEqual([]);
});

test('another department sees who there is, and changes and reads no more', async () => {
  const other = await api.signedIn('xfj-liaison');
  const params = { code: 'WJW-0001' };
  await other.get('readInspector', { params });
  expect(await other.refused('readInspectorFile', { params })).toMatchObject({ status: 403 });
  expect(await other.refused('editInspector', { params, body: BODY })).toMatchObject({ status: 403 });
  const { body } = await other.call('downloadInspectors', { query: { department: 'WJW' } });
  expect(body).toContain('WJW-0001');
  expect(body).not.toContain(BODY.phone);
});

test('inspectors are found by name, status, region and certificate', async () => {
  await api.db('inspectors').where({ code: 'WJW-0002' }).update({ certificate_valid_until: '2020-12-31' });
  const soon = new Date(api.clock.now.getTime() + 10 * 86_400_000).toISOString().slice(0, 10);
  await api.db('inspectors').where({ code: 'XFJ-0001' }).update({ certificate_valid_until: soon });
  expect(await codesOf({ q: '来的' })).toEqual(['WJW-9001']);
  expect(await codesOf({ q: 'wjw-90' })).toEqual(['WJW-9001']);
  expect(await codesOf({ q: '%' })).toEqual([]);
  expect(await codesOf({ status: 'suspended' })).toEqual(['WJW-9001']);
  expect(await codesOf({ certificate: 'expired' })).toEqual(['WJW-0002']);
  expect(await codesOf({ certificate: 'expiring' })).toEqual(['XFJ-0001']);
  expect(await codesOf({ q: 'WJW-9001', region: '691100' })).toEqual(['WJW-9001']);
  expect(await codesOf({ q: 'WJW-9001', region: '691102' })).toEqual([]);
});

test('a recusal ends with a reason and stays on record; what the department ordered, it alone lifts', async () => {
  const own = await api.signedIn('wjw-0001');
  const liaison = await api.signedIn('wjw-liaison');
  const declare = (creditCode: string) => ({
    body: { inspector: 'WJW-0001', creditCode, reason: '近亲属任职' },
  });
  await own.get('declareExclusion', declare('92691100MA00000001'));
  await liaison.get('declareExclusion', declare('92691100MA00000012'));
  const [declared, ordered] = (await fileOf('wjw-0001', 'WJW-0001')).exclusions;
  expect([declared, ordered]).toMatchObject([
    { kind: 'declared', mayEnd: true },
    { kind: 'ordered', mayEnd: false },
  ]);
  const end = (id = 0) => ({ params: { id }, body: { reason: '亲属已离职' } });
  expect(await own.refused('endExclusion', end(ordered?.id))).toMatchObject({ type: 'not-own-exclusion' });
  await own.get('endExclusion', end(declared?.id));
  expect(await own.refused('endExclusion', end(declared?.id))).toMatchObject({ type: 'exclusion-ended' });
  await own.get('declareExclusion', declare('92691100MA00000001'));
  const { exclusions } = await fileOf('wjw-liaison', 'WJW-0001');
  expect(exclusions.map((one) => one.endReason)).toEqual([null, '亲属已离职', null]);
});
