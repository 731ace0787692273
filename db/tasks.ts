/** What somebody owes: one department and person, one due date. */
import type { Knex } from 'knex';
import { OVERSIGHT_TASKS } from '../domain/notices/kinds';

export interface NewTask {
  key: string;
  kind: string;
  campaignId: number;
  caseId?: number;
  department: string;
  assigneeId: number | null;
  deadlineId: number;
  params?: Record<string, string | number>;
}

export async function addTasks(trx: Knex, tasks: readonly NewTask[]): Promise<void> {
  if (tasks.length === 0) return;
  await trx('tasks')
    .insert(
      tasks.map((task) => ({
        key: task.key,
        kind: task.kind,
        campaign_id: task.campaignId,
        case_id: task.caseId ?? null,
        department_code: task.department,
        assignee_id: task.assigneeId,
        deadline_id: task.deadlineId,
        params: JSON.stringify(task.params ?? {}),
      })),
    )
    .onConflict('key')
    .ignore();
}

/**
 * One task per visit and department: the team owes the results, the member with the lowest code answers for it;
 * where nobody could be assigned, it is the department's.
 */
export async function addResultTasks(trx: Knex, campaignId: number, deadlineId: number): Promise<number> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `insert into tasks (key, kind, campaign_id, visit_id, department_code, assignee_id, deadline_id)
     select 'results/' || v.id || '/' || vi.department_code, 'results', v.campaign_id, v.id, vi.department_code,
            (select i.user_id from assignments a join inspectors i on i.id = a.inspector_id
              where a.visit_id = v.id and a.department_code = vi.department_code and i.user_id is not null
              order by i.code limit 1),
            :deadline
       from visits v
       join (select distinct visit_id, department_code from visit_items) vi on vi.visit_id = v.id
      where v.campaign_id = :campaign
     on conflict (key) do nothing`,
    { campaign: campaignId, deadline: deadlineId },
  );
  return rowCount;
}

export async function finishTask(trx: Knex, key: string, at: Date): Promise<void> {
  await trx('tasks').where({ key }).whereNull('done_at').whereNull('cancelled_at').update({ done_at: at });
}

/** Ends a task by its holder's word; false where it is not open any more. */
export async function completeTask(trx: Knex, id: number, note: string, at: Date): Promise<boolean> {
  const changed = await trx('tasks')
    .where({ id })
    .whereNull('done_at')
    .whereNull('cancelled_at')
    .update({ done_at: at, note });
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
