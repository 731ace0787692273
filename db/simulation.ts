/** Dry runs on the population as it is now. All of it lies in tables of the transaction's own; nothing is frozen or drawn. */
import type { Knex } from 'knex';
import type { PopulationGroup } from '../domain/draw/records';
import type { SimulatedVisit } from '../domain/simulation/needs';
import type { RunCounts } from '../domain/simulation/summary';
import { createSampled, type Source } from './sampling';

export const SIMULATED: Source = {
  sql: `select credit_code, region_code, stratum, items from simulated_population`,
  bindings: {},
};

export async function createSimulated(trx: Knex): Promise<void> {
  await createSampled(trx);
  await trx.raw(
    `create temp table simulated_population (
       credit_code text collate "C" not null, region_code text not null, stratum text collate "C" not null,
       items text[] collate "C" not null
     ) on commit drop`,
  );
}

/** Stored once for all runs. `groups`: with every group of these records. */
export async function storeSimulated(
  trx: Knex,
  records: Buffer,
  groups: readonly PopulationGroup[],
): Promise<void> {
  await trx.raw(
    `insert into simulated_population (credit_code, region_code, stratum, items)
     select left(r.record, 18), substr(r.record, 19, 6), g.stratum, g.items
       from string_to_table(rtrim(cast(:records as text), E'\n'), E'\n') as r (record)
       join jsonb_to_recordset(cast(:groups as jsonb)) as g (number int, stratum text, items text[])
         on g.number = cast(substr(r.record, 25) as int)`,
    {
      records: records.toString('latin1'),
      groups: JSON.stringify(groups.map(({ stratum, items }, number) => ({ number, stratum, items }))),
    },
  );
}

export async function analyzeSimulated(trx: Knex): Promise<void> {
  await trx.raw(`analyze simulated_population`);
}

/** Visits of the run that `sampled` holds, by stratum, item and department. */
export async function readRunCounts(
  trx: Knex,
  items: readonly { code: string; department: string }[],
): Promise<Omit<RunCounts, 'workload'>> {
  const { rows } = await trx.raw<{
    rows: { stratum: string | null; item: string | null; department: string | null; visits: number }[];
  }>(
    `with visited as (
       select s.credit_code, s.stratum, i.item, d.department
         from sampled s
         cross join lateral unnest(case when s.item = '*' then s.items else array[s.item] end) as i(item)
         join jsonb_to_recordset(cast(:items as jsonb)) as d(code text, department text) on d.code = i.item
     )
     select stratum, item, department, count(distinct credit_code) as visits
       from visited group by grouping sets ((), (stratum), (stratum, item), (department))`,
    { items: JSON.stringify(items.map(({ code, department }) => ({ code, department }))) },
  );
  const counts = {
    visits: 0,
    strata: new Map<string, number>(),
    items: new Map<string, number>(),
    departments: new Map<string, number>(),
  };
  for (const { stratum, item, department, visits } of rows) {
    if (department !== null) counts.departments.set(department, visits);
    else if (stratum === null) counts.visits = visits;
    else if (item === null) counts.strata.set(stratum, visits);
    else counts.items.set(`${stratum}/${item}`, visits);
  }
  return counts;
}

/** The visits of the run that `sampled` holds, merged and numbered as a draw's would be. */
export async function readSimulatedVisits(trx: Knex): Promise<SimulatedVisit[]> {
  const { rows } = await trx.raw<{ rows: SimulatedVisit[] }>(
    `select row_number() over (order by ticket) as visit, credit_code as code, region_code as region,
            case when bool_or(item = '*') then max(items) else array_agg(item order by item) end as items
       from sampled group by credit_code, region_code, ticket
      order by visit`,
  );
  return rows;
}
