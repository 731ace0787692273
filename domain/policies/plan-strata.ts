import type { FieldProblem } from '../errors';
import { partWords } from './parts';
import { strataFor, type PolicyStratum, type PolicyTable } from './ratio-rows';

export interface NamedRatio {
  stratum: string;
  ratioPpm: number;
  minimum: number;
}

/**
 * The strata of a plan with its own ratios where it names some (plan 3.3). A plan may leave a class out, but no part of
 * one: what it doesn't name of a class goes by the policy, and it names nothing that the policy doesn't tell apart.
 */
export function planStrata(
  table: PolicyTable,
  regions: readonly string[],
  named: readonly NamedRatio[] | undefined,
  regionNames: ReadonlyMap<string, string>,
): { strata: (PolicyStratum & { minimum: number })[]; problems: FieldProblem[] } {
  const strata = strataFor(table, regions);
  if (!named) return { strata: strata.map((one) => ({ ...one, minimum: 0 })), problems: [] };
  const problems = named.flatMap(({ stratum }, at): FieldProblem[] => {
    const words = partWords(stratum, (code) => regionNames.get(code) ?? code);
    if (named.findIndex((one) => one.stratum === stratum) < at)
      return [{ field: `ratios.${at}`, message: `${words}的比例写了不止一个：请保留一个。` }];
    if (strata.some((one) => one.stratum === stratum)) return [];
    const message = `${words}不是本任务的分层：现行比例和频次政策没有这样规定，或任务不涉及该地区。请删去这一行。`;
    return [{ field: `ratios.${at}`, message }];
  });
  const isNamed = ({ drawClass }: PolicyStratum): boolean =>
    named.some(({ stratum }) => strata.some((one) => one.stratum === stratum && one.drawClass === drawClass));
  return {
    problems,
    strata: strata.filter(isNamed).map((one) => {
      const own = named.find(({ stratum }) => stratum === one.stratum);
      return { ...one, ratioPpm: own?.ratioPpm ?? one.ratioPpm, minimum: own?.minimum ?? 0 };
    }),
  };
}
