import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { invalid } from '../domain/errors';
import { recogniseHeader, type ColumnSpec, type Header } from '../domain/registry/table';
import { CsvRecords, UnclosedQuote } from './csv-records';
import { isZip, refuseKind } from './file-kind';
import { inspectWorkbook, readWorkbook } from './read-workbook';
import { isEncodedIn, type SpooledFile } from './spool';

export interface Table<K extends string> {
  encoding: string;
  header: Header<K>;
  /** The header row. */
  titles: readonly string[];
  /** Columns of the header row. */
  width: number;
  /** How much of the file has been read, from 0 to 1. */
  fractionRead(): number;
  /** Rows below the header, some at a time, each with its number (the header is row 1); empty rows are left out. */
  rows(): AsyncIterable<TableRow[]> | Iterable<TableRow[]>;
}

export interface TableRow {
  rowNumber: number;
  cells: string[];
}

interface Layout<K extends string> {
  encoding: string;
  delimiter: string;
  header: Header<K>;
  missing: string[];
  repeated: string[];
  titles: string[];
}

const DELIMITERS = [',', '\t', ';', '|'];

/** Tells encoding, separator and columns of a file. Throws what is wrong with a file that can't be read as this kind of table. */
export async function openTable<K extends string>(
  file: SpooledFile,
  specs: Record<K, ColumnSpec>,
): Promise<Table<K>> {
  if (isZip(file.head)) return openWorkbook(file, specs);
  const refused = refuseKind(file.head);
  if (refused) throw refused;
  const layout = bestLayout(await possibleEncodings(file), file.head, specs);
  assertHeader(layout, specs);
  let bytesRead = 0;
  return {
    encoding: layout.encoding,
    header: layout.header,
    titles: layout.titles,
    width: layout.titles.length,
    fractionRead: () => bytesRead / file.bytes,
    rows: () =>
      readRows(file.path, layout, (bytes) => {
        bytesRead = bytes;
      }),
  };
}

/** What can be told without reading the rows: throws what is wrong with a file that is no such table. */
export async function assertTable(file: SpooledFile, specs: Record<string, ColumnSpec>): Promise<void> {
  if (isZip(file.head)) await inspectWorkbook(file.path);
  else await openTable(file, specs);
}

async function openWorkbook<K extends string>(
  file: SpooledFile,
  specs: Record<K, ColumnSpec>,
): Promise<Table<K>> {
  const [first = [], ...lines] = await readWorkbook(file.path);
  const titles = withoutExtra(first, 0);
  const heading = { titles, ...recogniseHeader(titles, specs) };
  assertHeader(heading, specs);
  const width = titles.length;
  let read = 0;
  return {
    encoding: 'xlsx',
    header: heading.header,
    titles,
    width,
    fractionRead: () => (lines.length === 0 ? 1 : read / lines.length),
    *rows() {
      for (const [at, line] of lines.entries()) {
        read = at;
        // A workbook does not keep the empty cells at the end of a row.
        const cells = withoutExtra(line, width);
        while (cells.length < width) cells.push('');
        if (cells.some((cell) => cell.trim() !== '')) yield [{ rowNumber: at + 2, cells }];
      }
    },
  };
}

type Heading<K extends string> = Pick<Layout<K>, 'titles' | 'missing' | 'repeated'>;

function assertHeader<K extends string>(heading: Heading<K>, specs: Record<K, ColumnSpec>): void {
  if (heading.missing.length > 0) throw unknownHeader(heading, specs);
  if (heading.repeated.length > 0) {
    throw invalid(
      'repeated-column',
      `表头中有重复的列：${heading.repeated.join('、')}。请删去多余的一列后再导入。`,
      heading.repeated.map((field) => ({ field, message: '重复' })),
    );
  }
}

/** Encodings that may be meant. UTF-8 comes last where it has damaged bytes: its rows are then refused one by one. */
async function possibleEncodings(file: SpooledFile): Promise<string[]> {
  const mark = file.head.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return ['utf-16le'];
  if (mark === 'feff') return ['utf-16be'];
  if (file.isUtf8) return ['utf-8'];
  return (await isEncodedIn(file.path, 'gb18030')) ? ['gb18030', 'utf-8'] : ['utf-8', 'gb18030'];
}

/** The reading of the header row that finds the most columns. */
function bestLayout<K extends string>(
  encodings: readonly string[],
  head: Buffer,
  specs: Record<K, ColumnSpec>,
): Layout<K> {
  const layouts = encodings.flatMap((encoding) => {
    const text = new TextDecoder(encoding).decode(head);
    return DELIMITERS.map((delimiter): Layout<K> => {
      const titles = firstRecord(text, delimiter).map((title) => title.trim());
      return { encoding, delimiter, titles, ...recogniseHeader(titles, specs) };
    });
  });
  const found = (layout: Layout<K>) => Object.keys(layout.header).length;
  const [first, ...others] = layouts;
  if (!first) throw new Error('no encoding to try');
  return others.reduce((best, layout) => (found(layout) > found(best) ? layout : best), first);
}

/** A title may go over several lines, in quotation marks. */
function firstRecord(text: string, delimiter: string): string[] {
  try {
    const [first = []] = new CsvRecords(delimiter).read(text, true);
    return first;
  } catch (error) {
    if (!(error instanceof UnclosedQuote)) throw error;
    return text.split(/\r\n|\n|\r/, 1)[0]?.split(delimiter) ?? [];
  }
}

function unknownHeader<K extends string>(layout: Heading<K>, specs: Record<K, ColumnSpec>) {
  const found = layout.titles.filter((title) => title !== '').slice(0, 12);
  return invalid(
    'header-not-recognised',
    `第一行应是表头。缺少的列：${layout.missing.join('、')}。文件第一行是：${found.join('、').slice(0, 200)}。`,
    Object.values<ColumnSpec>(specs)
      .filter((spec) => spec.required && layout.missing.includes(spec.names[0] ?? ''))
      .map((spec) => ({
        field: spec.names[0] ?? '',
        message: `缺少；也可写作 ${spec.names.slice(1, 4).join('、')}`,
      })),
  );
}

async function* readRows(
  file: string,
  layout: Layout<string>,
  onRead: (bytes: number) => void,
): AsyncGenerator<TableRow[]> {
  const width = layout.titles.length;
  const records = new CsvRecords(layout.delimiter);
  let rowNumber = 0;
  try {
    for await (const { text, isLast } of decoded(file, layout.encoding, onRead)) {
      const rows: TableRow[] = [];
      for (const record of records.read(text, isLast)) {
        rowNumber += 1;
        const cells = withoutExtra(record, width);
        if (rowNumber > 1 && cells.some((cell) => cell.trim() !== '')) rows.push({ rowNumber, cells });
      }
      yield rows;
    }
  } catch (error) {
    if (!(error instanceof UnclosedQuote)) throw error;
    throw invalid(
      'broken-table',
      `第 ${String(rowNumber + 1)} 行附近的引号不成对，之后的内容无法分行。请检查该行的英文双引号后再导入。`,
    );
  }
}

/** Spreadsheets leave separators behind empty cells at the end. */
function withoutExtra(record: string[], width: number): string[] {
  let length = record.length;
  while (length > width && (record[length - 1] ?? '').trim() === '') length -= 1;
  return length === record.length ? record : record.slice(0, length);
}

async function* decoded(
  file: string,
  encoding: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<{ text: string; isLast: boolean }> {
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
    onRead((bytes += (chunk as Buffer).length));
    yield { text: decoder.decode(chunk as Buffer, { stream: true }), isLast: false };
  }
  yield { text: decoder.decode(), isLast: true };
}
