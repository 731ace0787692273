/** Delimited text as offices export it, cut into records piece by piece. */

/** A stray quotation mark would swallow the rest of a file into one cell. */
const MAX_RECORD = 1_000_000;

/** A quotation mark that opens a cell has no other. */
export class UnclosedQuote extends Error {}

interface CsvRecord {
  cells: string[];
  /** Where the next one begins. */
  next: number;
}

/**
 * A cell that begins with a quotation mark ends with the next single one before a delimiter, a line break or the end; any
 * other mark is text. The first line break outside of such cells tells how lines end. Lines without a mark, which are most,
 * are cut as a whole: several times as fast as cell by cell.
 */
export class CsvRecords {
  private rest = '';
  private lineEnd: string | null = null;
  /** What is text whatever surrounds it. */
  private readonly plain: RegExp;

  constructor(private readonly delimiter: string) {
    this.plain = new RegExp(`[^"\\r\\n\\${delimiter}]+`, 'y');
  }

  /** The records that are whole by now: a piece may end in the middle of one. */
  *read(piece: string, isLast = false): Generator<string[]> {
    const text = this.rest + piece;
    let at = 0;
    let mark = text.indexOf('"');
    while (at < text.length) {
      if (mark !== -1 && mark < at) mark = text.indexOf('"', at);
      const record = this.unmarked(text, at, mark) ?? this.marked(text, at, isLast);
      if (record === null) break;
      yield record.cells;
      at = record.next;
    }
    this.rest = text.slice(at);
    if (this.rest.length > MAX_RECORD) throw new UnclosedQuote();
  }

  /** Null where the line has a quotation mark, or none of its end is there yet. */
  private unmarked(text: string, from: number, mark: number): CsvRecord | null {
    const to = this.lineEnd === null ? -1 : text.indexOf(this.lineEnd, from);
    if (this.lineEnd === null || to === -1 || (mark !== -1 && mark < to)) return null;
    return { cells: text.slice(from, to).split(this.delimiter), next: to + this.lineEnd.length };
  }

  /** Null where it has no end yet. */
  private marked(text: string, from: number, isLast: boolean): CsvRecord | null {
    const cells: string[] = [];
    let cell = '';
    for (let at = from; at < text.length;) {
      const end = this.lengthOfEnd(text, at, isLast);
      if (end === null) return null;
      if (end > 0) return { cells: [...cells, cell], next: at + end };
      if (text[at] === this.delimiter) {
        cells.push(cell);
        cell = '';
        at += 1;
      } else if (text[at] === '"' && cell === '') {
        const quoted = this.quoted(text, at + 1, isLast);
        if (quoted === null) return null;
        cell = quoted.cell;
        at = quoted.next;
      } else {
        this.plain.lastIndex = at;
        const run = this.plain.exec(text)?.[0] ?? text.charAt(at);
        cell += run;
        at += run.length;
      }
    }
    return isLast ? { cells: [...cells, cell], next: text.length } : null;
  }

  private quoted(text: string, from: number, isLast: boolean): { cell: string; next: number } | null {
    let cell = '';
    for (let at = from; ;) {
      const mark = text.indexOf('"', at);
      if (mark === -1 && isLast) throw new UnclosedQuote();
      if (mark === -1 || (mark + 1 === text.length && !isLast)) return null;
      cell += text.slice(at, mark);
      at = mark + 1;
      if (text[at] !== '"') {
        const end = this.lengthOfEnd(text, at, isLast);
        if (end === null) return null;
        const closes = end > 0 || at === text.length || text[at] === this.delimiter;
        return { cell: closes ? cell : `"${cell}"`, next: at };
      }
      cell += '"';
      at += 1;
    }
  }

  /** 0 where no line ends; null where the next piece will tell. */
  private lengthOfEnd(text: string, at: number, isLast: boolean): number | null {
    const character = text[at];
    if (character !== '\r' && character !== '\n') return 0;
    if (character === '\r' && at + 1 === text.length && !isLast) return null;
    this.lineEnd ??= character === '\n' ? '\n' : text[at + 1] === '\n' ? '\r\n' : '\r';
    return text.startsWith(this.lineEnd, at) ? this.lineEnd.length : 0;
  }
}
