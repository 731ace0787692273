/** What is to be drawn, from how many entities of which kind: known before any ticket. */
import { itemRatio } from '../ratio-policy';
import { sampleSize } from './sample-size';

/** Entities that no rule of the draw tells apart: same stratum, same items. */
export interface Cell {
  stratum: string;
  items: readonly string[];
  size: number;
}

export interface SampledLine {
  /** `*` in mode joint. */
  item: string;
  stratum: string;
  size: number;
  ratio_ppm: number;
  minimum: number;
  sample: number;
}

export interface PlannedLines {
  mode: 'joint' | 'per_item';
  items: readonly { code: string; statutory_ratio_ppm: number | null; ratio_ppm: number | null }[];
  strata: readonly { stratum: string; ratio_ppm: number; minimum: number }[];
}

/** Entities of a stratum that one of the items covers; without items, all of it. */
export const sizeOf = (cells: readonly Cell[], stratum: string, items?: readonly string[]): number =>
  cells
    .filter(
      (cell) =>
        cell.stratum === stratum && (items === undefined || items.some((item) => cell.items.includes(item))),
    )
    .reduce((sum, cell) => sum + cell.size, 0);

/** The strata of a draw (draw protocol, section 1) from the counts of its population. */
export function sampledLines(plan: PlannedLines, cells: readonly Cell[]): SampledLine[] {
  if (plan.mode === 'joint') {
    return plan.strata.map(({ stratum, ratio_ppm, minimum }) =>
      line('*', stratum, sizeOf(cells, stratum), ratio_ppm, minimum),
    );
  }
  return plan.items.flatMap((item) =>
    plan.strata.map(({ stratum, ratio_ppm, minimum }) =>
      line(item.code, stratum, sizeOf(cells, stratum, [item.code]), itemRatio(item, ratio_ppm), minimum),
    ),
  );
}

/**
 * The lines of one department that draws for itself, with the same ratios: in mode joint from the strata of its own
 * items' entities, in mode per_item the lines of its items as they are.
 */
export function linesApart(
  lines: readonly SampledLine[],
  cells: readonly Cell[],
  itemsOfDepartment: readonly string[],
): SampledLine[] {
  return lines.flatMap((one) => {
    if (one.item !== '*') return itemsOfDepartment.includes(one.item) ? [one] : [];
    const size = sizeOf(cells, one.stratum, itemsOfDepartment);
    return [line('*', one.stratum, size, one.ratio_ppm, one.minimum)];
  });
}

const line = (
  item: string,
  stratum: string,
  size: number,
  ratio_ppm: number,
  minimum: number,
): SampledLine => ({
  ...{ item, stratum, size, ratio_ppm, minimum },
  sample: sampleSize(size, ratio_ppm, minimum),
});
