import type { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { listImports, type ImportRow } from '../../db/import-views';
import {
  createRefusedKeys,
  ensureRegions,
  failAbandoned,
  failImport,
  finishImport,
  insertImport,
  insertRefusals,
  lockKind,
  protectKeys,
  readRegionCodes,
  takeRepeated,
  updateProgress,
  type ImportCounts,
  type ImportKind,
  type ImportMode,
  type RepeatedRow,
  type RowRefusals,
} from '../../db/imports';
import type { StagedRow } from '../../db/registry-merge';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, DomainError, invalid } from '../../domain/errors';
import type { Refusal } from '../../domain/registry/table';
import { KINDS, type ImportScope, type KindSpec } from './kinds';
import { openTable, type Table } from './read-table';
import { spool } from './spool';

export interface ImportOrder {
  kind: ImportKind;
  /** full: what the file does not name is ended; changes: it stays as it is. */
  mode: ImportMode;
  dryRun: boolean;
  fileName: string;
  /** null: an operator on the server's console. */
  startedBy: number | null;
  stream: Readable;
  /** Departments whose inspectors and items may be touched; left out or null: all. */
  departments?: readonly string[] | null;
  now?: Date;
}

const BATCH = 2000;

/**
 * Imports a file: all of it in one transaction, or nothing. Rows that are wrong are refused with reasons and stop nothing;
 * the same file again changes nothing. A file that is no such table at all is thrown back as a DomainError.
 */
export async function runImport(db: Knex, order: ImportOrder): Promise<ImportRow> {
  if (order.kind === 'items' && order.mode === 'full') {
    throw invalid('items-full-import', '事项清单只能按“变更”导入：撤销事项由编办办理。');
  }
  const kind = KINDS[order.kind];
  const file = await spool(order.stream);
  try {
    const table = await openTable(file, kind.columns);
    const scope: ImportScope = {
      mode: order.mode,
      fileName: order.fileName,
      startedBy: order.startedBy,
      today: dayOf(order.now ?? new Date()),
      departments: order.departments ?? null,
    };
    const id = await db.transaction((trx) =>
      carryOut(db, trx, { ...order, fileSha256: file.sha256, encoding: table.encoding }, scope, kind, table),
    );
    if (!order.dryRun) await kind.settle?.(db);
    const [row] = await listImports(db, { id, limit: 1 });
    if (!row) throw new Error(`import ${String(id)} is gone`);
    return row;
  } finally {
    await file.remove();
  }
}

async function carryOut(
  db: Knex,
  trx: Knex.Transaction,
  run: ImportOrder & { fileSha256: string; encoding: string },
  scope: ImportScope,
  kind: KindSpec<string, unknown>,
  table: Table<string>,
): Promise<number> {
  if (!(await lockKind(trx, run.kind))) {
    throw conflict('import-running', '另一个同类导入正在进行，请等它结束后再试。');
  }
  await failAbandoned(db, run.kind);
  // Outside the transaction: seen while it runs, and kept when it fails.
  const id = await insertImport(db, run);
  try {
    const { counts, newRegions } = await stageAll(db, trx, id, scope, kind, table);
    const planned = await kind.plan(trx, scope);
    if (!run.dryRun) {
      await ensureRegions(trx, newRegions);
      await kind.apply(trx, id, scope);
    }
    const total = { ...counts, ...planned };
    await finishImport(trx, id, total);
    await appendAudit(trx, {
      actorId: run.startedBy,
      action: run.dryRun ? 'import.dry-run' : 'import',
      subject: `import/${String(id)}`,
      after: { kind: run.kind, mode: run.mode, fileSha256: run.fileSha256, ...total },
    });
    return id;
  } catch (error) {
    await failImport(db, id, failureText(error));
    throw error;
  }
}

const failureText = (error: unknown): string =>
  error instanceof DomainError
    ? error.message
    : '导入时出现意外错误，名录库没有改变；请重试，或把日志交给管理员。';

interface Staged {
  counts: Pick<ImportCounts, 'rowsRead' | 'refused'>;
  newRegions: Set<string>;
}

async function stageAll(
  db: Knex,
  trx: Knex.Transaction,
  importId: number,
  scope: ImportScope,
  kind: KindSpec<string, unknown>,
  table: Table<string>,
): Promise<Staged> {
  const read = await kind.reader(trx, scope);
  const knownRegions = await readRegionCodes(trx);
  const newRegions = new Set<string>();
  await kind.createStaging(trx);
  await createRefusedKeys(trx);
  const counts = { rowsRead: 0, refused: 0 };
  let staged: StagedRow<unknown>[] = [];
  let refused: RowRefusals[] = [];
  let protectedKeys: string[] = [];
  const flush = async () => {
    await kind.stage(trx, staged);
    await insertRefusals(trx, importId, refused);
    await protectKeys(trx, protectedKeys);
    staged = [];
    refused = [];
    protectedKeys = [];
  };
  for await (const { rowNumber, cells } of table.rows()) {
    counts.rowsRead += 1;
    const outcome = read(table.header, table.width, cells);
    if (outcome.ok) {
      staged.push({ rowNumber, key: outcome.key, row: outcome.row });
      for (const code of kind.regionsOf(outcome.row)) if (!knownRegions.has(code)) newRegions.add(code);
    } else {
      counts.refused += 1;
      refused.push({ rowNumber, cells, refusals: outcome.refusals });
      if (outcome.key !== null) protectedKeys.push(outcome.key);
    }
    if (staged.length + refused.length < BATCH) continue;
    await flush();
    await updateProgress(db, importId, counts.rowsRead);
  }
  await flush();
  if (counts.rowsRead === 0) {
    throw invalid('no-rows', '文件只有表头，没有数据行；没有导入任何内容。');
  }
  counts.refused += await refuseLate(trx, importId, scope, kind, table);
  return { counts, newRegions };
}

/** Refusals that show only when all rows are known: repeated keys, and what the database holds already. */
async function refuseLate(
  trx: Knex.Transaction,
  importId: number,
  scope: ImportScope,
  kind: KindSpec<string, unknown>,
  table: Table<string>,
): Promise<number> {
  const late = new Map<number, Refusal>();
  for (const row of await takeRepeated(trx)) late.set(row.rowNumber, repeatedRefusal(row, kind, table));
  for (const { rowNumber, refusal } of await kind.takeBlocked(trx, scope)) late.set(rowNumber, refusal);
  if (late.size === 0) return 0;
  // The original cells were not kept: the file is still there.
  let batch: RowRefusals[] = [];
  for await (const { rowNumber, cells } of table.rows()) {
    const refusal = late.get(rowNumber);
    if (!refusal) continue;
    const at = Object.values(table.header).find((column) => column?.title === refusal.column)?.at;
    const value = refusal.value || (at === undefined ? '' : (cells[at] ?? ''));
    batch.push({ rowNumber, cells, refusals: [{ ...refusal, value }] });
    if (batch.length < BATCH) continue;
    await insertRefusals(trx, importId, batch);
    batch = [];
  }
  await insertRefusals(trx, importId, batch);
  return late.size;
}

function repeatedRefusal(row: RepeatedRow, kind: KindSpec<string, unknown>, table: Table<string>): Refusal {
  const key = kind.columns['creditCode'] ? 'creditCode' : 'code';
  const column = table.header[key]?.title ?? '';
  return row.conflicting
    ? {
        column,
        value: '',
        reason: 'conflicting-rows',
        message: `文件中有几行的${column}相同而内容不同（最早在第 ${String(row.firstRow)} 行），无法判断哪一行正确，请只保留正确的一行`,
      }
    : {
        column,
        value: '',
        reason: 'repeated-row',
        message: `与第 ${String(row.firstRow)} 行完全重复，已采用第 ${String(row.firstRow)} 行，请删去这一行`,
      };
}
