/** The frozen population of a ceremony, in pieces (domain/draw/records.ts). */
import type { Knex } from 'knex';
import type { AlikeEntities } from '../domain/draw/covered-by';
import type { PopulationGroup } from '../domain/draw/records';
import { prefixOf } from '../domain/regions/covers';
import type { CampaignRow } from './campaigns';

/** Room for all codes in each process that gathers them; beyond it PostgreSQL goes on on disk. */
const GATHER_MEMORY = '256MB';

/**
 * Entities in operation in the campaign's area (plan 3.2), those together that no rule tells apart. One parallel pass
 * over the registry, and rows by the thousand whatever the number of entities.
 */
export async function readAlike(trx: Knex, campaign: CampaignRow): Promise<AlikeEntities[]> {
  await trx.raw(`set local work_mem = '${GATHER_MEMORY}'`);
  const { rows } = await trx.raw<{ rows: AlikeEntities[] }>(
    `with visited as (
       select v.entity_id, count(*) as visits
         from visits v join campaigns c on c.id = v.campaign_id
        where extract(year from coalesce(v.visit_on, c.visit_from)) = extract(year from cast(:visitFrom as date))
        group by v.entity_id
     )
     select e.region_code as region, e.draw_class as "drawClass", e.tags, coalesce(visited.visits, 0) as visits,
            string_agg(e.credit_code, '') as codes
       from entities e left join visited on visited.entity_id = e.id
      where e.ended_at is null and e.status = 'active' and e.region_code = any (:regions)
      group by e.region_code, e.draw_class, e.tags, coalesce(visited.visits, 0)`,
    { visitFrom: campaign.visit_from, regions: await readRegions(trx, campaign) },
  );
  await trx.raw('reset work_mem');
  return rows;
}

/** Whose entities the campaign covers; as a list, because the planner misjudges patterns and then gathers in one process. */
async function readRegions(trx: Knex, campaign: CampaignRow): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { region: string }[] }>(
    // From one region to the next by the index, without a look at the entities in between.
    `with recursive region as (
       select min(region_code) as code from entities where ended_at is null
       union all
       select (select min(region_code) from entities where ended_at is null and region_code > region.code)
         from region where region.code is not null
     )
     select code as region from region where code like any (?)`,
    [campaign.region_codes.map((code) => `${prefixOf(code)}%`)],
  );
  return rows.map((row) => row.region);
}

export async function storeGroups(
  trx: Knex,
  ceremonyId: number,
  groups: readonly PopulationGroup[],
): Promise<void> {
  await trx.raw(
    `insert into frozen_groups (ceremony_id, number, stratum, items)
     select ?, g.number - 1, g.line ->> 'stratum', array(select jsonb_array_elements_text(g.line -> 'items'))
       from jsonb_array_elements(cast(? as jsonb)) with ordinality as g (line, number)`,
    [ceremonyId, JSON.stringify(groups)],
  );
}

export async function readGroups(db: Knex, ceremonyId: number): Promise<PopulationGroup[]> {
  return db('frozen_groups').where({ ceremony_id: ceremonyId }).orderBy('number').select('stratum', 'items');
}

/** Pieces are numbered from 1 in the order of the codes. */
export async function storePiece(
  trx: Knex,
  ceremonyId: number,
  number: number,
  records: Buffer,
): Promise<void> {
  await trx.raw(
    `insert into frozen_pieces (ceremony_id, number, records) values (?, ?, convert_from(cast(? as bytea), 'UTF8'))`,
    [ceremonyId, number, records],
  );
}

/** Text of each piece in order; the next is on its way while one is worked on. */
export async function* readPieces(db: Knex, ceremonyId: number): AsyncGenerator<string> {
  const read = async (number: number): Promise<string | undefined> => {
    const row = await db('frozen_pieces')
      .where({ ceremony_id: ceremonyId, number })
      .first<{ records: string } | undefined>('records');
    return row?.records;
  };
  let number = 1;
  let next = read(number);
  for (;;) {
    const records = await next;
    if (records === undefined) return;
    number += 1;
    next = read(number);
    // Whoever stops listening early leaves nobody to hear of its failure.
    next.catch(() => undefined);
    yield records;
  }
}
