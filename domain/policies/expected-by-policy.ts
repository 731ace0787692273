/** What a policy comes to for items and regions, counted on kinds of entities. */
import { cellsOf, type Cell, type CountedKind } from '../annual-plan/cells';
import { ExpectedVisits } from '../annual-plan/expected-visits';
import { covers } from '../regions/covers';
import type { CoveringItem } from '../draw/coverage';
import { sampleSize } from '../draw/sample-size';
import { DRAW_CLASSES, ratiosFor, type DrawClass, type PolicyRow } from './ratio-rows';

export interface PolicyItem extends CoveringItem {
  department: string;
  /** The law's or the item's own ratio, which no policy changes. */
  fixedPpm: number | null;
}

export interface PolicyOutcome {
  strata: {
    drawClass: DrawClass;
    population: number;
    ratioPpm: number;
    cap: number | null;
    /** What the items draw, one by one. */
    sample: number;
    visits: number;
  }[];
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
  rows: readonly PolicyRow[],
): PolicyOutcome {
  const inside = kinds.filter(({ region }) => regions.some((area) => covers(area, region)));
  const cells = cellsOf(inside, items);
  const counter = new ExpectedVisits(cells);
  const chosen = ratiosFor(rows, regions);
  const ratios = Object.fromEntries(chosen.map((row) => [row.drawClass, row.ratioPpm]));
  const lines = items.map(({ code, fixedPpm }, id) => ({ id, item: code, regions, fixedPpm, ratios }));
  const alone = items.map((item, at) => ({
    department: item.department,
    visits: counter.visits(lines.slice(at, at + 1)),
  }));
  const joint = counter.of(lines);
  return {
    strata: DRAW_CLASSES.map((drawClass) => {
      const own = cells.filter((cell) => cell.drawClass === drawClass);
      const row = chosen.find((one) => one.drawClass === drawClass);
      return {
        drawClass,
        population: own.reduce((sum, cell) => sum + cell.size, 0),
        ratioPpm: row?.ratioPpm ?? 0,
        cap: row?.cap ?? null,
        sample: items.reduce(
          (sum, { code, fixedPpm }) => sum + drawnOf(own, code, fixedPpm ?? row?.ratioPpm ?? 0),
          0,
        ),
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

function drawnOf(cells: readonly Cell[], item: string, ratioPpm: number): number {
  const size = cells.filter((cell) => cell.items.includes(item)).reduce((sum, cell) => sum + cell.size, 0);
  return sampleSize(size, ratioPpm, 0);
}
