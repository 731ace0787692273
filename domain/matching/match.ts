/**
 * Who goes where (draw protocol, section 5). No rule is ever broken; what can't be filled is reported with
 * the rule that starves it. Visits are served in their order; a team is the least loaded of those who may go,
 * ties broken by the inspector tickets.
 */
import type { Exclusion, PoolInspector } from '../draw/frozen-files';
import { inspectorTicket } from '../draw/tickets';
import { groupBy } from '../group-by';
import { covers } from '../regions/covers';

export interface VisitNeed {
  visit: number;
  code: string;
  region: string;
  department: string;
  teamSize: number;
  /** All that the visit's items of this department require. */
  qualifications: string[];
}

export interface Assignment {
  visit: number;
  department: string;
  inspector: string;
}

/** The rule that left slots empty, the first that leaves too few people of those before it. */
export type StarvingRule = 'department' | 'region' | 'qualifications' | 'exclusion' | 'capacity';

export interface UnfilledSlots {
  visit: number;
  department: string;
  missing: number;
  rule: StarvingRule;
}

export interface Matching {
  assignments: Assignment[];
  unfilled: UnfilledSlots[];
}

export function match(
  needs: readonly VisitNeed[],
  pool: readonly PoolInspector[],
  exclusions: readonly Exclusion[],
  seed: string,
): Matching {
  const byDepartment = groupBy(pool, (one) => one.department);
  const excluded = new Set(exclusions.map((one) => `${one.inspector}\n${one.code}`));
  const load = new Map<string, number>();
  const matching: Matching = { assignments: [], unfilled: [] };
  const inOrder = [...needs].sort((a, b) => a.visit - b.visit || (a.department < b.department ? -1 : 1));
  for (const need of inOrder) {
    const { allowed, rule } = candidates(need, byDepartment.get(need.department) ?? [], excluded, load);
    const team = allowed
      .map((one) => ({
        inspector: one.inspector,
        load: load.get(one.inspector) ?? 0,
        ticket: inspectorTicket(seed, need.code, need.department, one.inspector),
      }))
      .sort((a, b) => a.load - b.load || (a.ticket < b.ticket ? -1 : 1))
      .slice(0, need.teamSize);
    for (const { inspector } of team) {
      load.set(inspector, (load.get(inspector) ?? 0) + 1);
      matching.assignments.push({ visit: need.visit, department: need.department, inspector });
    }
    const missing = need.teamSize - team.length;
    if (missing > 0) {
      matching.unfilled.push({
        visit: need.visit,
        department: need.department,
        missing,
        rule: rule ?? 'department',
      });
    }
  }
  return matching;
}

function candidates(
  need: VisitNeed,
  colleagues: readonly PoolInspector[],
  excluded: ReadonlySet<string>,
  load: ReadonlyMap<string, number>,
): { allowed: PoolInspector[]; rule: StarvingRule | null } {
  const rules: [StarvingRule, (one: PoolInspector) => boolean][] = [
    ['department', () => true],
    ['region', (one) => one.regions.length === 0 || one.regions.some((area) => covers(area, need.region))],
    ['qualifications', (one) => need.qualifications.every((needed) => one.qualifications.includes(needed))],
    ['exclusion', (one) => !excluded.has(`${one.inspector}\n${need.code}`)],
    ['capacity', (one) => one.capacity === null || (load.get(one.inspector) ?? 0) < one.capacity],
  ];
  let allowed = [...colleagues];
  let starving: StarvingRule | null = null;
  for (const [rule, holds] of rules) {
    allowed = allowed.filter(holds);
    if (allowed.length < need.teamSize) starving ??= rule;
  }
  return { allowed, rule: starving };
}

export const STARVING_RULE_LABELS: Record<StarvingRule, string> = {
  department: '该部门可派人员不足',
  region: '服务该地区的人员不足',
  qualifications: '具备所需资质的人员不足',
  exclusion: '回避后人员不足',
  capacity: '人员已达工作量上限',
};
