/** Reading the files of a bundle strictly: there is one way to write each. */
import { createHash } from 'node:crypto';
import { csvText } from '../../domain/draw/csv';
import { byBytes } from '../../domain/draw/manifest';
import { Found, type Add } from './report';

export const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

export function textOf(files: ReadonlyMap<string, Buffer>, name: string): string {
  const content = files.get(name);
  if (!content) throw new Found(`缺少文件 ${name}`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new Found(`${name} 不是规范的 UTF-8 文本`);
  }
}

/** Unicode NFC without control characters, and not empty. */
export const isCleanText = (text: string): boolean =>
  /^[^\p{Cc}\p{Cs}]+$/u.test(text) && text === text.normalize('NFC');

// eslint-disable-next-line no-control-regex -- which characters are control characters is the question
const ASCII = /^[\x00-\x7f]*$/;

/** The codes of a population file. */
export function linesOf(text: string, name: string, add: Add): string[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new Found(`${name} 末行没有换行`);
  const lines = text.slice(0, -1).split('\n');
  if (!lines.every(isCleanText)) add(`${name} 有空行、控制字符或不规范的文字`);
  // Comparing by bytes is slow, and the same thing where all is ASCII.
  const compare = ASCII.test(text) ? (a: string, b: string) => (a < b ? -1 : Number(a !== b)) : byBytes;
  const at = firstOutOfOrder(lines, compare);
  if (at !== null) add(`${name} 第 ${at + 1} 行没有按顺序，或是重复`);
  return lines;
}

/** Index of the first element that does not come after its predecessor. */
export function firstOutOfOrder<T>(list: readonly T[], compare: (a: T, b: T) => number): number | null {
  const at = list.findIndex((one, index) => index > 0 && compare(list[index - 1] as T, one) >= 0);
  return at < 0 ? null : at;
}

/** Compares rows cell by cell. */
export function byCells(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < a.length; at++) {
    const order = byBytes(a[at] ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))([,\n])/y;

/** Rows of a CSV file in its one spelling (draw protocol, section 5), without the header. */
export function csvRows<Header extends readonly string[]>(
  files: ReadonlyMap<string, Buffer>,
  name: string,
  header: Header,
): { [Column in keyof Header]: string }[] {
  const text = textOf(files, name);
  const rows: string[][] = [];
  let row: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const field = FIELD.exec(text);
    if (!field) throw new Found(`${name} 第 ${rows.length + 1} 行不是规范的 CSV`);
    row.push(field[1]?.replaceAll('""', '"') ?? field[2] ?? '');
    if (field[3] === '\n') {
      rows.push(row);
      row = [];
    }
  }
  const [first, ...body] = rows;
  if (first?.join() !== header.join() || body.some((one) => one.length !== header.length)) {
    throw new Found(`${name} 的表头或列数不对`);
  }
  if (csvText(header, body) !== text) throw new Found(`${name} 不是规范的 CSV 写法`);
  return body as { [Column in keyof Header]: string }[];
}

/** A file must be exactly this; otherwise says where it first differs. */
export function mustBe(files: ReadonlyMap<string, Buffer>, name: string, expected: string, add: Add): void {
  const actual = files.get(name);
  if (actual?.equals(Buffer.from(expected, 'utf8'))) return;
  if (!actual) {
    add(`缺少文件 ${name}`);
    return;
  }
  const want = expected.split('\n');
  const found = actual.toString('utf8').split('\n');
  const at = Math.max(
    0,
    want.findIndex((line, index) => line !== found[index]),
  );
  add(`${name} 第 ${at + 1} 行应为“${want[at] ?? ''}”，实为“${found[at] ?? ''}”`);
}

/** JSON.parse keeps the last of two equal keys: then the text has more keys than the value. */
export function parseJson(text: string, name: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Found(`${name} 不是 JSON`);
  }
  const strings = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)];
  const keys = strings.filter(([, colon]) => colon !== undefined);
  if (keys.length !== keyCount(value)) throw new Found(`${name} 里同一个键出现两次`);
  return value;
}

function keyCount(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  const inner: unknown[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : inner.length;
  return inner.reduce<number>((sum, one) => sum + keyCount(one), own);
}

/** Comparable text of an instant in UTC with up to nine decimals; null where it is none. */
export function instantOf(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const [, whole, decimals = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const ms = Date.parse(`${whole}Z`);
  // The 30th of February would be taken for a day in March.
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(whole)) return null;
  return `${whole}.${decimals.padEnd(9, '0')}`;
}
