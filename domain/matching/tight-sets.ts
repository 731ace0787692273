import { FreeInspectors } from './free-inspectors';
import { KindOrder } from './kind-order';
import { starvingRules, type StarvingRule } from './starving-rules';
import { Search } from './search';
import type { Staffing } from './staffing';
import { type Teams } from './teams';

/**
 * Why slots stay empty, in the sense of Hall: whatever the assignment, these visits get no more than `places` of
 * the `slots` they need. Those at capacity give all they have to these visits; everybody else who may go to one of
 * them is on its team. A fact of the frozen files, not of the seed.
 */
export interface TightSet {
  department: string;
  visits: number[];
  /** The different sizes of their teams. */
  teamSizes: number[];
  regions: string[];
  /** Those that all of the visits require. */
  qualifications: string[];
  /** Who may go to any of the visits. */
  inspectors: string[];
  atCapacity: string[];
  slots: number;
  places: number;
}

export interface Starved {
  visit: number;
  missing: number;
  rule: StarvingRule;
  tightSet: number;
}

export function findTightSets(
  staffing: Staffing,
  teams: Teams,
): { unfilled: Starved[]; tightSets: TightSet[] } {
  const short = [...staffing.visits.keys()].filter((visit) => teams.missing(visit) > 0);
  if (short.length === 0) return { unfilled: [], tightSets: [] };
  const { visits, inspectors } = reachable(staffing, teams, short);
  const setOf = connect(staffing, visits, inspectors);
  const members = new Map<number, number[]>();
  for (const visit of visits) {
    const set = setOf(visit);
    const known = members.get(set);
    if (known) known.push(visit);
    else members.set(set, [visit]);
  }
  const sets = [...members.keys()];
  const numberOf = new Map(sets.map((set, at) => [set, at]));
  const ruleOf = starvingRules(staffing);
  return {
    unfilled: short.map((visit) => ({
      visit: staffing.visits[visit]!.visit,
      missing: teams.missing(visit),
      rule: ruleOf(visit),
      tightSet: numberOf.get(setOf(visit))!,
    })),
    tightSets: [...members.values()].map((ofSet) => describe(staffing, teams, ofSet, inspectors)),
  };
}

/** Whatever could be moved to help a visit that is short; in vain, since nobody among them is free. */
function reachable(staffing: Staffing, teams: Teams, short: readonly number[]) {
  const order = new KindOrder(staffing);
  order.beginRound(Int32Array.from(staffing.inspectors.keys()));
  const nobody = new FreeInspectors(staffing, teams);
  nobody.beginRound(new Int32Array(0));
  const search = new Search(staffing, teams, order);
  search.beginRound();
  for (const visit of short) search.fill(visit, nobody);
  const visits = [...new Set([...short, ...search.visitsInVain()])].sort((a, b) => a - b);
  return { visits, inspectors: new Set(search.inspectorsInVain()) };
}

/** Two visits are in one set when somebody reachable may go to both, or they are linked by further such visits. */
function connect(
  staffing: Staffing,
  visits: readonly number[],
  inspectors: ReadonlySet<number>,
): (visit: number) => number {
  const parent = Int32Array.from(
    { length: staffing.visits.length + staffing.inspectors.length },
    (_, at) => at,
  );
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const unite = (a: number, b: number) => {
    const [low, high] = [root(a), root(b)].sort((x, y) => x - y) as [number, number];
    parent[high] = low;
  };
  const linked = new Map<number, number>();
  for (const visit of visits) {
    const kind = staffing.kindOf[visit]!;
    const away = staffing.excluded[visit];
    const sameKind = away ? undefined : linked.get(kind);
    if (sameKind === undefined) {
      let any = false;
      for (const one of membersFor(staffing, kind)) {
        if (!inspectors.has(one) || away?.has(one)) continue;
        unite(visit, staffing.visits.length + one);
        any = true;
      }
      if (any && !away) linked.set(kind, visit);
    } else unite(visit, sameKind);
  }
  return root;
}

function describe(
  staffing: Staffing,
  teams: Teams,
  visits: readonly number[],
  reached: ReadonlySet<number>,
): TightSet {
  const needs = visits.map((visit) => staffing.visits[visit]!);
  const eligible = new Set<number>();
  const seen = new Set<number>();
  for (const visit of visits) {
    const kind = staffing.kindOf[visit]!;
    const away = staffing.excluded[visit];
    if (seen.has(kind)) continue;
    if (!away) seen.add(kind);
    for (const one of membersFor(staffing, kind)) if (!away?.has(one)) eligible.add(one);
  }
  const names = (people: Iterable<number>) =>
    Array.from(people, (one) => staffing.inspectors[one]!.inspector).sort();
  const required = [...new Set(needs[0]!.qualifications)];
  const slots = needs.reduce((sum, need) => sum + need.teamSize, 0);
  return {
    department: needs[0]!.department,
    visits: needs.map((need) => need.visit),
    teamSizes: [...new Set(needs.map((need) => need.teamSize))].sort((a, b) => a - b),
    regions: [...new Set(needs.map((need) => need.region))].sort(),
    qualifications: required
      .filter((name) => needs.every((need) => need.qualifications.includes(name)))
      .sort(),
    inspectors: names(eligible),
    atCapacity: names([...eligible].filter((one) => reached.has(one))),
    slots,
    places: slots - visits.reduce((sum, visit) => sum + teams.missing(visit), 0),
  };
}

function* membersFor({ classesOf, members }: Staffing, kind: number): Generator<number> {
  for (let at = classesOf.start[kind]!; at < classesOf.start[kind + 1]!; at++) {
    const one = classesOf.items[at]!;
    yield* members.items.subarray(members.start[one], members.start[one + 1]);
  }
}
