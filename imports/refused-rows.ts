import type { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { everyRow, type RowsAfter } from '../db/every-row';
import { listRefusals, type ImportRow, type RefusalRow } from '../db/import-views';
import { tableStream } from './write-csv';

/** Why rows were refused, row by row. */
export const refusalsOf = (db: Knex, importId: number): AsyncGenerator<RefusalRow> =>
  everyRow(
    ({ limit, after }: RowsAfter<[number, string, string]>) =>
      listRefusals(db, importId, after ?? null, limit),
    (row): [number, string, string] => [row.row_number, row.column_name, row.reason],
  );

/**
 * Each refused row as it was, below the header it had, with why behind it: mended, the file can be imported as it is.
 */
export const refusedCsv = (db: Knex, run: Pick<ImportRow, 'id' | 'header'>): Readable =>
  tableStream(refusedRows(db, run));

async function* refusedRows(
  db: Knex,
  { id, header }: Pick<ImportRow, 'id' | 'header'>,
): AsyncGenerator<(string | number)[]> {
  yield [...header, '行', '列', '原因', '说明'];
  let ofRow: RefusalRow[] = [];
  for await (const refusal of refusalsOf(db, id)) {
    if (ofRow[0] && ofRow[0].row_number !== refusal.row_number) {
      yield lineOf(header.length, ofRow);
      ofRow = [];
    }
    ofRow.push(refusal);
  }
  if (ofRow.length > 0) yield lineOf(header.length, ofRow);
}

function lineOf(width: number, refusals: readonly RefusalRow[]): (string | number)[] {
  const { cells = [], row_number: rowNumber = 0 } = refusals[0] ?? {};
  const joined = (values: readonly string[]): string => values.join('；');
  return [
    ...Array.from({ length: width }, (_, at) => cells[at] ?? ''),
    rowNumber,
    joined(refusals.map((each) => each.column_name)),
    joined(refusals.map((each) => each.reason)),
    joined(refusals.map((each) => each.message)),
    // Cells without a column.
    ...cells.slice(width),
  ];
}
