import type { Knex } from 'knex';
import { countCapped } from '../../db/capped-entities';
import { readPublishedItems, type PlannedItem } from '../../db/campaigns';
import { readCountedKinds } from '../../db/counted-kinds';
import { listDepartments } from '../../db/organisation';
import { readRatioPolicy } from '../../db/ratio-policies';
import { invalid } from '../../domain/errors';
import { expectedByPolicy } from '../../domain/policies/expected-by-policy';
import { DRAW_CLASSES, PRESET_ROWS, ratiosFor, type PolicyRow } from '../../domain/policies/ratio-rows';
import { regionNamer } from '../annual-plans/region-namer';
import { questionOf, type CapScope } from '../capped/capped-entities';

export interface PolicyQuestion {
  items: readonly PlannedItem[];
  regions: readonly string[];
}

/** The rows of a version; 0: the presets. */
export const rowsOf = async (db: Knex, version: number): Promise<readonly PolicyRow[]> =>
  version === 0 ? PRESET_ROWS : (await readRatioPolicy(db, version)).rows;

export async function publishedItems(db: Knex, codes: readonly string[]): Promise<PlannedItem[]> {
  const known = (await readPublishedItems(db, codes)).filter((item) => item.version_id !== null);
  const missing = codes.filter((code) => !known.some((item) => item.code === code));
  if (missing.length > 0)
    throw invalid('unknown-item', `事项 ${missing.join('、')} 不存在或尚未公布。`, [
      { field: 'items', message: '请选择已公布的事项' },
    ]);
  return known;
}

/** The year is that of today: who had their visits already is asked of a campaign that would begin now. */
export const capScopeOf = (
  { items, regions }: PolicyQuestion,
  rows: readonly PolicyRow[],
  today: string,
): CapScope => ({
  items,
  plan: {
    region_codes: regions,
    strata: DRAW_CLASSES.map((stratum) => ({ stratum })),
    yearly_cap: Object.fromEntries(ratiosFor(rows, regions).map(({ drawClass, cap }) => [drawClass, cap])),
  },
  day: today,
});

/** What a version comes to, as the API shows it. */
export async function outcomeOf(
  db: Knex,
  question: PolicyQuestion,
  rows: readonly PolicyRow[],
  today: string,
) {
  const items = question.items.map((item) => ({
    ...item,
    fixedPpm: item.statutory_ratio_ppm ?? item.ratio_ppm,
  }));
  const outcome = expectedByPolicy(await readCountedKinds(db), items, question.regions, rows);
  const atCap = await countCapped(db, await questionOf(db, capScopeOf(question, rows, today)));
  const names = new Map((await listDepartments(db)).map((one) => [one.code, one.short_name]));
  const regionOf = await regionNamer(db);
  return {
    population: outcome.population,
    apart: rounded(outcome.apart),
    joint: rounded(outcome.joint),
    strata: outcome.strata.map((stratum) => ({
      ...stratum,
      visits: rounded(stratum.visits),
      atCap: atCap.find(({ drawClass }) => drawClass === stratum.drawClass)?.entities ?? 0,
    })),
    departments: outcome.departments.map(({ department, visits }) => ({
      department: { code: department, name: names.get(department) ?? department },
      visits: rounded(visits),
    })),
    regions: outcome.regions.map(({ region, visits }) => ({
      region: regionOf(region),
      visits: rounded(visits),
    })),
  };
}

const rounded = (visits: number): number => Math.round(visits * 10) / 10;
