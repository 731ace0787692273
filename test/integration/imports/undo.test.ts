import { Readable } from 'node:stream';
import { nextJob } from '../../../db/import-jobs';
import { readImport, type ImportRow } from '../../../db/import-views';
import type { ImportKind } from '../../../db/imports';
import { checkCharacter } from '../../../domain/registry/credit-code';
import { runJob } from '../../../imports/jobs';
import { runImport, type DirectImport } from '../../../imports/run-import';
import { orderUndo } from '../../../imports/undo';
import { buildCity } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
  await buildCity(database.db);
});
afterEach(() => database.drop());

const codeOf = (number: number): string => {
  const first17 = `91691101${String(number).padStart(9, '0')}`;
  return first17 + checkCharacter(first17);
};
const entities = (...rows: [number, string, string?][]) =>
  [
    '名称,信用代码,区划代码,经营范围',
    ...rows.map(([number, name, scope]) => `${name},${codeOf(number)},691101,${scope ?? '餐饮服务'}`),
  ].join('\n');

const load = (content: string, order: Partial<DirectImport> = {}): Promise<ImportRow> =>
  runImport(database.db, {
    ...{ kind: 'entities', mode: 'full', dryRun: false, fileName: 'test.csv', startedBy: null },
    stream: Readable.from([Buffer.from(content)]),
    ...order,
  });
const found = async (id: number): Promise<ImportRow> => {
  const row = await readImport(database.db, id);
  if (!row) throw new Error(`no import ${id}`);
  return row;
};
async function undo(id: number, kind: ImportKind = 'entities'): Promise<ImportRow> {
  const run = await found(id);
  const undoId = await database.db.transaction((trx) =>
    orderUndo(trx, run, { startedBy: null, reason: '文件取错了' }),
  );
  const job = await nextJob(database.db, kind);
  if (job) await runJob(database.db, job, '2026-05-06');
  return found(undoId);
}
const COLUMNS = ['credit_code', 'name', 'tags', 'kind_id', 'ended_at'];
const registry = () =>
  database.db('entities').whereLike('credit_code', '91691101%').orderBy('credit_code').select(COLUMNS);

test('what an import added, changed and ended is as it was before, and all of it is on record', async () => {
  await load(entities([1, '甲'], [2, '乙'], [3, '丙']));
  const before = await registry();
  const run = await load(entities([1, '甲'], [2, '乙乙', '旅馆'], [4, '丁']));
  expect(run).toMatchObject({ added: 1, changed: 1, ended: 1, is_latest: true, undone_by: null });

  const undone = await undo(run.id);
  expect(undone).toMatchObject({
    ...{ mode: 'undo', status: 'done', undo_of: run.id, reason: '文件取错了', progress: 100 },
    ...{ added: 1, changed: 1, ended: 1, unchanged: 0 },
  });
  const [ended, ...now] = (await registry()).reverse() as { name: string; ended_at: Date | null }[];
  expect(now.reverse()).toEqual(before);
  expect(ended).toMatchObject({ name: '丁', ended_at: expect.any(Date) as Date });
  expect(await found(run.id)).toMatchObject({ undone_by: undone.id });
  expect(await database.db('entity_versions').where({ import_id: undone.id })).toHaveLength(3);
  const changes = await database.db('entity_changes').where({ import_id: undone.id }).orderBy('entity_id');
  expect(changes).toMatchObject([
    { tags_before: ['lodging'], tags: ['catering'] },
    { presence_before: 'ended', presence: 'active' },
    { presence_before: 'active', presence: 'ended' },
  ]);
  expect(
    await database.db('audit_log').where({ subject: `import/${run.id}`, action: 'import.undo' }),
  ).toHaveLength(1);

  // The same file again does what it did.
  expect(await load(entities([1, '甲'], [2, '乙乙', '旅馆'], [4, '丁']))).toMatchObject({
    added: 1,
    changed: 1,
    ended: 1,
  });
});

test('inspectors too', async () => {
  const table = (...rows: string[]) => ['编号,姓名,部门,执法证号,执法证有效期至', ...rows].join('\n');
  const order = { kind: 'inspectors', mode: 'changes' } as const;
  await load(table('SCJG-801,张三,SCJG,ZF-1,2099-12-31'), order);
  const of = () =>
    database.db('inspectors').where({ code: 'SCJG-801' }).first('name', 'certificate_number', 'ended_at');
  const before: unknown = await of();
  const run = await load(
    table('SCJG-801,张山,SCJG,ZF-2,2099-12-31', 'SCJG-802,李四,SCJG,ZF-3,2099-12-31'),
    order,
  );
  expect(await undo(run.id, 'inspectors')).toMatchObject({ status: 'done', changed: 1, ended: 1 });
  expect(await of()).toEqual(before);
  const versions = await database
    .db('inspector_versions as v')
    .join('inspectors as i', 'i.id', 'v.inspector_id')
    .where({ code: 'SCJG-802' })
    .orderBy('v.id')
    .pluck<{ ended_at?: string; name: string }[]>('state');
  expect(versions).toMatchObject([
    { name: '李四' },
    { name: '李四', ended_at: expect.any(String) as string },
  ]);
});

describe('is refused', () => {
  const refusedAs = (type: string) => expect.objectContaining({ kind: 'conflict', type }) as Error;

  test('twice, of an undo, of an older import, of a trial', async () => {
    const older = await load(entities([1, '甲']));
    const run = await load(entities([1, '乙']));
    await expect(undo(older.id)).rejects.toEqual(refusedAs('undo-older'));
    const trial = await load(entities([1, '丙']), { dryRun: true });
    await expect(undo(trial.id)).rejects.toEqual(refusedAs('undo-dry-run'));
    const undone = await undo(run.id);
    await expect(undo(run.id)).rejects.toEqual(refusedAs('undo-again'));
    await expect(undo(undone.id)).rejects.toEqual(refusedAs('undo-of-undo'));
    await expect(undo(older.id)).rejects.toEqual(refusedAs('undo-older'));
    expect(await registry()).toMatchObject([{ name: '甲' }]);
  });

  test('where an entity was changed by something else since, and may be asked for again', async () => {
    const run = await load(entities([1, '甲']));
    const [entity] = await database
      .db('entities')
      .where({ credit_code: codeOf(1) })
      .select<{ id: number }[]>('id');
    const version = { entity_id: entity?.id, state: JSON.stringify({ name: '另有来源' }) };
    await database.db('entity_versions').insert(version);
    const first = await undo(run.id);
    expect(first).toMatchObject({ status: 'failed', failure: expect.stringContaining('1 条记录') as string });
    expect(await registry()).toMatchObject([{ name: '甲', ended_at: null }]);
    expect(await found(run.id)).toMatchObject({ undone_by: null });
    expect((await undo(run.id)).id).not.toBe(first.id);
  });
});
