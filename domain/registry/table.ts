/** Tables that people keep: which column is which, and what is wrong with a row. */
import { isGarbled } from './garbled';

export interface Refusal {
  /** As the file names it. */
  column: string;
  value: string;
  /** Stable, for programs. */
  reason: string;
  /** What is wrong and how to mend it, in Chinese. */
  message: string;
}

export interface ColumnSpec {
  /** The first is what messages call it; the rest is what files call it. */
  names: readonly string[];
  required?: true;
}

/** Column key → position; columns that a file does not have are missing. */
export type Header<K extends string> = Partial<Record<K, { at: number; title: string }>>;

export interface HeaderOutcome<K extends string> {
  header: Header<K>;
  /** Names of required columns that were not found. */
  missing: string[];
  /** Names of columns that two columns of the file claim to be. */
  repeated: string[];
}

/** Finds the columns of a header row, whatever their order, spelling of brackets, spaces and letter case. */
export function recogniseHeader<K extends string>(
  titles: readonly string[],
  specs: Record<K, ColumnSpec>,
): HeaderOutcome<K> {
  const keys = Object.keys(specs) as K[];
  const byName = new Map(keys.flatMap((key) => specs[key].names.map((name) => [plain(name), key] as const)));
  const header: Header<K> = {};
  const repeated: string[] = [];
  titles.forEach((title, at) => {
    const key = byName.get(plain(title));
    if (key === undefined) return;
    if (header[key]) repeated.push(title.trim());
    else header[key] = { at, title: title.trim() };
  });
  const missing = keys
    .filter((key) => specs[key].required && !header[key])
    .map((key) => specs[key].names[0] ?? key);
  return { header, missing, repeated };
}

const plain = (title: string): string =>
  title
    .normalize('NFKC')
    .replace(/[\s_*:\ufeff-]|\(.*?\)/g, '')
    .toLowerCase();

/** One row being read: hands out cells by column, collects what is wrong with them. */
export class RowReader<K extends string> {
  readonly refusals: Refusal[] = [];
  private readonly texts: (string | undefined)[] = [];

  constructor(
    private readonly header: Header<K>,
    readonly cells: readonly string[],
    private readonly specs: Record<K, ColumnSpec>,
  ) {}

  has(key: K): boolean {
    return this.header[key] !== undefined;
  }

  /** The cell, cleaned of control characters and doubled spaces; empty where the file has no such column. */
  text(key: K): string {
    const at = this.header[key]?.at;
    return at === undefined ? '' : (this.texts[at] ??= cleaned(this.cells[at] ?? ''));
  }

  title(key: K): string {
    return this.header[key]?.title ?? this.specs[key].names[0] ?? key;
  }

  refuse(key: K, reason: string, message: string): void {
    this.refusals.push({ column: this.title(key), value: this.text(key), reason, message });
  }

  isRefused(key: K): boolean {
    return this.refusals.some((refusal) => refusal.column === this.title(key));
  }

  /** Refuses, once per row, cells that were decoded wrongly, and cells that say there is nothing in them. */
  refuseUnreadable(): void {
    const keys = Object.keys(this.header) as K[];
    const garbled = keys.find((key) => isGarbled(this.text(key)));
    if (garbled !== undefined) {
      this.refuse(
        garbled,
        'garbled',
        '文字是乱码：原文件保存时编码已损坏，请从来源系统重新导出（UTF-8 或 GB18030）',
      );
    }
    for (const key of keys) {
      if (PLACEHOLDER.test(this.text(key))) {
        this.refuse(key, 'placeholder', '占位符不是内容：没有内容请留空，有内容请补填');
      }
    }
  }

  /** Refuses a row that has more or fewer cells than the header. */
  refuseWrongWidth(width: number): void {
    if (this.cells.length === width) return;
    this.refusals.push({
      column: '（整行）',
      value: this.cells.slice(0, 3).join(','),
      reason: 'wrong-width',
      message: `表头有 ${String(width)} 列，这一行有 ${String(this.cells.length)} 列；内容里含有分隔符时请用英文双引号括起来`,
    });
  }

  /** A required text of limited length. */
  required(key: K, maxLength = 200): string {
    const text = this.text(key);
    if (text === '') this.refuse(key, 'missing', `没有填写${this.title(key)}，请补填`);
    else this.limited(key, maxLength);
    return text;
  }

  limited(key: K, maxLength: number): string {
    const text = this.text(key);
    if (text.length > maxLength)
      this.refuse(key, 'too-long', `超过 ${String(maxLength)} 个字，请核对是否错列`);
    return text;
  }

  /** A date as `YYYY-MM-DD`; null where the cell is empty or refused. */
  date(key: K): string | null {
    const text = this.text(key);
    if (text === '' || this.isRefused(key)) return null;
    const outcome = readDate(text);
    if (typeof outcome === 'string') return outcome;
    this.refuse(key, outcome.reason, outcome.message);
    return null;
  }

  /** A whole number within limits; null where the cell is empty or refused. */
  whole(key: K, min: number, max: number): number | null {
    const text = this.text(key).normalize('NFKC');
    if (text === '' || this.isRefused(key)) return null;
    const number = /^\d{1,9}(\.0+)?$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    this.refuse(key, 'not-a-number', `应为 ${String(min)} 到 ${String(max)} 的整数`);
    return null;
  }

  /** A cell that lists several things. */
  list(key: K): string[] {
    return [
      ...new Set(
        this.text(key)
          .split(/[;；,，、|]/)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
    ];
  }
}

const PLACEHOLDER = /^(?=.{2,9}$)(n\/?a|#n\/a|null|none|nan|undefined|\\n|#ref!|#value!|#name\?)$/i;

/** Text without control characters and with single spaces: what can be printed, framed in CSV and compared. */
export function cleaned(text: string): string {
  if (CLEAN.test(text)) return text;
  const normal = text.normalize('NFC');
  return UNCLEAN.test(normal) ? normal.replace(GAPS, ' ').trim() : normal;
}

// eslint-disable-next-line no-control-regex -- removing them is the point
const GAPS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\s]+/g;
/** Nothing but characters that stand for themselves whatever is beside them, which is what most cells are made of. */
const CLEAN = /^[!-~\u00b7\u2018-\u201d\u3001-\u301f\u4e00-\u9fff\uff01-\uff5e]*$/;
/** Most of the others have none of it, and looking is cheaper than replacing. */
// eslint-disable-next-line no-control-regex -- as above
const UNCLEAN = /[\u0000-\u001f\u007f-\u009f]|[^\S ]|^ | $| {2}/;

function readDate(text: string): string | { reason: string; message: string } {
  if (
    AS_STORED.test(text) &&
    isDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)))
  )
    return text;
  const plainText = text.normalize('NFKC').replace(/[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/, '');
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plainText) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plainText);
  if (!parts) {
    return {
      reason: 'not-a-date',
      message: /^\d{5}$/.test(plainText)
        ? '这是表格软件的日期序号；请把该列设为日期格式 YYYY-MM-DD 后重新导出'
        : '不是日期；应写成 YYYY-MM-DD，如 2004-11-29',
    };
  }
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  return isDay(year, month, day)
    ? `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    : { reason: 'impossible-date', message: '没有这一天，请核对年月日' };
}

function isDay(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days && year >= 1840;
}

const AS_STORED = /^\d{4}-\d{2}-\d{2}$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
