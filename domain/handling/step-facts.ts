import { z } from 'zod';
import type { FieldProblem } from '../errors';
import type { HandlingStep } from './course';
import type { HandlingPolicy } from './policy';

/** Kinds of penalties (行政处罚法第九条). */
const PENALTY_KINDS = [
  'warning',
  'fine',
  'confiscation',
  'licence-suspended',
  'licence-revoked',
  'business-restricted',
  'other',
] as const;

const text = (most: number) => z.string().trim().max(most).optional();

/** What is on record of a step beside who, when and a note. */
export const stepFacts = z.object({
  documentNumber: text(100),
  /** Working days of an order, or of its extension. */
  days: z.int().optional(),
  legalBasis: text(500),
  decidedOn: z.iso.date().optional(),
  penaltyKind: z.enum(PENALTY_KINDS).optional(),
  amountYuan: z.number().min(0).max(1e12).optional(),
  documentText: text(20_000),
  /** Of a proposal: what was found. */
  facts: text(4000),
  /** What the party said; empty: nothing. */
  statement: text(4000),
  ground: z.enum(['repaired', 'wrongly-listed']).optional(),
  /** The party has mended what it was listed for. */
  mended: z.boolean().optional(),
  /** Of the joint punishment notice that is answered. */
  noticeId: z.int().optional(),
  taken: z.boolean().optional(),
  measure: text(500),
  actedOn: z.iso.date().optional(),
});

export type StepFacts = z.infer<typeof stepFacts>;

const NEEDED: Partial<Record<HandlingStep, Partial<Record<keyof StepFacts, string>>>> = {
  order: { documentNumber: '请填写责令改正通知书的文号', days: '请填写改正期限（工作日）' },
  'extension-requested': { days: '请填写申请延长的工作日数' },
  penalty: {
    documentNumber: '请填写行政处罚决定书的文号',
    decidedOn: '请填写决定日期',
    legalBasis: '请填写处罚依据（法律名称、条款）',
    penaltyKind: '请选择处罚种类',
  },
  proposed: { facts: '请写明违法事实和证据', legalBasis: '请填写列入依据（法律名称、条款）' },
  'repair-requested': { ground: '请选择申请理由' },
  'joint-answered': { noticeId: '请指明是哪一份联合惩戒通知', taken: '请说明是否已采取措施' },
  'joint-lifted': { noticeId: '请指明是哪一份联合惩戒通知', actedOn: '请填写解除日期' },
};

/** What the facts are judged by. */
interface StepSetting {
  policy: HandlingPolicy;
  /** YYYY-MM-DD */
  today: string;
  now: Date;
  hearingUntil: Date | null;
  repairFrom: Date | null;
  /** How instants are put. */
  format: (at: Date) => string;
}

/** What is missing or wrong in what somebody enters with a step, by field; what the step doesn't ask for isn't looked at. */
export function factProblems(step: HandlingStep, given: StepFacts, setting: StepSetting): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: keyof StepFacts, message: string) => problems.push({ field, message });
  for (const [field, message] of Object.entries(NEEDED[step] ?? {}) as [keyof StepFacts, string][]) {
    if (given[field] === undefined || given[field] === '') wrong(field, message);
  }
  const { policy, today } = setting;
  const within = (most: number, what: string) => {
    const { days } = given;
    if (days !== undefined && (days < 1 || days > most))
      wrong('days', `${what}应为 1 至 ${most} 个工作日（现为 ${days}）。`);
  };
  const notToCome = (field: 'decidedOn' | 'actedOn') => {
    const day = given[field];
    if (day !== undefined && day > today) wrong(field, `日期 ${day} 还没有到（今天是 ${today}）。`);
  };
  switch (step) {
    case 'order':
      within(policy.rectificationDays, '改正期限');
      break;
    case 'extension-requested':
      within(policy.extensionDays, '延长期限');
      break;
    case 'penalty':
      notToCome('decidedOn');
      if (['fine', 'confiscation'].includes(given.penaltyKind ?? '') && given.amountYuan === undefined)
        wrong('amountYuan', '罚款、没收的，请填写金额（元）。');
      break;
    case 'heard':
      if ((given.statement ?? '') === '' && setting.hearingUntil && setting.now < setting.hearingUntil)
        wrong(
          'statement',
          `陈述申辩期到 ${setting.format(setting.hearingUntil)} 为止：期满前请填写当事人的陈述申辩；没有陈述申辩的，期满后再登记。`,
        );
      break;
    case 'repair-requested':
      if (given.ground !== 'repaired') break;
      if (given.mended !== true) wrong('mended', '尚未改正的不能申请修复：请先核实已改正。');
      if (setting.repairFrom && setting.now < setting.repairFrom)
        wrong('ground', `列入未满最短期限：${setting.format(setting.repairFrom)} 起可以申请修复。`);
      break;
    case 'joint-answered':
      notToCome('actedOn');
      if (given.taken !== true) break;
      if ((given.measure ?? '') === '') wrong('measure', '请写明采取了什么措施');
      if (given.actedOn === undefined) wrong('actedOn', '请填写采取措施的日期');
      break;
    case 'joint-lifted':
      notToCome('actedOn');
      break;
    default:
      break;
  }
  return problems;
}
