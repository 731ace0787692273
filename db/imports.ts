/** Import runs, and the table their rows wait in before they are merged in one go. */
import type { Knex } from 'knex';
import { lineOf } from '../domain/regions/tree';
import { regionName } from '../domain/regions/names';
import type { Refusal } from '../domain/registry/table';
import type { ImportRow } from './import-views';

export type ImportKind = ImportRow['kind'];
export type ImportMode = Exclude<ImportRow['mode'], 'undo'>;

export interface NewImport {
  kind: ImportKind;
  mode: ImportMode;
  dryRun: boolean;
  fileName: string;
  fileSha256: string | null;
  encoding: string;
  header: readonly string[];
  startedBy: number | null;
}

export async function insertImport(db: Knex, run: NewImport): Promise<number> {
  const [row] = await db('imports')
    .insert({
      kind: run.kind,
      mode: run.mode,
      dry_run: run.dryRun,
      file_name: run.fileName,
      file_sha256: run.fileSha256,
      encoding: run.encoding,
      header: [...run.header],
      started_by: run.startedBy,
    })
    .returning<{ id: number }[]>('id');
  if (!row) throw new Error('the import was not recorded');
  return row.id;
}

export interface ImportCounts {
  rowsRead: number;
  added: number;
  changed: number;
  ended: number;
  unchanged: number;
  refused: number;
}

export async function finishImport(trx: Knex, id: number, counts: ImportCounts): Promise<void> {
  await trx('imports')
    .where({ id })
    .update({
      status: 'done',
      phase: null,
      progress: 100,
      rows_read: counts.rowsRead,
      added: counts.added,
      changed: counts.changed,
      ended: counts.ended,
      unchanged: counts.unchanged,
      refused: counts.refused,
      // Not now(): that is when the transaction began.
      finished_at: trx.raw('clock_timestamp()'),
    });
  await trx('import_files').where({ import_id: id }).delete();
}

/** `failure`: what to tell; null where somebody cancelled it. */
export async function failImport(db: Knex, id: number, failure: string | null): Promise<void> {
  await db('imports')
    .where({ id })
    .update({
      status: failure === null ? 'cancelled' : 'failed',
      phase: null,
      failure,
      finished_at: db.fn.now(),
    });
  await db('import_files').where({ import_id: id }).delete();
}

/** What is said of entities' credit goes into the registry of entities. */
const registryOf = (kind: ImportKind): ImportKind => (kind === 'credit' ? 'entities' : kind);

/** Until the transaction ends, no other import into the same registry runs. False when one is running. */
export async function lockKind(trx: Knex, kind: ImportKind): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: [{ locked: boolean }] }>(
    `select pg_try_advisory_xact_lock(hashtext(?)) as locked`,
    [`onevisit.import.${registryOf(kind)}`],
  );
  return rows[0].locked;
}

/** For the holder of the kind's lock: whatever else says it is running has died. What has its file will be taken up. */
export async function failAbandoned(db: Knex, kind: ImportKind): Promise<void> {
  await db('imports')
    .where({ kind, status: 'running' })
    .whereNot({ mode: 'undo' })
    .whereNotExists(db('import_files').whereRaw('import_id = imports.id').select(db.raw('1')))
    .update({
      status: 'failed',
      phase: null,
      failure: '导入中断，名录库没有改变，请重新导入。',
      finished_at: db.fn.now(),
    });
}

export interface RowRefusals {
  rowNumber: number;
  cells: readonly string[];
  refusals: readonly Refusal[];
}

export async function insertRefusals(
  trx: Knex,
  importId: number,
  rows: readonly RowRefusals[],
): Promise<void> {
  if (rows.length === 0) return;
  await trx.raw(
    `insert into import_refusals (import_id, row_number, column_name, value, reason, message, cells)
     select :importId, r.row_number, r.column_name, r.value, r.reason, r.message, r.cells
       from jsonb_to_recordset(cast(:rows as jsonb))
         as r(row_number bigint, column_name text, value text, reason text, message text, cells jsonb)
     on conflict do nothing`,
    {
      importId,
      rows: JSON.stringify(
        rows.flatMap(({ rowNumber, cells, refusals }) =>
          refusals.map((refusal) => ({
            row_number: rowNumber,
            column_name: refusal.column,
            value: storable(refusal.value).slice(0, 1000),
            reason: refusal.reason,
            message: refusal.message,
            cells: cells.map(storable),
          })),
        ),
      ),
    },
  );
}

/** PostgreSQL keeps every character but this one. */
const storable = (text: string): string => text.replaceAll('\u0000', '');

/** Keys that refused rows name: a full import does not end what they name. */
export async function createRefusedKeys(trx: Knex): Promise<void> {
  await trx.raw(`create temp table import_refused_keys (key text collate "C" not null) on commit drop`);
}

export async function protectKeys(trx: Knex, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await trx.raw(`insert into import_refused_keys select unnest(cast(? as text[]))`, [[...keys]]);
}

export interface RepeatedRow {
  rowNumber: number;
  firstRow: number;
  /** They say different things about the same key: none of them can be believed. */
  conflicting: boolean;
}

/**
 * Takes rows out of `import_rows` whose key another row has: all but the first where they agree, all where they don't.
 */
export async function takeRepeated(trx: Knex): Promise<RepeatedRow[]> {
  const { rows } = await trx.raw<{ rows: RepeatedRow[] }>(`
    with repeated as (
      select key from import_rows group by key having count(*) > 1
    ), judged as (
      select key, min(row_number) as first_row, count(distinct to_jsonb(r) - 'row_number') > 1 as conflicting
        from import_rows r join repeated using (key) group by key
    ), protected as (
      insert into import_refused_keys select key from judged where conflicting
    )
    delete from import_rows r using judged j
     where r.key = j.key and (j.conflicting or r.row_number > j.first_row)
    returning r.row_number as "rowNumber", j.first_row as "firstRow", j.conflicting
  `);
  return rows;
}

/** Adds areas that a file mentions, after the areas they lie in. */
export async function ensureRegions(trx: Knex, codes: Iterable<string>): Promise<void> {
  const all = [...new Set([...codes].flatMap(lineOf))].sort();
  if (all.length === 0) return;
  await trx.raw(
    `insert into regions (code, name, parent_code)
     select code, name, parent from jsonb_to_recordset(cast(:rows as jsonb)) as r(code text, name text, parent text)
     on conflict do nothing`,
    {
      rows: JSON.stringify(
        all.map((code) => ({ code, name: regionName(code), parent: lineOf(code).at(-2) ?? null })),
      ),
    },
  );
}

/** For a transaction that merges several files, one after the other. */
export async function dropStaging(trx: Knex): Promise<void> {
  await trx.raw('drop table if exists import_rows, import_merged, import_refused_keys');
}
