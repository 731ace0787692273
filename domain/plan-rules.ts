/** What a campaign's plan must hold before it may be reviewed or frozen (plan 3.1, 3.4). */
import { invalid, type FieldProblem } from './errors';
import { citation, type LegalBasis } from './items/basis';
import { isUsedUp, readFrequency } from './items/frequency';
import { percentText } from './ratio-policy';

export interface PlanItem {
  code: string;
  name: string;
  version_id: number | null;
  form_id: number | null;
  legal_bases: readonly LegalBasis[];
  statutory_ratio_ppm: number | null;
  statutory_frequency: string;
}

export interface PlanToCheck {
  mode: 'joint' | 'per_item';
  items: readonly string[];
  visitTo: string;
  contributors: number;
  /** By item: the other campaigns of the same year and area that draw for it. */
  launched: ReadonlyMap<string, readonly string[]>;
}

/** Every problem of a plan with the field it lies in; empty where there is none. `today` is the city's day. */
export function planProblems(plan: PlanToCheck, known: readonly PlanItem[], today: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  plan.items.forEach((code, at) => {
    const message = itemProblem(
      known.find((item) => item.code === code),
      code,
      plan,
    );
    if (message !== null) problems.push({ field: `items.${at}`, message });
  });
  if (plan.visitTo < today) {
    problems.push({ field: 'visitTo', message: `检查期限 ${plan.visitTo} 已过，请改为 ${today} 或以后。` });
  }
  if (plan.contributors < 2) {
    problems.push({
      field: 'publicContributor',
      message: '抽取种子至少来自两方：请增加参与部门，或指定公共随机源。',
    });
  }
  return problems;
}

/** Refuses a plan with every problem of it. */
export function assertComplete(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) {
    throw invalid('plan-incomplete', problems.map((problem) => problem.message).join(''), problems);
  }
}

export const emptyPopulation = () =>
  invalid('empty-population', '没有符合条件的检查对象：请检查任务的地区、事项的对象标签和名录库。', [
    { field: 'regions', message: '这些地区没有事项所涉及的、在营业的检查对象' },
  ]);

function itemProblem(item: PlanItem | undefined, code: string, plan: PlanToCheck): string | null {
  if (!item) return `没有编号为“${code}”的抽查事项。`;
  if (item.version_id === null) return `事项“${code}”尚未由编办公布，不能用于抽查。`;
  if (item.legal_bases.length === 0) return `事项“${code}”没有法律依据，不得检查。`;
  if (item.form_id === null) return `事项“${code}”没有检查表格，请先补充。`;
  if (plan.mode === 'joint' && item.statutory_ratio_ppm !== null) {
    return `事项“${code}”的抽查比例由${citation(item.legal_bases)}定为 ${percentText(item.statutory_ratio_ppm)}，不能按风险类别、地区和行业风险另定：请改用“分项比例、合并上门”方式。`;
  }
  const launched = plan.launched.get(code) ?? [];
  const frequency = readFrequency(item.statutory_frequency);
  if (frequency && isUsedUp(frequency, launched.length)) {
    return `事项“${code}”的频次由${citation(item.legal_bases)}定为${item.statutory_frequency}，本年度已有任务 ${launched.join('、')}：请移出本任务，或改到下一年度。`;
  }
  return null;
}
