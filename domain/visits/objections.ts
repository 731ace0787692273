/** What an inspected entity may say against a result, and until when (plan 3.5; domain guide, section 3, "Publication"). */
import { dayOf, endOf, shift } from '../deadlines/working-days';

/**
 * Days after the publication: as many as an entity has to object to being listed as abnormal (企业经营异常名录管理暂行办法,
 * article 12; recalled, for the city to check).
 */
export const OBJECTION_DAYS = 30;

export const OBJECTION_STATES = ['open', 'upheld', 'rejected'] as const;

export type ObjectionState = (typeof OBJECTION_STATES)[number];

export interface ObjectedResult {
  /** Null: there is none yet. */
  resultCode: number | null;
  publishedAt: Date | null;
  /** Results of the item that were objected to before: a corrected one may be objected to again. */
  objected: readonly number[];
}

/** Until when it may be said; null: nothing runs out before the public has seen the result. */
export const objectionEnd = (publishedAt: Date | null): Date | null =>
  publishedAt && endOf(shift(dayOf(publishedAt), OBJECTION_DAYS));

/** What keeps somebody from objecting. */
export function objectionRefusal(
  { resultCode, publishedAt, objected }: ObjectedResult,
  now: Date,
): { type: string; message: string } | null {
  if (resultCode === null)
    return { type: 'no-result-yet', message: '该事项还没有检查结果，结果录入后才能提出异议。' };
  if (objected.includes(resultCode))
    return { type: 'objected-already', message: '对该事项的结果已经提出过异议，不用重复。' };
  const end = objectionEnd(publishedAt);
  return end !== null && now >= end
    ? {
        type: 'objection-late',
        message: `结果公示已超过 ${OBJECTION_DAYS} 天，不能再从这里提出异议；仍可依法申请行政复议或提起行政诉讼。`,
      }
    : null;
}
