import { listTasks, type TaskRow } from '../../db/task-views';
import { taskLabel } from '../../domain/notices/kinds';
import { departmentsOf, hasRole, type Actor } from '../../domain/roles';
import { workContract as contract } from '../contract/work';
import { decodeCursor, pageOf } from '../cursor';
import { implement } from '../implement';

export const taskRoutes = [
  implement(contract.listTasks, async ({ query, actor }, { db, now }) => {
    const { cursor, limit, scope, campaign, state } = query;
    const after = decodeCursor(cursor, isPosition);
    const rows = await listTasks(db, {
      state,
      limit: limit + 1,
      now: now(),
      ...scopeOf(actor, scope),
      ...(campaign === undefined ? {} : { campaign }),
      ...(after === undefined ? {} : { after }),
    });
    const page = pageOf(rows, limit, (row) => ({ dueAt: row.due_at.toISOString(), id: row.id }));
    return { ...page, rows: page.rows.map((row) => taskOf(row, actor, now())) };
  }),
];

/** `all` is for those who lead or oversee; others see their department's. */
function scopeOf(actor: Actor, scope: 'mine' | 'department' | 'all') {
  if (scope === 'mine') return { assigneeId: actor.id };
  const seesAll = hasRole(actor, 'supervisor', 'coordinator', 'lead_officer', 'approver');
  return scope === 'all' && seesAll ? {} : { departments: departmentsOf(actor) };
}

const isPosition = (value: unknown): value is { dueAt: string; id: number } =>
  typeof value === 'object' &&
  value !== null &&
  'dueAt' in value &&
  'id' in value &&
  typeof value.dueAt === 'string';

function taskOf(row: TaskRow, actor: Actor, now: Date) {
  return {
    id: row.id,
    kind: row.kind,
    title: titleOf(row),
    campaign: { code: row.campaign_code, name: row.campaign_name },
    visitId: row.visit_id,
    caseId: row.case_id,
    department: { code: row.department, name: row.department_name },
    assignee: row.assignee,
    dueAt: row.due_at.toISOString(),
    provisional: row.provisional,
    state: stateOf(row, now),
    doneAt: row.done_at?.toISOString() ?? null,
    why: whyOf(row, actor),
  };
}

function titleOf(row: TaskRow): string {
  const about =
    row.visit_number === null
      ? row.kind === 'answer-urging'
        ? `：${row.params['order'] ?? ''}`
        : ''
      : `：第 ${row.visit_number} 户 ${row.entity_name ?? ''}`;
  return `${taskLabel(row.kind)}${about}`;
}

function stateOf(row: TaskRow, now: Date): 'open' | 'overdue' | 'done' | 'done-late' | 'cancelled' {
  if (row.cancelled_at) return 'cancelled';
  if (row.done_at) return row.done_at <= row.due_at ? 'done' : 'done-late';
  return row.due_at < now ? 'overdue' : 'open';
}

function whyOf(row: TaskRow, actor: Actor): string {
  if (row.assignee_id !== actor.id) return `由${row.department_name}${row.assignee ?? ''}负责`;
  if (row.kind === 'results') return '您是该户的检查人员（随机匹配）';
  if (row.kind === 'publish') return '您是牵头部门的经办人（谁检查、谁录入、谁公开）';
  return `您是${row.department_name}的联络员`;
}
