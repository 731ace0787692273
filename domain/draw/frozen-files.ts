import { csvText } from './csv';
import { byBytes } from './manifest';

export interface PoolInspector {
  inspector: string;
  department: string;
  /** Empty: the whole area. */
  regions: string[];
  qualifications: string[];
  /** null: no limit. */
  capacity: number | null;
}

export interface Exclusion {
  inspector: string;
  code: string;
  reason: string;
}

/** `inspectors.csv` of the bundle. */
export function inspectorsCsv(pool: readonly PoolInspector[]): string {
  const sorted = [...pool].sort(
    (a, b) => byBytes(a.department, b.department) || byBytes(a.inspector, b.inspector),
  );
  return csvText(
    ['inspector', 'department', 'regions', 'qualifications', 'capacity'],
    sorted.map((one) => [
      one.inspector,
      one.department,
      one.regions.join(';'),
      one.qualifications.join(';'),
      one.capacity,
    ]),
  );
}

/** `exclusions.csv` of the bundle. */
export function exclusionsCsv(exclusions: readonly Exclusion[]): string {
  const sorted = [...exclusions].sort(
    (a, b) => byBytes(a.inspector, b.inspector) || byBytes(a.code, b.code) || byBytes(a.reason, b.reason),
  );
  return csvText(
    ['inspector', 'code', 'reason'],
    sorted.map((one) => [one.inspector, one.code, one.reason]),
  );
}
