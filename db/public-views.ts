/** What everybody may see, without signing in. */
import type { Knex } from 'knex';
import type { Method } from '../domain/visits/methods';
import { nameKey, namePartsOf, readsAsCode } from '../domain/registry/search-text';
import type { PublicationStatus } from '../domain/visits/publications';

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
  item_code: string;
  item_name: string;
  department_name: string;
  version: number;
  status: PublicationStatus;
  /** These four: null where it was withdrawn. */
  entity_name: string | null;
  credit_code: string | null;
  result_code: number | null;
  visit_on: string | null;
  /** Null too: published before it was kept. */
  method: Method | null;
  published_at: Date;
  /** The entity objects to it, and has no answer yet. */
  is_disputed: boolean;
  changes: {
    version: number;
    status: PublicationStatus;
    at: string;
    reason: string;
    /** Null where it did not change, or may not be read any more. */
    was_code: number | null;
    was_method: Method | null;
    was_day: string | null;
    renamed: boolean;
  }[];
}

/** Of rows of published_results named `page`: what the public may read of each now, and what became of it. */
const RESULTS_OF_PAGE = `select p.id, k.code as campaign_code, k.name as campaign_name, p.visit_number, p.item_code, p.item_name, p.department_name, p.version, p.status, p.published_at, shown.*,
       coalesce(c.changes, '[]') as changes,
       exists (select 1 from objections x where x.visit_id = p.visit_id and x.item_code = p.item_code
                  and x.status = 'open') as is_disputed
  from page p
  join campaigns k on k.id = p.campaign_id
  cross join lateral (
    select case when p.status <> 'withdrawn' then p.entity_name end as entity_name,
           case when p.status <> 'withdrawn' then p.credit_code end as credit_code,
           case when p.status <> 'withdrawn' then p.result_code end as result_code,
           case when p.status <> 'withdrawn' then p.method end as method,
           case when p.status <> 'withdrawn' then p.visit_on end as visit_on) shown
  left join lateral (
    select jsonb_agg(jsonb_build_object(
             'version', n.version, 'status', n.status, 'at', n.changed_at, 'reason', n.reason,
             'was_code', case when told and o.result_code <> n.result_code then o.result_code end,
             'was_method', case when told and o.method <> n.method then o.method end,
             'was_day', case when told and o.visit_on <> n.visit_on then o.visit_on end,
             'renamed', told and o.entity_name <> n.entity_name) order by n.version) as changes
      from published_results n
      join published_results o
        on o.visit_id = n.visit_id and o.item_code = n.item_code and o.version = n.version - 1
     cross join lateral (
       select p.status <> 'withdrawn' and n.status = 'corrected' and not exists (
                select 1 from published_results w
                 where w.visit_id = n.visit_id and w.item_code = n.item_code and w.version >= o.version
                   and w.status = 'withdrawn') as told) t
     where n.visit_id = p.visit_id and n.item_code = p.item_code and p.version > 1) c on true`;

/**
 * Results as the public may read them now, by visit number and item, with what was corrected: who was withdrawn is not
 * found by name, and what a version said before it was withdrawn is told no more.
 */
export async function listPublishedResults(
  db: Knex,
  filter: { campaignId: number; q?: string; after?: [number, string]; limit: number },
): Promise<PublishedResultRow[]> {
  const { rows } = await db.raw<{ rows: PublishedResultRow[] }>(
    `with page as (
       select * from published_results
        where campaign_id = :campaign and superseded_at is null
          and (visit_number, item_code) > (:afterNumber, cast(:afterItem as text) collate "C")
          and (:q = '' or (status <> 'withdrawn' and (strpos(entity_name, :q) > 0 or starts_with(credit_code, upper(:q)))))
        order by visit_number, item_code limit :limit)
     ${RESULTS_OF_PAGE}
      order by p.visit_number, p.item_code`,
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

export interface FoundResultRow extends PublishedResultRow {
  id: number;
  campaign_code: string;
  campaign_name: string;
}

/** Results of all campaigns by the entity's name or code, the newest publication first; who was withdrawn is not found. */
export async function searchPublishedResults(
  db: Knex,
  { q, beforeId, limit }: { q: string; beforeId?: number; limit: number },
): Promise<FoundResultRow[]> {
  const key = nameKey(q);
  const isCode = readsAsCode(q);
  const { rows } = await db.raw<{ rows: FoundResultRow[] }>(
    `with page as materialized (
       select * from published_results
        where superseded_at is null and status <> 'withdrawn' and id < :before
          and ${isCode ? 'credit_code like :code' : `name_parts(entity_name) @> cast(:parts as text[]) and strpos(upper(normalize(entity_name, nfkc)), :key) > 0`}
        order by id desc limit :limit)
     ${RESULTS_OF_PAGE}
      order by p.id desc`,
    {
      before: beforeId ?? Number.MAX_SAFE_INTEGER,
      limit,
      ...(isCode ? { code: `${q.toUpperCase()}%` } : { parts: namePartsOf(key), key }),
    },
  );
  return rows;
}
