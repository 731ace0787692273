/** What a draw leaves: the drawn, their visits and teams. */
import type { Knex } from 'knex';
import type { DrawnEntity } from '../domain/draw/sampler';
import type { Matching, VisitNeed } from '../domain/matching/match';

/** Some thousand rows at a time; what is drawn already stays as it is. */
export async function storeDrawn(
  trx: Knex,
  ceremonyId: number,
  drawn: readonly DrawnEntity[],
): Promise<void> {
  // None of them holds a line feed, and one text for a column is put together faster than an array.
  const column = (key: keyof DrawnEntity): string => drawn.map((one) => one[key]).join('\n');
  await trx.raw(
    `insert into drawn (ceremony_id, item, stratum, rank, credit_code, ticket, region_code, items)
     select :ceremony, d.item, d.stratum, d.rank, d.code, d.ticket, d.region, g.items
       from unnest(string_to_array(:items, E'\n'), string_to_array(:strata, E'\n'),
              cast(string_to_array(:ranks, E'\n') as int[]), string_to_array(:codes, E'\n'),
              string_to_array(:tickets, E'\n'), string_to_array(:regions, E'\n'),
              cast(string_to_array(:groups, E'\n') as int[]))
            as d (item, stratum, rank, code, ticket, region, group_number)
       join frozen_groups g on g.ceremony_id = :ceremony and g.number = d.group_number
     on conflict do nothing`,
    {
      ceremony: ceremonyId,
      items: column('item'),
      strata: column('stratum'),
      ranks: column('rank'),
      codes: column('code'),
      tickets: column('ticket'),
      regions: column('region'),
      groups: column('group'),
    },
  );
}

/**
 * One visit per drawn entity, numbered in ticket order, with the items that meet there (draw protocol, section 4).
 * After a supplementary draw: the missing visits, numbered on, and the missing items. Returns how many visits are new.
 */
export async function mergeVisits(trx: Knex, campaignId: number, ceremonyId: number): Promise<number> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into visits (campaign_id, number, entity_id, ticket)
     select :campaign,
            (select coalesce(max(number), 0) from visits where campaign_id = :campaign) + row_number() over (order by d.ticket),
            e.id, d.ticket
       from (select distinct credit_code, ticket from drawn where ceremony_id = :ceremony) d
       join entities e on e.credit_code = d.credit_code
      where not exists (select 1 from visits v where v.campaign_id = :campaign and v.entity_id = e.id)`,
    { campaign: campaignId, ceremony: ceremonyId },
  );
  await trx.raw(
    `insert into visit_items (visit_id, item_code, department_code, item_version_id, check_form_id)
     select distinct v.id, c.item_code, i.department_code, c.item_version_id, c.check_form_id
       from visits v
       join entities e on e.id = v.entity_id
       join drawn d on d.ceremony_id = :ceremony and d.credit_code = e.credit_code
       join campaign_items c on c.campaign_id = :campaign
        and (d.item = c.item_code or d.item = '*' and c.item_code = any (d.items))
       join items i on i.code = c.item_code
      where v.campaign_id = :campaign
     on conflict do nothing`,
    { campaign: campaignId, ceremony: ceremonyId },
  );
  return rowCount;
}

/** What each department needs for each visit, in order. */
export async function readVisitNeeds(
  trx: Knex,
  campaignId: number,
  ceremonyId: number,
): Promise<VisitNeed[]> {
  const { rows } = await trx.raw<{ rows: VisitNeed[] }>(
    `select v.number as visit, e.credit_code as code, d.region_code as region, vi.department_code as department,
            cd.team_size as "teamSize",
            array(select distinct q from visit_items w join item_versions iv on iv.id = w.item_version_id,
                    unnest(iv.qualifications) q
                   where w.visit_id = v.id and w.department_code = vi.department_code order by q) as qualifications
       from visits v
       join entities e on e.id = v.entity_id
       join (select distinct credit_code, region_code from drawn where ceremony_id = :ceremony) d
         on d.credit_code = e.credit_code
       join (select distinct visit_id, department_code from visit_items) vi on vi.visit_id = v.id
       join campaign_departments cd on cd.campaign_id = v.campaign_id and cd.department_code = vi.department_code
      where v.campaign_id = :campaign
      order by v.number, vi.department_code`,
    { campaign: campaignId, ceremony: ceremonyId },
  );
  return rows;
}

export async function storeMatching(
  trx: Knex,
  campaignId: number,
  { assignments, unfilled, tightSets }: Matching,
): Promise<void> {
  await trx.raw(
    `insert into assignments (visit_id, department_code, inspector_id)
     select v.id, a.department, i.id
       from jsonb_to_recordset(cast(:rows as jsonb)) as a(visit int, department text, inspector text)
       join visits v on v.campaign_id = :campaign and v.number = a.visit
       join inspectors i on i.code = a.inspector`,
    { campaign: campaignId, rows: JSON.stringify(assignments) },
  );
  await trx.raw(
    `with sets as materialized (
       select nextval(pg_get_serial_sequence('tight_sets', 'id')) as id, s.value, s.ordinality - 1 as place
         from jsonb_array_elements(cast(:sets as jsonb)) with ordinality s
     ), stored as (
       insert into tight_sets (id, campaign_id, department_code, visits, team_sizes, regions, qualifications,
                               inspectors, at_capacity, slots, places)
       overriding system value
       select sets.id, :campaign, s.department, s.visits, s."teamSizes", s.regions, s.qualifications,
              s.inspectors, s."atCapacity", s.slots, s.places
         from sets, jsonb_to_record(sets.value) as s(
                department text, visits int[], "teamSizes" int[], regions text[], qualifications text[],
                inspectors text[], "atCapacity" text[], slots int, places int)
     )
     insert into unfilled_slots (visit_id, department_code, missing, rule, tight_set_id)
     select v.id, a.department, a.missing, a.rule, sets.id
       from jsonb_to_recordset(cast(:rows as jsonb))
              as a(visit int, department text, missing int, rule text, "tightSet" int)
       join visits v on v.campaign_id = :campaign and v.number = a.visit
       join sets on sets.place = a."tightSet"`,
    { campaign: campaignId, rows: JSON.stringify(unfilled), sets: JSON.stringify(tightSets) },
  );
}
