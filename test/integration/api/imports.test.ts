import { checkCharacter } from '../../../domain/registry/credit-code';
import { startTestApi, type Answered, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.stop());

interface Import {
  id: number;
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

test('a file is tried, imported, and imported again without effect; what was refused can be fetched', async () => {
  const registered = async () => (await api.db('entities').count({ count: '*' }))[0]?.['count'];
  const before = await registered();
  expect((await send('coordinator', FILE, { dryRun: 'true' })).body).toMatchObject({
    ...{ dryRun: true, status: 'done', added: 2, refused: 1 },
  });
  expect(await registered()).toBe(before);

  const first = await send('coordinator', FILE);
  expect(first.status).toBe(201);
  const done = first.body as Import;
  expect(done).toMatchObject({ kind: 'entities', fileName: '名录.csv', added: 2, refused: 1 });
  expect(Date.parse(done.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(done.startedAt));
  expect((await send('coordinator', FILE)).body).toMatchObject({ added: 0, unchanged: 2, refused: 1 });

  const caller = await api.signedIn('coordinator');
  const { id } = done;
  expect(await caller.get('readImport', { params: { id } })).toEqual(done);
  const { rows } = await caller.get<{ rows: Import[] }>('listImports');
  expect(rows.map((row) => row.id)).toEqual([...rows.map((row) => row.id)].sort((a, b) => b - a));
  const refusals = await caller.get('listRefusals', { params: { id } });
  expect(refusals).toMatchObject({ rows: [{ rowNumber: 4, value: '123' }], nextCursor: null });

  const csv = await caller.call('downloadRefusals', { params: { id } });
  expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
  expect(csv.headers.get('content-disposition')).toContain(encodeURIComponent('名录-refused.csv'));
  // Spreadsheets show Chinese only behind this mark.
  expect(String(csv.body)).toMatch(/^\uFEFF行,列,值/);
  expect(String(csv.body)).toContain('没有代码的商店');
  expect(await caller.refused('readImport', { params: { id: 999_999 } })).toMatchObject({ status: 404 });
});

test.each([
  ['an empty file', ''],
  ['a file with a header only', '企业名称,统一社会信用代码,登记机关区划代码\n'],
  ['a file of another kind', 'a,b\n1,2\n'],
  ['a picture', '\u0089PNG\r\n\u001a\n\0\0\0'],
])('%s is refused in words, and changes nothing', async (_, content) => {
  const { status, body } = await send('coordinator', content);
  expect(status).toBe(422);
  expect((body as { detail: string }).detail).toMatch(/[\u4e00-\u9fff]/);
});

const inspectors = (department: string) =>
  `编号,姓名,部门,执法证号,执法证有效期至\n${department}-900,张三,${department},ZF-900,2099-12-31\n`;

test('a department imports its own inspectors, and nobody else’s', async () => {
  expect((await send('wjw-liaison', inspectors('WJW'), {}, 'inspectors')).body).toMatchObject({
    added: 1,
    refused: 0,
  });
  expect((await send('wjw-liaison', inspectors('XFJ'), {}, 'inspectors')).body).toMatchObject({
    added: 0,
    refused: 1,
  });
  expect(await api.db('inspectors').where({ code: 'XFJ-900' })).toEqual([]);
  // A full import ends the department's inspectors that the file leaves out, and no others.
  await send('wjw-liaison', inspectors('WJW'), { mode: 'full' }, 'inspectors');
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
  expect((await send('wjw-liaison', FILE)).status).toBe(201);
});

test('an import is on record with who did it', async () => {
  const { body } = await send('admin', FILE);
  const { id } = body as Import;
  expect(
    await api
      .db('audit_log')
      .where({ subject: `import/${id}` })
      .first(),
  ).toMatchObject({
    action: 'import',
    actor_id: api.city.users['admin'],
  });
});
