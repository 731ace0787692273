import { checkCharacter } from '../../../domain/registry/credit-code';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Answered, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.stop());

interface Import {
  id: number;
  status: string;
  added: number;
  unchanged: number;
  refused: number;
  dryRun: boolean;
  startedAt: string;
  finishedAt: string | null;
}

const codeOf = (number: number): string => {
  const first17 = `91691101${String(number).padStart(9, '0')}`;
  return first17 + checkCharacter(first17);
};

const FILE = [
  '企业名称,统一社会信用代码,登记机关区划代码,经营范围',
  `云溪第一面馆,${codeOf(1)},691101,餐饮服务`,
  `"云溪""老号""茶馆",${codeOf(2)},691102,茶馆服务`,
  '没有代码的商店,123,691101,零售',
].join('\n');

const send = async (
  username: string,
  body: string,
  query: Record<string, string> = {},
  kind = 'entities',
): Promise<Answered> =>
  (await api.signedIn(username)).call('importFile', {
    params: { kind },
    query: { fileName: '名录.csv', ...query },
    body,
  });

/** Uploads, and lets a worker carry it out. */
async function imported(
  ...[username, body, query, kind = 'entities']: Parameters<typeof send>
): Promise<Import> {
  const answer = await send(username, body, query, kind);
  expect(answer).toMatchObject({ status: 202, body: { status: 'waiting', progress: 0, cancellable: true } });
  const { activities } = runActivities(api.db);
  while (await activities.carryOutNextImport(kind as 'entities'));
  return (await api.signedIn(username)).get('readImport', { params: { id: (answer.body as Import).id } });
}

test('a file is tried, imported, and imported again without effect; what was refused can be fetched', async () => {
  const registered = async () => (await api.db('entities').count({ count: '*' }))[0]?.['count'];
  const before = await registered();
  expect(await imported('coordinator', FILE, { dryRun: 'true' })).toMatchObject({
    ...{ dryRun: true, status: 'done', added: 2, refused: 1 },
  });
  expect(await registered()).toBe(before);

  const done = await imported('coordinator', FILE);
  expect(done).toMatchObject({ kind: 'entities', fileName: '名录.csv', added: 2, refused: 1 });
  expect(Date.parse(done.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(done.startedAt));
  expect(await imported('coordinator', FILE)).toMatchObject({ added: 0, unchanged: 2, refused: 1 });

  const caller = await api.signedIn('coordinator');
  const { id } = done;
  expect(await caller.get('readImport', { params: { id } })).toEqual({ ...done, undoable: false });
  const { rows } = await caller.get<{ rows: Import[] }>('listImports');
  expect(rows.map((row) => row.id)).toEqual([...rows.map((row) => row.id)].sort((a, b) => b - a));
  const refusals = await caller.get('listRefusals', { params: { id } });
  expect(refusals).toMatchObject({ rows: [{ rowNumber: 4, value: '123' }], nextCursor: null });

  const other = await api.signedIn('wjw-liaison');
  expect(await other.get('readImport', { params: { id } })).toMatchObject({ refused: 1, own: false });
  expect((await other.call('listRefusals', { params: { id } })).status).toBe(403);
  expect((await other.call('downloadRefusals', { params: { id } })).status).toBe(403);

  const csv = await caller.call('downloadRefusals', { params: { id } });
  expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
  expect(csv.headers.get('content-disposition')).toContain(encodeURIComponent('名录-refused.csv'));
  // Spreadsheets show Chinese only behind this mark.
  expect(String(csv.body).split('\n').slice(0, 2)).toEqual([
    '\uFEFF企业名称,统一社会信用代码,登记机关区划代码,经营范围,行,列,原因,说明',
    expect.stringMatching(/^没有代码的商店,123,691101,零售,4,统一社会信用代码,code-length,/) as string,
  ]);
  // Mended, it is a file to import.
  const mended = String(csv.body).replace(',123,', `,${codeOf(3)},`);
  expect(await imported('coordinator', mended)).toMatchObject({ added: 1, refused: 0 });
  expect(await caller.refused('readImport', { params: { id: 999_999 } })).toMatchObject({ status: 404 });
});

test.each([
  ['an empty file', ''],
  ['a file of another kind', 'a,b\n1,2\n'],
  ['a picture', '\u0089PNG\r\n\u001a\n\0\0\0'],
])('%s is refused in words, and changes nothing', async (_, content) => {
  const { status, body } = await send('coordinator', content);
  expect(status).toBe(422);
  expect((body as { detail: string }).detail).toMatch(/[\u4e00-\u9fff]/);
  expect(await api.db('import_files').first()).toBeUndefined();
  expect(await api.db('imports').whereIn('status', ['waiting', 'running']).first()).toBeUndefined();
});

test('what only reading the rows shows is on record, and the file does not stay', async () => {
  const header = '企业名称,统一社会信用代码,登记机关区划代码\n';
  expect(await imported('coordinator', header)).toMatchObject({
    ...{ status: 'failed', failure: expect.stringContaining('只有表头') as string, cancellable: false },
  });
  expect(await api.db('import_files').first()).toBeUndefined();
});

test('an import that waits is cancelled by who started it or the city, and by nobody else', async () => {
  const { id } = (await send('wjw-liaison', inspectors('WJW'), {}, 'inspectors')).body as Import;
  const other = await api.signedIn('xfj-liaison');
  expect(await other.refused('cancelImport', { params: { id } })).toMatchObject({ type: 'foreign-import' });
  const own = await api.signedIn('wjw-liaison');
  expect(await own.get('cancelImport', { params: { id } })).toMatchObject({
    status: 'cancelled',
    failure: null,
  });
  expect(await own.refused('cancelImport', { params: { id } })).toMatchObject({ type: 'not-cancellable' });
  expect(await runActivities(api.db).activities.carryOutNextImport('inspectors')).toBe(false);
  expect(await api.db('inspectors').where({ code: 'WJW-900' })).toEqual([]);
});

test('the last import is undone by who made it, once, with a reason', async () => {
  const { id } = await imported('wjw-liaison', `${FILE}\n云溪第五面馆,${codeOf(5)},691101,餐饮服务`);
  const own = await api.signedIn('wjw-liaison');
  const order = { params: { id }, body: { reason: '文件取错了' } };
  expect(await own.get('readImport', { params: { id } })).toMatchObject({ undoable: true, undoneBy: null });
  expect(await own.refused('undoImport', { params: { id }, body: { reason: ' ' } })).toMatchObject({
    status: 422,
  });
  expect(await (await api.signedIn('xfj-liaison')).refused('undoImport', order)).toMatchObject({
    status: 403,
  });
  const undo = await own.get<Import>('undoImport', order);
  expect(undo).toMatchObject({ mode: 'undo', status: 'waiting', undoOf: id, reason: '文件取错了' });
  expect(await own.refused('undoImport', order)).toMatchObject({ status: 409, type: 'undo-again' });
  await runActivities(api.db).activities.carryOutNextImport('entities');
  expect(await own.get('readImport', { params: { id: undo.id } })).toMatchObject({
    status: 'done',
    progress: 100,
  });
  expect(await own.get('readImport', { params: { id } })).toMatchObject({
    undoable: false,
    undoneBy: undo.id,
  });
  expect(await own.refused('readEntity', { params: { creditCode: codeOf(5) } })).toMatchObject({
    status: 404,
  });
});

test('the template has the columns that a file is known by', async () => {
  const caller = await api.signedIn('wjw-liaison');
  const { columns } = await caller.get<{ columns: { name: string; required: boolean }[] }>('readTemplate', {
    params: { kind: 'entities' },
  });
  expect(columns.filter(({ required }) => required).map(({ name }) => name)).toEqual([
    ...['企业名称', '统一社会信用代码', '登记机关区划代码'],
  ]);
  const { body } = await caller.call('downloadTemplate', { params: { kind: 'entities' } });
  expect(
    await imported('coordinator', `${String(body)}甲店,${codeOf(9)},691101,,,,,,,,,,,,,\n`),
  ).toMatchObject({
    ...{ status: 'done', refused: 0, added: 1 },
  });
});

const inspectors = (department: string) =>
  `编号,姓名,部门,执法证号,执法证有效期至\n${department}-900,张三,${department},ZF-900,2099-12-31\n`;

test('a department imports its own inspectors, and nobody else’s', async () => {
  expect(await imported('wjw-liaison', inspectors('WJW'), {}, 'inspectors')).toMatchObject({
    added: 1,
    refused: 0,
  });
  expect(await imported('wjw-liaison', inspectors('XFJ'), {}, 'inspectors')).toMatchObject({
    added: 0,
    refused: 1,
  });
  expect(await api.db('inspectors').where({ code: 'XFJ-900' })).toEqual([]);
  // A full import ends the department's inspectors that the file leaves out, and no others.
  await imported('wjw-liaison', inspectors('WJW'), { mode: 'full' }, 'inspectors');
  const left = await api.db('inspectors').whereNull('ended_at').orderBy('code').select('code');
  expect(left.map((row: { code: string }) => row.code)).toEqual([
    'SCJG-0001',
    'SCJG-0002',
    'WJW-900',
    'XFJ-0001',
    'XFJ-0002',
  ]);
});

test('the registry that all departments share is replaced as a whole by the city only', async () => {
  const { status, body } = await send('wjw-liaison', FILE, { mode: 'full' });
  expect({ status, body }).toMatchObject({ status: 403, body: { type: 'full-entities-import' } });
  expect((await imported('wjw-liaison', FILE)).status).toBe('done');
});

test('an import is on record with who did it', async () => {
  const { id } = await imported('admin', FILE);
  expect(
    await api
      .db('audit_log')
      .where({ subject: `import/${id}` })
      .orderBy('seq')
      .select('action', 'actor_id', 'address'),
  ).toEqual([
    { action: 'import.order', actor_id: api.city.users['admin'], address: '127.0.0.1' },
    { action: 'import', actor_id: api.city.users['admin'], address: null },
  ]);
});
