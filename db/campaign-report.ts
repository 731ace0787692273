/** What a campaign came to, in counts. */
import type { Knex } from 'knex';
import type { HandlingStatus } from '../domain/handling/course';

export interface ResultCount {
  department: string;
  /** null: the result is owed. */
  code: number | null;
  items: number;
}

export interface CampaignCounts {
  results: ResultCount[];
  /** Of each department. */
  visits: { department: string; visits: number }[];
  published: number;
  cases: { status: HandlingStatus; cases: number }[];
}

export async function countCampaign(db: Knex, campaignId: number): Promise<CampaignCounts> {
  const { rows } = await db.raw<{ rows: [CampaignCounts] }>(
    `with items as materialized (
       select vi.visit_id, vi.department_code, vi.result_code
         from visits v join visit_items vi on vi.visit_id = v.id
        where v.campaign_id = :campaign)
     select
       (select coalesce(jsonb_agg(r order by r.department, r.code), '[]') from (
          select department_code as department, result_code as code, count(*)::int as items
            from items group by 1, 2) r) as results,
       (select coalesce(jsonb_agg(d order by d.department), '[]') from (
          select department_code as department, count(distinct visit_id)::int as visits from items group by 1) d) as visits,
       (select count(*)::int from visits where campaign_id = :campaign and published_at is not null) as published,
       (select coalesce(jsonb_agg(h order by h.status), '[]') from (
          select status, count(*)::int as cases from handling_cases where campaign_id = :campaign group by 1) h) as cases`,
    { campaign: campaignId },
  );
  return rows[0];
}
