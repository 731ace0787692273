/** Rows that an import refused for their region are imported once more, when the tree of regions knows it. */
import type { Knex } from 'knex';
import { everyRow, type RowsAfter } from '../db/every-row';
import type { ImportRow } from '../db/import-views';
import { listRegionRefusals } from '../db/regions';
import { conflict } from '../domain/errors';
import { storeJob } from './jobs';
import { csvStream } from './write-csv';

/** As changes, for the departments that the first import was for: it could have touched no more. */
export async function retryRegions(db: Knex, run: ImportRow, startedBy: number): Promise<number> {
  const { id, kind, file_name: fileName, departments } = run;
  const job = {
    kind,
    mode: 'changes' as const,
    dryRun: false,
    fileName,
    startedBy,
    departments,
    retryOf: id,
  };
  try {
    return await storeJob(db, job, csvStream(rowsOf(db, run)));
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'imports_retry_of') throw error;
    throw conflict('retried-already', '这些行已经重新导入，结果见导入记录。');
  }
}

async function* rowsOf(db: Knex, { id, header }: ImportRow): AsyncGenerator<string[]> {
  yield header;
  const refused = everyRow(
    ({ limit, after = 0 }: RowsAfter<number>) => listRegionRefusals(db, id, after, limit),
    (row) => row.row_number,
  );
  for await (const { cells } of refused) yield cells;
}
