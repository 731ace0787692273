/** Registry files as workbooks (XLSX): read whole, within limits; what a table can't be told from is refused. */
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import readExcelFile from 'read-excel-file/node';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { DomainError, invalid } from '../domain/errors';
import { SheetExtent } from './sheet-extent';

/** A sheet of so much text takes about ten times the memory: larger files come as CSV. */
const MAX_UNPACKED = 100 * 1024 * 1024;
const MAX_ENTRIES = 1000;
/** Room is made for empty cells as well. */
const MAX_CELLS = 10_000_000;

/** Cells of the one sheet that holds the table, row by row from its first. */
export async function readWorkbook(path: string): Promise<string[][]> {
  const hidden = await inspectWorkbook(path);
  const sheets = await readSheets(path);
  const filled = sheets.filter(
    ({ sheet, data }) => !hidden.has(sheet) && data.some((row) => row.some((cell) => cell !== null)),
  );
  const [only, ...others] = filled;
  if (!only) {
    throw invalid('empty-file', '工作簿里没有内容（隐藏的工作表不读取）。请把名单放在可见的工作表中再导入。');
  }
  if (others.length > 0) {
    throw invalid(
      'several-sheets',
      `工作簿有 ${filled.length} 个有内容的工作表：${filled.map(({ sheet }) => sheet).join('、')}。请只保留要导入的一个，或分别另存。`,
    );
  }
  return only.data.map((row) => row.map(textOf));
}

type Cell = string | number | boolean | Date | null;

async function readSheets(path: string): Promise<{ sheet: string; data: Cell[][] }[]> {
  try {
    // Digits stay as they are written: a code of 18 digits is no number.
    return (await readExcelFile(createReadStream(path), { parseNumber: (text: string) => text })) as {
      sheet: string;
      data: Cell[][];
    }[];
  } catch (error) {
    throw broken(error);
  }
}

const textOf = (cell: Cell): string => {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell);
};

/** Unpacks everything once and keeps none of it, so that a file that lies about its sizes is found; names the hidden sheets. */
export async function inspectWorkbook(path: string): Promise<Set<string>> {
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw broken(error);
  });
  try {
    let unpacked = 0;
    let entries = 0;
    let hidden = new Set<string>();
    for await (const entry of archive.eachEntry()) {
      unpacked += entry.uncompressedSize;
      entries += 1;
      if (unpacked > MAX_UNPACKED || entries > MAX_ENTRIES) throw tooLarge();
      const name = entry.fileName;
      if (name === 'xl/workbook.xml') hidden = hiddenSheets(await textIn(archive, entry));
      // A workbook may name its sheets as it likes.
      else if (name.endsWith('.xml')) refuseMerged(await tailOfSheet(archive, entry));
      else await tailOf(archive, entry);
    }
    return hidden;
  } catch (error) {
    throw broken(error);
  } finally {
    archive.close();
  }
}

const TAIL = 1 << 16;

/** The last part of an entry that may be a sheet; refused where it reaches too far. */
async function tailOfSheet(archive: ZipFile, entry: Entry): Promise<string> {
  const extent = new SheetExtent();
  const decoder = new StringDecoder('utf8');
  return tailOf(archive, entry, (chunk) => {
    if (!extent.read(decoder.write(chunk))) throw broken(null);
    if (extent.cells > MAX_CELLS) throw tooFar();
  });
}

/** yauzl checks size and checksum on the way. */
async function tailOf(
  archive: ZipFile,
  entry: Entry,
  look: (chunk: Buffer) => void = () => undefined,
): Promise<string> {
  let tail = Buffer.alloc(0);
  for await (const part of await archive.openReadStreamPromise(entry)) {
    const chunk = part as Buffer;
    look(chunk);
    tail = Buffer.concat([tail, chunk]).subarray(-TAIL);
  }
  return tail.toString('utf8');
}

async function textIn(archive: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > TAIL) throw tooLarge();
  return tailOf(archive, entry);
}

/** `<sheet name="…" state="hidden" …/>` */
function hiddenSheets(workbook: string): Set<string> {
  const tags = workbook.match(/<sheet\s[^>]*>/g) ?? [];
  const names = tags
    .filter((tag) => /\sstate="(hidden|veryHidden)"/.test(tag))
    .map((tag) => unescaped(/\sname="([^"]*)"/.exec(tag)?.[1] ?? ''));
  return new Set(names);
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** Merged cells come after the rows; all but the first of them read as empty. */
function refuseMerged(tail: string): void {
  const ranges = [...tail.matchAll(/<mergeCell\s[^>]*ref="([^"]+)"/g)].map((match) => match[1] ?? '');
  if (ranges.length === 0) return;
  throw invalid(
    'merged-cells',
    `工作表里有合并的单元格：${ranges.slice(0, 5).join('、')}${ranges.length > 5 ? ' 等' : ''}。请取消合并，并在每一行填写内容后再导入。`,
  );
}

const tooLarge = () =>
  invalid(
    'workbook-too-large',
    '工作簿展开后超过 100 MB，无法作为表格读取。请另存为 CSV（UTF-8）后导入，CSV 没有这个限制。',
  );

const tooFar = () =>
  invalid(
    'sheet-too-wide',
    `工作表的最后一个单元格离得太远，从第一格到它超过 ${MAX_CELLS / 10_000} 万格，多半是空的。请删除名单右侧和下方的空列、空行（选中后“删除”，不是清除内容），或另存为 CSV 后再导入。`,
  );

const broken = (error: unknown): DomainError =>
  error instanceof DomainError
    ? error
    : invalid('broken-workbook', '工作簿已损坏或不完整（例如上传中断），无法读取。请重新保存后再导入。');
