/** Rows that an import refused for their region are imported once more, when the tree of regions knows it. */
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Knex } from 'knex';
import type { ImportRow } from '../db/import-views';
import { listRegionRefusals } from '../db/regions';
import { conflict } from '../domain/errors';
import { storeJob } from './jobs';

const PAGE = 2000;

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
    return await storeJob(db, job, Readable.from(rowsOf(db, run)).pipe(stringify()));
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'imports_retry_of') throw error;
    throw conflict('retried-already', '这些行已经重新导入，结果见导入记录。');
  }
}

async function* rowsOf(db: Knex, { id, header }: ImportRow): AsyncGenerator<string[]> {
  yield header;
  for (let after = 0; ;) {
    const rows = await listRegionRefusals(db, id, after, PAGE);
    for (const { cells } of rows) yield cells;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.row_number;
  }
}
