/** Imports that a worker carries out from a stored file: their turn, their progress, and their end before time. */
import type { Knex } from 'knex';
import { readImport, type ImportRow } from './import-views';
import type { ImportKind, ImportMode } from './imports';

export interface NewJob {
  kind: ImportKind;
  mode: ImportMode;
  dryRun: boolean;
  fileName: string;
  fileSha256: string;
  /** null: another system delivered it. */
  startedBy: number | null;
  /** Departments whose inspectors, items and listings it may touch; null: all. */
  departments: readonly string[] | null;
  /** The name of another system's delivery. */
  delivery?: string;
  /** The import whose rows, refused for their region, it tries again. */
  retryOf?: number;
}

/** In a transaction: an import that is found has all of its file. */
export async function insertJob(trx: Knex, job: NewJob, file: AsyncIterable<Buffer>): Promise<number> {
  const [row] = await trx('imports')
    .insert({
      kind: job.kind,
      mode: job.mode,
      dry_run: job.dryRun,
      file_name: job.fileName,
      file_sha256: job.fileSha256,
      started_by: job.startedBy,
      departments: job.departments === null ? null : [...job.departments],
      status: 'waiting',
      delivery: job.delivery ?? null,
      retry_of: job.retryOf ?? null,
    })
    .returning<{ id: number }[]>('id');
  if (!row) throw new Error('the import was not recorded');
  let number = 0;
  for await (const bytes of file) {
    number += 1;
    await trx('import_files').insert({ import_id: row.id, number, bytes });
  }
  return row.id;
}

export async function deliveredImport(db: Knex, delivery: string): Promise<ImportRow | null> {
  const row = await db('imports').where({ delivery }).first<{ id: number } | undefined>('id');
  return row ? readImport(db, row.id) : null;
}

export async function* readJobFile(db: Knex, importId: number): AsyncGenerator<Buffer> {
  for (let number = 1; ; number += 1) {
    const row = await db('import_files')
      .where({ import_id: importId, number })
      .first<{ bytes: Buffer } | undefined>('bytes');
    if (!row) return;
    yield row.bytes;
  }
}

/** What a worker can carry out: an undo, or what has its file. */
const unfinished = (db: Knex) =>
  db('imports')
    .whereIn('status', ['waiting', 'running'])
    .whereRaw(`(mode = 'undo' or exists (select 1 from import_files f where f.import_id = imports.id))`);

/** The oldest that has not ended; one that is running was left by a worker that died. */
export async function nextJob(db: Knex, kind: ImportKind): Promise<ImportRow | null> {
  const row = await unfinished(db).where({ kind }).orderBy('id').first<{ id: number } | undefined>('id');
  return row ? readImport(db, row.id) : null;
}

export async function kindsWithJobs(db: Knex): Promise<ImportKind[]> {
  return unfinished(db).distinct().pluck('kind');
}

/** False where it was cancelled. */
export async function beginJob(
  db: Knex,
  id: number,
  table: { encoding: string | null; header: readonly string[] },
): Promise<boolean> {
  const touched = await db('imports')
    .where({ id, cancelled_by: null })
    .update({ status: 'running', encoding: table.encoding, header: [...table.header] });
  return touched === 1;
}

export interface Progress {
  phase: 'reading' | 'comparing' | 'writing';
  rowsRead: number;
  /** In a hundred. */
  progress: number;
}

/** False where it was cancelled. From `writing` on it no longer can be. */
export async function updateProgress(
  db: Knex,
  id: number,
  { phase, rowsRead, progress }: Progress,
): Promise<boolean> {
  const touched = await db('imports')
    .where({ id, cancelled_by: null })
    .update({ phase, rows_read: rowsRead, progress });
  return touched === 1;
}

/** One that waits ends at once, one that runs where its worker looks next. False where it is too late. */
export async function cancelJob(trx: Knex, id: number, userId: number): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `update imports
        set cancelled_by = :userId,
            finished_at = case status when 'waiting' then now() end,
            status = case status when 'waiting' then 'cancelled' else status end
      where id = :id and cancelled_by is null
        and (status = 'waiting' or status = 'running' and phase is distinct from 'writing')`,
    { id, userId },
  );
  await trx('import_files')
    .whereIn('import_id', trx('imports').where({ id, status: 'cancelled' }).select('id'))
    .delete();
  return rowCount > 0;
}
