/** Whom the registry has and whom visits reached: one pass over the registry, kept until an import or a visit changes it. */
import type { Knex } from 'knex';
import { keptReport } from './statistics-reports';

/** Entities in operation that no rule tells apart. */
export interface CoverageCell {
  region: string;
  drawClass: string;
  tags: string[];
  entities: number;
  /** With a visit of the campaigns asked about; finished ones among them. */
  drawn: number;
  visited: number;
  /** In operation for years, and in no campaign ever drawn. */
  neverDrawn: number;
}

export interface CoverageFilter {
  /** Of the freeze. */
  year: number | null;
  campaign: string | null;
}

export interface CoverageCounts {
  cells: CoverageCell[];
  /** Entities with a visit for an item, by item and region. */
  items: { item: string; region: string; drawn: number; visited: number }[];
  departments: { department: string; region: string; drawn: number; visited: number }[];
}

/** In operation since then, an entity is long-standing. */
export const LONG_STANDING_YEARS = 3;

const IN_QUESTION = `v.campaign_id in (
  select c.id from ceremonies y join campaigns c on c.id = y.campaign_id
   where y.status = 'drawn'
     and (cast(:year as int) is null
          or extract(year from y.frozen_at at time zone 'Asia/Shanghai') = cast(:year as int))
     and (cast(:campaign as text) is null or c.code = :campaign))`;

export async function readCoverage(db: Knex, filter: CoverageFilter, today: string): Promise<CoverageCounts> {
  const { rows } = await db.raw<{ rows: [{ basis: string }] }>(
    `select concat_ws('/', (select max(id) from imports where status = 'done'), (select max(id) from entities),
                      (select count(*) from visits), (select count(*) from visits where finished_at is not null),
                      cast(:today as text)) as basis`,
    { today },
  );
  const name = { kind: 'coverage' as const, key: `${filter.year ?? ''}/${filter.campaign ?? ''}` };
  return keptReport(db, { ...name, basis: rows[0].basis }, (trx) => compute(trx, filter, today));
}

async function compute(trx: Knex, filter: CoverageFilter, today: string): Promise<CoverageCounts> {
  const bindings = { ...filter, today };
  const { rows: cells } = await trx.raw<{ rows: CoverageCell[] }>(
    `with visited as (
       select v.entity_id, bool_or(${IN_QUESTION}) as drawn,
              coalesce(bool_or(v.finished_at is not null) filter (where ${IN_QUESTION}), false) as visited
         from visits v group by v.entity_id
     )
     select e.region_code as region, e.draw_class as "drawClass", e.tags, count(*) as entities,
            count(*) filter (where v.drawn) as drawn, count(*) filter (where v.visited) as visited,
            count(*) filter (where v.entity_id is null and ${LONG_STANDING}) as "neverDrawn"
       from entities e left join visited v on v.entity_id = e.id
      where e.ended_at is null and e.status = 'active'
      group by e.region_code, e.draw_class, e.tags`,
    bindings,
  );
  const byItem = (column: 'item_code' | 'department_code', name: string) => `
    select vi.${column} as ${name}, e.region_code as region, count(distinct v.entity_id) as drawn,
           count(distinct v.entity_id) filter (where v.finished_at is not null) as visited
      from visits v
      join visit_items vi on vi.visit_id = v.id
      join entities e on e.id = v.entity_id
     where ${IN_QUESTION} and e.ended_at is null and e.status = 'active'
     group by vi.${column}, e.region_code`;
  const items = await trx.raw<{ rows: CoverageCounts['items'] }>(byItem('item_code', 'item'), bindings);
  const departments = await trx.raw<{ rows: CoverageCounts['departments'] }>(
    byItem('department_code', 'department'),
    bindings,
  );
  return { cells, items: items.rows, departments: departments.rows };
}

const LONG_STANDING = `e.established_on <= cast(:today as date) - interval '${LONG_STANDING_YEARS} years'`;

export interface NeverDrawn {
  creditCode: string;
  name: string;
  region: string;
  drawClass: string;
  establishedOn: string;
}

/** Some of the long-standing of these regions that no campaign ever drew, in the registry's order. */
export async function listNeverDrawn(
  db: Knex,
  regions: readonly string[],
  today: string,
  limit: number,
): Promise<NeverDrawn[]> {
  const { rows } = await db.raw<{ rows: NeverDrawn[] }>(
    `select credit_code as "creditCode", name, region_code as region, draw_class as "drawClass",
            established_on as "establishedOn"
       from entities e
      where ended_at is null and status = 'active' and ${LONG_STANDING}
        and region_code = any (:regions)
        and not exists (select 1 from visits v where v.entity_id = e.id)
      order by id limit :limit`,
    { today, regions: [...regions], limit },
  );
  return rows;
}

/** Items that are public now, with whom they cover. */
export async function readCoveringItems(db: Knex): Promise<
  {
    code: string;
    name: string;
    department: string;
    category: 'key' | 'general';
    object_tags: string[];
    object_regions: string[];
  }[]
> {
  return db('item_versions as v')
    .join('items as i', 'i.code', 'v.item_code')
    .where('v.status', 'published')
    .orderBy('i.code')
    .select({
      code: 'i.code',
      name: 'v.name',
      department: 'i.department_code',
      category: 'v.category',
      object_tags: 'v.object_tags',
      object_regions: 'v.object_regions',
    });
}
