import type { CountedKind } from '../annual-plan/cells';
import { covers } from '../regions/covers';
import { expectedByPolicy, type PolicyItem } from './expected-by-policy';
import { DRAW_CLASSES, ratiosFor, type DrawClass, type PolicyRow } from './ratio-rows';

export interface RowEffect {
  ratioPpm: number;
  cap: number | null;
  /** The version has a row of its own for it; else a wider one counts. */
  isOwn: boolean;
  sample: number;
  visits: number;
}

export interface RowDifference {
  region: string | null;
  drawClass: DrawClass;
  population: number;
  before: RowEffect;
  after: RowEffect;
}

/**
 * Where two versions come to different ratios or caps, and what each means there: for the city's rows in a campaign of
 * all the regions asked about, for a county's in a campaign of the county.
 */
export function comparePolicies(
  kinds: readonly CountedKind[],
  items: readonly PolicyItem[],
  regions: readonly string[],
  versions: { before: readonly PolicyRow[]; after: readonly PolicyRow[] },
): RowDifference[] {
  const named = [...new Set([...versions.before, ...versions.after].map(({ region }) => region))];
  return named.sort(byRegion).flatMap((region) => {
    const area = region === null ? regions : inside(region, regions);
    const outcomes = {
      before: expectedByPolicy(kinds, items, area, versions.before),
      after: expectedByPolicy(kinds, items, area, versions.after),
    };
    return DRAW_CLASSES.flatMap((drawClass): RowDifference[] => {
      const effect = (version: 'before' | 'after'): RowEffect => {
        const rows = versions[version].filter((row) => row.drawClass === drawClass);
        const [row] = region === null ? rows.filter((one) => one.region === null) : ratiosFor(rows, [region]);
        const stratum = outcomes[version].strata.find((one) => one.drawClass === drawClass);
        return {
          ratioPpm: row?.ratioPpm ?? 0,
          cap: row?.cap ?? null,
          isOwn: row?.region === region,
          sample: stratum?.sample ?? 0,
          visits: stratum?.visits ?? 0,
        };
      };
      const before = effect('before');
      const after = effect('after');
      // Where neither has a row of its own, a wider row says it.
      const isOwn = before.isOwn || after.isOwn;
      if (!isOwn || (before.ratioPpm === after.ratioPpm && before.cap === after.cap)) return [];
      const population = outcomes.before.strata.find((one) => one.drawClass === drawClass)?.population ?? 0;
      return [{ region, drawClass, population, before, after }];
    });
  });
}

/** The part of the regions asked about that lies in a row's region. */
const inside = (region: string, regions: readonly string[]): readonly string[] =>
  regions.some((area) => covers(area, region)) ? [region] : regions.filter((area) => covers(region, area));

/** The city's rows first. */
const byRegion = (one: string | null, other: string | null): number => (one ?? '').localeCompare(other ?? '');
