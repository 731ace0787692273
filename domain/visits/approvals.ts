/** Approval of inspections before they start (行政检查审批; 国办发〔2024〕54号; domain guide, section 3). */

export const APPROVAL_STATES = ['waiting', 'approved', 'returned'] as const;

export type ApprovalState = (typeof APPROVAL_STATES)[number];

export interface Inspection {
  /** As it is stored; null: nobody has decided, `answered`: the department has seen to what it was returned for. */
  status: 'approved' | 'returned' | 'answered' | null;
  /** Places of the department's team that nobody fills. */
  missing: number;
  /** Members whose certificate ends before the day, or before the campaign's visits begin. */
  expired: readonly string[];
}

export const approvalState = ({ status }: Pick<Inspection, 'status'>): ApprovalState =>
  status === 'approved' || status === 'returned' ? status : 'waiting';

/** What the head has to look at before approving; an inspection with none of it may be approved in bulk. */
export function approvalConcerns({ status, missing, expired }: Inspection): string[] {
  return [
    ...(missing > 0 ? [`检查组还缺 ${missing} 人（不少于两人，持证）`] : []),
    ...(expired.length > 0 ? [`${expired.join('、')}的执法证件在检查前到期`] : []),
    ...(status === 'answered' ? ['退回后重新报批'] : []),
  ];
}

export const notApproved = (state: ApprovalState, note: string): string =>
  state === 'returned'
    ? `本部门对该户的检查被退回：${note.replace(/[。.]+$/, '')}。请由联络员处理后重新报批，批准后才能检查和录入。`
    : '本部门对该户的检查还没有批准（行政检查审批），批准后才能检查和录入。';
