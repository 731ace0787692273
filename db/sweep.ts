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
 * somebody is settling at this moment are left to the next sweep.
 */
export async function passSteps(trx: Knex, owner: DeadlineOwner, now: Date): Promise<PassedStep[]> {
  const { rows } = await trx.raw<{ rows: PassedStep[] }>(
    `with reached as (
       select d.id as deadline_id, max(s.step) as step
         from deadlines d join deadline_steps s on s.deadline_id = d.id
        where (d.campaign_id = :campaign or d.plan_year = :year) and s.at <= :now
        group by d.id
     ), passed as (
       select t.id, r.step
         from reached r join tasks t on t.deadline_id = r.deadline_id
        where t.done_at is null and t.cancelled_at is null and t.step_done < r.step
          for no key update of t skip locked
     ), moved as (
       update tasks t set step_done = p.step from passed p where t.id = p.id
       returning t.deadline_id, t.step_done, t.kind, t.department_code, t.assignee_id
     )
     select m.deadline_id as "deadlineId", m.step_done as step, s.action, s.at, d.due_at as "dueAt", m.kind,
            m.department_code as department, o.short_name as "departmentName", m.assignee_id as "assigneeId",
            count(*) as count
       from moved m
       join deadline_steps s on s.deadline_id = m.deadline_id and s.step = m.step_done
       join deadlines d on d.id = m.deadline_id
       join departments o on o.code = m.department_code
      group by m.deadline_id, m.step_done, s.action, s.at, d.due_at, m.kind, m.department_code, o.short_name,
               m.assignee_id
      order by d.due_at, m.kind, m.department_code, m.assignee_id`,
    { ...bindingsOf(owner), now },
  );
  return rows;
}

/**
 * When a deadline of an open task reaches its next step; and how much is still owed: tasks, handling cases and urging
 * orders, both of which can bring new tasks until they are settled.
 */
export async function nextStep(trx: Knex, owner: DeadlineOwner): Promise<{ at: Date | null; owed: number }> {
  const { rows } = await trx.raw<{ rows: [{ at: Date | null; owed: number }] }>(
    `with open_tasks as (
       select t.deadline_id, t.step_done, count(*) as tasks
         from deadlines d join tasks t on t.deadline_id = d.id
        where (d.campaign_id = :campaign or d.plan_year = :year) and t.done_at is null and t.cancelled_at is null
        group by t.deadline_id, t.step_done
     )
     select (select min(s.at) from open_tasks o
               join deadline_steps s on s.deadline_id = o.deadline_id and s.step > o.step_done) as at,
            coalesce((select sum(tasks) from open_tasks), 0)::bigint
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
