/** Files are cut into records as csv-parse cuts them, wherever the pieces end in which they are read. */
import { CsvError, parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvRecords, UnclosedQuote } from '../../../imports/csv-records';

const PIECES = ['"', '""', ',', ';', '\t', '|', '\n', '\r\n', '\r', 'a', '店', ' ', '"a"', '"甲\n乙"', ',"'];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join(''));

function cut(whole: string, delimiter: string, lengths: readonly number[]): string[][] | 'unclosed' {
  const records = new CsvRecords(delimiter);
  const found: string[][] = [];
  let at = 0;
  try {
    for (const length of lengths) found.push(...records.read(whole.slice(at, (at += length))));
    return [...found, ...records.read(whole.slice(at), true)];
  } catch (error) {
    if (error instanceof UnclosedQuote) return 'unclosed';
    throw error;
  }
}

function byCsvParse(whole: string, delimiter: string): string[][] | 'unclosed' {
  try {
    return parse(whole, { delimiter, relax_column_count: true, relax_quotes: true });
  } catch (error) {
    if (error instanceof CsvError) return 'unclosed';
    throw error;
  }
}

test('any text, in any pieces', () => {
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(',', '\t', ';', '|'),
      fc.array(fc.nat({ max: 9 }), { maxLength: 8 }),
      (whole, delimiter, lengths) => {
        expect(cut(whole, delimiter, lengths)).toEqual(byCsvParse(whole, delimiter));
      },
    ),
    { numRuns: 5000 },
  );
});

test('a stray mark does not swallow a large file', () => {
  const records = new CsvRecords(',');
  const rest = '一行,没有引号\n'.repeat(100_000);
  expect(() => [...records.read(`甲,"乙\n${rest}`), ...records.read(rest)]).toThrow(UnclosedQuote);
});
