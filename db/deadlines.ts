import type { Knex } from 'knex';
import { dueAfter, stepTimes } from '../domain/deadlines/due';
import { durationOf, ruleOf, type DeadlinePolicy } from '../domain/deadlines/policy';
import { calendarOf, type Calendar, type CalendarCorrection } from '../domain/deadlines/working-days';
import type { TaskKind } from '../domain/notices/kinds';

/** The city's calendar: the national arrangement with its own corrections. */
export async function readCalendar(db: Knex): Promise<Calendar> {
  const rows = await db('calendar_corrections').orderBy('date').select<CalendarCorrection[]>('date', 'kind');
  return calendarOf(rows);
}

/** Whose deadlines they are: a campaign's, or those of a year's plan. */
export type DeadlineOwner = { deadline_policy: DeadlinePolicy } & ({ id: number } | { year: number });

export const ownerColumn = (owner: DeadlineOwner): { campaign_id: number } | { plan_year: number } =>
  'year' in owner ? { plan_year: owner.year } : { campaign_id: owner.id };

export interface Deadline {
  id: number;
  dueAt: Date;
}

/** What a due instant was computed from, so that it can be computed again. */
interface Basis {
  from: string;
  amount: number;
}

/**
 * The owner's deadline for tasks of a kind, as long after an instant as its policy gives them, or `amount` units; with the
 * times of its reminders; made where missing.
 */
export async function ensureDeadline(
  trx: Knex,
  owner: DeadlineOwner,
  calendar: Calendar,
  from: Date,
  kind: TaskKind,
  amount: number = durationOf(owner.deadline_policy, kind),
): Promise<Deadline> {
  const { at, provisional } = dueAfter(owner.deadline_policy, calendar, from, amount);
  const rule = ruleOf(owner.deadline_policy, kind);
  const basis: Basis = { from: from.toISOString(), amount };
  const same = { ...ownerColumn(owner), due_at: at, rule };
  const [made] = await trx('deadlines')
    .insert({ ...same, provisional, basis: JSON.stringify(basis) })
    .onConflict(Object.keys(same))
    .ignore()
    .returning<{ id: number }[]>('id');
  if (made) {
    await insertSteps(trx, { id: made.id, rule, at }, owner.deadline_policy, calendar);
    return { id: made.id, dueAt: at };
  }
  const existing = await trx('deadlines').where(same).first<{ id: number }>('id');
  return { id: existing.id, dueAt: at };
}

/**
 * Computes anew what somebody still owes by a day to come, or by a provisional one: a year that was announced and a
 * day that the city corrected since move it. Steps already carried out stay carried out.
 */
export async function recomputeDeadlines(
  trx: Knex,
  owner: DeadlineOwner,
  calendar: Calendar,
  now: Date,
): Promise<void> {
  if (owner.deadline_policy.unit === 'seconds') return;
  const rows = await trx('deadlines')
    .where(ownerColumn(owner))
    .where((either) => void either.where({ provisional: true }).orWhere('due_at', '>', now))
    .whereExists(
      trx('tasks')
        .whereRaw('tasks.deadline_id = deadlines.id')
        .whereNull('done_at')
        .whereNull('cancelled_at')
        .select(trx.raw('1')),
    )
    .orderBy('due_at')
    .select<{ id: number; due_at: Date; rule: string; provisional: boolean; basis: Basis }[]>(
      ...(['id', 'due_at', 'rule', 'provisional', 'basis'] as const),
    );
  const moved: { id: number; rule: string; at: Date; provisional: boolean }[] = [];
  for (const { id, due_at, rule, provisional: was, basis } of rows) {
    const due = dueAfter(owner.deadline_policy, calendar, new Date(basis.from), basis.amount);
    if (due.at.getTime() !== due_at.getTime()) moved.push({ id, rule, ...due });
    else if (due.provisional !== was)
      await trx('deadlines').where({ id }).update({ provisional: due.provisional });
  }
  // Out of each other's way first: one may come where another has been.
  await trx('deadlines')
    .whereIn(
      'id',
      moved.map((one) => one.id),
    )
    .update({ due_at: trx.raw(`timestamptz '9000-01-01' + id * interval '1 second'`) });
  for (const { id, rule, at, provisional } of moved) {
    const there = await trx('deadlines')
      .where({ ...ownerColumn(owner), due_at: at, rule })
      .first<{ id: number } | undefined>('id');
    if (there) {
      await trx('tasks').where({ deadline_id: id }).update({ deadline_id: there.id });
      await trx('task_steps').where({ deadline_id: id }).update({ deadline_id: there.id });
      await trx('task_moves').where({ from_deadline: id }).update({ from_deadline: there.id });
      await trx('task_moves').where({ to_deadline: id }).update({ to_deadline: there.id });
      await trx('deadlines').where({ id }).delete();
      continue;
    }
    await trx('deadlines').where({ id }).update({ due_at: at, provisional });
    await trx('deadline_steps').where({ deadline_id: id }).delete();
    await insertSteps(trx, { id, rule, at }, owner.deadline_policy, calendar);
  }
}

async function insertSteps(
  trx: Knex,
  deadline: { id: number; rule: string; at: Date },
  policy: DeadlinePolicy,
  calendar: Calendar,
): Promise<void> {
  await trx('deadline_steps').insert(
    stepTimes(policy, calendar, deadline.at, deadline.rule).map(({ step, name, action, at }) => ({
      deadline_id: deadline.id,
      step,
      name,
      action,
      at,
    })),
  );
}
