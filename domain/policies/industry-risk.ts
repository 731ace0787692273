/** How risky a trade is, by the licence tags of the registry (plan 3.3). */
import type { FieldProblem } from '../errors';

export const LEVELS = ['high', 'normal', 'low'] as const;
export type Level = (typeof LEVELS)[number];
export const LEVEL_NAMES: Record<Level, string> = {
  high: '行业高风险',
  normal: '行业一般风险',
  low: '行业低风险',
};

export interface IndustryRisk {
  tag: string;
  level: Level;
  reason: string;
}

/** The highest level of an entity's tags; tags that the table doesn't name say nothing, and with none that it does it is normal. */
export function levelOf(tags: readonly string[], industries: readonly IndustryRisk[]): Level {
  const levels = industries.filter(({ tag }) => tags.includes(tag)).map(({ level }) => level);
  return LEVELS.find((level) => levels.includes(level)) ?? 'normal';
}

/** Every problem of a table with the field it lies in. `known`: the registry's tags. */
export function industryProblems(
  industries: readonly IndustryRisk[],
  known: ReadonlySet<string>,
): FieldProblem[] {
  return industries.flatMap(({ tag }, at) => [
    ...(industries.findIndex((one) => one.tag === tag) < at
      ? [{ field: `industries.${at}`, message: `标签“${tag}”定了不止一个风险等级：请保留一行。` }]
      : []),
    ...(known.has(tag) ? [] : [{ field: `industries.${at}.tag`, message: `名录库没有标签“${tag}”。` }]),
  ]);
}
