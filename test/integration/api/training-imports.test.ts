/** Lists of who was trained, as departments get them from whoever trains. */
import writeExcelFile from 'write-excel-file/node';
import { inspectorsCsv, trainingsCsv } from '../../../examples/as-csv';
import { inventedCity } from '../../../examples/invented-city';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Caller, type TestApi } from './support';

interface Import {
  id: number;
  status: string;
  failure: string | null;
  added: number;
  changed: number;
  ended: number;
  unchanged: number;
  refused: number;
}
interface Training {
  topic: string;
  heldOn: string;
  hours: number;
  validUntil: string;
  enteredBy: string | null;
  withdrawalReason: string | null;
}

let api: TestApi;
let liaison: Caller;
const now = () => new Date('2026-05-06T02:00:00Z');

beforeEach(async () => {
  api = await startTestApi();
  liaison = await api.signedIn('wjw-liaison');
});
afterEach(() => api.stop());

async function carriedOut(id: number): Promise<Import> {
  const { activities } = runActivities(api.db, now);
  while (await activities.carryOutNextImport('trainings'));
  return liaison.get<Import>('readImport', { params: { id } });
}
async function imported(file: string | Buffer, query: Record<string, string> = {}): Promise<Import> {
  const { id } = await liaison.get<Import>('importFile', {
    ...{ params: { kind: 'trainings' }, query, body: file },
  });
  return carriedOut(id);
}
const HEADER = '姓名,执法证件号,培训班名称,结束日期,课时,考核结果,有效期';
const file = (...rows: string[]) => [HEADER, ...rows].join('\n');
const certificateOf = async (code: string): Promise<string> =>
  ((await api.db('inspectors').where({ code }).first()) as { certificate_number: string }).certificate_number;
const nameOf = async (code: string): Promise<string> =>
  ((await api.db('inspectors').where({ code }).first()) as { name: string }).name;
const trainingsOf = async (code: string): Promise<Training[]> =>
  (await liaison.get<{ trainings: Training[] }>('readInspectorFile', { params: { code } })).trainings;
const reasons = async (id: number) =>
  (
    await liaison.get<{ rows: { rowNumber: number; column: string; reason: string }[] }>('listRefusals', {
      params: { id },
    })
  ).rows.map(({ rowNumber, column, reason }) => [rowNumber, column, reason]);

test('a list is tried, imported, imported again without effect, corrected and taken back', async () => {
  const rowOf = async (code: string, rest: string) =>
    `${await nameOf(code)},${await certificateOf(code)},${rest}`;
  const list = file(
    await rowOf('WJW-0001', '公共法律知识,2026.3.2,8学时,合格,2027年12月31日'),
    await rowOf('WJW-0002', '公共法律知识,20260302,3.5,优秀,2027-12-31'),
  );
  expect(await imported(list, { dryRun: 'true' })).toMatchObject({ added: 2, refused: 0 });
  expect(await trainingsOf('WJW-0001')).toEqual([]);
  expect(await imported(list)).toMatchObject({ status: 'done', added: 2, refused: 0 });
  expect(await trainingsOf('WJW-0002')).toMatchObject([
    {
      ...{ topic: '公共法律知识', heldOn: '2026-03-02', hours: 3.5, validUntil: '2027-12-31' },
      ...{ enteredBy: 'wjw-liaison', withdrawalReason: null },
    },
  ]);
  expect(await imported(list)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });

  // A newer list corrects one and brings another.
  const corrected = await imported(
    file(
      await rowOf('WJW-0002', '公共法律知识,2026-03-02,4,合格,2028-12-31'),
      await rowOf('WJW-0002', '食品安全,2026-04-01,8,合格,2026-12-31'),
    ),
  );
  expect(corrected).toMatchObject({ added: 1, changed: 1, unchanged: 0 });
  expect(
    (await trainingsOf('WJW-0002')).map(({ topic, hours, withdrawalReason }) => [
      topic,
      hours,
      withdrawalReason,
    ]),
  ).toEqual([
    ['食品安全', 8, null],
    ['公共法律知识', 4, null],
    ['公共法律知识', 3.5, `由第 ${corrected.id} 次导入更正`],
  ]);

  const undo = await liaison.get<Import>('undoImport', {
    params: { id: corrected.id },
    body: { reason: '名单取错了' },
  });
  expect(await carriedOut(undo.id)).toMatchObject({ status: 'done', changed: 1, ended: 1 });
  const valid = (await trainingsOf('WJW-0002')).filter(({ withdrawalReason }) => withdrawalReason === null);
  expect(valid).toMatchObject([{ topic: '公共法律知识', hours: 3.5, enteredBy: 'wjw-liaison' }]);
  expect(
    await api
      .db('audit_log')
      .where({ subject: `import/${corrected.id}` })
      .orderBy('seq')
      .pluck<string[]>('action'),
  ).toEqual(['import.order', 'import', 'import.order-undo', 'import.undo']);
});

test('each row that is wrong is refused with why, and the others go in', async () => {
  const [one, other, foreign] = await Promise.all(['WJW-0001', 'WJW-0002', 'XFJ-0001'].map(certificateOf));
  const run = await imported(
    file(
      `,${one},公共法律知识,2026-03-02,8,合格,2027-12-31`,
      `,${other},公共法律知识,2026-03-02,8,不合格,2027-12-31`,
      `,${foreign},公共法律知识,2026-03-02,8,合格,2027-12-31`,
      ',ZF-不存在,公共法律知识,2026-03-02,8,合格,2027-12-31',
      `别人,${other},公共法律知识,2026-03-02,8,合格,2027-12-31`,
      ',,公共法律知识,2026-03-02,8,合格,2027-12-31',
      `,${other},,2026-02-30,8.3,差不多,46022`,
      `,${other},公共法律知识,2026-05-07,8,合格,2026-05-06`,
      `,${one},食品安全,2026-03-03,8,合格,2027-12-31`,
      `,${one},食品安全,2026-03-03,8,合格,2027-12-31`,
      `,${other},食品安全,2026-03-03,8,合格,2027-12-31`,
      `,${other},食品安全,2026-03-03,16,合格,2027-12-31`,
    ),
  );
  expect(run).toMatchObject({ added: 2, refused: 10 });
  expect(await reasons(run.id)).toEqual([
    [3, '考核结果', 'not-passed'],
    [4, '编号', 'foreign-department'],
    [5, '编号', 'unknown-inspector'],
    [6, '姓名', 'other-name'],
    [7, '编号', 'missing'],
    [8, '培训班名称', 'missing'],
    [8, '有效期', 'not-a-date'],
    [8, '结束日期', 'impossible-date'],
    [8, '考核结果', 'unknown-result'],
    [8, '课时', 'bad-hours'],
    [9, '有效期', 'validity'],
    [9, '结束日期', 'future-date'],
    [11, '执法证件号', 'repeated-row'],
    [12, '执法证件号', 'conflicting-rows'],
    [13, '执法证件号', 'conflicting-rows'],
  ]);
});

test('the same person named by code and by certificate is one, and a certificate must be theirs', async () => {
  const certificate = await certificateOf('WJW-0001');
  const run = await imported(
    [
      '人员编号,证件号,培训名称,日期,学时,有效期至',
      'WJW-0001,,公共法律知识,2026-03-02,8,2027-12-31',
      `,${certificate},公共法律知识,2026-03-02,8,2027-12-31`,
      `WJW-0002,${certificate},公共法律知识,2026-03-02,8,2027-12-31`,
    ].join('\n'),
  );
  expect(run).toMatchObject({ added: 1, refused: 2 });
  expect(await reasons(run.id)).toEqual([
    [3, '人员编号', 'repeated-row'],
    [4, '执法证号', 'other-certificate'],
  ]);
});

test('a workbook with days as days goes in; a list that replaces all is refused', async () => {
  const day = (text: string) => ({ value: new Date(text), type: Date, format: 'yyyy-mm-dd' });
  const book = await writeExcelFile([
    ['编号', '培训名称', '培训日期', '学时', '有效期至'],
    ['WJW-0001', '公共法律知识', day('2026-03-02'), 8, day('2027-12-31')],
  ]).toBuffer();
  expect(await imported(book)).toMatchObject({ added: 1, refused: 0 });
  expect(await trainingsOf('WJW-0001')).toMatchObject([{ heldOn: '2026-03-02', validUntil: '2027-12-31' }]);
  expect(
    await liaison.refused('importFile', {
      params: { kind: 'trainings' },
      query: { mode: 'full' },
      body: file(),
    }),
  ).toMatchObject({ status: 422, type: 'trainings-full-import' });
});

test('what somebody withdrew since is not undone over their heads', async () => {
  const certificate = await certificateOf('WJW-0001');
  const run = await imported(file(`,${certificate},公共法律知识,2026-03-02,8,合格,2027-12-31`));
  const [row] = await api.db('inspector_trainings').select<{ id: number }[]>('id');
  await liaison.get('withdrawTraining', { params: { id: row?.id ?? 0 }, body: { reason: '登记错人' } });
  const undo = await liaison.get<Import>('undoImport', {
    params: { id: run.id },
    body: { reason: '取错了' },
  });
  expect(await carriedOut(undo.id)).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('1 条记录') as string,
  });
});

test('the example city’s list goes in as it is', async () => {
  const coordinator = await api.signedIn('coordinator');
  const city = inventedCity({ today: '2026-05-06' });
  const departments = ['WJW', 'SCJG', 'XFJ'];
  const people = city.inspectors.filter(({ department }) => departments.includes(department));
  const of = { ...city, inspectors: people.map((one) => ({ ...one, code: `E-${one.code}`, regions: [] })) };
  const { activities } = runActivities(api.db, now);
  await coordinator.get('importFile', { params: { kind: 'inspectors' }, body: inspectorsCsv(of) });
  while (await activities.carryOutNextImport('inspectors'));
  const { id } = await coordinator.get<Import>('importFile', {
    params: { kind: 'trainings' },
    body: trainingsCsv(of, '2026-05-06'),
  });
  while (await activities.carryOutNextImport('trainings'));
  expect(await coordinator.get('readImport', { params: { id } })).toMatchObject({
    ...{ status: 'done', added: people.length, refused: 0 },
  });
});
