/** A policy's table: ratio and yearly cap by risk class, for the city and where a county has its own (plan 3.3). */
import type { FieldProblem } from '../errors';
import { DEFAULT_CAP, DEFAULT_RATIOS } from '../ratio-policy';
import { covers } from '../regions/covers';

export const DRAW_CLASSES = ['A', 'B', 'C', 'D'] as const;
export type DrawClass = (typeof DRAW_CLASSES)[number];

export interface PolicyRow {
  /** null: wherever no other row is nearer. */
  region: string | null;
  drawClass: DrawClass;
  ratioPpm: number;
  /** Visits a year; null: no cap. */
  cap: number | null;
}

export const PRESET_ROWS: readonly PolicyRow[] = DEFAULT_RATIOS.map(({ stratum, ratioPpm }) => ({
  region: null,
  drawClass: stratum,
  ratioPpm,
  cap: DEFAULT_CAP[stratum],
}));

/** Every problem of a table with the field it lies in. */
export function rowProblems(rows: readonly PolicyRow[], regions: ReadonlySet<string>): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  rows.forEach(({ region, drawClass }, at) => {
    const key = `${region ?? ''}/${drawClass}`;
    if (seen.has(key)) {
      problems.push({
        field: `rows.${at}`,
        message: `${region ?? '全市'}的 ${drawClass} 类写了不止一行：请保留一行。`,
      });
    }
    seen.add(key);
    if (region !== null && !regions.has(region))
      problems.push({ field: `rows.${at}.region`, message: `没有行政区划代码“${region}”。` });
  });
  for (const drawClass of DRAW_CLASSES) {
    if (!seen.has(`/${drawClass}`))
      problems.push({ field: 'rows', message: `全市的 ${drawClass} 类没有比例：请补上一行。` });
  }
  return problems;
}

/**
 * What counts for a campaign of these regions, by class. A draw has one line per class (draw protocol, section 2), so
 * a county's own row counts only where it is around every region of the campaign; the nearest such row wins.
 */
export function ratiosFor(rows: readonly PolicyRow[], regions: readonly string[]): PolicyRow[] {
  return DRAW_CLASSES.flatMap((drawClass) => {
    const [nearest] = rows
      .filter(
        (row) =>
          row.drawClass === drawClass &&
          (row.region === null || regions.every((region) => covers(row.region ?? '', region))),
      )
      .sort((a, b) => specificity(b.region) - specificity(a.region));
    return nearest ? [nearest] : [];
  });
}

/** The yearly cap of an entity by itself, as its own county has it. */
export const capOf = (rows: readonly PolicyRow[], region: string, drawClass: DrawClass): number | null =>
  ratiosFor(rows, [region]).find((row) => row.drawClass === drawClass)?.cap ?? null;

const specificity = (region: string | null): number =>
  region === null ? 0 : region.replace(/(00)+$/, '').length;
