import type { Knex } from 'knex';
import { appendAudit } from '../db/audit';
import { updateProgress, type Progress } from '../db/import-jobs';
import {
  createRefusedKeys,
  ensureRegions,
  failAbandoned,
  finishImport,
  insertRefusals,
  lockKind,
  protectKeys,
  takeRepeated,
  type ImportCounts,
  type ImportKind,
  type ImportMode,
  type RepeatedRow,
  type RowRefusals,
} from '../db/imports';
import { countReplaced, readRegionBook } from '../db/regions';
import type { StagedRow } from '../db/registry-merge';
import { conflict, invalid } from '../domain/errors';
import type { RegionBook } from '../domain/regions/region-book';
import type { Refusal } from '../domain/registry/table';
import { KINDS, type ImportScope, type KindSpec } from './kinds';
import { openTable, type Table, type TableRow } from './read-table';
import type { SpooledFile } from './spool';

export interface ImportOrder {
  kind: ImportKind;
  /** full: what the file does not name is ended; changes: it stays as it is. */
  mode: ImportMode;
  dryRun: boolean;
  fileName: string;
  /** null: an operator on the server's console. */
  startedBy: number | null;
  /** Departments whose inspectors, items and listings may be touched; null: all. */
  departments: readonly string[] | null;
  /** The city's day. */
  today: string;
}

const BATCH = 5000;

/** Says that it begins, and under which number: outside the transaction, seen while it runs and kept when it fails. */
export type Begin = (table: { encoding: string; header: readonly string[] }) => Promise<number>;

export const cancelled = () => conflict('import-cancelled', '导入已取消，名录库没有改变。');

export const importRunning = () => conflict('import-running', '另一个同类导入正在进行，请等它结束后再试。');

/**
 * Imports a file: all of it in one transaction, or nothing. Rows that are wrong are refused with reasons and stop nothing;
 * the same file again changes nothing. A file that is no such table at all is thrown back as a DomainError.
 */
export async function carryOut(db: Knex, file: SpooledFile, order: ImportOrder, begin: Begin): Promise<void> {
  const kind = KINDS[order.kind];
  const table = await openTable(file, kind.columns);
  const touched = await db.transaction(async (trx) => {
    if (!(await lockKind(trx, order.kind))) {
      throw importRunning();
    }
    await failAbandoned(db, order.kind);
    const id = await begin({ encoding: table.encoding, header: table.titles });
    const tell = async (progress: Progress) => {
      if (!(await updateProgress(db, id, progress))) throw cancelled();
    };
    const regions = await readRegionBook(trx);
    const { counts, newRegions } = await stageAll(trx, id, order, kind, table, regions, tell);
    await tell({ phase: 'comparing', rowsRead: counts.rowsRead, progress: AFTER_READING });
    const planned = await kind.plan(trx, order);
    if (!order.dryRun) {
      await tell({ phase: 'writing', rowsRead: counts.rowsRead, progress: AFTER_COMPARING });
      await ensureRegions(trx, newRegions);
      await countReplaced(trx, regions.replaced);
      await kind.apply(trx, id, order);
    }
    const total = { ...counts, ...planned };
    await finishImport(trx, id, total);
    await appendAudit(trx, {
      actorId: order.startedBy,
      action: order.dryRun ? 'import.dry-run' : 'import',
      subject: `import/${String(id)}`,
      after: { kind: order.kind, mode: order.mode, fileSha256: file.sha256, ...total },
    });
    return order.dryRun ? 0 : total.added + total.changed + total.ended;
  });
  if (touched > 0) await kind.settle?.(db, touched);
}

/** In a hundred, roughly by time. */
const AFTER_READING = 60;
const AFTER_COMPARING = 70;

interface Staged {
  counts: Pick<ImportCounts, 'rowsRead' | 'refused'>;
  newRegions: Set<string>;
}

async function stageAll(
  trx: Knex.Transaction,
  importId: number,
  scope: ImportScope,
  kind: KindSpec<string, unknown>,
  table: Table<string>,
  regions: RegionBook,
  tell: (progress: Progress) => Promise<void>,
): Promise<Staged> {
  const read = await kind.reader(trx, scope, regions);
  const newRegions = new Set<string>();
  await kind.createStaging(trx);
  await createRefusedKeys(trx);
  const counts = { rowsRead: 0, refused: 0 };
  let staged: StagedRow<unknown>[] = [];
  let refused: RowRefusals[] = [];
  let protectedKeys: string[] = [];
  // The database takes one batch while the next is read and checked.
  let writing = Promise.resolve();
  const flush = async () => {
    await writing;
    const batch = { staged, refused, protectedKeys };
    staged = [];
    refused = [];
    protectedKeys = [];
    writing = (async () => {
      await kind.stage(trx, batch.staged);
      await insertRefusals(trx, importId, batch.refused);
      await protectKeys(trx, batch.protectedKeys);
    })();
    // Whoever waits for it next meets its failure.
    writing.catch(() => undefined);
  };
  const take = ({ rowNumber, cells }: TableRow) => {
    counts.rowsRead += 1;
    const outcome = read(table.header, table.width, cells);
    if (outcome.ok) {
      staged.push({ rowNumber, key: outcome.key, row: outcome.row });
      for (const code of kind.regionsOf(outcome.row)) if (!regions.isInUse(code)) newRegions.add(code);
    } else {
      counts.refused += 1;
      refused.push({ rowNumber, cells, refusals: outcome.refusals });
      if (outcome.key !== null) protectedKeys.push(outcome.key);
    }
  };
  for await (const rows of table.rows()) {
    rows.forEach(take);
    if (staged.length + refused.length < BATCH) continue;
    await flush();
    await tell({
      phase: 'reading',
      rowsRead: counts.rowsRead,
      progress: Math.floor(table.fractionRead() * AFTER_READING),
    });
  }
  await flush();
  await writing;
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
  for await (const rows of table.rows()) {
    for (const { rowNumber, cells } of rows) {
      const refusal = late.get(rowNumber);
      if (!refusal) continue;
      const at = Object.values(table.header).find((column) => column?.title === refusal.column)?.at;
      const value = refusal.value || (at === undefined ? '' : (cells[at] ?? ''));
      batch.push({ rowNumber, cells, refusals: [{ ...refusal, value }] });
    }
    if (batch.length < BATCH) continue;
    await insertRefusals(trx, importId, batch);
    batch = [];
  }
  await insertRefusals(trx, importId, batch);
  return late.size;
}

function repeatedRefusal(row: RepeatedRow, kind: KindSpec<string, unknown>, table: Table<string>): Refusal {
  const titles = kind.keys.flatMap((key) => table.header[key]?.title ?? []);
  const [column = ''] = titles;
  return row.conflicting
    ? {
        column,
        value: '',
        reason: 'conflicting-rows',
        message: `文件中有几行的${titles.join('、')}相同而内容不同（最早在第 ${String(row.firstRow)} 行），无法判断哪一行正确，请只保留正确的一行`,
      }
    : {
        column,
        value: '',
        reason: 'repeated-row',
        message: `与第 ${String(row.firstRow)} 行完全重复，已采用第 ${String(row.firstRow)} 行，请删去这一行`,
      };
}
