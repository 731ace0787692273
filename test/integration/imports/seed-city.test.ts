import { Readable } from 'node:stream';
import { verify } from '@node-rs/argon2';
import { runImport } from '../../../imports/run-import';
import type { ImportKind } from '../../../db/imports';
import { listRefusals } from '../../../db/import-views';
import { entitiesCsv, inspectorsCsv, itemsCsv } from '../../../examples/as-csv';
import { inventedCity } from '../../../examples/invented-city';
import { isEmpty, seedCity, type SeededCity } from '../../../server/seed-city';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;
let seeded: SeededCity;

beforeAll(async () => {
  database = await testDatabase();
  expect(await isEmpty(database.db)).toBe(true);
  seeded = await seedCity(database.db);
});
afterAll(() => database.drop());

const load = (kind: ImportKind, text: string, departments: string[] | null = null) =>
  runImport(database.db, {
    kind,
    mode: 'changes',
    dryRun: false,
    fileName: `${kind}.csv`,
    startedBy: null,
    departments,
    stream: Readable.from([Buffer.from(text)]),
  });
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const city = inventedCity({ today });

test('fills an empty database once', async () => {
  expect(await isEmpty(database.db)).toBe(false);
  expect(seeded.counts).toMatchObject({ 检查对象: 2000, 执法人员: 60, 抽查事项: 30, 部门: 13 });
  expect(await database.db('entities').count()).toEqual([{ count: 2000 }]);
  expect(await database.db('entity_versions').count()).toEqual([{ count: 2000 }]);
  expect(await database.db('item_versions').where({ status: 'published' }).count()).toEqual([{ count: 30 }]);
});

test('gives one login per role, whose passwords hold', async () => {
  expect(new Set(seeded.logins.map(({ role }) => role)).size).toBe(12);
  const lead = seeded.logins.find(({ username }) => username === 'scjg-lead');
  const row = await database
    .db('users')
    .where({ username: 'scjg-lead' })
    .first<{ password_hash: string }>('password_hash');
  expect(await verify(row.password_hash, lead?.password ?? '')).toBe(true);
});

test('gives every inspector a login and a mail address', async () => {
  expect(await database.db('inspectors').whereNotNull('user_id').whereNotNull('email').count()).toEqual([
    { count: 60 },
  ]);
});

describe('the files of the same city', () => {
  test.each([
    ['entities', entitiesCsv(city), 2000],
    ['inspectors', inspectorsCsv(city), 60],
    ['items', itemsCsv(city), 30],
  ] as const)('%s: change nothing that a file can say', async (kind, text, count) => {
    const run = await load(kind, text);
    expect(await listRefusals(database.db, run.id, null, 5)).toEqual([]);
    // Check forms in a file have no legal basis per question, so its items are drafts of a new version.
    expect(run).toMatchObject(kind === 'items' ? { changed: count } : { unchanged: count });
  });

  test('items become drafts beside what is published, and the same draft again is no change', async () => {
    expect(await database.db('item_versions').where({ status: 'draft', version: 2 }).count()).toEqual([
      { count: 30 },
    ]);
    expect(await load('items', itemsCsv(city))).toMatchObject({ unchanged: 30 });
  });

  test('handling opinions, of which a file says nothing, stay', async () => {
    const drafts = database.db('item_versions as v').join('check_forms as f', 'f.id', 'v.check_form_id');
    expect(await drafts.where('v.status', 'draft').whereRaw('cardinality(f.opinions) > 0').count()).toEqual([
      { count: 30 },
    ]);
  });
});

describe('inspectors', () => {
  const header = '编号,姓名,部门,执法证号,证件有效期至,服务地区,资质,上限,状态,邮箱';
  test.each([
    ['an unknown department', 'X-1,张晨,税务局,Z1,2030-01-01,,,,,', '部门', 'unknown-department'],
    ['no certificate', 'X-1,张晨,卫健委,,2030-01-01,,,,,', '执法证号', 'missing'],
    ['a day that does not exist', 'X-1,张晨,WJW,Z1,2030-02-30,,,,,', '证件有效期至', 'impossible-date'],
    ['an area that does not exist', 'X-1,张晨,WJW,Z1,2030-01-01,999999,,,,', '服务地区', 'unknown-region'],
    ['a cap of nothing', 'X-1,张晨,WJW,Z1,2030-01-01,,,0,,', '上限', 'not-a-number'],
    ['no mail address', 'X-1,张晨,WJW,Z1,2030-01-01,,,,,zhang', '邮箱', 'bad-email'],
    ['a code that breaks lists', 'X;1,张晨,WJW,Z1,2030-01-01,,,,,', '编号', 'bad-code'],
  ])('with %s are refused', async (_, row, column, reason) => {
    const run = await load('inspectors', `${header}\n${row}\n`);
    expect(await listRefusals(database.db, run.id, null, 5)).toMatchObject([
      { row_number: 2, column_name: column, reason },
    ]);
    expect(run).toMatchObject({ added: 0, refused: 1 });
  });

  test('of another department are refused, whichever department the file says', async () => {
    const rows = ['SCJG-0001,江清和,WJW,Z1,2030-01-01,,,,,', 'X-9,张晨,SCJG,Z1,2030-01-01,,,,,'];
    const run = await load('inspectors', [header, ...rows].join('\n'), ['WJW']);
    expect(run).toMatchObject({ refused: 2, changed: 0 });
    const refusals = await listRefusals(database.db, run.id, null, 5);
    expect(refusals.map(({ reason }) => reason)).toEqual(['foreign-department', 'foreign-department']);
  });
});

test('an item without a legal basis is refused', async () => {
  const run = await load('items', '事项编号,部门,名称,法律依据\nSCJG-900,SCJG,无依据检查,\n');
  expect(await listRefusals(database.db, run.id, null, 5)).toMatchObject([
    { column_name: '法律依据', reason: 'no-legal-basis' },
  ]);
});

test('items are never ended by a file', async () => {
  await expect(
    runImport(database.db, {
      kind: 'items',
      mode: 'full',
      dryRun: false,
      fileName: 'x.csv',
      startedBy: null,
      stream: Readable.from([]),
    }),
  ).rejects.toMatchObject({ type: 'items-full-import' });
});
