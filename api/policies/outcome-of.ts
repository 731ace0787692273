import type { Knex } from 'knex';
import { countCapped } from '../../db/capped-entities';
import { readPublishedItems } from '../../db/campaigns';
import { listDepartments } from '../../db/organisation';
import { ratioPolicies } from '../../db/ratio-policies';
import type { CountedKind } from '../../domain/annual-plan/cells';
import { invalid } from '../../domain/errors';
import { expectedByPolicy, type PolicyItem } from '../../domain/policies/expected-by-policy';
import { PRESET, strataFor, type PolicyTable } from '../../domain/policies/ratio-rows';
import { regionNamer } from '../region-namer';
import { questionOf, type CapScope } from '../capped/capped-entities';

export interface PolicyQuestion {
  /** What is drawn for (`askedItems`). */
  items: readonly AskedItem[];
  regions: readonly string[];
}

type AskedItem = PolicyItem & { name: string };

/** Where no item is named: as if one that is about everybody were drawn for. */
const ANY_ITEM: AskedItem = {
  ...{ code: '*', name: '一般检查事项', department: '', category: 'general', fixedPpm: null },
  object_tags: [],
  object_regions: [],
};

/** The table of a version; 0: the presets. */
export const tableOf = async (db: Knex, version: number): Promise<PolicyTable> =>
  version === 0 ? PRESET : ratioPolicies.read(db, version);

export async function askedItems(db: Knex, codes: readonly string[]): Promise<AskedItem[]> {
  if (codes.length === 0) return [ANY_ITEM];
  const known = (await readPublishedItems(db, codes)).filter((item) => item.version_id !== null);
  const missing = codes.filter((code) => !known.some((item) => item.code === code));
  if (missing.length > 0)
    throw invalid('unknown-item', `事项 ${missing.join('、')} 不存在或尚未公布。`, [
      { field: 'items', message: '请选择已公布的事项' },
    ]);
  return known.map((item) => ({ ...item, fixedPpm: item.statutory_ratio_ppm ?? item.ratio_ppm }));
}

/** The year is that of today: who had their visits already is asked of a campaign that would begin now. */
export const capScopeOf = (
  { items, regions }: PolicyQuestion,
  table: PolicyTable,
  today: string,
): CapScope => {
  const strata = strataFor(table, regions);
  return {
    items,
    plan: {
      region_codes: regions,
      strata,
      industries: table.industries,
      yearly_cap: Object.fromEntries(strata.map(({ stratum, cap }) => [stratum, cap])),
    },
    day: today,
  };
};

/** What a version comes to, as the API shows it. */
export async function outcomeOf(
  db: Knex,
  question: PolicyQuestion,
  table: PolicyTable,
  { today, kinds }: { today: string; kinds: readonly CountedKind[] },
) {
  const outcome = expectedByPolicy(kinds, question.items, question.regions, table);
  const atCap = await countCapped(db, await questionOf(db, capScopeOf(question, table, today)));
  const names = new Map((await listDepartments(db)).map((one) => [one.code, one.short_name]));
  const regionOf = await regionNamer(db);
  const named = outcome.departments.filter(({ department }) => department !== ANY_ITEM.department);
  return {
    population: outcome.population,
    apart: rounded(outcome.apart),
    joint: rounded(outcome.joint),
    strata: outcome.strata.map((stratum) => ({
      ...stratum,
      region: stratum.region === null ? null : regionOf(stratum.region),
      visits: rounded(stratum.visits),
      atCap: atCap.find((one) => one.stratum === stratum.stratum)?.entities ?? 0,
    })),
    departments: named.map(({ department, visits }) => ({
      department: { code: department, name: names.get(department) ?? department },
      visits: rounded(visits),
    })),
    regions: outcome.regions.map(({ region, visits }) => ({
      region: regionOf(region),
      visits: rounded(visits),
    })),
  };
}

export const rounded = (visits: number): number => Math.round(visits * 10) / 10;
