/** The tree of regions as officials keep it, and rows that go in once their region is known. */
import { checkCharacter } from '../../../domain/registry/credit-code';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Caller, type TestApi } from './support';

interface Book {
  regions: { code: string; name: string; isNamed: boolean; entities: number; inspectors: number }[];
  moves: { oldCode: string; newCode: string; used: number; by: string | null; entitiesLeft: number }[];
  unknown: {
    code: string;
    rows: number;
    imports: { id: number; rows: number; sample: { rowNumber: number; text: string } }[];
  }[];
  retries: { importId: number; rows: number; obstacle: string | null }[];
}
interface Import {
  id: number;
  status: string;
  mode: string;
  added: number;
  changed: number;
  refused: number;
  retryOf: number | null;
}

let api: TestApi;
let admin: Caller;

beforeEach(async () => {
  api = await startTestApi();
  admin = await api.signedIn('admin');
});
afterEach(() => api.stop());

const codeOf = (number: number): string => {
  const first17 = `91691101${String(number).padStart(9, '0')}`;
  return first17 + checkCharacter(first17);
};
const book = () => admin.get<Book>('readRegionBook');

async function carriedOut(kind: 'entities' | 'inspectors', id: number): Promise<Import> {
  const { activities } = runActivities(api.db);
  while (await activities.carryOutNextImport(kind));
  return admin.get<Import>('readImport', { params: { id } });
}
async function imported(kind: 'entities' | 'inspectors', lines: string[]): Promise<Import> {
  const { id } = await admin.get<Import>('importFile', {
    params: { kind },
    query: { fileName: '名录.csv' },
    body: lines.join('\n'),
  });
  return carriedOut(kind, id);
}
const entities = (...regions: string[]) =>
  imported('entities', [
    // A title over two lines, as workbooks have them.
    '企业名称,统一社会信用代码,"登记机关\n区划代码",地址',
    ...regions.map((region, at) => `"=店,${at}",${codeOf(at + 1)},${region},"一楼\n二楼"`),
  ]);
const saveRegion = (code: string, body: object) => ({
  params: { code },
  body: { name: '云溪新区', reason: '国务院批复', basedOn: null, ...body },
});
const saveMove = (oldCode: string, body: object) => ({
  params: { oldCode },
  body: { newCode: '691101', since: '2025-01-01', reason: '撤县设区', basedOn: null, ...body },
});

test('codes that an import did not know are reported, entered or mapped, and their rows imported again', async () => {
  const run = await entities('691101', '691177', '691177', '691178', '69XX');
  expect(run).toMatchObject({ added: 1, refused: 4 });
  const first = await book();
  expect(first.unknown.map(({ code, rows }) => [code, rows])).toEqual([
    ['691177', 2],
    ['691178', 1],
    ['69XX', 1],
  ]);
  expect(first.unknown[0]?.imports).toEqual([
    {
      ...{ id: run.id, fileName: '名录.csv', rows: 2 },
      sample: { rowNumber: 3, text: expect.stringContaining('=店,1') as string },
    },
  ]);
  expect(first.retries).toEqual([]);
  expect(await admin.refused('retryRegions', { params: { id: run.id } })).toMatchObject({
    type: 'nothing-to-retry',
  });

  await admin.get('saveRegion', saveRegion('691177', {}));
  await admin.get('saveRegionMove', saveMove('69XX', {}));
  const ready = await book();
  expect(ready.unknown.map(({ code }) => code)).toEqual(['691178']);
  expect(ready.retries).toMatchObject([{ importId: run.id, rows: 3, obstacle: null }]);

  const retry = await admin.get<Import>('retryRegions', { params: { id: run.id } });
  expect(retry).toMatchObject({ status: 'waiting', mode: 'changes', retryOf: run.id });
  expect((await admin.refused('retryRegions', { params: { id: run.id } })).status).toBe(409);
  expect(await carriedOut('entities', retry.id)).toMatchObject({ status: 'done', added: 3, refused: 1 });
  expect(
    await api
      .db('entities')
      .whereLike('credit_code', '91691101000%')
      .orderBy('credit_code')
      .select('name', 'region_code', 'address'),
  ).toEqual(
    ['691101', '691177', '691177', '691101'].map((region_code, at) => ({
      name: `=店,${at === 3 ? 4 : at}`,
      ...{ region_code, address: '一楼 二楼' },
    })),
  );
  // What is still unknown is reported where it was tried last.
  const left = await book();
  expect(left.unknown).toMatchObject([{ code: '691178', rows: 1, imports: [{ id: retry.id }] }]);
  expect(left.moves.find(({ oldCode }) => oldCode === '69XX')).toMatchObject({ used: 1 });
  expect(left.regions.find(({ code }) => code === '691177')).toMatchObject({ name: '云溪新区', entities: 2 });
});

test('rows are not tried again behind a newer file', async () => {
  const run = await entities('691177');
  await admin.get('saveRegion', saveRegion('691177', {}));
  await entities('691101');
  expect(await admin.refused('retryRegions', { params: { id: run.id } })).toMatchObject({
    status: 409,
    type: 'retry-older',
  });
});

test('inspectors name several regions: each unknown one is reported, and a replaced one is read as the new', async () => {
  await admin.get('saveRegionMove', saveMove('691199', { newCode: '691102' }));
  const run = await imported('inspectors', [
    '编号,姓名,部门,执法证号,执法证有效期至,服务地区',
    'WJW-900,张三,WJW,ZF-900,2099-12-31,691101；691199',
    'WJW-901,李四,WJW,ZF-901,2099-12-31,691101；691188；691187',
  ]);
  expect(run).toMatchObject({ added: 1, refused: 1 });
  expect((await book()).unknown.map(({ code }) => code).sort()).toEqual(['691187', '691188']);
  expect(await api.db('inspectors').where({ code: 'WJW-900' }).first()).toMatchObject({
    regions: ['691101', '691102'],
  });
});

test('what nobody uses can be taken back, what is used can not, and each change has a reason on record', async () => {
  await admin.get('saveRegion', saveRegion('691177', {}));
  await admin.get('saveRegion', saveRegion('691177', { name: '云溪高新区', basedOn: '云溪新区' }));
  expect(
    await admin.refused('saveRegion', saveRegion('691177', { name: '别名', basedOn: '云溪新区' })),
  ).toMatchObject({ status: 409, type: 'region-changed' });
  await admin.get('saveRegionMove', saveMove('691170', { newCode: '691177' }));
  const reason = { reason: '登记错误' };
  expect(await admin.refused('removeRegion', { params: { code: '691177' }, body: reason })).toMatchObject({
    type: 'region-in-use',
    detail: '云溪高新区（691177）正被使用，不能删除：变更的代码。',
  });
  expect(await admin.refused('removeRegion', { params: { code: '691101' }, body: reason })).toMatchObject({
    type: 'region-in-use',
    detail: expect.stringContaining('检查对象（含历史）') as string,
  });
  await entities('691170');
  expect(
    await admin.refused('removeRegionMove', { params: { oldCode: '691170' }, body: reason }),
  ).toMatchObject({ type: 'region-move-in-use' });
  // It can be corrected all the same.
  const corrected = await admin.get<Book>(
    'saveRegionMove',
    saveMove('691170', { newCode: '691102', basedOn: '691177' }),
  );
  expect(corrected.moves.find(({ oldCode }) => oldCode === '691170')).toMatchObject({ newCode: '691102' });
  await admin.get('saveRegionMove', saveMove('691171', {}));
  await admin.get('removeRegionMove', { params: { oldCode: '691171' }, body: reason });
  await admin.get('saveRegion', saveRegion('691179', {}));
  await admin.get('removeRegion', { params: { code: '691179' }, body: reason });
  const after = await book();
  expect(after.regions.some(({ code }) => code === '691179')).toBe(false);
  expect(after.moves.map(({ oldCode }) => oldCode)).toEqual(['610928', '691170']);
  expect((await api.db('audit_log').whereLike('action', 'region%').pluck<string[]>('action')).sort()).toEqual(
    [
      ...['region-move.remove', 'region-move.save', 'region-move.save', 'region-move.save'],
      ...['region.add', 'region.add', 'region.remove', 'region.rename'],
    ],
  );
});

test('what makes no sense is refused, and who keeps no registry sees nothing', async () => {
  expect(await admin.refused('saveRegion', saveRegion('010700', {}))).toMatchObject({
    type: 'region-code',
    fields: [{ field: 'code' }],
  });
  expect(await admin.refused('saveRegion', saveRegion('610928', {}))).toMatchObject({ type: 'region-moved' });
  for (const bad of [{ name: ' ' }, { reason: '' }])
    expect((await admin.refused('saveRegion', saveRegion('691177', bad))).status).toBe(422);
  expect(await admin.refused('saveRegionMove', saveMove('691170', { newCode: '691188' }))).toMatchObject({
    type: 'region-not-found',
  });
  await admin.get('saveRegionMove', saveMove('691170', {}));
  await admin.get('saveRegion', saveRegion('691177', {}));
  expect(await admin.refused('saveRegionMove', saveMove('691101', { newCode: '691101' }))).toMatchObject({
    type: 'region-loop',
  });
  expect((await admin.refused('saveRegionMove', saveMove('69 1170', {}))).status).toBe(422);
  const liaison = await api.signedIn('wjw-liaison');
  expect(await liaison.refused('readRegionBook')).toMatchObject({ status: 403 });
  expect(await liaison.refused('saveRegion', saveRegion('691178', {}))).toMatchObject({ status: 403 });
});
