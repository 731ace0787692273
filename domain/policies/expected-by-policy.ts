/** What a policy comes to for items and regions, counted on kinds of entities. */
import { cellsOf, type Cell, type CountedKind } from '../annual-plan/cells';
import { ExpectedVisits } from '../annual-plan/expected-visits';
import { covers } from '../regions/covers';
import type { CoveringItem } from '../draw/coverage';
import { stratumOf } from '../draw/kind-strata';
import { sampleSize } from '../draw/sample-size';
import { strataFor, type PolicyStratum, type PolicyTable } from './ratio-rows';

export interface PolicyItem extends CoveringItem {
  department: string;
  /** The law's or the item's own ratio, which no policy changes. */
  fixedPpm: number | null;
}

export interface PolicyOutcome {
  strata: (PolicyStratum & {
    population: number;
    /** What the items draw, one by one. */
    sample: number;
    visits: number;
  })[];
  population: number;
  /** Expected visits if every item is drawn by itself, and if all go together. */
  apart: number;
  joint: number;
  /** Expected checks of a department: its items' visits one by one. */
  departments: { department: string; visits: number }[];
  regions: { region: string; visits: number }[];
}

export function expectedByPolicy(
  kinds: readonly CountedKind[],
  items: readonly PolicyItem[],
  regions: readonly string[],
  table: PolicyTable,
): PolicyOutcome {
  const inside = kinds.filter(({ region }) => regions.some((area) => covers(area, region)));
  const strata = strataFor(table, regions);
  const placeOf = stratumOf({ strata, industries: table.industries });
  const cells = cellsOf(inside, items, (kind) => placeOf(kind) ?? '');
  const counter = new ExpectedVisits(cells);
  const ratios = Object.fromEntries(strata.map(({ stratum, ratioPpm }) => [stratum, ratioPpm]));
  const lines = items.map(({ code, fixedPpm }, id) => ({ id, item: code, regions, fixedPpm, ratios }));
  const alone = items.map((item, at) => ({
    department: item.department,
    visits: counter.visits(lines.slice(at, at + 1)),
  }));
  const joint = counter.of(lines);
  return {
    strata: strata.map((row) => {
      const own = cells.filter((cell) => cell.stratum === row.stratum);
      return {
        ...row,
        population: own.reduce((sum, cell) => sum + cell.size, 0),
        sample: sampleOf(own, items, row.ratioPpm),
        visits: new ExpectedVisits(own).visits(lines),
      };
    }),
    population: cells.reduce((sum, cell) => sum + cell.size, 0),
    apart: alone.reduce((sum, { visits }) => sum + visits, 0),
    joint: joint.visits,
    departments: [...new Set(alone.map(({ department }) => department))].sort().map((department) => ({
      department,
      visits: alone
        .filter((one) => one.department === department)
        .reduce((sum, { visits }) => sum + visits, 0),
    })),
    regions: [...joint.byRegion]
      .map(([region, visits]) => ({ region, visits }))
      .sort((a, b) => b.visits - a.visits),
  };
}

/** What the items draw of a stratum's cells, one by one. */
export const sampleOf = (cells: readonly Cell[], items: readonly PolicyItem[], ratioPpm: number): number =>
  items.reduce((sum, { code, fixedPpm }) => {
    const size = cells.filter((cell) => cell.items.includes(code)).reduce((all, cell) => all + cell.size, 0);
    return sum + sampleSize(size, fixedPpm ?? ratioPpm, 0);
  }, 0);
