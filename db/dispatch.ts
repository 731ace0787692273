import type { Knex } from 'knex';

/** How many visits each assigned inspector has who can sign in; of these visits only where they are named. */
export async function visitsByInspector(
  db: Knex,
  campaignId: number,
  visits: readonly number[] | null,
): Promise<{ userId: number; department: string; count: number }[]> {
  const { rows } = await db.raw<{ rows: { userId: number; department: string; count: number }[] }>(
    `select i.user_id as "userId", a.department_code as department, count(*) as count
       from assignments a
       join visits v on v.id = a.visit_id
       join inspectors i on i.id = a.inspector_id
      where v.campaign_id = :campaign and i.user_id is not null
        and (cast(:visits as int[]) is null or v.number = any (cast(:visits as int[])))
      group by i.user_id, a.department_code order by i.user_id`,
    { campaign: campaignId, visits: visits && [...visits] },
  );
  return rows;
}

/** How many visits each department has; of these visits only where they are named. */
export async function visitsByDepartment(
  db: Knex,
  campaignId: number,
  visits: readonly number[] | null,
): Promise<{ department: string; name: string; count: number }[]> {
  const { rows } = await db.raw<{ rows: { department: string; name: string; count: number }[] }>(
    `select vi.department_code as department, d.short_name as name, count(distinct v.id) as count
       from visits v
       join visit_items vi on vi.visit_id = v.id
       join departments d on d.code = vi.department_code
      where v.campaign_id = :campaign
        and (cast(:visits as int[]) is null or v.number = any (cast(:visits as int[])))
      group by vi.department_code, d.short_name order by vi.department_code`,
    { campaign: campaignId, visits: visits && [...visits] },
  );
  return rows;
}
