import type { PoolInspector } from '../../../domain/draw/frozen-files';
import type { VisitNeed } from '../../../domain/matching/match';
import { covers } from '../../../domain/regions/covers';
import type { CheckId } from '../../../server/verify/report';
import type { BundleFiles } from '../bundle-files';
import { byAssignment, needsIn, poolIn } from '../repair';
import { later, type Tampering } from './tampering';

/** One team as it stands, with everybody of its department by what they may. */
interface Place {
  need: VisitNeed;
  team: string[];
  colleagues: PoolInspector[];
}

class Plan {
  readonly places: Place[];
  readonly load = new Map<string, number>();
  private readonly excluded: Set<string>;

  constructor(bundle: BundleFiles) {
    const { inspectors, exclusions } = poolIn(bundle);
    this.excluded = new Set(exclusions.map((one) => `${one.inspector}\n${one.code}`));
    const rows = bundle.rows('assignments.csv');
    for (const [, , inspector = ''] of rows) this.load.set(inspector, (this.load.get(inspector) ?? 0) + 1);
    this.places = needsIn(bundle).map((need) => ({
      need,
      team: rows
        .filter(([visit, department]) => Number(visit) === need.visit && department === need.department)
        .map(([, , inspector = '']) => inspector),
      colleagues: inspectors.filter((one) => one.department === need.department),
    }));
  }

  of(department: string): Place[] {
    return this.places.filter(({ need }) => need.department === department);
  }

  loadOf = (one: PoolInspector): number => this.load.get(one.inspector) ?? 0;
  isExcluded = (one: PoolInspector, need: VisitNeed): boolean =>
    this.excluded.has(`${one.inspector}\n${need.code}`);
  hasRoom = (one: PoolInspector): boolean => this.loadOf(one) < (one.capacity ?? Infinity);
  serves = (one: PoolInspector, need: VisitNeed): boolean =>
    one.regions.length === 0 || one.regions.some((area) => covers(area, need.region));
  isQualified = (one: PoolInspector, need: VisitNeed): boolean =>
    need.qualifications.every((wanted) => one.qualifications.includes(wanted));
  mayGo = (one: PoolInspector, need: VisitNeed): boolean =>
    this.serves(one, need) && this.isQualified(one, need) && !this.isExcluded(one, need);
}

type Rows = string[][];
const assignments = (name: string, inner: CheckId, change: (rows: Rows, plan: Plan) => Rows): Tampering =>
  later('assignments', name, inner, (bundle) => {
    const plan = new Plan(bundle);
    bundle.editRows('assignments.csv', (rows) => change(rows, plan));
  });

const isRow = (row: readonly string[], { visit, department }: VisitNeed, inspector: string) =>
  Number(row[0]) === visit && row[1] === department && row[2] === inspector;
const exchange = (rows: Rows, need: VisitNeed, out: string, into: string): Rows =>
  rows.map((row) => (isRow(row, need, out) ? [row[0] ?? '', row[1] ?? '', into] : row)).sort(byAssignment);

/** Somebody who fits `who` takes the place of the busiest member that leaves the others' rules alone. */
function replaced(
  name: string,
  inner: CheckId,
  department: string,
  who: (plan: Plan, one: PoolInspector, need: VisitNeed) => boolean,
) {
  return assignments(name, inner, (rows, plan) => {
    for (const { need, team, colleagues } of plan.of(department)) {
      const into = colleagues.find((one) => !team.includes(one.inspector) && who(plan, one, need));
      const [out] = team;
      if (into && out !== undefined) return exchange(rows, need, out, into.inspector);
    }
    throw new Error(`nobody to do this with: ${name}`);
  });
}

const fullTeam = (plan: Plan, department: string): Place => {
  const place = plan.of(department).find(({ need, team }) => team.length === need.teamSize);
  if (!place) throw new Error('no full team');
  return place;
};

export const ASSIGNMENT_TAMPERINGS: Tampering[] = [
  replaced(
    'an inspector is exchanged for a colleague who may go',
    'matching',
    'SCJG',
    (plan, one, need) => plan.mayGo(one, need) && plan.hasRoom(one),
  ),
  replaced(
    'an excluded inspector goes',
    'rules',
    'SCJG',
    (plan, one, need) => plan.isExcluded(one, need) && plan.serves(one, need) && plan.isQualified(one, need),
  ),
  replaced(
    'an inspector goes outside their regions',
    'rules',
    'SCJG',
    (plan, one, need) => !plan.serves(one, need) && !plan.isExcluded(one, need),
  ),
  replaced(
    'an inspector goes without the qualification',
    'rules',
    'XFJ',
    (plan, one, need) => !plan.isQualified(one, need),
  ),
  replaced(
    'an inspector goes beyond their capacity',
    'rules',
    'SCJG',
    (plan, one, need) => !plan.hasRoom(one) && plan.mayGo(one, need),
  ),
  assignments('an inspector of another department goes', 'rules', (rows, plan) => {
    const { need, team } = fullTeam(plan, 'SCJG');
    return exchange(rows, need, team[0] ?? '', 'XFJ-0001');
  }),
  assignments('somebody goes who is not in the pool', 'rules', (rows, plan) => {
    const { need, team } = fullTeam(plan, 'SCJG');
    return exchange(rows, need, team[0] ?? '', 'SCJG-7777');
  }),
  assignments('an inspector takes both places of a team', 'rules', (rows, plan) => {
    const { need, team } = fullTeam(plan, 'SCJG');
    return exchange(rows, need, team[0] ?? '', team[1] ?? '');
  }),
  assignments('a team has one member too many', 'rules', (rows, plan) => {
    const { need, team, colleagues } = fullTeam(plan, 'SCJG');
    const more = colleagues.find(
      (one) => !team.includes(one.inspector) && plan.mayGo(one, need) && plan.hasRoom(one),
    );
    return [...rows, [String(need.visit), 'SCJG', more?.inspector ?? '']].sort(byAssignment);
  }),
  assignments('a department goes where it has no item', 'rules', (rows, plan) => {
    const with_ = new Set(plan.of('XFJ').map(({ need }) => need.visit));
    const without = plan.of('SCJG').find(({ need }) => !with_.has(need.visit));
    return [...rows, [String(without?.need.visit ?? 0), 'XFJ', 'XFJ-0001']].sort(byAssignment);
  }),
  assignments('somebody is sent to a visit that does not exist', 'rules', (rows) => [
    ...rows,
    ['9999', 'SCJG', 'SCJG-0003'],
  ]),
  assignments('a place is left empty without need', 'complete', (rows, plan) => {
    const { need, team } = fullTeam(plan, 'SCJG');
    return rows.filter((row) => !isRow(row, need, team[0] ?? ''));
  }),
  assignments('a whole team is left out', 'complete', (rows, plan) => {
    const { need } = fullTeam(plan, 'SCJG');
    return rows.filter((row) => Number(row[0]) !== need.visit || row[1] !== 'SCJG');
  }),
  assignments('a department sends nobody at all', 'complete', (rows) =>
    rows.filter((row) => row[1] !== 'XFJ'),
  ),
  assignments('the workload of one is needlessly high', 'workload', (rows, plan) => {
    const largest = Math.max(...(plan.of('SCJG')[0]?.colleagues.map(plan.loadOf) ?? []));
    for (const { need, team, colleagues } of plan.of('SCJG')) {
      const busiest = colleagues.find(
        (one) => plan.loadOf(one) === largest && !team.includes(one.inspector) && plan.mayGo(one, need),
      );
      if (busiest && team[0] !== undefined) return exchange(rows, need, team[0], busiest.inspector);
    }
    throw new Error('the busiest go everywhere already');
  }),
  assignments('two inspectors exchange their visits, all rules kept', 'matching', (rows, plan) => {
    const places = plan.of('SCJG');
    const may = (inspector: string, { need, team, colleagues }: Place) =>
      !team.includes(inspector) &&
      colleagues.some((one) => one.inspector === inspector && plan.mayGo(one, need));
    for (const here of places) {
      for (const there of places) {
        for (const a of here.team) {
          const b = there.team.find((one) => may(a, there) && may(one, here));
          if (b !== undefined) return exchange(exchange(rows, here.need, a, b), there.need, b, a);
        }
      }
    }
    throw new Error('no two to exchange');
  }),
  assignments('an empty place is moved to another visit, all rules kept', 'matching', (rows, plan) => {
    const places = plan.of('WJW');
    const empty = places.filter(({ need, team }) => team.length < need.teamSize);
    for (const to of empty) {
      for (const from of places.filter((one) => one.team.length > 0 && one !== to)) {
        const moved = from.team.find((inspector) => !to.team.includes(inspector));
        if (moved === undefined) continue;
        const left = rows.filter((row) => !isRow(row, from.need, moved));
        return [...left, [String(to.need.visit), 'WJW', moved]].sort(byAssignment);
      }
    }
    throw new Error('no empty place');
  }),
  assignments('lines of assignments.csv are in another order', 'rules', (rows) => rows.reverse()),
];
