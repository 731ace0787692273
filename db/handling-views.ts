import type { Knex } from 'knex';
import { ENTITY_IN_AREAS } from './areas';

export interface HandlingCaseRow {
  id: number;
  campaign_code: string;
  campaign_name: string;
  visit_id: number;
  visit_number: number;
  entity_name: string;
  item_code: string;
  item_name: string;
  department: string;
  department_name: string;
  result_code: number;
  track: 'rectification' | 'abnormal-list' | 'serious-list' | 'penalty';
  status: 'open' | 'awaiting-recheck' | 'closed';
  outcome: string | null;
  opened_at: Date;
  closed_at: Date | null;
  events: { at: string; kind: string; note: string; actor: string | null }[];
}

export interface HandlingFilter {
  id?: number;
  campaign?: string;
  /** Credit code. */
  entity?: string;
  departments?: readonly string[];
  /** Only cases of entities inside one of these areas (starts of region codes). */
  areas?: readonly string[];
  afterId?: number;
  limit: number;
}

export async function listHandlingCases(db: Knex, filter: HandlingFilter): Promise<HandlingCaseRow[]> {
  const { rows } = await db.raw<{ rows: HandlingCaseRow[] }>(
    `select h.id, c.code as campaign_code, c.name as campaign_name, h.visit_id, v.number as visit_number,
            e.name as entity_name, h.item_code, iv.name as item_name, h.department_code as department,
            d.short_name as department_name, h.result_code, h.track, h.status, h.outcome, h.opened_at, h.closed_at,
            (select coalesce(jsonb_agg(jsonb_build_object('at', x.at, 'kind', x.kind, 'note', x.note, 'actor', u.name)
                      order by x.id), '[]')
               from handling_events x left join users u on u.id = x.actor_id where x.case_id = h.id) as events
       from handling_cases h
       join campaigns c on c.id = h.campaign_id
       join visits v on v.id = h.visit_id
       join entities e on e.id = v.entity_id
       join visit_items vi on vi.visit_id = h.visit_id and vi.item_code = h.item_code
       join item_versions iv on iv.id = vi.item_version_id
       join departments d on d.code = h.department_code
      where (cast(:id as bigint) is null or h.id = :id)
        and (cast(:campaign as text) is null or c.code = :campaign)
        and (cast(:entity as text) is null or e.credit_code = :entity)
        and (cast(:departments as text[]) is null or h.department_code = any (cast(:departments as text[])))
        and (cast(:areas as text[]) is null or ${ENTITY_IN_AREAS})
        and (cast(:after as bigint) is null or h.id > :after)
      order by h.id limit :limit`,
    {
      id: filter.id ?? null,
      campaign: filter.campaign ?? null,
      entity: filter.entity ?? null,
      departments: filter.departments ? [...filter.departments] : null,
      areas: filter.areas ? [...filter.areas] : null,
      after: filter.afterId ?? null,
      limit: filter.limit,
    },
  );
  return rows;
}
