/** What a line of the annual plan must hold (plan 3.4). */
import type { FieldProblem } from '../errors';
import { percentText } from '../ratio-policy';

export interface PlanLine {
  item: string;
  regions: readonly string[];
  /** null: by the risk classes of the city's policy. */
  ratioPpm: number | null;
  windowFrom: string;
  windowTo: string;
}

export interface LineItem {
  code: string;
  department: string;
  /** null: no version of it is published. */
  version_id: number | null;
  ratio_ppm: number | null;
  statutory_ratio_ppm: number | null;
}

export interface LineSurroundings {
  year: number;
  department: string;
  item: LineItem | undefined;
  /** Codes of all regions there are. */
  regions: ReadonlySet<string>;
  /** Of an amendment: what would be over on this day can't be added to what is in force. */
  amendedOn: string | null;
}

/** Every problem of a line with the field it lies in; empty where there is none. */
export function lineProblems(
  line: PlanLine,
  { year, department, item, regions, amendedOn }: LineSurroundings,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: string, message: string) => void problems.push({ field, message });
  if (!item) add('item', `没有编号为“${line.item}”的抽查事项。`);
  else if (item.department !== department)
    add('item', `事项“${line.item}”不是 ${department} 的：各部门只能编报本部门的事项。`);
  else if (item.version_id === null)
    add('item', `事项“${line.item}”尚未由编办公布，不能列入计划：请先提交公布。`);
  const fixed = item?.statutory_ratio_ppm ?? item?.ratio_ppm ?? null;
  if (line.ratioPpm !== null && fixed !== null && fixed !== line.ratioPpm) {
    add('ratioPpm', `事项“${line.item}”的比例在清单中已定为 ${percentText(fixed)}：请留空。`);
  }
  if (line.ratioPpm === 0) add('ratioPpm', '比例应大于 0；不抽查的事项不必列入计划。');
  line.regions.forEach((region, at) => {
    if (!regions.has(region)) add(`regions.${at}`, `没有行政区划代码“${region}”。`);
  });
  if (amendedOn !== null && line.windowTo < amendedOn)
    add('windowTo', `实施时间 ${line.windowTo} 已过：请改为 ${amendedOn} 或以后结束。`);
  if (line.windowFrom > line.windowTo) add('windowTo', '实施结束日期早于开始日期。');
  for (const field of ['windowFrom', 'windowTo'] as const) {
    if (!line[field].startsWith(`${year}-`)) add(field, `实施时间应在 ${year} 年内，不能是 ${line[field]}。`);
  }
  return problems;
}
