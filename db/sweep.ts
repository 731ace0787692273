/** What a sweep over one campaign's deadlines reads and writes: a few statements, whatever the number of tasks. */
import type { Knex } from 'knex';
import type { DeadlineAction } from '../domain/deadlines/policy';
import type { Stage } from '../domain/campaigns';
import { ownerColumn, type DeadlineOwner } from './deadlines';

/** The stage that the results have led to since the last sweep. */
export async function stageByResults(trx: Knex, campaignId: number, stage: Stage): Promise<Stage> {
  if (stage !== 'dispatched' && stage !== 'under_way') return stage;
  const { rows } = await trx.raw<{ rows: [{ unfinished: boolean; begun: boolean }] }>(
    `select exists (select 1 from visits where campaign_id = :campaign and finished_at is null) as unfinished,
            exists (select 1 from visits v join visit_items vi on vi.visit_id = v.id
                     where v.campaign_id = :campaign and vi.result_code is not null) as begun`,
    { campaign: campaignId },
  );
  const { unfinished, begun } = rows[0];
  if (!unfinished) return 'results_in';
  return begun ? 'under_way' : stage;
}

/** Days on which visits were finished that nobody has been asked to publish yet. */
export async function daysToPublish(
  trx: Knex,
  campaignId: number,
): Promise<{ day: string; from: Date; firstVisit: number }[]> {
  const { rows } = await trx.raw<{ rows: { day: string; from: Date; firstVisit: number }[] }>(
    `select day, min(finished_at) as from, min(id) as "firstVisit" from (
       select id, finished_at, to_char(finished_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day
         from visits where campaign_id = :campaign and finished_at is not null and published_at is null) finished
      where not exists (
        select 1 from tasks t
         where t.campaign_id = :campaign and t.kind = 'publish' and t.params ->> 'day' = day
           and t.done_at is null and t.cancelled_at is null)
      group by day order by day`,
    { campaign: campaignId },
  );
  return rows;
}

/** Tasks of one kind, department and person whose deadline reached a step together. */
export interface PassedStep {
  /** Of its record, which notices refer to. */
  id: number;
  deadlineId: number;
  step: number;
  action: DeadlineAction;
  /** When the step came. */
  at: Date;
  dueAt: Date;
  kind: string;
  department: string;
  departmentName: string;
  assigneeId: number | null;
  count: number;
}

/**
 * Marks for every open task the last step its deadline has passed; steps before it are passed over. Tasks that
 * somebody is settling at this moment are left to the next sweep. However many tasks are open, only those that passed a
 * step are read: by index, deadline by deadline, and then where they lie.
 */
export async function passSteps(trx: Knex, owner: DeadlineOwner, now: Date): Promise<PassedStep[]> {
  const { rows } = await trx.raw<{ rows: PassedStep[] }>(
    `with reached as materialized (
       select d.id as deadline_id, max(s.step) as step
         from deadlines d join deadline_steps s on s.deadline_id = d.id
        where (d.campaign_id = :campaign or d.plan_year = :year) and s.at <= :now
        group by d.id
     ), passed as (
       select o.place
         from reached r cross join lateral (
           select t.ctid as place from tasks t
            where t.deadline_id = r.deadline_id and t.step_done < r.step
              and t.done_at is null and t.cancelled_at is null
              for no key update skip locked) o
     ), moved as (
       update tasks t set step_done = r.step from reached r
        where t.ctid = any (array(select place from passed)) and r.deadline_id = t.deadline_id
       returning t.deadline_id, t.step_done as step, t.kind, t.department_code, t.assignee_id
     ), together as (
       select deadline_id, step, kind, department_code, assignee_id, count(*) as tasks,
              concat_ws('/', deadline_id, step, kind, department_code, coalesce(assignee_id, 0)) as key
         from moved group by deadline_id, step, kind, department_code, assignee_id
     ), recorded as (
       insert into task_steps
         (key, deadline_id, step, name, action, kind, department_code, assignee_id, tasks, due_at, at)
       select m.key, m.deadline_id, m.step, s.name, s.action, m.kind, m.department_code, m.assignee_id, m.tasks,
              d.due_at, :now
         from together m
         join deadline_steps s on s.deadline_id = m.deadline_id and s.step = m.step
         join deadlines d on d.id = m.deadline_id
       on conflict (key) do update set tasks = task_steps.tasks + excluded.tasks
       returning id, key
     )
     select r.id, m.deadline_id as "deadlineId", m.step, s.action, s.at, d.due_at as "dueAt", m.kind,
            m.department_code as department, o.short_name as "departmentName", m.assignee_id as "assigneeId",
            m.tasks as count
       from together m
       join recorded r on r.key = m.key
       join deadline_steps s on s.deadline_id = m.deadline_id and s.step = m.step
       join deadlines d on d.id = m.deadline_id
       join departments o on o.code = m.department_code
      order by d.due_at, m.kind, m.department_code, m.assignee_id`,
    { ...bindingsOf(owner), now },
  );
  return rows;
}

/**
 * When a deadline of an open task reaches its next step; and how much is still owed: deadlines with open tasks, handling
 * cases and urging orders, both of which can bring new tasks until they are settled. Of each deadline one task is read:
 * the one that is furthest behind.
 */
export async function nextStep(trx: Knex, owner: DeadlineOwner): Promise<{ at: Date | null; owed: number }> {
  const { rows } = await trx.raw<{ rows: [{ at: Date | null; owed: number }] }>(
    `with waiting as (
       select d.id, furthest.step_done
         from deadlines d cross join lateral (
           select t.step_done from tasks t
            where t.deadline_id = d.id and t.done_at is null and t.cancelled_at is null
            order by t.step_done limit 1) furthest
        where d.campaign_id = :campaign or d.plan_year = :year
     )
     select (select min(s.at) from waiting w
               join deadline_steps s on s.deadline_id = w.id and s.step > w.step_done) as at,
            (select count(*) from waiting)
              + (select count(*) from handling_cases where campaign_id = :campaign and status <> 'closed')
              + (select count(*) from urging_orders
                  where campaign_id = :campaign and status not in ('accepted', 'withdrawn')) as owed`,
    bindingsOf(owner),
  );
  return rows[0];
}

function bindingsOf(owner: DeadlineOwner) {
  const { campaign_id: campaign = null, plan_year: year = null } = ownerColumn(owner) as Partial<
    Record<'campaign_id' | 'plan_year', number>
  >;
  return { campaign, year };
}

/** Handling cases whose workflow has not been started yet. */
export async function unstartedCases(db: Knex, campaign: string, limit: number): Promise<number[]> {
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `select h.id from handling_cases h
      where h.campaign_id = (select id from campaigns where code = ?) and h.started_at is null
      order by h.id limit ?`,
    [campaign, limit],
  );
  return rows.map((row) => row.id);
}
