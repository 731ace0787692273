/** Requests for a later due date of one task. */
import type { Knex } from 'knex';
import { TASK_IN_AREAS } from './areas';

export interface ExtensionRow {
  id: number;
  task_id: number;
  status: 'requested' | 'approved' | 'refused' | 'withdrawn';
  amount: number;
  reason: string;
  due_at: Date;
  wanted_due_at: Date;
  requested_by: number;
  requester: string;
  requested_at: Date;
  decided_by: number | null;
  decider: string | null;
  decided_at: Date | null;
  note: string;
}

const extensions = (db: Knex) =>
  db('task_extensions as x')
    .join('users as r', 'r.id', 'x.requested_by')
    .leftJoin('users as d', 'd.id', 'x.decided_by')
    .select<ExtensionRow[]>('x.*', { requester: 'r.name', decider: 'd.name' });

/** The first first. */
export async function listExtensions(db: Knex, taskId: number): Promise<ExtensionRow[]> {
  return extensions(db).where('x.task_id', taskId).orderBy('x.id');
}

export async function readExtension(db: Knex, id: number): Promise<ExtensionRow | null> {
  const [row] = await extensions(db).where('x.id', id);
  return row ?? null;
}

/** Tasks of these areas that somebody waits for a decision about, the oldest request first. */
export async function tasksAwaitingDecision(
  db: Knex,
  { areas, limit }: { areas: readonly string[]; limit: number },
): Promise<number[]> {
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `select t.id from task_extensions x join tasks t on t.id = x.task_id
      where x.status = 'requested' and t.done_at is null and t.cancelled_at is null and ${TASK_IN_AREAS}
      order by x.id limit :limit`,
    { areas: [...areas], limit },
  );
  return rows.map((row) => row.id);
}

/** Whoever changes a task takes turns with those who finish it. */
export async function lockTask(trx: Knex, id: number): Promise<void> {
  await trx('tasks').where({ id }).forNoKeyUpdate().select('id');
}

/** What the due instant of a task was counted from, and by how many units. */
export async function readBasis(db: Knex, taskId: number): Promise<{ from: Date; amount: number }> {
  const row = await db('tasks as t')
    .join('deadlines as d', 'd.id', 't.deadline_id')
    .where('t.id', taskId)
    .first<{ basis: { from: string; amount: number } }>('d.basis');
  return { from: new Date(row.basis.from), amount: row.basis.amount };
}

/** Its id; null where a request of the task is open. */
export async function insertExtension(
  trx: Knex,
  request: Pick<
    ExtensionRow,
    'task_id' | 'amount' | 'reason' | 'due_at' | 'wanted_due_at' | 'requested_by' | 'requested_at'
  >,
): Promise<number | null> {
  const [row] = await trx('task_extensions')
    .insert(request)
    .onConflict(trx.raw(`(task_id) where status = 'requested'`))
    .ignore()
    .returning<{ id: number }[]>('id');
  return row?.id ?? null;
}

/** False where it is not open any more. */
export async function endExtension(
  trx: Knex,
  id: number,
  end: { status: 'approved' | 'refused' | 'withdrawn'; actorId: number; at: Date; note: string },
): Promise<boolean> {
  const changed = await trx('task_extensions')
    .where({ id, status: 'requested' })
    .update({ status: end.status, decided_by: end.actorId, decided_at: end.at, note: end.note });
  return changed > 0;
}
