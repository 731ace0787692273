/** What lists and pages show of campaigns. */
import type { Knex } from 'knex';
import type { Stage } from '../domain/campaigns';
import { CAMPAIGN_IN_AREAS } from './areas';

export interface CampaignSummaryRow {
  id: number;
  code: string;
  name: string;
  lead_department: string;
  lead_name: string;
  mode: 'joint' | 'per_item';
  stage: Stage;
  stage_reason: string | null;
  region_codes: string[];
  departments: { code: string; name: string }[];
  visit_from: string;
  visit_to: string;
  created_at: Date;
  submitted_by: number | null;
  visits: number;
  visits_finished: number;
  visits_published: number;
  open_tasks: number;
  overdue_tasks: number;
}

export interface CampaignFilter {
  code?: string;
  stage?: Stage;
  /** Only campaigns with a region inside or around one of these areas (starts of region codes). */
  areas?: readonly string[];
  /** Only campaigns that the public may see: from their approval on. */
  isPublic?: boolean;
  beforeId?: number;
  limit: number;
  now: Date;
}

/** Newest first. */
export async function listCampaigns(db: Knex, filter: CampaignFilter): Promise<CampaignSummaryRow[]> {
  const { rows } = await db.raw<{ rows: CampaignSummaryRow[] }>(
    `select c.id, c.code, c.name, c.lead_department, l.short_name as lead_name, c.mode, c.stage, c.stage_reason,
            c.region_codes, c.visit_from, c.visit_to, c.created_at, c.submitted_by,
            (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'name', d.short_name) order by d.code), '[]')
               from campaign_departments cd join departments d on d.code = cd.department_code
              where cd.campaign_id = c.id) as departments,
            v.visits, v.visits_finished, v.visits_published, t.open_tasks, t.overdue_tasks
       from campaigns c
       join departments l on l.code = c.lead_department
       cross join lateral (
         select count(*) as visits, count(finished_at) as visits_finished, count(published_at) as visits_published
           from visits where campaign_id = c.id) v
       cross join lateral (
         select coalesce(sum(o.tasks), 0)::bigint as open_tasks,
                coalesce(sum(o.tasks) filter (where d.due_at < :now), 0)::bigint as overdue_tasks
           from (select deadline_id, count(*) as tasks from tasks
                  where campaign_id = c.id and done_at is null and cancelled_at is null group by deadline_id) o
           join deadlines d on d.id = o.deadline_id) t
      where (cast(:code as text) is null or c.code = :code)
        and (cast(:stage as text) is null or c.stage = :stage)
        and (cast(:before as bigint) is null or c.id < :before)
        and (not :isPublic or c.stage not in ('draft', 'submitted', 'returned'))
        and (cast(:areas as text[]) is null or ${CAMPAIGN_IN_AREAS})
      order by c.id desc limit :limit`,
    {
      code: filter.code ?? null,
      stage: filter.stage ?? null,
      before: filter.beforeId ?? null,
      isPublic: filter.isPublic ?? false,
      areas: filter.areas ? [...filter.areas] : null,
      limit: filter.limit,
      now: filter.now,
    },
  );
  return rows;
}

/** The campaign's items with the size of their population where it is frozen. */
export async function readCampaignItems(
  db: Knex,
  campaignId: number,
): Promise<{ code: string; name: string; department: string; department_name: string }[]> {
  const { rows } = await db.raw<{
    rows: { code: string; name: string; department: string; department_name: string }[];
  }>(
    `select i.code, coalesce(v.name, p.name, i.code) as name, i.department_code as department,
            d.short_name as department_name
       from campaign_items c
       join items i on i.code = c.item_code
       join departments d on d.code = i.department_code
       left join item_versions v on v.id = c.item_version_id
       left join item_versions p on p.item_code = i.code and p.status = 'published'
      where c.campaign_id = ? order by i.code`,
    [campaignId],
  );
  return rows;
}

/** What was done with a campaign, by whom, in order. */
export async function readTimeline(
  db: Knex,
  code: string,
): Promise<{ at: Date; action: string; actor: string; note: string | null }[]> {
  const { rows } = await db.raw<{ rows: { at: Date; action: string; actor: string; note: string | null }[] }>(
    `select a.at, a.action, coalesce(u.name, '系统') as actor, a.after ->> 'reason' as note
       from audit_log a left join users u on u.id = a.actor_id
      where a.subject = ? order by a.seq limit 500`,
    [`campaign/${code}`],
  );
  return rows;
}

export async function countUnfilledSlots(db: Knex, campaignId: number): Promise<number> {
  const [row] = await db('unfilled_slots as s')
    .join('visits as v', 'v.id', 's.visit_id')
    .where('v.campaign_id', campaignId)
    .sum<{ missing: string | number | null }[]>({ missing: 's.missing' });
  return Number(row?.missing ?? 0);
}
