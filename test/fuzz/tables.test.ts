/** Tables as offices send them: CSV in any encoding, and workbooks. */
import fc from 'fast-check';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { readZip } from '../support/read-zip';
import { zipOf } from '../support/zip-of';
import { fuzz } from './support/guarded-parser';
import { spoilt, spoiltBytes } from './support/mutations';

const TABLES = {
  entities: [
    ['企业名称', '统一社会信用代码', '注册日期', '经营范围', '登记机关区划代码', '联系电话', '标签'],
    ['安康甲店', '91610902MA70TEST03', '2004-11-29', '餐饮服务；食品"零售"', '612401', '13900000000', '餐饮'],
    ['乙,店', '92610902MA70TEST1X', '29/11/2004', '住宿\n（分店）', '610902', '', ''],
  ],
  credit: [
    ['统一社会信用代码', '信用风险类别', '投诉举报次数', '异常标记'],
    ['91610902MA70TEST03', 'D', '12', '经营异常'],
  ],
  inspectors: [
    ['编号', '姓名', '部门', '执法证号', '证件有效期至', '服务地区', '上限'],
    ['SCJG-0009', '王某', '市场监管局', 'A-1', '2027年1月31日', '610902、610921', '12'],
  ],
  items: [
    ['事项编号', '部门', '事项名称', '法律依据', '比例', '检查表', '频次'],
    [
      'X-001',
      '市场监管局',
      '餐饮检查',
      '《食品安全法》第一百一十条',
      '5%',
      '一、证照\n1.是否公示？',
      '每年2次',
    ],
  ],
  trainings: [
    ['编号', '执法证号', '姓名', '培训名称', '培训日期', '学时', '有效期至'],
    ['SCJG-0009', 'A-1', '王某', '执法规范', '2026.3.1', '8', '2027-03-01'],
  ],
  acknowledgements: [
    ['文件名', '统一社会信用代码', '事项编码', '接收结果', '原因'],
    ['a.csv', '91610902MA70TEST03', 'X-001', '拒收', '"代码"不对'],
  ],
} as const;
type Kind = keyof typeof TABLES;
const KINDS = Object.keys(TABLES) as Kind[];

const csv = (kind: Kind, delimiter: string): string =>
  TABLES[kind]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
    .join('\r\n');

/** In UTF-8 with and without a mark, UTF-16, and bytes that are no text in either. */
const encoded = (text: string, encoding: string): Buffer => {
  if (encoding === 'utf-16') return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  if (encoding === 'latin1') return Buffer.from(text, 'latin1');
  return Buffer.from(encoding === 'mark' ? `\ufeff${text}` : text);
};

test.each(KINDS)('%s as delimited text', async (kind) => {
  const samples = [',', '\t', ';', '|'].map((delimiter) => csv(kind, delimiter));
  const counts = await fuzz(
    kind,
    fc.tuple(spoilt(samples), fc.constantFrom('utf-8', 'mark', 'utf-16', 'latin1')),
    ([text, encoding]) => encoded(text, encoding),
  );
  // What is spoilt everywhere would tell nothing of how rows are read.
  expect(counts.read).toBeGreaterThan(0);
});

describe('workbooks', () => {
  let whole: Buffer;
  let parts: Map<string, string>;

  beforeAll(async () => {
    whole = await writeExcelFile(TABLES.entities.map((row) => [...row]) as SheetData).toBuffer();
    parts = await readZip(whole);
  });

  const zipped = (changed: string, text: string): Promise<Buffer> => zipOf(new Map(parts).set(changed, text));

  test('whose bytes are spoilt', async () => {
    await fuzz('entities', spoiltBytes([whole]), (bytes) => bytes);
  });

  test.each(['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/workbook.xml', 'xl/styles.xml'])(
    'whose %s is spoilt and packed again',
    async (name) => {
      const text = parts.get(name) ?? '';
      expect(text).not.toBe('');
      await fuzz('entities', spoilt([text]), (spoiled) => zipped(name, spoiled));
    },
  );

  test('whose cells are anywhere', async () => {
    const at = fc.tuple(fc.nat({ max: 20_000 }), fc.nat({ max: 2 ** 21 }));
    const place = ([column, row]: readonly [number, number]) => `${letters(column)}${row}`;
    await fuzz('entities', fc.array(at, { minLength: 1, maxLength: 5 }), (places) => {
      const sorted = [...places].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
      const rows = sorted.map((one) => `<row r="${one[1]}"><c r="${place(one)}"><v>1</v></c></row>`).join('');
      const sheet = (parts.get('xl/worksheets/sheet1.xml') ?? '').replace(
        '</sheetData>',
        `${rows}</sheetData>`,
      );
      return zipped('xl/worksheets/sheet1.xml', sheet);
    });
  });
});

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));
