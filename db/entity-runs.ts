/** The registry as a freeze and a simulation read it: entities in operation in the order of their codes, with their kinds. */
import type { Knex } from 'knex';
import { coveredBy, type EntityKind } from '../domain/draw/covered-by';
import { Population, type EntityRun } from '../domain/draw/population';
import { PIECE_RECORDS } from '../domain/draw/records';
import type { CampaignRow, PlannedItem } from './campaigns';

/** Each call gives the next run, and null after the last. */
type NextRun = () => Promise<EntityRun | null>;

/** A campaign's population, empty yet, and what is to be added to it. */
export async function openPopulation(
  trx: Knex,
  campaign: CampaignRow,
  items: readonly PlannedItem[],
): Promise<{ population: Population; nextRun: NextRun }> {
  const nextRun = await openEntityRuns(trx);
  // Read after the runs were opened, so that no kind of theirs is missing.
  const kinds = await readKinds(trx);
  const visits = await readVisitsOfYear(trx, campaign.visit_from);
  return { population: new Population(coveredBy(items, campaign, kinds), visits), nextRun };
}

/** One scan of the index `entities_by_code`, without a look at the table and without sorting, all of it as it is now. */
async function openEntityRuns(trx: Knex): Promise<NextRun> {
  await trx.raw(
    `declare entity_runs no scroll cursor for
     select run.codes, run.kinds
       from (select code, lead(code, 1, '~') over (order by code) as next
               from unnest(cast(:limits as text[]) collate "C") as code) span
      cross join lateral (
            select string_agg(e.credit_code, '' order by e.credit_code) as codes,
                   string_agg(int4send(e.kind_id), '' order by e.credit_code) as kinds
              from entities e
             where e.ended_at is null and e.status = 'active'
               and e.credit_code >= span.code and e.credit_code < span.next) run
      where run.codes is not null
      order by span.code`,
    { limits: ['', ...(await readLimits(trx))] },
  );
  return async () => {
    const { rows } = await trx.raw<{ rows: EntityRun[] }>(`fetch next from entity_runs`);
    if (!rows[0]) await trx.raw(`close entity_runs`);
    return rows[0] ?? null;
  };
}

/**
 * Codes that cut the registry into runs of about a piece, from the planner's statistics. Where these are old, runs are
 * uneven; where there are none, it is one run.
 */
async function readLimits(trx: Knex): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { bounds: string[]; entities: number }[] }>(
    `select cast(cast(s.histogram_bounds as text) as text[]) as bounds, c.reltuples as entities
       from pg_stats s
       join pg_class c on c.oid = 'entities'::regclass
      where s.schemaname = current_schema() and s.tablename = 'entities' and s.attname = 'credit_code'
        and s.histogram_bounds is not null`,
  );
  const [{ bounds, entities } = { bounds: [], entities: 0 }] = rows;
  const step = Math.max(1, Math.round((PIECE_RECORDS * bounds.length) / entities));
  return bounds.filter((_, at) => at % step === step - 1);
}

export async function readKinds(trx: Knex): Promise<EntityKind[]> {
  return trx('entity_kinds').select({
    id: 'id',
    region: 'region_code',
    drawClass: 'draw_class',
    tags: 'tags',
  });
}

/** Visits of a day's year, of all campaigns, by the entity's code. */
async function readVisitsOfYear(trx: Knex, day: string): Promise<Map<string, number>> {
  const { rows } = await trx.raw<{ rows: { code: string; visits: number }[] }>(
    `select e.credit_code as code, count(*) as visits
       from visits v
       join campaigns c on c.id = v.campaign_id
       join entities e on e.id = v.entity_id
      where extract(year from coalesce(v.visit_on, c.visit_from)) = extract(year from cast(? as date))
      group by e.credit_code`,
    [day],
  );
  return new Map(rows.map(({ code, visits }) => [code, visits]));
}
