import { groupBy } from '../group-by';
import type { VisitNeed } from '../matching/match';

/** A visit of a dry run. */
export interface SimulatedVisit {
  visit: number;
  code: string;
  region: string;
  items: readonly string[];
}

export interface SimulatedItem {
  code: string;
  department: string;
  qualifications: readonly string[];
}

/** What each department needs for each visit (draw protocol, section 5), in order of visit and department. */
export function visitNeeds(
  visits: readonly SimulatedVisit[],
  items: readonly SimulatedItem[],
  teams: readonly { department: string; size: number }[],
): VisitNeed[] {
  const known = new Map(items.map((item) => [item.code, item]));
  const sizes = new Map(teams.map((team) => [team.department, team.size]));
  return visits.flatMap(({ visit, code, region, items: codes }) => {
    const checked = codes.flatMap((item) => known.get(item) ?? []);
    return [...groupBy(checked, (item) => item.department)]
      .map(([department, own]) => ({
        ...{ visit, code, region, department },
        teamSize: sizes.get(department) ?? 0,
        qualifications: [...new Set(own.flatMap((item) => item.qualifications))].sort(),
      }))
      .sort((a, b) => (a.department < b.department ? -1 : 1));
  });
}
