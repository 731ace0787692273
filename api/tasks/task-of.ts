import type { Knex } from 'knex';
import { readCalendar } from '../../db/deadlines';
import { listStoodInFor } from '../../db/delegations';
import type { TaskRow } from '../../db/task-views';
import { dayOf, workingDaysBetween, type Calendar } from '../../domain/deadlines/working-days';
import { OVERSIGHT_TASKS, taskLabel } from '../../domain/notices/kinds';
import { hasRoleIn, type Actor } from '../../domain/roles';
import { whyText, type TaskOrigin } from '../../domain/tasks/why';
import { changeAdvice, changeTitle, isChangeTask } from '../../domain/visits/registry-changes';

/** What reading a task depends on besides its row. */
export interface TaskReader {
  actor: Actor;
  now: Date;
  calendar: Calendar;
  /** Whom they stand in for today. */
  standsInFor: readonly number[];
}

export const readerOf = async (db: Knex, actor: Actor, now: Date): Promise<TaskReader> => ({
  actor,
  now,
  calendar: await readCalendar(db),
  standsInFor: await listStoodInFor(db, actor.id, dayOf(now)),
});

export function taskOf(row: TaskRow, reader: TaskReader) {
  const { actor, now } = reader;
  return {
    id: row.id,
    kind: row.kind,
    title: titleOf(row),
    campaign:
      row.campaign_code === null
        ? null
        : { code: row.campaign_code, name: row.campaign_name ?? row.campaign_code },
    planYear: row.plan_year,
    visitId: row.visit_id,
    caseId: row.case_id,
    department: { code: row.department, name: row.department_name },
    assignee: row.assignee,
    onBehalfOf: standsIn(row, reader) ? row.assignee : null,
    dueAt: row.due_at.toISOString(),
    workingDaysLeft: workingDaysLeft(row, reader),
    provisional: row.provisional,
    state: stateOf(row, now),
    doneAt: row.done_at?.toISOString() ?? null,
    why: whyText(originOf(row, actor)),
    advice: isChangeTask(row.kind) ? changeAdvice(row.kind, row.params) : null,
    inspector: row.kind === 'changed-inspector' ? String(row.params['inspector']) : null,
    note: row.note,
    mayComplete:
      OVERSIGHT_TASKS.includes(row.kind) && isOpen(row) && hasRoleIn(actor, row.department, 'supervisor'),
  };
}

const standsIn = (row: TaskRow, { standsInFor }: TaskReader): boolean =>
  isOpen(row) && row.assignee_id !== null && standsInFor.includes(row.assignee_id);

export const isOpen = (row: Pick<TaskRow, 'done_at' | 'cancelled_at'>): boolean =>
  row.done_at === null && row.cancelled_at === null;

export const originOf = (row: TaskRow, actor: Actor): TaskOrigin => ({
  kind: row.kind,
  departmentName: row.department_name,
  assignee: row.assignee,
  isOwn: row.assignee_id === actor.id,
  visitNumber: row.visit_number,
});

export function titleOf(row: TaskRow): string {
  if (row.kind === 'void-ceremony') {
    return `${taskLabel(row.kind)}：第 ${row.params['number'] ?? ''} 次，${row.params['reason'] ?? ''}`;
  }
  if (row.kind === 'changed-inspector') return `${taskLabel(row.kind)}：${changeTitle(row.kind, row.params)}`;
  if (row.kind === 'launch') return `${taskLabel(row.kind)}：${row.params['what'] ?? ''}`;
  const about =
    row.visit_number === null
      ? row.kind === 'answer-urging'
        ? `：${row.params['order'] ?? ''}`
        : ''
      : `：第 ${row.visit_number} 户 ${row.entity_name ?? ''}`;
  const change = row.kind === 'changed-entity' ? `：${changeTitle(row.kind, row.params)}` : '';
  return `${taskLabel(row.kind)}${about}${change}`;
}

export function stateOf(row: TaskRow, now: Date): 'open' | 'overdue' | 'done' | 'done-late' | 'cancelled' {
  if (row.cancelled_at) return 'cancelled';
  if (row.done_at) return row.done_at <= row.due_at ? 'done' : 'done-late';
  return row.due_at < now ? 'overdue' : 'open';
}

/** Of an open task whose deadline counts working days; negative where it is overdue. */
export function workingDaysLeft(row: TaskRow, { now, calendar }: TaskReader): number | null {
  if (row.unit !== 'working-days' || !isOpen(row)) return null;
  return workingDaysBetween(calendar, dayOf(now), dayOf(row.due_at));
}
