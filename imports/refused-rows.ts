import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Knex } from 'knex';
import { listRefusals, type ImportRow, type RefusalRow } from '../db/import-views';

const PAGE = 2000;

/** Why rows were refused, row by row. */
export async function* refusalsOf(db: Knex, importId: number): AsyncGenerator<RefusalRow> {
  for (let after: [number, string, string] | null = null; ;) {
    const rows: RefusalRow[] = await listRefusals(db, importId, after, PAGE);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = [last.row_number, last.column_name, last.reason];
  }
}

/**
 * Each refused row as it was, below the header it had, with why behind it: mended, the file can be imported as it is. With the
 * mark by which spreadsheet programs tell UTF-8, and no cell starts a formula.
 */
export const refusedCsv = (db: Knex, run: Pick<ImportRow, 'id' | 'header'>): Readable =>
  Readable.from(refusedRows(db, run)).pipe(stringify({ bom: true, escape_formulas: true }));

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
