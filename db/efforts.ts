/** What departments plan to spend on campaigns, and what they spent. */
import type { Knex } from 'knex';
import type { Effort } from '../domain/efforts';

export interface EffortPlanRow extends Effort {
  department: string;
  note: string;
  updatedBy: string;
  updatedAt: Date;
}

export interface EffortRow extends Effort {
  id: number;
  department: string;
  spentOn: string;
  purpose: string;
  enteredBy: string;
  enteredAt: Date;
  withdrawnBy: string | null;
  withdrawnAt: Date | null;
  withdrawnReason: string | null;
}

const AMOUNTS = (table: string) => `${table}.person_days::float8 as "personDays", ${table}.cost`;

export async function readEffortPlans(db: Knex, campaignId: number): Promise<EffortPlanRow[]> {
  const { rows } = await db.raw<{ rows: EffortPlanRow[] }>(
    `select p.department_code as department, ${AMOUNTS('p')}, p.note, u.name as "updatedBy", p.updated_at as "updatedAt"
       from effort_plans p join users u on u.id = p.updated_by where p.campaign_id = ?`,
    [campaignId],
  );
  return rows;
}

export async function storeEffortPlan(
  trx: Knex,
  key: { campaignId: number; department: string },
  plan: Effort & { note: string; by: number; at: Date },
): Promise<void> {
  await trx('effort_plans')
    .insert({
      ...{ campaign_id: key.campaignId, department_code: key.department },
      ...{ person_days: plan.personDays, cost: plan.cost, note: plan.note },
      ...{ updated_by: plan.by, updated_at: plan.at },
    })
    .onConflict(['campaign_id', 'department_code'])
    .merge();
}

/** Newest first, withdrawn ones too. */
export async function listEfforts(db: Knex, of: { campaignId: number; id?: number }): Promise<EffortRow[]> {
  const { rows } = await db.raw<{ rows: EffortRow[] }>(
    `select e.id, e.department_code as department, e.spent_on as "spentOn", ${AMOUNTS('e')}, e.purpose,
            u.name as "enteredBy", e.entered_at as "enteredAt", w.name as "withdrawnBy",
            e.withdrawn_at as "withdrawnAt", e.withdrawn_reason as "withdrawnReason"
       from efforts e join users u on u.id = e.entered_by left join users w on w.id = e.withdrawn_by
      where e.campaign_id = :campaign and (cast(:id as bigint) is null or e.id = :id)
      order by e.spent_on desc, e.id desc`,
    { campaign: of.campaignId, id: of.id ?? null },
  );
  return rows;
}

/** Returns its number. */
export async function addEffort(
  trx: Knex,
  effort: Effort & {
    campaignId: number;
    department: string;
    spentOn: string;
    purpose: string;
    by: number;
    at: Date;
  },
): Promise<number> {
  const [row] = await trx('efforts')
    .insert({
      ...{ campaign_id: effort.campaignId, department_code: effort.department, spent_on: effort.spentOn },
      ...{ person_days: effort.personDays, cost: effort.cost, purpose: effort.purpose },
      ...{ entered_by: effort.by, entered_at: effort.at },
    })
    .returning<{ id: number }[]>('id');
  return row?.id ?? 0;
}

/** False where it is withdrawn already. */
export async function withdrawEffort(
  trx: Knex,
  id: number,
  withdrawal: { by: number; at: Date; reason: string },
): Promise<boolean> {
  const changed = await trx('efforts').where({ id }).whereNull('withdrawn_at').update({
    withdrawn_by: withdrawal.by,
    withdrawn_at: withdrawal.at,
    withdrawn_reason: withdrawal.reason,
  });
  return changed > 0;
}

/** What each department has done so far: visits with a result of all its items, and inspectors sent to them. */
export async function countVisitsDone(
  db: Knex,
  campaignId: number,
): Promise<{ department: string; visits: number; personVisits: number }[]> {
  const { rows } = await db.raw<{ rows: { department: string; visits: number; personVisits: number }[] }>(
    `with done as (
       select v.id, vi.department_code from visits v join visit_items vi on vi.visit_id = v.id
        where v.campaign_id = ? group by v.id, vi.department_code having bool_and(vi.result_code is not null)
     )
     select d.department_code as department, count(distinct d.id)::int as visits,
            count(a.inspector_id)::int as "personVisits"
       from done d left join assignments a on a.visit_id = d.id and a.department_code = d.department_code
      group by d.department_code`,
    [campaignId],
  );
  return rows;
}

export interface YearEffortRow {
  campaign: string;
  name: string;
  department: string;
  departmentName: string;
  plannedDays: number | null;
  plannedCost: number | null;
  spentDays: number;
  spentCost: number;
}

/** Of the campaigns whose visits begin in a year, and that lie in the areas: a row for each department with figures. */
export async function listYearEfforts(
  db: Knex,
  year: string,
  areas: readonly string[],
): Promise<YearEffortRow[]> {
  const { rows } = await db.raw<{ rows: YearEffortRow[] }>(
    `with spent as (
       select campaign_id, department_code, sum(person_days) as days, sum(cost)::bigint as cost
         from efforts where withdrawn_at is null group by campaign_id, department_code
     )
     select c.code as campaign, c.name, d.code as department, d.short_name as "departmentName",
            p.person_days::float8 as "plannedDays", p.cost as "plannedCost",
            coalesce(s.days, 0)::float8 as "spentDays", coalesce(s.cost, 0)::bigint as "spentCost"
       from campaigns c
       join campaign_departments t on t.campaign_id = c.id
       join departments d on d.code = t.department_code
       left join effort_plans p on p.campaign_id = c.id and p.department_code = d.code
       left join spent s on s.campaign_id = c.id and s.department_code = d.code
      where c.visit_from >= cast(:year || '-01-01' as date) and c.visit_from <= cast(:year || '-12-31' as date)
        and (p.campaign_id is not null or s.campaign_id is not null)
        and not exists (
          select 1 from unnest(c.region_codes) as own (region)
           where not exists (select 1 from unnest(cast(:areas as text[])) as area (prefix)
                              where own.region like area.prefix || '%'))
      order by c.code, d.code`,
    { year, areas: [...areas] },
  );
  return rows;
}
