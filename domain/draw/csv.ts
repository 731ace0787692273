import { hash } from './hash';
import type { FrozenFile } from './manifest';

/** A CSV file of the bundle: RFC 4180, `\n` line ends, quotes only where needed (draw protocol, section 5). */
export function csvText(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return csvRows([header, ...rows]);
}

/** Further rows of such a file. */
export function csvRows(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** Digest over the whole file, size without the header. */
export const frozenCsv = (text: string, rows: number): FrozenFile => ({ size: rows, digest: hash(text) });

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
