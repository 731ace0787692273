import { Readable } from 'node:stream';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { runImport } from '../../../imports/run-import';
import { listRefusals } from '../../../db/import-views';
import { checkCharacter } from '../../../domain/registry/credit-code';
import { testDatabase, type TestDatabase } from '../../support/database';
import { readZip } from '../../support/read-zip';
import { zipOf } from '../../support/zip-of';

const HEADER = ['企业名称', '统一社会信用代码', '注册日期', '经营范围', '登记机关区划代码'];
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

let made = 0;
const nextCode = (): string => {
  const first17 = `916109${String(++made).padStart(11, '0')}`;
  return first17 + checkCharacter(first17);
};
const row = (code = nextCode(), name = '安康食品店'): SheetData[number] => [
  name,
  code,
  { value: new Date('2004-11-29'), type: Date, format: 'yyyy-mm-dd' },
  '餐饮服务',
  610902,
];

const workbook = (...rows: SheetData) => writeExcelFile([HEADER, ...rows]).toBuffer();

const load = (content: Buffer) =>
  runImport(database.db, {
    kind: 'entities',
    mode: 'changes',
    dryRun: false,
    fileName: 'test.xlsx',
    startedBy: null,
    stream: Readable.from([content]),
    now: new Date('2026-05-06T02:00:00Z'),
  });

const registered = (code: string) =>
  database
    .db('entities')
    .where({ credit_code: code })
    .first<object | undefined>('name', 'region_code', 'tags');

/** The workbook with some of its parts written anew. */
async function rewritten(content: Buffer, change: (name: string, text: string) => string): Promise<Buffer> {
  const parts = [...(await readZip(content))];
  return zipOf(parts.map(([name, text]) => [name, change(name, text)] as const));
}

test('a workbook is read as a table is: dates, numbers, gaps, empty rows', async () => {
  const [one, other] = [nextCode(), nextCode()];
  const run = await load(await workbook(row(one), [], row(other), ['没有代码', null, null, null, 610902]));
  expect(run).toMatchObject({ added: 2, refused: 1, rows_read: 3, encoding: 'xlsx' });
  expect(await registered(one)).toEqual({ name: '安康食品店', region_code: '610902', tags: ['catering'] });
  const refusals = await listRefusals(database.db, run.id, null, 10);
  expect(refusals.map((each) => [each.row_number, each.column_name])).toEqual([[5, '统一社会信用代码']]);
});

test('a code that was kept as a number is refused by its own words, digit by digit', async () => {
  const run = await load(await workbook(['商店', 610902000012345, null, '餐饮', 610902]));
  const [refusal] = await listRefusals(database.db, run.id, null, 10);
  expect(refusal).toMatchObject({ value: '610902000012345', column_name: '统一社会信用代码' });
});

test('a day that is a number is refused as one, a formula is what it came to, and one without a result is empty', async () => {
  const [serial, formula, empty] = [nextCode(), nextCode(), nextCode()];
  const run = await load(
    await rewritten(
      await workbook(['商店', serial, 45000, '餐饮', 610902], row(formula, '公式一'), row(empty, '公式二')),
      (name, text) => {
        if (!name.endsWith('sheet1.xml')) return text;
        const cell = (at: number) => new RegExp(`<c r="E${at}"[^>]*><v>610902</v></c>`);
        return text
          .replace(cell(3), '<c r="E3"><f>610900+2</f><v>610902</v></c>')
          .replace(cell(4), '<c r="E4"><f>A1</f></c>');
      },
    ),
  );
  expect(run).toMatchObject({ added: 1, refused: 2 });
  expect(await registered(formula)).toMatchObject({ region_code: '610902' });
  const refusals = await listRefusals(database.db, run.id, null, 10);
  expect(refusals.map((each) => [each.row_number, each.column_name, each.reason])).toEqual([
    [2, '注册日期', 'not-a-date'],
    [4, '登记机关区划代码', 'missing'],
  ]);
});

test('hidden sheets are not read', async () => {
  const [seen, unseen] = [nextCode(), nextCode()];
  const both = await writeExcelFile([
    { sheet: '名单', data: [HEADER, row(seen)] },
    { sheet: '旧名单', data: [HEADER, row(unseen)] },
  ]).toBuffer();
  await expect(load(both)).rejects.toMatchObject({
    type: 'several-sheets',
    message: expect.stringContaining('名单、旧名单') as string,
  });
  const hidden = await rewritten(both, (name, text) =>
    name === 'xl/workbook.xml' ? text.replace('name="旧名单"', 'name="旧名单" state="hidden"') : text,
  );
  expect(await load(hidden)).toMatchObject({ added: 1, refused: 0 });
  expect(await registered(unseen)).toBeUndefined();
});

/** Rows that would make room for milliards of cells. */
const FAR = [
  ['a cell in the last corner', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 'sheet-too-wide'],
  ['a far cell behind a sign', `<row><c s=">" r\n= 'XFD1048576'><v>1</v></c></row>`, 'sheet-too-wide'],
  ['a far row, empty', '<row r="9999999" ><c r="ZZ9999999"/></row>', 'sheet-too-wide'],
  ['a row past all numbers', '<row r="9e99"><c r="A1"/></row>', 'broken-workbook'],
  [
    'a far cell in other letters',
    '<row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>',
    'broken-workbook',
  ],
  ['a tag without end', `<c r="A9" x="${' '.repeat(200_000)}`, 'broken-workbook'],
] as const;

test.each([
  [
    'merged cells',
    () => workbook([{ value: '商店', rowSpan: 2 }, nextCode()], [null, nextCode()]),
    'merged-cells',
  ],
  ['nothing in it', () => writeExcelFile([[]]).toBuffer(), 'empty-file'],
  ['another table', () => writeExcelFile([['姓名', '电话']]).toBuffer(), 'header-not-recognised'],
  ['a header only', () => workbook(), 'no-rows'],
  ['a column twice', () => writeExcelFile([[...HEADER, '企业名称'], row()]).toBuffer(), 'repeated-column'],
  ['half of it', async () => (await workbook(row())).subarray(0, 2000), 'broken-workbook'],
  [
    'a byte that fell over',
    async () => {
      const bytes = Buffer.from(await workbook(row()));
      bytes.fill(0xff, 100, 140);
      return bytes;
    },
    'broken-workbook',
  ],
  [
    'a thousand times its size in it',
    async () =>
      rewritten(await workbook(row()), (name, text) =>
        name === 'xl/worksheets/sheet1.xml' ? text + ' '.repeat(110 * 1024 * 1024) : text,
      ),
    'workbook-too-large',
  ],
  ...FAR.map(([what, rows, type]): [string, () => Promise<Buffer>, string] => [
    what,
    async () =>
      rewritten(await workbook(row()), (name, text) =>
        name === 'xl/worksheets/sheet1.xml' ? text.replace('</sheetData>', `${rows}</sheetData>`) : text,
      ),
    type,
  ]),
  [
    'a ZIP of something else',
    async () =>
      rewritten(await workbook(row()), (name, text) => (name === 'xl/workbook.xml' ? '<no/>' : text)),
    'broken-workbook',
  ],
])('a workbook with %s is thrown back and changes nothing', async (_, content, type) => {
  const before = await database.db('entities').count();
  await expect(load(await content())).rejects.toMatchObject({ kind: 'invalid', type });
  expect(await database.db('entities').count()).toEqual(before);
});
