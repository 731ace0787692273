/** Who owes a task, or until when, is changed and stays on its record. */
import type { Knex } from 'knex';
import type { Role } from '../domain/roles';
import { PAST_REMINDERS } from './tasks';

interface Cause {
  actorId: number | null;
  at: Date;
  reason: string;
}

/** The task goes to another deadline, if it is another; the reminders whose time is over there come to nobody. */
export async function moveToDeadline(
  trx: Knex,
  taskId: number,
  deadlineId: number,
  cause: Cause & { extensionId: number | null },
): Promise<void> {
  await trx.raw(
    `with moved as (
       insert into task_moves (task_id, at, actor_id, reason, extension_id, from_assignee, to_assignee, from_deadline, to_deadline)
       select id, :at, :actorId, :reason, :extensionId, assignee_id, assignee_id, deadline_id, :deadline
         from tasks where id = :task and deadline_id <> :deadline returning task_id)
     update tasks set deadline_id = :deadline, step_done = ${PAST_REMINDERS} where id = (select task_id from moved)`,
    { task: taskId, deadline: deadlineId, now: cause.at, ...cause },
  );
}

export async function moveToPerson(
  trx: Knex,
  taskId: number,
  assigneeId: number,
  { actorId, at, reason }: Cause,
): Promise<void> {
  await trx.raw(
    `with moved as (
       insert into task_moves (task_id, at, actor_id, reason, from_assignee, to_assignee, from_deadline, to_deadline)
       select id, :at, :actorId, :reason, assignee_id, :assignee, deadline_id, deadline_id
         from tasks where id = :task returning task_id)
     update tasks set assignee_id = :assignee where id = (select task_id from moved)`,
    { task: taskId, assignee: assigneeId, actorId, at, reason },
  );
}

/** Whom the task could be given: of results who is of the visit's team, else who has one of the roles. */
export async function taskCandidates(
  db: Knex,
  taskId: number,
  roles: readonly Role[],
): Promise<{ id: number; name: string }[]> {
  const { rows } = await db.raw<{ rows: { id: number; name: string }[] }>(
    `select distinct u.id, u.name
       from tasks t
       join users u on u.disabled_at is null and not u.is_service and u.id is distinct from t.assignee_id
      where t.id = :task and case when t.kind = 'results'
        then exists (select 1 from assignments a join inspectors i on i.id = a.inspector_id
                      where a.visit_id = t.visit_id and a.department_code = t.department_code and i.user_id = u.id)
        else exists (select 1 from user_roles r
                      where r.user_id = u.id and r.department_code = t.department_code
                        and r.role = any (cast(:roles as text[]))) end
      order by u.name, u.id`,
    { task: taskId, roles: [...roles] },
  );
  return rows;
}
