import type { Knex } from 'knex';
import {
  listNeverDrawn,
  LONG_STANDING_YEARS,
  readCoverage,
  readCoveringItems,
  type CoverageCounts,
} from '../../db/coverage-counts';
import { listDepartments, listRegions } from '../../db/organisation';
import { readPastDraws, readPatterns } from '../../db/past-draws';
import { coverage } from '../../domain/draw/coverage';
import { groupBy } from '../../domain/group-by';
import { partOf } from '../../domain/policies/parts';
import type { PastDraw } from '../../domain/statistics/draws';
import type { Pattern } from '../../domain/statistics/patterns';
import type { Scope } from './scope';

const LISTED = 50;

export async function coverageOf(db: Knex, scope: Scope, today: string) {
  const [counts, past, items, regions, departments] = await Promise.all([
    readCoverage(db, scope, today),
    readPastDraws(db),
    readCoveringItems(db),
    listRegions(db),
    listDepartments(db),
  ]);
  const draws = past.map((draw) => (scope.isAsked(draw.campaign, draw.frozenAt) ? draw : null));
  const patterns = (await readPatterns(db, past)).filter((one) => scope.isInArea(one.region));
  const regionNames = new Map(regions.map((one) => [one.code, one.name]));
  const departmentNames = new Map(departments.map((one) => [one.code, one.short_name]));
  const refOf = (names: ReadonlyMap<string, string>) => (code: string) => ({
    ...{ code, name: names.get(code) ?? code },
  });
  const registry = counts.cells.filter((cell) => scope.isInArea(cell.region));
  const populations = populationsOf(draws, patterns, new Map(items.map((one) => [one.code, one.department])));

  const lacking = [...new Set(registry.filter((cell) => cell.neverDrawn > 0).map((cell) => cell.region))];
  const cells = groupBy(registry, (cell) => `${cell.region}/${cell.drawClass}`);
  const covered = registry.map((cell) => ({
    entities: cell.entities,
    items: coverage(items, null, { ...cell, visits: 0 }).items,
  }));
  const covering = (codes: ReadonlySet<string>) =>
    covered
      .filter((cell) => cell.items.some((item) => codes.has(item)))
      .reduce((sum, cell) => sum + cell.entities, 0);
  const inspecting = groupBy(items, (item) => item.department);
  const visitsOf = (rows: readonly { region: string; drawn: number; visited: number }[]) => {
    const own = rows.filter((row) => scope.isInArea(row.region));
    return {
      drawn: own.reduce((sum, row) => sum + row.drawn, 0),
      visited: own.reduce((sum, row) => sum + row.visited, 0),
    };
  };
  return {
    draws: draws.filter((draw) => draw !== null).length,
    longStandingYears: LONG_STANDING_YEARS,
    // Entities may have been drawn in a class or county where nobody is any more.
    cells: [...new Set([...cells.keys(), ...populations.cells.keys()])].sort().map((key) => {
      const [region = '', drawClass = ''] = key.split('/');
      return {
        ...{ region: refOf(regionNames)(region), drawClass, ...sumsOf(cells.get(key) ?? []) },
        populations: populations.cells.get(key) ?? 0,
      };
    }),
    departments: [...inspecting].map(([code, own]) => ({
      department: refOf(departmentNames)(code),
      entities: covering(new Set(own.map((item) => item.code))),
      populations: populations.departments.get(code) ?? 0,
      ...visitsOf(counts.departments.filter((row) => row.department === code)),
    })),
    items: items.map(({ code, name, department }) => ({
      item: { code, name },
      department: departmentNames.get(department) ?? department,
      entities: covering(new Set([code])),
      populations: populations.items.get(code) ?? 0,
      ...visitsOf(counts.items.filter((row) => row.item === code)),
    })),
    neverDrawn: (await listNeverDrawn(db, lacking, today, LISTED)).map((one) => ({
      ...one,
      region: refOf(regionNames)(one.region),
    })),
  };
}

const sumsOf = (cells: readonly CoverageCounts['cells'][number][]) => {
  const sum = (of: (cell: CoverageCounts['cells'][number]) => number) =>
    cells.reduce((all, cell) => all + of(cell), 0);
  return {
    entities: sum((cell) => cell.entities),
    drawn: sum((cell) => cell.drawn),
    visited: sum((cell) => cell.visited),
    neverDrawn: sum((cell) => cell.neverDrawn),
  };
};

const classOf = (stratum: string): string => partOf(stratum)?.drawClass ?? stratum;

/** Distinct entities in the populations of the draws that are not null. */
function populationsOf(
  draws: readonly (PastDraw | null)[],
  patterns: readonly Pattern[],
  departmentOf: ReadonlyMap<string, string>,
) {
  const counts = {
    cells: new Map<string, number>(),
    items: new Map<string, number>(),
    departments: new Map<string, number>(),
  };
  for (const { region, draws: entries, size } of patterns) {
    const groups = entries.flatMap(([at, group]) => draws[at]?.groups[group] ?? []);
    const last = groups.at(-1);
    if (!last) continue;
    const items = new Set(groups.flatMap((group) => group.items));
    const departments = new Set([...items].flatMap((item) => departmentOf.get(item) ?? []));
    add(counts.cells, `${region}/${classOf(last.stratum)}`, size);
    for (const item of items) add(counts.items, item, size);
    for (const department of departments) add(counts.departments, department, size);
  }
  return counts;
}

const add = (counts: Map<string, number>, key: string, size: number) =>
  counts.set(key, (counts.get(key) ?? 0) + size);
