import type { Knex } from 'knex';
import { dueAfter, stepTimes } from '../domain/deadlines/due';
import type { DeadlinePolicy } from '../domain/deadlines/policy';
import { calendarOf, type Calendar, type CalendarCorrection } from '../domain/deadlines/working-days';

/** The city's calendar: the national arrangement with its own corrections. */
export async function readCalendar(db: Knex): Promise<Calendar> {
  const rows = await db('calendar_corrections').orderBy('date').select<CalendarCorrection[]>('date', 'kind');
  return calendarOf(rows);
}

export interface Deadline {
  id: number;
  dueAt: Date;
}

/** What a due instant was computed from, so that it can be computed again. */
interface Basis {
  from: string;
  amount: number;
}

/** The campaign's deadline `amount` units after an instant, with the times of its reminders; made where missing. */
export async function ensureDeadline(
  trx: Knex,
  campaign: { id: number; deadline_policy: DeadlinePolicy },
  calendar: Calendar,
  from: Date,
  amount: number,
): Promise<Deadline> {
  const { at, provisional } = dueAfter(campaign.deadline_policy, calendar, from, amount);
  const basis: Basis = { from: from.toISOString(), amount };
  const [made] = await trx('deadlines')
    .insert({ campaign_id: campaign.id, due_at: at, provisional, basis: JSON.stringify(basis) })
    .onConflict(['campaign_id', 'due_at'])
    .ignore()
    .returning<{ id: number }[]>('id');
  if (made) {
    await insertSteps(trx, made.id, campaign.deadline_policy, calendar, at);
    return { id: made.id, dueAt: at };
  }
  const existing = await trx('deadlines').where({ campaign_id: campaign.id, due_at: at }).first<{
    id: number;
  }>('id');
  return { id: existing.id, dueAt: at };
}

/**
 * Computes provisional deadlines anew: a year whose holidays have been announced since gives them their final date.
 * Steps already carried out stay carried out.
 */
export async function recomputeProvisional(
  trx: Knex,
  campaign: { id: number; deadline_policy: DeadlinePolicy },
  calendar: Calendar,
): Promise<void> {
  const rows = await trx('deadlines')
    .where({ campaign_id: campaign.id, provisional: true })
    .select<{ id: number; due_at: Date; basis: Basis }[]>('id', 'due_at', 'basis');
  for (const row of rows) {
    const { at, provisional } = dueAfter(
      campaign.deadline_policy,
      calendar,
      new Date(row.basis.from),
      row.basis.amount,
    );
    if (provisional && at.getTime() === row.due_at.getTime()) continue;
    const clash = await trx('deadlines')
      .where({ campaign_id: campaign.id, due_at: at })
      .whereNot({ id: row.id })
      .first<{ id: number } | undefined>('id');
    if (clash) {
      await trx('tasks').where({ deadline_id: row.id }).update({ deadline_id: clash.id });
      await trx('deadlines').where({ id: row.id }).delete();
      continue;
    }
    await trx('deadlines').where({ id: row.id }).update({ due_at: at, provisional });
    await trx('deadline_steps').where({ deadline_id: row.id }).delete();
    await insertSteps(trx, row.id, campaign.deadline_policy, calendar, at);
  }
}

async function insertSteps(
  trx: Knex,
  deadlineId: number,
  policy: DeadlinePolicy,
  calendar: Calendar,
  dueAt: Date,
): Promise<void> {
  await trx('deadline_steps').insert(
    stepTimes(policy, calendar, dueAt).map(({ step, name, action, at }) => ({
      deadline_id: deadlineId,
      step,
      name,
      action,
      at,
    })),
  );
}
