import { mkdtempSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { runImport, type DirectImport } from '../../../imports/run-import';
import { listRefusals } from '../../../db/import-views';
import { checkCharacter } from '../../../domain/registry/credit-code';
import { testDatabase, type TestDatabase } from '../../support/database';

const HEADER = '企业名称,统一社会信用代码,注册日期,经营范围,登记机关区划代码';
const NOW = new Date('2026-05-06T02:00:00Z');
let database: TestDatabase;
/** Its own, so that what other tests spool meanwhile is not counted. */
const scratch = mkdtempSync(path.join(os.tmpdir(), 'imports-test-'));

beforeAll(async () => {
  process.env['TMPDIR'] = scratch;
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  for (const table of [
    'entity_changes',
    'entity_versions',
    'entities',
    'import_refusals',
    'imports',
    'departments',
    'regions',
  ]) {
    await database.db(table).delete();
  }
});

/** A valid credit code; the same number gives the same one. */
const codeOf = (number: number): string => {
  const first17 = `916109${String(number).padStart(11, '0')}`;
  return first17 + checkCharacter(first17);
};
const line = (number: number, name = `第${String(number)}商店`, scope = '餐饮服务', region = '610902') =>
  `${name},${codeOf(number)},2004-11-29,${scope},${region}`;
const csv = (...lines: string[]) => Buffer.from([HEADER, ...lines].join('\n') + '\n');

const load = (content: Buffer, order: Partial<DirectImport> = {}) =>
  runImport(database.db, {
    kind: 'entities',
    mode: 'changes',
    dryRun: false,
    fileName: 'test.csv',
    startedBy: null,
    stream: Readable.from([content]),
    now: NOW,
    ...order,
  });
const registry = () =>
  database
    .db('entities')
    .orderBy('credit_code')
    .select<{ ended_at: Date | null }[]>(
      'credit_code',
      'name',
      'tags',
      'region_code',
      'draw_class',
      'ended_at',
    );
const reasons = async (id: number) =>
  (await listRefusals(database.db, id, null, 1000)).map((row) => [
    row.row_number,
    row.column_name,
    row.reason,
  ]);

describe('a registry file', () => {
  test('goes in once: the same file again changes nothing', async () => {
    expect(await load(csv(line(1), line(2)))).toMatchObject({
      status: 'done',
      rows_read: 2,
      added: 2,
      refused: 0,
    });
    expect(await load(csv(line(1), line(2)), { mode: 'full' })).toMatchObject({
      added: 0,
      changed: 0,
      ended: 0,
      unchanged: 2,
    });
    expect(await database.db('entity_versions').count()).toEqual([{ count: 2 }]);
  });

  test('changes what differs and keeps each state with its import', async () => {
    await load(csv(line(1), line(2)));
    const second = await load(csv(line(1, '改名商店', '住宿'), line(3)));
    expect(second).toMatchObject({ added: 1, changed: 1, ended: 0, unchanged: 0 });
    expect(await registry()).toMatchObject([
      { name: '改名商店', tags: ['lodging'], draw_class: 'B' },
      { name: '第2商店', tags: ['catering'] },
      { name: '第3商店' },
    ]);
    const versions = await database.db('entity_versions').select<{ state: { name: string } }[]>('state');
    expect(versions.map(({ state }) => state.name).sort()).toEqual(
      ['第1商店', '第2商店', '第3商店', '改名商店'].sort(),
    );
  });

  test('in full ends what it does not name, and takes it back when it comes again', async () => {
    await load(csv(line(1), line(2)));
    expect(await load(csv(line(1)), { mode: 'full' })).toMatchObject({ ended: 1, unchanged: 1 });
    expect((await registry())[1]?.ended_at).not.toBeNull();
    expect(await load(csv(line(1), line(2)), { mode: 'full' })).toMatchObject({
      added: 1,
      ended: 0,
      unchanged: 1,
    });
    expect((await registry())[1]?.ended_at).toBeNull();
  });

  test('in full does not end what a refused row names', async () => {
    await load(csv(line(1), line(2)));
    const run = await load(csv(line(1), line(2).replace('2004-11-29', '2004-11-31')), { mode: 'full' });
    expect(run).toMatchObject({ ended: 0, unchanged: 1, refused: 1 });
    expect(await reasons(run.id)).toEqual([[3, '注册日期', 'impossible-date']]);
  });

  test('leaves alone what it has no column for', async () => {
    await load(Buffer.from(`名称,信用代码,区划代码,信用风险类别,住所\n甲店,${codeOf(1)},610902,A,东街1号\n`));
    await load(csv(line(1, '甲店')));
    expect(await database.db('entities').first('risk_class', 'draw_class', 'address')).toEqual({
      risk_class: 'A',
      draw_class: 'A',
      address: '东街1号',
    });
  });

  test('brings industry, contact and the departments that listed it; a department lists for itself only', async () => {
    await database.db('regions').insert({ code: '610900', name: '安康市' });
    await database.db('departments').insert(
      ['AAA', 'BBB'].map((code) => ({
        ...{ code, name: `${code}局`, short_name: code, kind: 'inspecting', region_code: '610900' },
      })),
    );
    const table = (...rows: string[]) =>
      Buffer.from(['名称,信用代码,区划代码,行业代码,联系人,联系电话,列入部门', ...rows].join('\n'));
    const own = { departments: ['AAA'] };
    await load(table(`甲店,${codeOf(1)},610902,6210,王五,0915-3212345转8,AAA局；bbb`));
    await load(table(`甲店,${codeOf(1)},610902,H62,王五,13900000000,`), own);
    await load(csv(line(1, '甲店')));
    expect(
      await database.db('entities').first('industry_code', 'contact_name', 'contact_phone', 'listed_by'),
    ).toEqual({
      industry_code: 'H62',
      contact_name: '王五',
      contact_phone: '13900000000',
      listed_by: ['BBB'],
    });
    const run = await load(
      table(
        `乙店,${codeOf(2)},610902,C62,,,`,
        `丙店,${codeOf(3)},610902,,,见附件,CCC`,
        `丁店,${codeOf(4)},610902,,,,BBB`,
      ),
      own,
    );
    expect(await reasons(run.id)).toEqual([
      [2, '行业代码', 'unknown-industry'],
      [3, '列入部门', 'unknown-department'],
      [3, '联系电话', 'bad-phone'],
      [4, '列入部门', 'foreign-department'],
    ]);
  });

  test('says what a dry run would do, and does none of it', async () => {
    await load(csv(line(1)));
    const run = await load(csv(line(2), '坏,1,,,'), { mode: 'full', dryRun: true });
    expect(run).toMatchObject({ dry_run: true, added: 1, ended: 1, refused: 1 });
    expect(await reasons(run.id)).toEqual([
      [3, '登记机关区划代码', 'missing'],
      [3, '统一社会信用代码', 'code-length'],
    ]);
    expect(await registry()).toMatchObject([{ name: '第1商店', ended_at: null }]);
  });

  test('finds a county under its new code and adds areas that are new', async () => {
    await load(csv(line(1, '旬阳店', '餐饮', '610928')));
    expect(await registry()).toMatchObject([{ region_code: '610981' }]);
    expect(await database.db('regions').orderBy('code').select('code', 'name', 'parent_code')).toEqual([
      { code: '610000', name: '陕西省', parent_code: null },
      { code: '610900', name: '安康市', parent_code: '610000' },
      { code: '610981', name: '旬阳市', parent_code: '610900' },
    ]);
  });
});

describe('rows that are wrong are refused one by one', () => {
  test('with the column and a stable reason', async () => {
    const run = await load(
      csv(
        line(1),
        line(1),
        line(2, '甲'),
        line(2, '乙'),
        line(3, ''),
        line(4).replace('610902', '010700'),
        line(5).replace('2004-11-29', '2026-05-07'),
        `锟斤拷锟斤拷,${codeOf(6)},,,610902`,
        `错列,2004-11-29,${codeOf(7)},餐饮,610902`,
        `缺一列,${codeOf(8)},2004-11-29`,
        `旧号,321284000024568,2004-11-29,餐饮,610902`,
        `占位,${codeOf(9)},2004-11-29,N/A,610902`,
        '',
        ',,,,',
        line(10),
      ),
    );
    expect(await reasons(run.id)).toEqual([
      [3, '统一社会信用代码', 'repeated-row'],
      [4, '统一社会信用代码', 'conflicting-rows'],
      [5, '统一社会信用代码', 'conflicting-rows'],
      [6, '企业名称', 'missing'],
      [7, '登记机关区划代码', 'unknown-region'],
      [8, '注册日期', 'future-date'],
      [9, '企业名称', 'garbled'],
      [10, '统一社会信用代码', 'shifted-columns'],
      [11, '（整行）', 'wrong-width'],
      [12, '统一社会信用代码', 'legacy-number'],
      [13, '经营范围', 'placeholder'],
    ]);
    expect(run).toMatchObject({ rows_read: 13, added: 2, refused: 11 });
    const [first] = await listRefusals(database.db, run.id, null, 1);
    expect(first).toMatchObject({ value: codeOf(1), cells: line(1).split(',') });
    expect(first?.message).toContain('第 2 行');
  });

  test('whatever the rows are, each is either in the registry or refused', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('N/A', '', '2004-11-29', codeOf(1), '610902'),
    );
    const rows = fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const quoted = table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        const run = await load(csv(`"名",${codeOf(99)},,,610902`, ...quoted), { dryRun: true });
        expect(run.added + run.changed + run.unchanged + run.refused).toBe(run.rows_read);
      }),
      { numRuns: 25 },
    );
  });
});

describe('files as people save them', () => {
  const table = `${HEADER}\n${line(1, '安康食品店')}\n`;
  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${table}`), 'utf-8'],
    ['GB18030', gb18030(table), 'gb18030'],
    [
      'Unicode text of a spreadsheet',
      Buffer.from(`\ufeff${table.replaceAll(',', '\t')}`, 'utf16le'),
      'utf-16le',
    ],
    [
      'semicolons and Windows line ends',
      Buffer.from(table.replaceAll(',', ';').replaceAll('\n', '\r\n')),
      'utf-8',
    ],
    [
      'quoted titles and empty columns behind',
      Buffer.from(table.replace('企业名称', '"企业名称"').replaceAll('\n', ',,\n')),
      'utf-8',
    ],
  ])('%s', async (_, content, encoding) => {
    expect(await load(content)).toMatchObject({ added: 1, refused: 0, encoding });
    expect(await registry()).toMatchObject([{ name: '安康食品店' }]);
  });

  test('UTF-8 with a damaged byte: only the damaged row is refused', async () => {
    const content = Buffer.from(`${HEADER}\n${line(1, '安康食品店')}\n${line(2)}\n`);
    content[content.indexOf('康') + 1] = 0x20;
    const run = await load(content);
    expect(run).toMatchObject({ added: 1, refused: 1, encoding: 'utf-8' });
    expect(await reasons(run.id)).toEqual([[2, '企业名称', 'garbled']]);
  });

  test.each([
    ['an empty file', Buffer.alloc(0), 'empty-file'],
    ['blank lines', Buffer.from('\n \n'), 'empty-file'],
    ['the beginning of a workbook', Buffer.from('504b030414000600', 'hex'), 'broken-workbook'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'wrong-file-kind'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'wrong-file-kind'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'wrong-file-kind'],
    ['a web page', Buffer.from('<!DOCTYPE html><html>'), 'wrong-file-kind'],
    ['a program', Buffer.from([1, 2, 0, 0, 3]), 'wrong-file-kind'],
    ['a header only', csv(), 'no-rows'],
    ['another table', Buffer.from('姓名,电话\n张三,1\n'), 'header-not-recognised'],
    ['no header', Buffer.from(`${line(1)}\n`), 'header-not-recognised'],
    ['a column twice', Buffer.from(`${HEADER},企业名称\n`), 'repeated-column'],
    [
      'a quotation mark that is never closed',
      csv(line(1), `"没有结束,${codeOf(2)},,,610902`),
      'broken-table',
    ],
  ])('%s is thrown back and changes nothing', async (_, content, type) => {
    await expect(load(content)).rejects.toMatchObject({ kind: 'invalid', type });
    expect(await registry()).toEqual([]);
    expect(readdirSync(scratch)).toEqual([]);
  });
});

describe('imports beside each other', () => {
  test('two of a kind do not run at once', async () => {
    const [first, second] = await Promise.allSettled([load(csv(line(1))), load(csv(line(1)))]);
    const outcomes = [first, second].map((each) => each.status);
    expect(outcomes).toContain('fulfilled');
    for (const each of [first, second]) {
      if (each.status === 'rejected')
        expect(each.reason).toMatchObject({ kind: 'conflict', type: 'import-running' });
    }
    expect(await registry()).toHaveLength(1);
  });

  test('one that died is marked as failed by the next', async () => {
    await database
      .db('imports')
      .insert({ kind: 'entities', mode: 'full', dry_run: false, file_name: 'dead.csv' });
    await load(csv(line(1)));
    expect(await database.db('imports').orderBy('id').select('status')).toEqual([
      { status: 'failed' },
      { status: 'done' },
    ]);
  });

  test('one whose stream breaks leaves nothing behind', async () => {
    const stream = Readable.from(
      (function* () {
        yield Buffer.from(`${HEADER}\n`);
        throw new Error('the connection was lost');
      })(),
    );
    await expect(load(Buffer.alloc(0), { stream })).rejects.toThrow('the connection was lost');
    expect(await registry()).toEqual([]);
  });
});

/** Node decodes GB18030 and does not encode it: a table of the characters that the text needs. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const bytes = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if ([...character].length === 1) bytes.set(character, [high, low]);
    }
  }
  return Buffer.from(
    [...text].flatMap((character) =>
      character < '\u0080' ? [character.charCodeAt(0)] : (bytes.get(character) ?? []),
    ),
  );
}
