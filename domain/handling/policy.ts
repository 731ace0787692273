import { z } from 'zod';
import type { DeadlinePolicy } from '../deadlines/policy';
import { LISTS } from './course';

const months = z.int().min(0).max(120);

/**
 * What the credit office sets for the handling of violations: periods, who keeps the lists, and which departments act on
 * an entry. Defaults as recalled, to be checked against the texts: 行政处罚法 (陈述申辩), 市场监督管理严重违法失信名单管理办法
 * (修复满 1 年, 期满 3 年), 市场监督管理信用修复管理办法.
 */
export const handlingPolicy = z
  .object({
    /** Longest period of a rectification order, in working days. */
    rectificationDays: z.int().min(1).max(250),
    /** Longest extension of it. */
    extensionDays: z.int().min(1).max(250),
    /** The party may speak for so many working days before it is put on the serious-violation list. */
    hearingDays: z.int().min(1).max(60),
    /** How long an entry lasts at least before it is taken off the list on application. */
    repairMonths: z.object({ 'abnormal-list': months, 'serious-list': months }),
    /** An entry ends by itself after; null: never. */
    termMonths: z.object({
      'abnormal-list': months.min(1).nullable(),
      'serious-list': months.min(1).nullable(),
    }),
    /** How long what was settled otherwise counts in the credit record. */
    countsMonths: months,
    /** Departments that keep the lists; null: the one that inspected. */
    keepers: z.object({ 'abnormal-list': z.string().nullable(), 'serious-list': z.string().nullable() }),
    /** Joint punishment: who is told of an entry, and what they are to do. */
    measures: z
      .array(
        z.object({
          list: z.enum(LISTS),
          department: z.string(),
          measure: z.string().trim().min(2, '请写明措施').max(200),
        }),
      )
      .max(200),
  })
  .meta({ id: 'HandlingPolicy' });

export type HandlingPolicy = z.infer<typeof handlingPolicy>;

export const DEFAULT_HANDLING: HandlingPolicy = {
  rectificationDays: 60,
  extensionDays: 30,
  hearingDays: 5,
  repairMonths: { 'abnormal-list': 0, 'serious-list': 12 },
  termMonths: { 'abnormal-list': null, 'serious-list': 36 },
  countsMonths: 12,
  keepers: { 'abnormal-list': null, 'serious-list': null },
  measures: [],
};

/** So many months after an instant; a second for a month where deadlines are in seconds (the demo, tests). */
export function monthsAfter({ unit }: Pick<DeadlinePolicy, 'unit'>, from: Date, count: number): Date {
  if (unit === 'seconds') return new Date(from.getTime() + count * 1000);
  const at = new Date(from);
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + count);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, last));
  return at;
}
