import type { Figures } from '../oversight/figures';
import type { Names } from '../oversight/report';

/** What is frozen with a bulletin: the counts and the names they had. Everything shown is computed from it. */
export interface Snapshot {
  format: 'onevisit-bulletin/1';
  figures: Figures;
  names: Names;
}

/** One way to write it: keys in order, so that equal content has an equal SHA-256. */
export const canonical = (value: unknown): string => JSON.stringify(value, sorted);

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export interface Difference {
  /** `tasks/WJW/691101/onTime` */
  where: string;
  frozen: unknown;
  now: unknown;
}

/** Where two snapshots' figures are not the same. */
export function differences(frozen: Figures, now: Figures): Difference[] {
  const [a, b] = [flat(frozen), flat(now)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((where) => a.get(where) !== b.get(where))
    .sort()
    .map((where) => ({ where, frozen: a.get(where) ?? null, now: b.get(where) ?? null }));
}

/** Every number by its place; rows of tables by what names them. */
function flat(figures: Figures): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (value: unknown, place: string): void => {
    if (Array.isArray(value)) {
      for (const row of value) visit(row, `${place}/${nameOf(row)}`);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) visit(inner, `${place}/${key}`);
    } else found.set(place.slice(1), value);
  };
  visit(figures, '');
  return found;
}

const NAMES = ['department', 'region', 'kind', 'start'];

const nameOf = (row: unknown): string =>
  Object.entries(row as object)
    .filter(([key]) => NAMES.includes(key))
    .map(([, value]) => String(value))
    .join('/');
