/** The public record after a draw (docs/draw-record.md): its form, and that nothing was taken out or put in. */
import * as z from 'zod';
import type { RecordEntry } from '../../domain/draw/record';
import { count, readJsonLines, second, text, type Line } from './json-lines';
import type { Add } from './report';

const head = z.strictObject({
  campaign: text,
  ceremony: z.int().min(1),
  seq: count,
  previous: z.string(),
  at: second,
  reason: z.string(),
});
const change = z.strictObject({ visit: count, department: text, by: text.nullable() });

const schema: z.ZodType<RecordEntry> = z.discriminatedUnion('kind', [
  head.extend({
    kind: z.literal('replacement'),
    inspector: text,
    scope: z.enum(['all', 'visits']),
    changes: z.array(change),
  }),
  head.extend({
    kind: z.literal('supplement'),
    strata: z.array(
      z.strictObject({ item: text, stratum: text, ratio_ppm: count, minimum: count, sample: count }),
    ),
    visits: z.array(z.strictObject({ visit: count, code: text, items: z.array(text) })),
    changes: z.array(change.extend({ inspector: text })),
    assignments: z.array(z.strictObject({ visit: count, department: text, inspector: text })),
  }),
]);

export interface RecordedDraw {
  campaign: string;
  /** SHA-256 of the bundle. */
  bundle: string;
  /** When the last value was known. */
  drawnAt: string;
  /** Number of the ceremony that drew, where that is known from elsewhere. */
  ceremony: number | null;
}

/** Each entry with the digest of its line. */
export function readRecord(content: Buffer, draw: RecordedDraw, add: Add): Line<RecordEntry>[] {
  const lines = readJsonLines(content, '记录', schema, add);
  let previous = draw.bundle;
  let at = `${draw.drawnAt.slice(0, 19)}Z`;
  const ceremony = draw.ceremony ?? lines[0]?.value.ceremony;
  lines.forEach(({ value, digest }, index) => {
    const where = `记录第 ${index + 1} 行`;
    if (value.campaign !== draw.campaign) add(`${where}属于另一个任务：${value.campaign}`);
    if (value.ceremony !== ceremony) add(`${where}属于第 ${value.ceremony} 次仪式，不是抽取的那一次`);
    if (value.seq !== index + 1) add(`${where}的序号是 ${value.seq}：有缺行、多行或换过位置`);
    if (value.previous !== previous) {
      add(`${where}没有接在${index === 0 ? '这个文件包' : '前一行'}之后：前面的内容被改过，或不是同一次抽取`);
    }
    if (value.at < at) add(`${where}的时间早于它前面的事`);
    previous = digest;
    at = value.at;
  });
  return lines;
}
