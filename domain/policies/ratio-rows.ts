/** A policy's table: ratio and yearly cap by risk class, region and industry risk (plan 3.3). */
import type { FieldProblem } from '../errors';
import { DEFAULT_CAP, DEFAULT_RATIOS } from '../ratio-policy';
import { covers } from '../regions/covers';
import { LEVEL_NAMES, levelOf, type IndustryRisk } from './industry-risk';
import { byPart, depthOf, DRAW_CLASSES, mostSpecific, partName, type Part } from './parts';

export interface PolicyRow extends Part {
  ratioPpm: number;
  /** Visits a year; null: no cap. */
  cap: number | null;
}

export interface PolicyTable {
  rows: readonly PolicyRow[];
  industries: readonly IndustryRisk[];
}

export const PRESET: PolicyTable = {
  rows: DEFAULT_RATIOS.map(({ stratum, ratioPpm }) => ({
    ...{ region: null, level: null, drawClass: stratum, ratioPpm },
    cap: DEFAULT_CAP[stratum],
  })),
  industries: [],
};

/** Every problem of a table's rows with the field it lies in. */
export function rowProblems(
  { rows, industries }: PolicyTable,
  regions: ReadonlyMap<string, string>,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  rows.forEach((row, at) => {
    const { region, level } = row;
    const key = partName(row);
    if (seen.has(key)) {
      problems.push({
        field: `rows.${at}`,
        message: `${rowWords(row, regions)}写了不止一行，分不出以哪一行为准：请保留一行。`,
      });
    }
    seen.add(key);
    if (region !== null && !regions.has(region))
      problems.push({ field: `rows.${at}.region`, message: `没有行政区划代码“${region}”。` });
    if (level !== null && level !== 'normal' && !industries.some((one) => one.level === level)) {
      problems.push({
        field: `rows.${at}.level`,
        message: `${rowWords(row, regions)}不会用到：没有标签定为${LEVEL_NAMES[level]}。请补充行业风险，或删去这一行。`,
      });
    }
  });
  for (const drawClass of DRAW_CLASSES) {
    if (!seen.has(drawClass))
      problems.push({ field: 'rows', message: `全市的 ${drawClass} 类没有比例：请补上一行。` });
  }
  return problems;
}

const rowWords = ({ drawClass, region, level }: Part, regions: ReadonlyMap<string, string>): string =>
  `${region === null ? '全市' : (regions.get(region) ?? region)}${level === null ? '' : `、${LEVEL_NAMES[level]}`}的 ${drawClass} 类`;

/** The row that counts for entities of a kind. */
export const rowOf = (
  { rows, industries }: PolicyTable,
  { region, drawClass, tags }: { region: string; drawClass: string; tags: readonly string[] },
): PolicyRow | undefined => mostSpecific(rows, { region, drawClass, level: levelOf(tags, industries) });

export interface PolicyStratum extends PolicyRow {
  /** `partName`. */
  stratum: string;
}

/**
 * The strata of a campaign of these regions, which partition whom it covers (draw protocol, section 1). Rows that are around
 * all of them name no region: of these the nearest counts for a class and level. Each row of a part of them is a
 * stratum by itself.
 */
export function strataFor({ rows }: PolicyTable, regions: readonly string[]): PolicyStratum[] {
  const isAround = ({ region }: Part): boolean =>
    region === null || regions.every((area) => covers(region, area));
  const touches = ({ region }: Part): boolean =>
    region !== null && regions.some((area) => covers(area, region) || covers(region, area));
  const whole = new Map<string, PolicyRow>();
  // The nearest is set last.
  for (const row of rows.filter(isAround).sort((a, b) => depthOf(a.region) - depthOf(b.region))) {
    const everywhere = { ...row, region: null };
    whole.set(partName(everywhere), everywhere);
  }
  const parts = rows.filter((row) => !isAround(row) && touches(row));
  return [...whole.values(), ...parts].sort(byPart).map((row) => ({ ...row, stratum: partName(row) }));
}
