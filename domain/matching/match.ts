/**
 * Who goes where (draw protocol, section 5; step by step in docs/matching.md). No rule is ever broken; as many
 * slots are filled as can be; the work is spread as evenly as can be; chance decides the rest. What can't be
 * filled is reported with the rule that starves it and the people and visits that prove it.
 */
import type { Exclusion, PoolInspector } from '../draw/frozen-files';
import { byBytes } from '../draw/manifest';
import { groupBy } from '../group-by';
import { assign } from './assign';
import { staffingOf } from './staffing';
import type { StarvingRule } from './starving-rules';
import { findTightSets, type TightSet } from './tight-sets';

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

export interface UnfilledSlots {
  visit: number;
  department: string;
  missing: number;
  rule: StarvingRule;
  /** Its place in `tightSets`. */
  tightSet: number;
}

export interface Matching {
  assignments: Assignment[];
  unfilled: UnfilledSlots[];
  tightSets: TightSet[];
}

export function match(
  needs: readonly VisitNeed[],
  pool: readonly PoolInspector[],
  exclusions: readonly Exclusion[],
  seed: string,
): Matching {
  const inspectorsOf = groupBy(pool, (one) => one.department);
  const matching: Matching = { assignments: [], unfilled: [], tightSets: [] };
  const needsOf = groupBy(needs, (need) => need.department);
  for (const department of [...needsOf.keys()].sort(byBytes)) {
    const visits = (needsOf.get(department) ?? []).sort((a, b) => a.visit - b.visit);
    const staffing = staffingOf(visits, inspectorsOf.get(department) ?? [], exclusions);
    const teams = assign(staffing, seed);
    visits.forEach(({ visit }, at) => {
      const names = Array.from(teams.of(at), (one) => staffing.inspectors[one]!.inspector).sort();
      for (const inspector of names) matching.assignments.push({ visit, department, inspector });
    });
    const { unfilled, tightSets } = findTightSets(staffing, teams);
    for (const one of unfilled) {
      matching.unfilled.push({ ...one, department, tightSet: matching.tightSets.length + one.tightSet });
    }
    matching.tightSets.push(...tightSets);
  }
  matching.assignments.sort((a, b) => a.visit - b.visit);
  matching.unfilled.sort((a, b) => a.visit - b.visit);
  return matching;
}
