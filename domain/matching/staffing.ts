/**
 * Who may go where, in one department: inspectors with the same regions and qualifications form a class, visits
 * with the same region and required qualifications a kind, and kinds know the classes that may serve them. The
 * pairs of people and visits themselves, which can be billions, are never written down.
 */
import type { Exclusion, PoolInspector } from '../draw/frozen-files';
import { listsBy, Numbering, type Lists } from './lists';
import type { VisitNeed } from './match';
import { servingClasses } from './serving-classes';

export interface Staffing {
  /** By visit number. */
  visits: readonly VisitNeed[];
  inspectors: readonly PoolInspector[];
  /** Of each inspector; the number of visits where there is no limit, which nobody can exceed. */
  capacity: Int32Array;
  kindOf: Int32Array;
  classOf: Int32Array;
  /** Inspectors of each class. */
  members: Lists;
  /** Classes that may serve each kind. */
  classesOf: Lists;
  /** Inspectors who must stay away, of each visit that has any. */
  excluded: readonly (ReadonlySet<number> | undefined)[];
}

export function staffingOf(
  visits: readonly VisitNeed[],
  inspectors: readonly PoolInspector[],
  exclusions: readonly Exclusion[],
): Staffing {
  const kinds = numbered(visits, (visit) => keyOf([visit.region], visit.qualifications));
  const classes = numbered(inspectors, (one) => keyOf(one.regions, one.qualifications));
  return {
    visits,
    inspectors,
    capacity: Int32Array.from(inspectors, (one) => Math.min(one.capacity ?? visits.length, visits.length)),
    kindOf: kinds.of,
    classOf: classes.of,
    members: listsBy(classes.of, classes.first.length),
    classesOf: servingClasses(kinds.first, classes.first),
    excluded: exclusionsByVisit(visits, inspectors, exclusions),
  };
}

/** Numbers rows with equal keys alike; `first` has one row of each number. */
function numbered<T>(rows: readonly T[], keyOf: (row: T) => string): { of: Int32Array; first: T[] } {
  const numbering = new Numbering();
  const first: T[] = [];
  const of = Int32Array.from(rows, (row) => {
    const number = numbering.of(keyOf(row));
    if (number === first.length) first.push(row);
    return number;
  });
  return { of, first };
}

const keyOf = (regions: readonly string[], qualifications: readonly string[]): string =>
  `${inOrder(regions)}\n${inOrder(qualifications)}`;

const inOrder = (names: readonly string[]): string =>
  names.length > 1 ? [...names].sort().join(';') : (names[0] ?? '');

function exclusionsByVisit(
  visits: readonly VisitNeed[],
  inspectors: readonly PoolInspector[],
  exclusions: readonly Exclusion[],
): (Set<number> | undefined)[] {
  const named = new Set(exclusions.map((one) => one.inspector));
  const inspectorAt = new Map<string, number>();
  inspectors.forEach((one, at) => {
    if (named.has(one.inspector)) inspectorAt.set(one.inspector, at);
  });
  const codes = new Set(exclusions.map((one) => one.code));
  const visitAt = new Map<string, number>();
  visits.forEach((visit, at) => {
    if (codes.has(visit.code)) visitAt.set(visit.code, at);
  });
  const excluded = new Array<Set<number> | undefined>(visits.length).fill(undefined);
  for (const { inspector, code } of exclusions) {
    const person = inspectorAt.get(inspector);
    const visit = visitAt.get(code);
    if (person === undefined || visit === undefined) continue;
    const away = (excluded[visit] ??= new Set());
    away.add(person);
  }
  return excluded;
}
