/** Undoing the last import of a registry: refused where something else came after it. */
import type { Knex } from 'knex';
import { appendAudit } from '../db/audit';
import { beginJob, updateProgress } from '../db/import-jobs';
import { countTrainingsChangedSince, undoTrainings } from '../db/import-trainings';
import {
  countChangedSince,
  gatherUndone,
  insertUndo,
  undoEntities,
  undoInspectors,
  type Undoable,
} from '../db/import-undo';
import { readImport, type ImportRow } from '../db/import-views';
import { finishImport, lockKind } from '../db/imports';
import { settleEntities, type MergeCounts } from '../db/registry-merge';
import { conflict, type DomainError } from '../domain/errors';
import { cancelled, importRunning } from './carry-out';

/** Records that an import is to be undone; whoever carries out imports does it. */
export async function orderUndo(
  trx: Knex,
  run: ImportRow,
  by: { startedBy: number | null; reason: string },
): Promise<number> {
  const obstacle = obstacleOf(run);
  if (obstacle) throw obstacle;
  const id = await insertUndo(trx, run, by);
  if (id === null) throw undoneAlready();
  return id;
}

function obstacleOf(run: ImportRow): DomainError | null {
  if (run.mode === 'undo') return conflict('undo-of-undo', '撤销本身不能再撤销；请重新导入文件。');
  if (run.kind === 'items')
    return conflict('undo-items', '事项导入后是草稿，请在事项页面修改或删除，不能整批撤销。');
  if (run.dry_run) return conflict('undo-dry-run', '试运行没有改动名录库，不需要撤销。');
  if (run.status !== 'done')
    return conflict('undo-not-done', '这次导入没有完成，名录库没有因它改变，不需要撤销。');
  if (run.undone_by !== null) return undoneAlready();
  if (!run.is_latest) {
    return conflict('undo-older', '之后又有新的导入，只能撤销最近一次；请导入一份正确的文件来更正。');
  }
  return null;
}

const undoneAlready = () => conflict('undo-again', '这次导入已经撤销过了。');

export async function runUndo(db: Knex, job: ImportRow): Promise<void> {
  if (job.undo_of === null || job.kind === 'items') throw new Error(`import ${job.id} undoes nothing`);
  const undone = job.undo_of;
  const registry = job.kind === 'credit' ? 'entities' : job.kind;
  const touched = await db.transaction(async (trx) => {
    if (!(await lockKind(trx, job.kind))) throw importRunning();
    if (!(await beginJob(db, job.id, { encoding: null, header: [] }))) throw cancelled();
    const run = await readImport(trx, undone);
    const obstacle = run && obstacleOf({ ...run, undone_by: null });
    if (obstacle) throw obstacle;
    const since = await changedSince(trx, registry, undone);
    if (since > 0) {
      throw conflict(
        'undo-changed-since',
        `导入之后又有 ${since} 条记录以其他方式改变，撤销会丢失这些改变；请导入更正的文件。`,
      );
    }
    if (!(await updateProgress(db, job.id, { phase: 'writing', rowsRead: 0, progress: 50 })))
      throw cancelled();
    const counts = await takeBack(trx, registry, undone, job);
    const rowsRead = counts.added + counts.changed + counts.ended;
    await finishImport(trx, job.id, { ...counts, rowsRead, refused: 0 });
    await appendAudit(trx, {
      ...{ actorId: job.started_by, action: 'import.undo', subject: `import/${undone}` },
      after: { kind: job.kind, undo: job.id, reason: job.reason, ...counts },
    });
    return rowsRead;
  });
  if (registry === 'entities') await settleEntities(db, touched);
}

type Registry = Undoable | 'trainings';

const changedSince = (trx: Knex, registry: Registry, undone: number): Promise<number> =>
  registry === 'trainings'
    ? countTrainingsChangedSince(trx, undone)
    : countChangedSince(trx, registry, undone);

async function takeBack(
  trx: Knex,
  registry: Registry,
  undone: number,
  { id, started_by: startedBy, reason }: ImportRow,
): Promise<MergeCounts> {
  if (registry === 'trainings')
    return undoTrainings(trx, undone, { undoId: id, startedBy, reason: reason ?? '' });
  const counts = await gatherUndone(trx, registry, undone);
  await (registry === 'entities' ? undoEntities : undoInspectors)(trx, id);
  return counts;
}
