import type { FieldProblem } from '../errors';
import { taskLabel } from '../notices/kinds';
import type { DeadlinePolicy, PolicyStep } from './policy';

const ACTION_NAMES = { remind: '提醒', overdue: '逾期通知', urge: '督办', escalate: '升级' };

/** What is wrong in a policy that officials edit, beyond its form: each names the row and how to mend it. */
export function policyProblems(policy: DeadlinePolicy): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (policy.unit !== 'working-days')
    problems.push({ field: 'policy.unit', message: '全市时限按工作日计算：单位应为工作日。' });
  if (policy.durations.publication > 20)
    problems.push({
      field: 'policy.durations.publication',
      message: '公示时限不能超过 20 个工作日（国发〔2019〕5号）。',
    });
  problems.push(...stepProblems(policy.steps, 'policy.steps', '通用'));
  for (const [kind, row] of Object.entries(policy.byKind ?? {})) {
    const where = `policy.byKind.${kind}`;
    if (row.steps) problems.push(...stepProblems(row.steps, `${where}.steps`, taskLabel(kind)));
    if (kind === 'publish' && (row.duration ?? 0) > 20)
      problems.push({
        field: `${where}.duration`,
        message: '公示时限不能超过 20 个工作日（国发〔2019〕5号）。',
      });
  }
  return problems;
}

function stepProblems(steps: readonly PolicyStep[], field: string, row: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const names = new Set<string>();
  steps.forEach((step, at) => {
    const where = `${field}.${at}`;
    const what = `“${row}”第 ${at + 1} 步（${ACTION_NAMES[step.action]}）`;
    if (step.action === 'remind' ? step.offset > 0 : step.offset < 1)
      problems.push({
        field: `${where}.offset`,
        message:
          step.action === 'remind'
            ? `${what}：提醒应在到期当天或以前（0 或负数）。`
            : `${what}：应在到期之后（至少 1 个工作日）。`,
      });
    if (names.has(`${step.offset}/${step.action}`))
      problems.push({ field: where, message: `${what}：与前面的步骤重复，请删去一个。` });
    names.add(`${step.offset}/${step.action}`);
    if (step.to?.length === 0)
      problems.push({ field: `${where}.to`, message: `${what}：请至少选择一类接收人。` });
  });
  if (!steps.some((step) => step.action === 'overdue'))
    problems.push({ field, message: `“${row}”没有逾期通知：逾期后至少应通知一次。` });
  return problems;
}
