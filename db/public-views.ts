/** What everybody may see, without signing in. */
import type { Knex } from 'knex';

export interface DrawnVisitRow {
  id: number;
  number: number;
  name: string;
  entity_type: string;
  credit_code: string;
  ticket: string;
  items: { code: string; name: string }[];
  teams: { department: string; name: string; inspectors: string[]; missing: number }[];
}

/** Who was drawn, by visit number; `q` is a part of the name or the start of the code. */
export async function listDrawnVisits(
  db: Knex,
  filter: { campaignId: number; q?: string; afterNumber?: number; limit: number },
): Promise<DrawnVisitRow[]> {
  const { rows } = await db.raw<{ rows: DrawnVisitRow[] }>(
    `select v.id, v.number, e.name, e.entity_type, e.credit_code, v.ticket,
            (select jsonb_agg(jsonb_build_object('code', vi.item_code, 'name', iv.name) order by vi.item_code)
               from visit_items vi join item_versions iv on iv.id = vi.item_version_id where vi.visit_id = v.id) as items,
            (select jsonb_agg(jsonb_build_object('department', d.code, 'name', d.short_name,
                      'inspectors', array(select i.code from assignments a join inspectors i on i.id = a.inspector_id
                                           where a.visit_id = v.id and a.department_code = d.code order by i.code),
                      'missing', coalesce((select missing from unfilled_slots s
                                            where s.visit_id = v.id and s.department_code = d.code), 0)) order by d.code)
               from departments d
              where d.code in (select department_code from visit_items vi where vi.visit_id = v.id)) as teams
       from visits v join entities e on e.id = v.entity_id
      where v.campaign_id = :campaign and v.number > :after
        and (:q = '' or strpos(e.name, :q) > 0 or starts_with(e.credit_code, upper(:q)))
      order by v.number limit :limit`,
    { campaign: filter.campaignId, after: filter.afterNumber ?? 0, q: filter.q ?? '', limit: filter.limit },
  );
  return rows;
}

export interface PublishedResultRow {
  visit_number: number;
  entity_name: string;
  credit_code: string;
  item_code: string;
  item_name: string;
  department_name: string;
  result_code: number;
  visit_on: string;
  published_at: Date;
  /** The entity objects to it, and has no answer yet. */
  is_disputed: boolean;
}

/** Results as they were published, by visit number and item. */
export async function listPublishedResults(
  db: Knex,
  filter: { campaignId: number; q?: string; after?: [number, string]; limit: number },
): Promise<PublishedResultRow[]> {
  const { rows } = await db.raw<{ rows: PublishedResultRow[] }>(
    `select visit_number, entity_name, credit_code, item_code, item_name, department_name, result_code, visit_on, published_at,
            exists (select 1 from objections o where o.visit_id = r.visit_id and o.item_code = r.item_code
                       and o.status = 'open') as is_disputed
       from published_results r
      where campaign_id = :campaign and (visit_number, item_code) > (:afterNumber, cast(:afterItem as text) collate "C")
        and (:q = '' or strpos(entity_name, :q) > 0 or starts_with(credit_code, upper(:q)))
      order by visit_number, item_code limit :limit`,
    {
      campaign: filter.campaignId,
      afterNumber: filter.after?.[0] ?? 0,
      afterItem: filter.after?.[1] ?? '',
      q: filter.q ?? '',
      limit: filter.limit,
    },
  );
  return rows;
}
