import type { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { listImports, type ImportRow } from '../db/import-views';
import { failImport, insertImport } from '../db/imports';
import { dayOf } from '../domain/deadlines/working-days';
import { carryOut, type ImportOrder } from './carry-out';
import { failureText } from './failure-text';
import { refuseOrder } from './refuse-order';
import { spool } from './spool';

export interface DirectImport extends Omit<ImportOrder, 'today' | 'departments'> {
  stream: Readable;
  now?: Date;
  departments?: readonly string[] | null;
}

/** Imports a stream at once, in this process: for the command. A file that is no such table is thrown back. */
export async function runImport(
  db: Knex,
  { stream, now = new Date(), departments = null, ...rest }: DirectImport,
): Promise<ImportRow> {
  const order = { ...rest, departments, today: dayOf(now) };
  refuseOrder(order);
  const file = await spool(stream);
  const begun: number[] = [];
  try {
    await carryOut(db, file, order, async (table) => {
      const id = await insertImport(db, { ...order, ...table, fileSha256: file.sha256 });
      begun.push(id);
      return id;
    });
  } catch (error) {
    for (const id of begun) await failImport(db, id, failureText(error));
    throw error;
  } finally {
    await file.remove();
  }
  const [row] = await listImports(db, { id: begun[0] ?? 0, limit: 1 });
  if (!row) throw new Error('the import is gone');
  return row;
}
