/** What somebody owes: one department and person, one due date. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import { OVERSIGHT_TASKS } from '../domain/notices/kinds';

export interface NewTask {
  key: string;
  kind: string;
  /** Or the year of the plan that it is owed to. */
  campaignId?: number;
  planYear?: number;
  caseId?: number;
  visitId?: number;
  department: string;
  assigneeId: number | null;
  deadlineId: number;
  params?: Record<string, string | number>;
}

/** Reminders whose time is over when the task is given come to nobody: being asked is reminder enough. */
export const PAST_REMINDERS = `coalesce((select max(step) from deadline_steps
  where deadline_id = :deadline and action = 'remind' and at <= :now), -1)`;

export async function addTasks(trx: Knex, tasks: readonly NewTask[], now: Date): Promise<void> {
  if (tasks.length === 0) return;
  // Often another department's.
  await beyondSight(trx, async (all) =>
    all('tasks')
      .insert(
        tasks.map((task) => ({
          key: task.key,
          kind: task.kind,
          campaign_id: task.campaignId ?? null,
          plan_year: task.planYear ?? null,
          case_id: task.caseId ?? null,
          visit_id: task.visitId ?? null,
          department_code: task.department,
          assignee_id: task.assigneeId,
          deadline_id: task.deadlineId,
          params: JSON.stringify(task.params ?? {}),
          step_done: all.raw(PAST_REMINDERS, { deadline: task.deadlineId, now }),
          created_at: now,
        })),
      )
      .onConflict('key')
      .ignore(),
  );
}

/**
 * One task per visit and department: the team owes the results, the member with the lowest code answers for it;
 * where nobody could be assigned, it is the department's. `visits`: of these only; a task that was done there is owed
 * again where the visit got further items of its department.
 */
export async function addResultTasks(
  trx: Knex,
  campaignId: number,
  deadlineId: number,
  now: Date,
  visits: readonly number[] | null = null,
): Promise<number> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into tasks
       (key, kind, campaign_id, visit_id, department_code, assignee_id, deadline_id, step_done, created_at)
     select 'results/' || v.id || '/' || vi.department_code, 'results', v.campaign_id, v.id, vi.department_code,
            (select i.user_id from assignments a join inspectors i on i.id = a.inspector_id
              where a.visit_id = v.id and a.department_code = vi.department_code and i.user_id is not null
              order by i.code limit 1),
            :deadline, ${PAST_REMINDERS}, :now
       from visits v
       join (select distinct visit_id, department_code from visit_items) vi on vi.visit_id = v.id
      where v.campaign_id = :campaign and (cast(:visits as int[]) is null or v.number = any (cast(:visits as int[])))
     on conflict (key) do update
        set deadline_id = excluded.deadline_id, step_done = excluded.step_done, done_at = null, done_by = null
      where tasks.done_at is not null and exists (
        select 1 from visit_items o where o.visit_id = tasks.visit_id and o.department_code = tasks.department_code
           and o.result_code is null)`,
    { campaign: campaignId, deadline: deadlineId, now, visits: visits && [...visits] },
  );
  return rowCount;
}

/** Whoever did what was owed ended it; null: it came about by itself. */
export async function finishTask(
  trx: Knex,
  key: string,
  done: { at: Date; by: number | null },
): Promise<void> {
  await beyondSight(trx, async (all) =>
    all('tasks')
      .where({ key })
      .whereNull('done_at')
      .whereNull('cancelled_at')
      .update({ done_at: done.at, done_by: done.by }),
  );
}

/** Takes back what nobody needs to do any more. */
export async function cancelTask(trx: Knex, key: string, at: Date): Promise<void> {
  await beyondSight(trx, async (all) =>
    all('tasks').where({ key }).whereNull('done_at').whereNull('cancelled_at').update({ cancelled_at: at }),
  );
}

/** Ends a task by its holder's word; false where it is not open any more. */
export async function completeTask(
  trx: Knex,
  id: number,
  note: string,
  done: { at: Date; by: number },
): Promise<boolean> {
  const changed = await trx('tasks')
    .where({ id })
    .whereNull('done_at')
    .whereNull('cancelled_at')
    .update({ done_at: done.at, done_by: done.by, note });
  return changed > 0;
}

/**
 * Takes back the open tasks of some kinds, or all of a campaign but oversight's own: cancelling a campaign doesn't
 * keep anybody from looking into what happened in it.
 */
export async function cancelTasks(
  trx: Knex,
  campaignId: number,
  at: Date,
  kinds?: readonly string[],
): Promise<void> {
  const query = trx('tasks')
    .where({ campaign_id: campaignId })
    .whereNull('done_at')
    .whereNull('cancelled_at')
    .update({ cancelled_at: at });
  if (kinds) void query.whereIn('kind', [...kinds]);
  else void query.whereNotIn('kind', [...OVERSIGHT_TASKS]);
  await query;
}

/** Until when the campaign's open tasks of a kind may still be done; null where none is open. */
export async function lastDue(trx: Knex, campaignId: number, kind: string): Promise<Date | null> {
  const [row] = await trx('tasks as t')
    .join('deadlines as d', 'd.id', 't.deadline_id')
    .where({ 't.campaign_id': campaignId, 't.kind': kind })
    .whereNull('t.done_at')
    .whereNull('t.cancelled_at')
    .max<{ due: Date | null }[]>({ due: 'd.due_at' });
  return row?.due ?? null;
}

/** Ends the open tasks of a kind that a department owes to a campaign. */
export async function finishTasksOf(
  trx: Knex,
  campaignId: number,
  kind: string,
  department: string,
  done: { at: Date; by: number | null },
): Promise<void> {
  await beyondSight(trx, async (all) =>
    all('tasks')
      .where({ campaign_id: campaignId, kind, department_code: department })
      .whereNull('done_at')
      .whereNull('cancelled_at')
      .update({ done_at: done.at, done_by: done.by }),
  );
}

/** What was done is owed again: the latest of the department's tasks of the kind. */
export async function reopenTasksOf(
  trx: Knex,
  campaignId: number,
  kind: string,
  department: string,
): Promise<void> {
  await beyondSight(trx, async (all) => {
    await all.raw(
      `update tasks set done_at = null, done_by = null
      where id = (select max(id) from tasks
                   where campaign_id = :campaign and kind = :kind and department_code = :department
                     and cancelled_at is null) and done_at is not null`,
      { campaign: campaignId, kind, department },
    );
  });
}
