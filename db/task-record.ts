/** What became of one task: the steps it passed and who was told, who had it when, longer time that was asked for. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import type { MailWord } from './mail-views';

export interface TaskMove {
  at: Date;
  actor: string | null;
  reason: string;
  from_assignee: number | null;
  to_assignee: number | null;
  from_name: string | null;
  to_name: string | null;
  from_deadline: number;
  to_deadline: number;
  from_due: Date;
  to_due: Date;
  extension_id: number | null;
}

/** The first move first. */
export async function readTaskMoves(db: Knex, taskId: number): Promise<TaskMove[]> {
  const { rows } = await db.raw<{ rows: TaskMove[] }>(
    `select m.at, a.name as actor, m.reason, m.from_assignee, m.to_assignee, f.name as from_name, t.name as to_name,
            m.from_deadline, m.to_deadline, fd.due_at as from_due, td.due_at as to_due, m.extension_id
       from task_moves m
       left join users a on a.id = m.actor_id
       left join users f on f.id = m.from_assignee
       left join users t on t.id = m.to_assignee
       join deadlines fd on fd.id = m.from_deadline
       join deadlines td on td.id = m.to_deadline
      where m.task_id = ? order by m.id`,
    [taskId],
  );
  return rows;
}

export interface TaskStep {
  name: string;
  action: 'remind' | 'overdue' | 'urge' | 'escalate';
  at: Date;
  /** Who was told, and what became of the mail. */
  told: { name: string; mail: MailWord }[];
}

/** Whose a task was, due by which deadline, from when to when; null: it still is. */
interface Period {
  assignee: number | null;
  deadline: number;
  from: Date;
  to: Date | null;
}

/** The steps that a task passed while it was whose it was then. */
export async function readTaskSteps(db: Knex, taskId: number): Promise<TaskStep[]> {
  const moves = await readTaskMoves(db, taskId);
  const task = await db('tasks').where({ id: taskId }).first<
    | {
        kind: string;
        department_code: string;
        assignee_id: number | null;
        deadline_id: number;
        created_at: Date;
      }
    | undefined
  >('kind', 'department_code', 'assignee_id', 'deadline_id', 'created_at');
  if (!task) return [];
  const [first] = moves;
  const periods: Period[] = [
    {
      assignee: first ? first.from_assignee : task.assignee_id,
      deadline: first ? first.from_deadline : task.deadline_id,
      from: task.created_at,
      to: first?.at ?? null,
    },
    ...moves.map((move, at) => ({
      assignee: move.to_assignee,
      deadline: move.to_deadline,
      from: move.at,
      to: moves[at + 1]?.at ?? null,
    })),
  ];
  // Who was told of the task, in notices and mails of their own.
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{ rows: TaskStep[] }>(
      `select s.name, s.action, s.at,
            coalesce((select jsonb_agg(jsonb_build_object('name', u.name, 'mail',
                               case when n.unmailable then 'none' else coalesce(m.status, 'waiting') end) order by u.id)
                        from notices n join users u on u.id = n.recipient_id left join mails m on m.id = n.mail_id
                       where n.task_step_id = s.id), '[]') as told
       from jsonb_to_recordset(cast(:periods as jsonb))
              as p(assignee bigint, deadline bigint, "from" timestamptz, "to" timestamptz)
       join tasks t on t.id = :task
       join task_steps s on s.deadline_id = p.deadline and s.kind = t.kind and s.department_code = t.department_code
        and s.assignee_id is not distinct from p.assignee
      where s.at > p."from" and s.at <= coalesce(p."to", 'infinity') and s.at <= coalesce(t.done_at, t.cancelled_at, 'infinity')
      order by s.at, s.step`,
      { task: taskId, periods: JSON.stringify(periods) },
    ),
  );
  return rows;
}

/** Urging orders that the task is part of. */
export async function readTaskOrders(db: Knex, taskId: number): Promise<{ number: string; at: Date }[]> {
  return db('urging_order_tasks as t')
    .join('urging_orders as o', 'o.id', 't.order_id')
    .where('t.task_id', taskId)
    .orderBy('o.id')
    .select({ number: 'o.number', at: 'o.issued_at' });
}

/** The ceremony that drew what the task's visit is about. */
export async function readTaskDraw(
  db: Knex,
  taskId: number,
): Promise<{ ceremony: number; team: string[] } | null> {
  const { rows } = await db.raw<{ rows: { ceremony: number; team: string[] }[] }>(
    `select (select max(c.number) from ceremonies c where c.campaign_id = t.campaign_id and c.status = 'drawn') as ceremony,
            array(select i.name || '（' || i.code || '）' from assignments a join inspectors i on i.id = a.inspector_id
                   where a.visit_id = t.visit_id and a.department_code = t.department_code order by i.code) as team
       from tasks t where t.id = ? and t.visit_id is not null`,
    [taskId],
  );
  return rows[0] ?? null;
}
