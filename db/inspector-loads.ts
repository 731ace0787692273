import type { Knex } from 'knex';
import type { InspectorLoad } from '../domain/statistics/workloads';

/**
 * Visits of everybody in the pools of these draws, as the matching gave them: what replacements took or added later is
 * put back, since reasons and not chance chose who left. Who is alike says the kind, of the frozen files alone.
 */
export async function readInspectorLoads(
  db: Knex,
  ceremonyIds: readonly number[],
): Promise<(InspectorLoad & { name: string })[]> {
  const { rows } = await db.raw<{ rows: (InspectorLoad & { name: string })[] }>(
    `with changes as (
       select r.ceremony_id, coalesce(x.change ->> 'inspector', cast(r.line as jsonb) ->> 'inspector') as leaving,
              x.change ->> 'by' as joining
         from draw_records r
         cross join lateral jsonb_array_elements(cast(r.line as jsonb) -> 'changes') as x (change)
        where r.ceremony_id = any (:ceremonies)
     ), put_back as (
       select ceremony_id, inspector, sum(visits) as visits
         from (select ceremony_id, leaving as inspector, 1 as visits from changes
               union all select ceremony_id, joining, -1 from changes where joining is not null) one
        group by ceremony_id, inspector
     ), assigned as (
       select y.id as ceremony_id, a.inspector_id, count(*) as visits
         from ceremonies y join visits v on v.campaign_id = y.campaign_id join assignments a on a.visit_id = v.id
        where y.id = any (:ceremonies) group by y.id, a.inspector_id
     ), kept_away as (
       select ceremony_id, inspector, string_agg(credit_code, ' ' order by credit_code) as codes
         from frozen_exclusions where ceremony_id = any (:ceremonies) group by ceremony_id, inspector
     )
     select f.ceremony_id as "ceremonyId", f.inspector, f.department, i.name,
            encode(sha256(convert_to(jsonb_build_array(f.department, f.regions, f.qualifications, f.capacity,
                   k.codes)::text, 'UTF8')), 'hex') as kind,
            cast(coalesce(a.visits, 0) + coalesce(b.visits, 0) as int) as visits
       from frozen_inspectors f
       join inspectors i on i.id = f.inspector_id
       left join assigned a on a.ceremony_id = f.ceremony_id and a.inspector_id = f.inspector_id
       left join put_back b on b.ceremony_id = f.ceremony_id and b.inspector = f.inspector
       left join kept_away k on k.ceremony_id = f.ceremony_id and k.inspector = f.inspector
      where f.ceremony_id = any (:ceremonies)
      order by f.ceremony_id, f.inspector`,
    { ceremonies: [...ceremonyIds] },
  );
  return rows;
}
