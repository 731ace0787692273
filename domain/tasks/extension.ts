/** Until when a task may be put off, and who decides (domain guide, section 3; domain/deadlines/policy.ts). */
import { extensionRule, type DeadlinePolicy } from '../deadlines/policy';
import { isChangeTask } from '../visits/registry-changes';

/** 国发〔2019〕5号: results are public within 20 working days after the visit. */
const STATUTORY_PUBLICATION_DAYS = 20;

const NEVER: Record<string, string> = {
  seal: '抽取仪式的封存和揭示时限对各部门一致，逾期仪式作废（抽取规程第 2 节），不能单独延期。',
  reveal: '抽取仪式的封存和揭示时限对各部门一致，逾期仪式作废（抽取规程第 2 节），不能单独延期。',
  launch: '年度计划公布的实施时间不能在任务中延期：应先调整并重新公布年度计划。',
};

/** The lead department decides on what is owed to its campaign; the supervision office on what oversight asks for. */
export const extensionDecider = (kind: string): 'lead' | 'supervision' =>
  kind === 'answer-urging' || kind === 'void-ceremony' || kind === 'publish' || isChangeTask(kind)
    ? 'supervision'
    : 'lead';

export interface ExtensionCase {
  kind: string;
  policy: DeadlinePolicy;
  /** Units between what the deadline is counted from and its due instant, earlier extensions included. */
  amount: number;
  /** Units that the task was put off by before. */
  extended: number;
  /** Units that the task is overdue; 0 where it is not. */
  overdueBy: number;
}

export interface ExtensionRefusal {
  type: string;
  message: string;
}

/** Why a task can't be put off at all; null: it can, by at most `mostMore` units. */
export function extensionRefusal(task: ExtensionCase): ExtensionRefusal | null {
  const never = NEVER[task.kind];
  if (never !== undefined) return { type: 'extension-never', message: never };
  if (task.kind === 'publish' && statutoryLeft(task) <= 0)
    return {
      type: 'extension-statutory',
      message: `公示应在检查完成后 ${STATUTORY_PUBLICATION_DAYS} 个工作日内完成（国发〔2019〕5号），已到法定期限，不能延期。`,
    };
  const { most, overdueBy } = extensionRule(task.policy);
  if (most === 0) return { type: 'extension-never', message: '按现行时限规定，这类任务不能延期。' };
  if (task.overdueBy > overdueBy)
    return {
      type: 'extension-late',
      message:
        overdueBy === 0
          ? '任务已经逾期，不能再申请延期：请尽快办理。'
          : `任务逾期已超过 ${overdueBy} ${unitName(task.policy)}，不能再申请延期：请尽快办理。`,
    };
  if (mostMore(task) <= 0)
    return {
      type: 'extension-exhausted',
      message: `一项任务最多延期 ${most} ${unitName(task.policy)}，已经用完。`,
    };
  return null;
}

/** By how many units at most it can still be put off. */
export function mostMore(task: ExtensionCase): number {
  const left = extensionRule(task.policy).most - task.extended;
  return task.kind === 'publish' ? Math.min(left, statutoryLeft(task)) : left;
}

export const unitName = ({ unit }: DeadlinePolicy): string => (unit === 'seconds' ? '秒' : '个工作日');

const statutoryLeft = ({ policy, amount }: ExtensionCase): number =>
  (policy.unit === 'working-days' ? STATUTORY_PUBLICATION_DAYS : policy.durations.publication) - amount;
