/** Imports of uploaded files: stored for whichever worker takes them, and carried out there. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { beginJob, insertJob, readJobFile, type NewJob } from '../db/import-jobs';
import type { ImportRow } from '../db/import-views';
import { failImport } from '../db/imports';
import { DomainError } from '../domain/errors';
import { cancelled, carryOut } from './carry-out';
import { failureText } from './failure-text';
import { KINDS } from './kinds';
import { assertTable } from './read-table';
import { refuseOrder } from './refuse-order';
import { diskFull, spool } from './spool';
import { runUndo } from './undo';

const PIECE = 1 << 20;

/** A file that is no such table is thrown back at once, and nothing of it stays. */
export async function storeJob(db: Knex, job: Omit<NewJob, 'fileSha256'>, stream: Readable): Promise<number> {
  refuseOrder(job);
  // Whole before the transaction: a slow line holds no connection to the database.
  const file = await spool(stream);
  try {
    await assertTable(file, KINDS[job.kind].columns);
    const pieces = createReadStream(file.path, { highWaterMark: PIECE });
    return await db.transaction((trx) => insertJob(trx, { ...job, fileSha256: file.sha256 }, pieces));
  } catch (error) {
    throw diskFull(error) ?? error;
  } finally {
    await file.remove();
  }
}

/**
 * What the user can mend ends the import and is on its record. Anything else is thrown: the file stays, and whoever takes
 * the import up begins anew, for nothing was written.
 */
export async function runJob(db: Knex, job: ImportRow, today: string): Promise<void> {
  try {
    if (job.mode === 'undo') {
      await runUndo(db, job);
      return;
    }
    const file = await spool(Readable.from(readJobFile(db, job.id)));
    try {
      const order = {
        ...{ kind: job.kind, mode: job.mode, dryRun: job.dry_run, fileName: job.file_name, today },
        ...{ startedBy: job.started_by, departments: job.departments },
      };
      await carryOut(db, file, order, async (table) => {
        if (!(await beginJob(db, job.id, table))) throw cancelled();
        return job.id;
      });
    } finally {
      await file.remove();
    }
  } catch (error) {
    const told = diskFull(error) ?? error;
    // The command imports beside workers: its turn ends.
    if (!(told instanceof DomainError) || told.type === 'import-running') {
      throw new Error('the import was interrupted', { cause: error });
    }
    await failImport(db, job.id, failureText(told));
  }
}
