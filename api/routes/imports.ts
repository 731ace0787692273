import type { Knex } from 'knex';
import { listImports, listRefusals, type ImportRow } from '../../db/import-views';
import { forbidden, notFound } from '../../domain/errors';
import { hasRole } from '../../domain/roles';
import { registriesContract as contract } from '../contract/registries';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';
import { csvLines } from '../tables';
import { runImport } from '../imports/run-import';
import { departmentsAs } from './registries';

export const importRoutes = [
  implement(contract.importFile, async ({ params, query, actor, stream }, { db, now }) => {
    const isForAll = hasRole(actor, 'coordinator', 'admin');
    if (params.kind === 'entities' && query.mode === 'full' && !isForAll) {
      throw forbidden(
        'full-entities-import',
        '检查对象名录库由各部门共用，只有统筹协调人员或管理员可以全量导入。',
      );
    }
    const { id } = await runImport(db, {
      kind: params.kind,
      mode: query.mode,
      dryRun: query.dryRun === 'true',
      fileName: query.fileName,
      startedBy: actor.id,
      stream,
      departments: isForAll ? null : departmentsAs(actor, 'liaison', 'lead_officer'),
      now: now(),
    });
    return importOf(await readImport(db, id));
  }),

  implement(contract.listImports, async ({ query }, { db }) => {
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await listImports(db, {
      limit: query.limit + 1,
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    return { ...page, rows: page.rows.map(importOf) };
  }),

  implement(contract.readImport, async ({ params }, { db }) => importOf(await readImport(db, params.id))),

  implement(contract.listRefusals, async ({ params, query }, { db }) => {
    await readImport(db, params.id);
    const after = decodeCursor(query.cursor, isPosition) ?? null;
    const rows = await listRefusals(db, params.id, after, query.limit + 1);
    const page = pageOf(rows, query.limit, (row) => [row.row_number, row.column_name, row.reason]);
    return {
      ...page,
      rows: page.rows.map(({ row_number, column_name, value, reason, message }) => ({
        rowNumber: row_number,
        column: column_name,
        value,
        reason,
        message,
      })),
    };
  }),

  implement(contract.downloadRefusals, async ({ params }, { db }) => {
    const { id, file_name } = await readImport(db, params.id);
    return csvLines(refusalLines(db, id), `${file_name.replace(/\.[^.]*$/, '')}-refused.csv`);
  }),
];

async function readImport(db: Knex, id: number): Promise<ImportRow> {
  const [row] = await listImports(db, { id, limit: 1 });
  if (!row) throw notFound('import-not-found', `没有编号为 ${id} 的导入。`);
  return row;
}

const PAGE = 2000;

/** Each refusal with the row as it was in the file, so that it can be mended and imported again. */
async function* refusalLines(db: Knex, importId: number): AsyncGenerator<(string | number)[]> {
  yield ['行', '列', '值', '原因', '说明', '原行'];
  for (let after: [number, string, string] | null = null; ;) {
    const rows = await listRefusals(db, importId, after, PAGE);
    for (const row of rows) {
      yield [row.row_number, row.column_name, row.value, row.reason, row.message, ...row.cells];
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = [last.row_number, last.column_name, last.reason];
  }
}

const isPosition = (value: unknown): value is [number, string, string] =>
  Array.isArray(value) && isId(value[0]) && typeof value[1] === 'string' && typeof value[2] === 'string';

const importOf = (row: ImportRow) => ({
  id: row.id,
  kind: row.kind,
  mode: row.mode,
  dryRun: row.dry_run,
  fileName: row.file_name,
  encoding: row.encoding,
  status: row.status,
  rowsRead: row.rows_read,
  added: row.added,
  changed: row.changed,
  ended: row.ended,
  unchanged: row.unchanged,
  refused: row.refused,
  failure: row.failure,
  startedAt: row.started_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
});
