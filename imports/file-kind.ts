import { invalid, type DomainError } from '../domain/errors';

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['504b0506', '压缩包'],
  ['d0cf11e0a1b11ae1', '旧版 Excel 或 Word 文件（xls、doc）'],
  ['25504446', 'PDF 文件'],
  ['89504e47', '图片（PNG）'],
  ['ffd8ff', '图片（JPEG）'],
  ['47494638', '图片（GIF）'],
  ['1f8b', '压缩文件（gz）'],
  ['52617221', '压缩包（rar）'],
  ['377abcaf271c', '压缩包（7z）'],
  ['53514c69746520666f726d6174', 'SQLite 数据库'],
];

/** A ZIP: a workbook, if it is any table at all. */
export const isZip = (head: Buffer): boolean => head.subarray(0, 4).toString('hex') === '504b0304';

/** What is wrong with a file that is no table, told from its first bytes; null where it may be one. */
export function refuseKind(head: Buffer): DomainError | null {
  if (head.length === 0 || /^[\s\ufeff]*$/.test(head.toString('utf8'))) {
    return invalid('empty-file', '文件是空的，没有可以导入的内容。请重新导出后再试。');
  }
  const hex = head.subarray(0, 16).toString('hex');
  const kind = SIGNATURES.find(([signature]) => hex.startsWith(signature))?.[1];
  if (kind !== undefined) return wrongKind(kind);
  if (/^\s*(<!doctype|<html|<\?xml|<table)/i.test(head.toString('latin1', 0, 200))) {
    return wrongKind('网页或 XML 文件');
  }
  if (/^\s*[[{]/.test(head.toString('latin1', 0, 50))) return wrongKind('JSON 文件');
  const isUtf16 = hex.startsWith('fffe') || hex.startsWith('feff');
  if (!isUtf16 && head.includes(0)) return wrongKind('二进制文件');
  return null;
}

const wrongKind = (kind: string) =>
  invalid(
    'wrong-file-kind',
    `这不是 CSV 或 XLSX 文件，而是${kind}。请在表格软件中“另存为”XLSX 或 CSV（UTF-8、GB18030）后再导入。`,
  );
