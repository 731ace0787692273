/** The public files beside a bundle: one JSON object a line (RFC 8785), each naming the SHA-256 of the line before. */
import canonicalize from 'canonicalize';
import * as z from 'zod';
import { hash } from '../../domain/draw/hash';
import { Found, type Add } from './report';
import { instantOf, isCleanText, parseJson } from './texts';

export const text = z.string().refine(isCleanText, '应为不含控制字符的规范文本');
export const count = z.int().min(0);
/** An instant to the second. */
export const second = z.string().refine((at) => at.length === 20 && instantOf(at) !== null, '时间写法不对');

export interface Line<T> {
  value: T;
  digest: string;
}

/** Throws `Found` with the first line that can't be read. */
export function readJsonLines<T>(content: Buffer, name: string, schema: z.ZodType<T>, add: Add): Line<T>[] {
  const lines = textOfLines(content, name);
  return lines.map((line, at) => {
    const where = `${name}第 ${at + 1} 行`;
    const raw = parseJson(line, where);
    const parsed = schema.safeParse(raw);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Found(`${where}的 ${issue?.path.join('.') ?? ''}：${issue?.message ?? ''}`);
    }
    if (canonicalize(raw) !== line) add(`${where}不是 RFC 8785 规范写法`);
    return { value: parsed.data, digest: hash(line) };
  });
}

function textOfLines(content: Buffer, name: string): string[] {
  let whole: string;
  try {
    whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new Found(`${name}不是规范的 UTF-8 文本`);
  }
  if (whole === '') return [];
  if (!whole.endsWith('\n')) throw new Found(`${name}末行没有换行`);
  return whole.slice(0, -1).split('\n');
}
