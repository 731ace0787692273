/** Files of lines, written while the lines are read. */
import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

type Line = readonly (string | number | null)[];

/** Lines that break off end the stream with their error: whoever reads it is not left waiting. */
export function csvStream(
  lines: AsyncIterable<Line> | Iterable<Line>,
  options: { bom?: boolean; escape_formulas?: boolean } = {},
): Readable {
  const csv = stringify(options);
  pipeline(Readable.from(lines), csv, () => undefined);
  return csv;
}

/** For people: with the mark by which spreadsheet programs tell UTF-8, and no cell that starts a formula. */
export const tableStream = (lines: AsyncIterable<Line> | Iterable<Line>): Readable =>
  csvStream(lines, { bom: true, escape_formulas: true });
