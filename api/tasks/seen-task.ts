import type { Knex } from 'knex';
import { listStoodInFor } from '../../db/delegations';
import { listTasks, type TaskFilter, type TaskRow } from '../../db/task-views';
import { dayOf } from '../../domain/deadlines/working-days';
import { notFound } from '../../domain/errors';
import { taskAreas } from '../../domain/permissions/records';
import { departmentsOf, type Actor } from '../../domain/roles';

export type TaskScope = 'mine' | 'department' | 'all';

/**
 * `mine`: also of those whom the person stands in for today. `all` is for those who lead or oversee, in their areas;
 * others see their department's.
 */
export async function scopeOf(
  db: Knex,
  actor: Actor,
  scope: TaskScope,
  now: Date,
): Promise<Pick<TaskFilter, 'own' | 'within' | 'departments'>> {
  if (scope === 'mine')
    return { own: { userId: actor.id, standsInFor: await listStoodInFor(db, actor.id, dayOf(now)) } };
  const areas = taskAreas(actor);
  return scope === 'all' && areas.length > 0
    ? { within: { areas, userId: actor.id } }
    : { departments: departmentsOf(actor) };
}

/** A task that the person may see: their own, their department's, or of the areas that they lead or oversee. */
export async function seenTask(db: Knex, id: number, actor: Actor, now: Date): Promise<TaskRow> {
  for (const scope of ['mine', 'department', 'all'] as const) {
    const own = await scopeOf(db, actor, scope, now);
    const [row] = await listTasks(db, { id, state: 'any', limit: 1, now, ...own });
    if (row) return row;
  }
  throw notFound('task-not-found', `没有编号为 ${id} 的任务，或它不归您查看。`);
}
