import type { Run } from './tree';

const LEAST = 2.5;
const MOST = 18;

export const textOf = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');

/** How wide columns are, as shares that sum up to 1: after their longest text, within bounds. */
export function columnShares(head: readonly Run[][] | null, rows: readonly Run[][][]): number[] {
  // What names the row beside it is as wide as in every other table of facts.
  if (head === null && (rows[0]?.length ?? 0) === 2) return [0.27, 0.73];
  const all = head === null ? rows : [head, ...rows];
  const count = Math.max(0, ...all.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.min(MOST, Math.max(LEAST, ...all.map((row) => emsOf(textOf(row[at] ?? []))))),
  );
  const sum = widths.reduce((total, width) => total + width, 0);
  return widths.map((width) => width / sum);
}

/** Chinese characters are as wide as high, Latin letters about half of it. */
const emsOf = (text: string): number =>
  Math.max(
    ...text
      .split('\n')
      .map((line) =>
        [...line].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) < 0x2e80 ? 0.56 : 1), 0.4),
      ),
  );

const WRITTEN = /^签(名|字)$/;

/** How high a row is at least, in points: where nothing stands yet, there is room to write. */
export function leastHeight(head: readonly Run[][] | null, row: readonly Run[][]): number {
  const isEmpty = (cell: readonly Run[] | undefined) => textOf(cell ?? []).trim() === '';
  if (head === null) return row.length === 1 && isEmpty(row[0]) ? 90 : 0;
  return head.some((cell, at) => WRITTEN.test(textOf(cell)) && isEmpty(row[at])) ? 32 : 0;
}

/** A paragraph line by line: each begins as paragraphs do. */
export function linesOf(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    run.text.split('\n').forEach((text, at) => {
      if (at > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...run, text });
    });
  }
  return lines.filter((line) => textOf(line).trim() !== '');
}

/** Paragraphs begin two characters in; what begins in bold, as who is addressed does, and boxes to tick don't. */
export const isIndented = (line: readonly Run[]): boolean =>
  line[0]?.bold !== true && !textOf(line).startsWith('□');
