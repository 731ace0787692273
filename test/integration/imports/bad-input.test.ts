/** What people and machines do to files, as docs/imports.md tells it: each gets a clear answer, and nothing is half-done. */
import { mkdtempSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { nextJob } from '../../../db/import-jobs';
import { listRefusals, readImport } from '../../../db/import-views';
import { checkCharacter } from '../../../domain/registry/credit-code';
import { runJob, storeJob } from '../../../imports/jobs';
import { refusedCsv } from '../../../imports/refused-rows';
import { runImport } from '../../../imports/run-import';
import { buildCity, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { until } from '../../support/until';

const HEADER = '企业名称,统一社会信用代码,注册日期,经营范围,登记机关区划代码,行业代码';
const TODAY = '2026-05-06';
/** Its own, so that what other tests spool meanwhile is not counted. */
const scratch = mkdtempSync(path.join(os.tmpdir(), 'imports-test-'));
let database: TestDatabase;
let city: City;

beforeAll(async () => {
  process.env['TMPDIR'] = scratch;
  database = await testDatabase();
  city = await buildCity(database.db);
});
afterAll(() => database.drop());

const codeOf = (number: number): string => {
  const first17 = `91691101${String(number).padStart(9, '0')}`;
  return first17 + checkCharacter(first17);
};
const wrongCheck = codeOf(1).slice(0, 17) + (codeOf(1).endsWith('0') ? '1' : '0');
const bytes = (...rows: string[]) => Buffer.from([HEADER, ...rows].join('\n'));

test.each([
  ['a wrong check character', `甲店,${wrongCheck},,,691101,`, '统一社会信用代码', 'code-check-character'],
  ['a number of before 2015', '甲店,610902100012345,,,691101,', '统一社会信用代码', 'legacy-number'],
  ['a code that became a number', '甲店,9.16911E+17,,,691101,', '统一社会信用代码', 'code-as-number'],
  ['a day that never was', `甲店,${codeOf(1)},2023-02-30,,691101,`, '注册日期', 'impossible-date'],
  ['a spreadsheet’s serial number of a day', `甲店,${codeOf(1)},45000,,691101,`, '注册日期', 'not-a-date'],
  [
    'a cell of 100,000 characters',
    `甲店,${codeOf(1)},,${'长'.repeat(100_000)},691101,`,
    '经营范围',
    'too-long',
  ],
  ['text in a lost encoding', `锟斤拷锟斤拷,${codeOf(1)},,,691101,`, '企业名称', 'garbled'],
  ['an area that does not exist', `甲店,${codeOf(1)},,,999999,`, '登记机关区划代码', 'unknown-region'],
  ['an industry that does not exist', `甲店,${codeOf(1)},,,691101,C62`, '行业代码', 'unknown-industry'],
  [
    'a separator in a cell without quotation marks',
    `甲店,${codeOf(1)},,餐饮,烟草,691101,H62`,
    '（整行）',
    'wrong-width',
  ],
])('%s: the row is refused, the others go in', async (_, row, column, reason) => {
  const run = await runImport(database.db, {
    ...{ kind: 'entities', mode: 'changes', dryRun: true, fileName: 'bad.csv', startedBy: null },
    stream: Readable.from([bytes(row, `乙店,${codeOf(2)},,,691101,`)]),
  });
  expect(run).toMatchObject({ status: 'done', rows_read: 2, added: 1, refused: 1 });
  const refusals = await listRefusals(database.db, run.id, null, 10);
  expect(refusals).toContainEqual(expect.objectContaining({ row_number: 2, column_name: column, reason }));
  for (const { message } of refusals) expect(message).toMatch(/[\u4e00-\u9fff]/);
});

test('line breaks, quotation marks and formulas in cells are text', async () => {
  const run = await runImport(database.db, {
    ...{ kind: 'entities', mode: 'changes', dryRun: false, fileName: 'odd.csv', startedBy: null },
    stream: Readable.from([bytes(`"=1+1 ""老号""\n茶馆",${codeOf(3)},,,691101,`)]),
  });
  expect(run).toMatchObject({ added: 1, refused: 0 });
  expect(
    await database
      .db('entities')
      .where({ credit_code: codeOf(3) })
      .first('name'),
  ).toEqual({
    name: '=1+1 "老号" 茶馆',
  });
});

test('a title over two lines, and with quotation marks, is the title', async () => {
  const run = await runImport(database.db, {
    ...{ kind: 'entities', mode: 'changes', dryRun: true, fileName: 'odd.csv', startedBy: null },
    stream: Readable.from([
      Buffer.from(
        `"企业\r\n名称","统一社会\n信用代码","登记机关区划代码","备注 ""内部"",A"\n甲店,${codeOf(6)},691101,`,
      ),
    ]),
  });
  expect(run).toMatchObject({ added: 1, refused: 0 });
  expect(run.header).toEqual(['企业\r\n名称', '统一社会\n信用代码', '登记机关区划代码', '备注 "内部",A']);
});

test('no cell of the refused rows starts a formula', async () => {
  const run = await runImport(database.db, {
    ...{ kind: 'entities', mode: 'changes', dryRun: true, fileName: 'odd.csv', startedBy: null },
    stream: Readable.from([bytes(`=HYPERLINK("http://x"),123,+1,-2,@SUM(A1),\t=1`)]),
  });
  const lines = parse(await buffer(refusedCsv(database.db, run)), { bom: true, relax_column_count: true });
  expect(lines[1]?.slice(0, 5)).toEqual(['\'=HYPERLINK("http://x")', '123', "'+1", "'-2", "'@SUM(A1)"]);
  for (const cell of lines.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]/);
});

const job = () => ({
  ...{ kind: 'entities' as const, mode: 'changes' as const, dryRun: false, fileName: 'upload.csv' },
  ...{ startedBy: city.users['coordinator'] ?? 0, departments: null },
});

/** A file whose way breaks off after its first lines. */
const broken = (error: Error) =>
  Readable.from(
    (function* () {
      yield bytes(`甲店,${codeOf(4)},,,691101,`);
      throw error;
    })(),
  );

test.each([
  ['an upload that breaks off', new Error('aborted'), { message: 'aborted' }],
  [
    'a disk that is full',
    Object.assign(new Error('write failed'), { code: 'ENOSPC' }),
    { kind: 'unavailable', type: 'no-space' },
  ],
])('%s leaves nothing behind', async (_, error, answer) => {
  await expect(storeJob(database.db, job(), broken(error))).rejects.toMatchObject(answer);
  expect(await nextJob(database.db, 'entities')).toBeNull();
  expect(readdirSync(scratch)).toEqual([]);
});

test('one whose connection is killed while it writes is taken up again from its file', async () => {
  const { db } = database;
  const id = await storeJob(db, job(), Readable.from([bytes(`丙店,${codeOf(5)},,,691101,`)]));
  const first = await nextJob(db, 'entities');
  if (first?.id !== id) throw new Error('the job is not found');
  // Holds it up where it writes.
  const holder = await db.transaction();
  await holder.raw('lock table entities in share mode');
  const killed = expect(runJob(db, first, TODAY)).rejects.toThrow('interrupted');
  await until(
    async () => {
      const { rows } = await db.raw<{ rows: unknown[] }>(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%entities%'`,
      );
      return rows.length;
    },
    (count) => count > 0,
  );
  await killed;
  await holder.rollback();
  expect(await readImport(db, id)).toMatchObject({ status: 'running', phase: 'writing' });
  expect(await db('entities').where({ credit_code: codeOf(5) })).toEqual([]);

  const again = await nextJob(db, 'entities');
  if (!again) throw new Error('its file is gone');
  await runJob(db, again, TODAY);
  expect(await readImport(db, id)).toMatchObject({ status: 'done', added: 1 });
  expect(await db('import_files').first()).toBeUndefined();
  expect(readdirSync(scratch)).toEqual([]);
});
