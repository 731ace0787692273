/** What a plan that is still being written would come to: expected numbers, from counts of kinds of entities (plan 3.3). */
import { cellsOf, type CountedKind } from '../annual-plan/cells';
import { ExpectedVisits } from '../annual-plan/expected-visits';
import type { CoveringItem } from '../draw/coverage';
import { stratumOf } from '../draw/kind-strata';
import { groupBy } from '../group-by';
import type { PolicyStratum, PolicyTable } from '../policies/ratio-rows';
import { covers } from '../regions/covers';

export interface PreviewedItem extends CoveringItem {
  department: string;
  /** The law's or the item's own ratio, by which it is drawn where items are drawn one by one. */
  fixedPpm: number | null;
}

export interface PreviewedPlan {
  mode: 'joint' | 'per_item';
  regions: readonly string[];
  items: readonly PreviewedItem[];
  strata: readonly PolicyStratum[];
  industries: PolicyTable['industries'];
  teamSizeOf: (department: string) => number;
}

export interface PlanPreview {
  population: number;
  /** Visits that are expected, and those if every department went by itself. */
  visits: number;
  apart: number;
  strata: { stratum: string; population: number; visits: number }[];
  departments: { department: string; visits: number; personVisits: number }[];
}

/** Nothing of it is a draw; who has had the year's visits already is not taken out. */
export function previewPlan(kinds: readonly CountedKind[], plan: PreviewedPlan): PlanPreview {
  const { mode, items, strata, industries, teamSizeOf } = plan;
  const inside = kinds.filter(({ region }) => plan.regions.some((area) => covers(area, region)));
  const placeOf = stratumOf({ strata, industries });
  const named = new Set(strata.map(({ stratum }) => stratum));
  const cells = cellsOf(inside, items, (kind) => placeOf(kind) ?? '').filter((cell) =>
    named.has(cell.stratum),
  );
  const counter = new ExpectedVisits(cells);
  const ratios = Object.fromEntries(strata.map(({ stratum, ratioPpm }) => [stratum, ratioPpm]));
  const lines = items.map(({ code, department, fixedPpm }, id) => ({
    ...{ id, item: code, department, regions: plan.regions, ratios },
    fixedPpm: mode === 'joint' ? null : fixedPpm,
  }));
  const departments = [...groupBy(lines, ({ department }) => department)]
    .map(([department, own]) => ({ department, visits: counter.visits(own) }))
    .sort((a, b) => (a.department < b.department ? -1 : 1));
  return {
    population: cells.reduce((sum, { size }) => sum + size, 0),
    visits: counter.visits(lines),
    apart: departments.reduce((sum, { visits }) => sum + visits, 0),
    strata: strata.map(({ stratum }) => {
      const own = cells.filter((cell) => cell.stratum === stratum);
      return {
        stratum,
        population: own.reduce((sum, { size }) => sum + size, 0),
        visits: new ExpectedVisits(own).visits(lines),
      };
    }),
    departments: departments.map((one) => ({
      ...one,
      personVisits: one.visits * teamSizeOf(one.department),
    })),
  };
}
