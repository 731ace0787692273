import type { Knex } from 'knex';
import { readImport, type ImportRow } from '../../db/import-views';
import { notFound } from '../../domain/errors';
import { ownsImport } from '../../domain/permissions/records';
import type { Actor } from '../../domain/roles';

/** An import as one who is signed in sees it. */
export const importOf = (row: ImportRow, actor: Actor) => ({
  id: row.id,
  kind: row.kind,
  mode: row.mode,
  dryRun: row.dry_run,
  fileName: row.file_name,
  encoding: row.encoding,
  status: row.status,
  phase: row.phase,
  progress: row.progress,
  rowsRead: row.rows_read,
  added: row.added,
  changed: row.changed,
  ended: row.ended,
  unchanged: row.unchanged,
  refused: row.refused,
  failure: row.failure,
  own: isOwn(row, actor),
  undoOf: row.undo_of,
  undoneBy: row.undone_by,
  retryOf: row.retry_of,
  reason: row.reason,
  undoable:
    row.status === 'done' &&
    !row.dry_run &&
    row.mode !== 'undo' &&
    row.kind !== 'items' &&
    row.undone_by === null &&
    row.is_latest,
  startedBy: row.started_by_name,
  cancellable:
    row.cancelled_by === null &&
    (row.status === 'waiting' || (row.status === 'running' && row.phase !== 'writing')),
  startedAt: row.started_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
});

export const isOwn = ({ started_by: startedBy, kind }: ImportRow, actor: Actor): boolean =>
  ownsImport(actor, { startedBy, kind });

export async function findImport(db: Knex, id: number): Promise<ImportRow> {
  const row = await readImport(db, id);
  if (!row) throw notFound('import-not-found', `没有编号为 ${id} 的导入。`);
  return row;
}
