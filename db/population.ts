/** Whom a campaign's plan covers on this day: what a freeze fixes, and what a simulation looks at. */
import type { Knex } from 'knex';
import type { Exclusion, PoolInspector } from '../domain/draw/frozen-files';
import { prefixOf } from '../domain/regions/covers';
import type { CampaignRow, PlannedItem } from './campaigns';

/**
 * Common table expressions ending in `matched`: every entity in operation that an item of the campaign covers (plan 3.2),
 * with the items that may draw it. One at its yearly cap stays for key items only (plan 3.3); `items` is null where
 * none is left.
 */
export const MATCHED = `
  item as (
    select * from jsonb_to_recordset(cast(:items as jsonb))
      as i(code text, is_key boolean, object_tags text[], object_areas text[])
  ), visited as (
    select v.entity_id, count(*) as visits
      from visits v join campaigns c on c.id = v.campaign_id
     where extract(year from coalesce(v.visit_on, c.visit_from)) = extract(year from cast(:visitFrom as date))
     group by v.entity_id
  ), matched as (
    select e.id, e.credit_code, e.region_code, e.draw_class, m.covering, m.items
      from entities e
      left join visited on visited.entity_id = e.id
      cross join lateral (
        select count(*) as covering,
               array_agg(item.code order by item.code collate "C")
                 filter (where item.is_key or coalesce(visited.visits, 0)
                   < coalesce(cast(cast(:cap as jsonb) ->> e.draw_class as int), 2147483647)) as items
          from item
         where (cardinality(item.object_tags) = 0 or item.object_tags && e.tags)
           and (cardinality(item.object_areas) = 0 or e.region_code like any (item.object_areas))
      ) m
     where e.ended_at is null and e.status = 'active' and e.draw_class = any (:classes)
       and e.region_code like any (:areas) and m.covering > 0
  )`;

/** An entity that the cap took from an item at least. */
export const CAPPED = `covering > coalesce(cardinality(items), 0)`;

export function matchedBindings(campaign: CampaignRow, items: readonly PlannedItem[]) {
  return {
    items: JSON.stringify(
      items.map((item) => ({
        code: item.code,
        is_key: item.category === 'key',
        object_tags: item.object_tags,
        object_areas: item.object_regions.map(areaOf),
      })),
    ),
    visitFrom: campaign.visit_from,
    cap: JSON.stringify(campaign.yearly_cap),
    classes: campaign.strata.map((line) => line.stratum),
    areas: campaign.region_codes.map(areaOf),
  };
}

const areaOf = (region: string): string => `${prefixOf(region)}%`;

/** Inspectors of the campaign's departments whose certificate holds until the last day of the visits. */
export const ELIGIBLE_INSPECTORS = `
  select code as inspector, id as inspector_id, department_code as department, regions, qualifications, capacity
    from inspectors
   where ended_at is null and status = 'active' and certificate_valid_until >= cast(:lastDay as date)
     and department_code in (select department_code from campaign_departments where campaign_id = :campaign)`;

export const inspectorBindings = (campaign: CampaignRow) => ({
  lastDay: campaign.visit_to,
  campaign: campaign.id,
});

/** The pool as it would be frozen now. */
export async function readEligibleInspectors(db: Knex, campaign: CampaignRow): Promise<PoolInspector[]> {
  const { rows } = await db.raw<{ rows: PoolInspector[] }>(
    `select inspector, department, regions, qualifications, capacity from (${ELIGIBLE_INSPECTORS}) pool
      order by department collate "C", inspector`,
    inspectorBindings(campaign),
  );
  return rows;
}

/** Who of the pool must stay away from whom, whether or not the entity is in a population. */
export async function readEligibleExclusions(db: Knex, campaign: CampaignRow): Promise<Exclusion[]> {
  const { rows } = await db.raw<{ rows: Exclusion[] }>(
    `select pool.inspector, e.credit_code as code, x.reason
       from (${ELIGIBLE_INSPECTORS}) pool
       join exclusions x on x.inspector_id = pool.inspector_id
       join entities e on e.id = x.entity_id`,
    inspectorBindings(campaign),
  );
  return rows;
}
