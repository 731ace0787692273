/** Corrections of results that were handed in: by request and approval, with what follows from them (plan 3.5, 4.2). */
import type { HandlingStatus } from '../handling/course';
import { trackOf, type HandlingTrack, type ResultCode } from './results';

export const CORRECTION_STATUSES = ['requested', 'returned', 'approved', 'withdrawn'] as const;

export type CorrectionStatus = (typeof CORRECTION_STATUSES)[number];

/**
 * `result`: of the result itself, and with it of its publication; `publication`: of the publication alone;
 * `withdrawal`: of the publication from the public.
 */
export const CORRECTION_KINDS = ['result', 'publication', 'withdrawal'] as const;

export type CorrectionKind = (typeof CORRECTION_KINDS)[number];

export const CORRECTION_LABELS: Record<CorrectionKind, string> = {
  result: '检查结果的更正',
  publication: '公示的更正',
  withdrawal: '公示的撤回',
};

/** The case that the result to be corrected has led to. */
export interface CaseOfResult {
  id: number;
  status: HandlingStatus;
  /** Kinds of its entries in the credit record that nobody has corrected. */
  standing: readonly string[];
  /** Who submitted what waits for a decision in it. */
  submittedBy: number | null;
}

/** What becomes of cases, by their ids; `open`: the track of the case that is due from now on. */
export interface Consequences {
  /** Opened by mistake: it is annulled. */
  annul: number | null;
  /** Settled: its entries in the credit record are corrected. */
  strike: number | null;
  /** Goes on under the new code. */
  keep: number | null;
  open: HandlingTrack | null;
}

const NOTHING: Consequences = { annul: null, strike: null, keep: null, open: null };

/** Entries that other people's decisions rest on. */
const WEIGHTY = ['penalty', 'abnormal-operations', 'serious-violation'];

/**
 * What a change of the result's code leads to, or what has to be done first: penalties and lists are taken back by those
 * who decided on them, never by the way.
 */
export function consequencesOf(
  from: ResultCode,
  to: ResultCode,
  led: CaseOfResult | null,
): Consequences | { refusal: string } {
  if (from === to) return NOTHING;
  const due = trackOf(to);
  if (led === null) return { ...NOTHING, open: due };
  const refusal = refusalOf(led);
  if (refusal !== null) return { refusal };
  if (led.status === 'closed')
    return { ...NOTHING, strike: led.standing.length > 0 ? led.id : null, open: due };
  return due !== null && due === trackOf(from)
    ? { ...NOTHING, keep: led.id }
    : { ...NOTHING, annul: led.id, open: due };
}

function refusalOf({ id, status, standing }: CaseOfResult): string | null {
  const about = `该结果引起的后续处理（第 ${id} 号案件）`;
  if (status === 'listed' || status === 'repair-requested')
    return `${about}已将当事人列入名单：请处理部门负责人先在案件中“撤销案件”，将其移出名单，再更正检查结果。`;
  if (status === 'lifting')
    return `${about}的联合惩戒措施还没有全部解除：请有关部门先登记解除，再更正检查结果。`;
  if (!standing.some((kind) => WEIGHTY.includes(kind))) return null;
  return status === 'closed'
    ? `${about}已作出处罚或者列入名单：请先依法撤销或者变更该决定，并由信用监管部门更正其信用记录，再更正检查结果。`
    : `${about}已作出处罚：请先依法撤销或者变更处罚决定，由处理部门负责人在案件中“撤销案件”，再更正检查结果。`;
}

/** Nobody approves what they asked for, nor ends by it a case in which their own proposal waits for a decision. */
export const isOwnMatter = (
  actorId: number,
  askedBy: number,
  led: Pick<CaseOfResult, 'submittedBy'> | null,
): boolean => actorId === askedBy || (led !== null && actorId === led.submittedBy);
