/** What a dry run asks of the inspectors: counts by class, never who goes where. */
import type { PoolInspector } from '../draw/frozen-files';
import { groupBy } from '../group-by';
import type { Matching } from '../matching/match';
import type { StarvingRule } from '../matching/starving-rules';

/** Inspectors whom the rules of matching don't tell apart, recusals and capacity aside. */
export interface InspectorClass {
  department: string;
  /** Empty: the whole area. */
  regions: string[];
  qualifications: string[];
  inspectors: number;
  /** Visits that all of them together can take; null where one has no limit. */
  capacity: number | null;
}

export interface Workload {
  /** Person-visits of the classes, in their order. */
  classes: number[];
  /** Visits of the busiest inspector by department. */
  largest: ReadonlyMap<string, number>;
  unfilled: { department: string; rule: StarvingRule; missing: number }[];
}

const classOf = (one: PoolInspector): string =>
  [one.department, sorted(one.regions).join(';'), sorted(one.qualifications).join(';')].join('\n');

const sorted = (words: readonly string[]): string[] => [...words].sort();

export function inspectorClasses(pool: readonly PoolInspector[]): InspectorClass[] {
  return [...groupBy(pool, classOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, members]) =>
      members.slice(0, 1).map(({ department, regions, qualifications }) => ({
        department,
        regions: sorted(regions),
        qualifications: sorted(qualifications),
        inspectors: members.length,
        capacity: capacityOf(members),
      })),
    );
}

export function capacityOf(members: readonly Pick<PoolInspector, 'capacity'>[]): number | null {
  let total = 0;
  for (const { capacity } of members) {
    if (capacity === null) return null;
    total += capacity;
  }
  return total;
}

export function workloadOf(
  matching: Pick<Matching, 'assignments' | 'unfilled'>,
  pool: readonly PoolInspector[],
): Workload {
  const at = new Map([...new Set(pool.map(classOf))].sort().map((key, index) => [key, index]));
  const classes = Array.from({ length: at.size }, () => 0);
  const places = new Map(pool.map((one) => [one.inspector, at.get(classOf(one)) ?? 0]));
  const largest = new Map<string, number>();
  for (const [inspector, visits] of groupBy(matching.assignments, (one) => one.inspector)) {
    const place = places.get(inspector) ?? 0;
    classes[place] = (classes[place] ?? 0) + visits.length;
    const department = visits[0]?.department ?? '';
    largest.set(department, Math.max(largest.get(department) ?? 0, visits.length));
  }
  const unfilled = [...groupBy(matching.unfilled, (one) => `${one.department}/${one.rule}`).values()].flatMap(
    (slots) =>
      slots.slice(0, 1).map(({ department, rule }) => ({
        ...{ department, rule },
        missing: slots.reduce((sum, slot) => sum + slot.missing, 0),
      })),
  );
  return { classes, largest, unfilled };
}
