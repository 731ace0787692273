/** Tables that people download. No cell of one starts a formula in the program that opens it. */
import { FileAnswer } from './implement';
import { tableStream } from '../imports/write-csv';
import { workbookStream } from '../imports/write-workbook';

export interface TableColumn<T> {
  header: string;
  value: (row: T) => string | number | null;
  /** In a workbook, in characters. */
  width?: number;
}

/**
 * A table row by row, with the mark by which spreadsheet programs tell UTF-8. Nothing of it is there before the first row was
 * read: what the database refuses is still told as a problem then.
 */
export function csvAnswer<T>(
  columns: readonly TableColumn<T>[],
  rows: AsyncIterable<T> | Iterable<T>,
  fileName: string,
): FileAnswer {
  const lines = async function* () {
    const header = columns.map((column) => column.header);
    let isBegun = false;
    for await (const row of rows) {
      if (!isBegun) yield header;
      isBegun = true;
      yield columns.map((column) => column.value(row));
    }
    if (!isBegun) yield header;
  };
  return csvLines(lines(), fileName);
}

/** The columns of records: each of its headers by the key of its value. What a record does not have stays empty. */
export const columnsOf = <K extends string>(
  headers: Readonly<Record<K, string>>,
): TableColumn<Partial<Record<K, string | number | null>>>[] =>
  (Object.keys(headers) as K[]).map((key) => ({ header: headers[key], value: (row) => row[key] ?? null }));

/** The same of lines that need not be equally long. */
export function csvLines(
  lines: AsyncIterable<readonly (string | number | null)[]>,
  fileName: string,
): FileAnswer {
  return new FileAnswer(tableStream(lines), fileName);
}

/** A workbook of one sheet with its header row in sight, written row by row. */
export function workbookAnswer<T>(
  columns: readonly TableColumn<T>[],
  rows: AsyncIterable<T> | Iterable<T>,
  { sheet, fileName }: { sheet: string; fileName: string },
): FileAnswer {
  const cells = async function* () {
    for await (const row of rows) yield columns.map((column) => column.value(row));
  };
  const workbook = workbookStream({
    name: sheet,
    header: columns.map((column) => column.header),
    widths: columns.map((column) => column.width ?? 16),
    rows: cells(),
  });
  return new FileAnswer(workbook, fileName);
}
