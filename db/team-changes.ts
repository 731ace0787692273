/** Teams and visits as they stand after a draw, and how amendments change them. */
import type { Knex } from 'knex';
import type { Vacancy, Replacement } from '../domain/matching/replace';

const NEEDS = `
  select v.number as visit, e.credit_code as code, d.region_code as region, vi.department_code as department,
         cd.team_size as "teamSize", vi.open,
         array(select distinct q from visit_items w join item_versions iv on iv.id = w.item_version_id,
                 unnest(iv.qualifications) q
                where w.visit_id = v.id and w.department_code = vi.department_code order by q) as qualifications,
         array(select i.code from assignments a join inspectors i on i.id = a.inspector_id
                where a.visit_id = v.id and a.department_code = vi.department_code order by i.code) as team,
         not exists (select 1 from assignments a where a.visit_id = v.id and a.department_code = vi.department_code)
           and not exists (select 1 from unfilled_slots u where u.visit_id = v.id and u.department_code = vi.department_code)
           as "isNew"
    from visits v
    join entities e on e.id = v.entity_id
    join (select distinct credit_code, region_code from drawn where ceremony_id = :ceremony) d
      on d.credit_code = e.credit_code
    join (select visit_id, department_code, bool_or(result_code is null) as open
            from visit_items group by visit_id, department_code) vi on vi.visit_id = v.id
    join campaign_departments cd on cd.campaign_id = v.campaign_id and cd.department_code = vi.department_code
   where v.campaign_id = :campaign`;

export interface StandingTeam extends Omit<Vacancy, 'leaving'> {
  /** Nobody was ever assigned, or could be. */
  isNew: boolean;
}

/** The teams that an inspector is of and that still owe results. */
export async function readOpenTeamsOf(
  db: Knex,
  campaignId: number,
  ceremonyId: number,
  inspector: string,
): Promise<StandingTeam[]> {
  const { rows } = await db.raw<{ rows: StandingTeam[] }>(
    `select visit, code, region, department, "teamSize", qualifications, team, "isNew" from (${NEEDS}) need
      where open and :inspector = any (team) order by visit, department`,
    { campaign: campaignId, ceremony: ceremonyId, inspector },
  );
  return rows;
}

/** What the departments need for these visits, with who stands ready. */
export async function readTeams(
  db: Knex,
  campaignId: number,
  ceremonyId: number,
  visits: readonly number[],
): Promise<StandingTeam[]> {
  const { rows } = await db.raw<{ rows: StandingTeam[] }>(
    `select visit, code, region, department, "teamSize", qualifications, team, "isNew" from (${NEEDS}) need
      where visit = any (:visits) order by visit, department`,
    { campaign: campaignId, ceremony: ceremonyId, visits: [...visits] },
  );
  return rows;
}

/** Visits per inspector of the campaign. */
export async function readLoads(db: Knex, campaignId: number): Promise<Map<string, number>> {
  const { rows } = await db.raw<{ rows: { inspector: string; load: number }[] }>(
    `select i.code as inspector, count(*) as load
       from assignments a join visits v on v.id = a.visit_id join inspectors i on i.id = a.inspector_id
      where v.campaign_id = ? group by i.code`,
    [campaignId],
  );
  return new Map(rows.map((row) => [row.inspector, row.load]));
}

/** Puts the replacements into the teams; places that stay empty are kept as unfilled. */
export async function storeReplacements(
  trx: Knex,
  campaignId: number,
  replacements: readonly Replacement[],
): Promise<void> {
  const bindings = { campaign: campaignId, rows: JSON.stringify(replacements) };
  const changed = `jsonb_to_recordset(cast(:rows as jsonb)) as c(visit int, department text, leaving text, by text, rule text)
       join visits v on v.campaign_id = :campaign and v.number = c.visit`;
  await trx.raw(
    `delete from assignments a using ${changed} join inspectors i on i.code = c.leaving
      where a.visit_id = v.id and a.inspector_id = i.id`,
    bindings,
  );
  await trx.raw(
    `insert into assignments (visit_id, department_code, inspector_id)
     select v.id, c.department, i.id from ${changed} join inspectors i on i.code = c.by`,
    bindings,
  );
  await trx.raw(
    `insert into unfilled_slots (visit_id, department_code, missing, rule)
     select v.id, c.department, count(*), min(c.rule) from ${changed} where c.by is null group by v.id, c.department
     on conflict (visit_id, department_code) do update set missing = unfilled_slots.missing + excluded.missing`,
    bindings,
  );
}

/** The open result tasks of these visits, where their holder is not of the team any more, go to one who is. */
export async function reassignResultTasks(
  trx: Knex,
  campaignId: number,
  visits: readonly number[],
  cause: { at: Date; actorId: number | null; reason: string },
): Promise<void> {
  await trx.raw(
    `with member as (
       select t.id, t.assignee_id as before, t.deadline_id,
              (select i.user_id from assignments a join inspectors i on i.id = a.inspector_id
                where a.visit_id = t.visit_id and a.department_code = t.department_code and i.user_id is not null
                order by i.user_id is distinct from t.assignee_id, i.code limit 1) as after
         from tasks t join visits v on v.id = t.visit_id
        where v.campaign_id = :campaign and v.number = any (:visits)
          and t.kind = 'results' and t.done_at is null and t.cancelled_at is null
     ), moved as (
       update tasks t set assignee_id = m.after from member m where t.id = m.id and m.before is distinct from m.after
       returning t.id, m.before, m.after, t.deadline_id
     )
     insert into task_moves (task_id, at, actor_id, reason, from_assignee, to_assignee, from_deadline, to_deadline)
     select id, :at, :actorId, :reason, before, after, deadline_id, deadline_id from moved`,
    { campaign: campaignId, visits: [...visits], ...cause },
  );
}

/** How many of these visits each inspector has who can sign in, and when the first of their results is due. */
export async function countJoined(
  db: Knex,
  campaignId: number,
  joined: readonly { visit: number; inspector: string }[],
): Promise<{ userId: number; count: number; dueAt: Date }[]> {
  const { rows } = await db.raw<{ rows: { userId: number; count: number; dueAt: Date }[] }>(
    `select i.user_id as "userId", count(distinct j.visit) as count, min(d.due_at) as "dueAt"
       from jsonb_to_recordset(cast(:rows as jsonb)) as j(visit int, inspector text)
       join inspectors i on i.code = j.inspector
       join visits v on v.campaign_id = :campaign and v.number = j.visit
       join tasks t on t.visit_id = v.id and t.department_code = i.department_code and t.kind = 'results'
       join deadlines d on d.id = t.deadline_id
      where i.user_id is not null group by i.user_id order by i.user_id`,
    { campaign: campaignId, rows: JSON.stringify(joined) },
  );
  return rows;
}

/** Who still owes results, with the numbers of those visits. */
export async function readTeamMembers(
  db: Knex,
  campaignId: number,
): Promise<{ inspector: string; name: string; department: string; openVisits: number[] }[]> {
  const { rows } = await db.raw<{
    rows: { inspector: string; name: string; department: string; openVisits: number[] }[];
  }>(
    `select i.code as inspector, i.name, a.department_code as department,
            array_agg(v.number order by v.number) as "openVisits"
       from assignments a join visits v on v.id = a.visit_id join inspectors i on i.id = a.inspector_id
      where v.campaign_id = ? and exists (
        select 1 from visit_items vi where vi.visit_id = v.id and vi.department_code = a.department_code
           and vi.result_code is null)
      group by i.code, i.name, a.department_code order by a.department_code, i.code`,
    [campaignId],
  );
  return rows;
}
