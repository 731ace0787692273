import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { listTasks, type TaskRow } from '../../db/task-views';
import { completeTask } from '../../db/tasks';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { OVERSIGHT_TASKS, taskLabel } from '../../domain/notices/kinds';
import { areaPrefixesOf, departmentsOf, hasRoleIn, type Actor } from '../../domain/roles';
import { changeAdvice, changeTitle, isChangeTask } from '../../domain/visits/registry-changes';
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

  implement(contract.completeTask, async ({ params, body, actor, address, requestId }, context) => {
    const { db, now, campaigns, log } = context;
    const read = async (from: Knex) => {
      const [row] = await listTasks(from, { id: params.id, state: 'any', limit: 1, now: now() });
      if (!row) throw notFound('task-not-found', '没有这个任务。');
      return row;
    };
    const task = await db.transaction(async (trx) => {
      const row = await read(trx);
      if (!OVERSIGHT_TASKS.includes(row.kind)) {
        throw conflict('task-by-deed', `“${taskLabel(row.kind)}”办完自动完成，不能直接办结。`);
      }
      if (!hasRoleIn(actor, row.department, 'supervisor')) {
        throw forbidden('other-department', `该任务由${row.department_name}办理。`);
      }
      if (!(await completeTask(trx, row.id, body.note, now()))) {
        throw conflict('task-ended', '该任务已经办结或取消。');
      }
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'campaign.lookInto',
        subject: `campaign/${row.campaign_code ?? ''}`,
        address,
        requestId,
        after: { task: row.id, kind: row.kind, ...row.params, reason: body.note },
      });
      return read(trx);
    });
    await campaigns.resultsArrived(task.campaign_code ?? '').catch((error: unknown) => {
      log.warn({ err: error, task: task.id }, 'oversight was not told of a task that is done');
    });
    return taskOf(task, actor, now());
  }),
];

/** `all` is for those who lead or oversee, in their areas; others see their department's. */
function scopeOf(actor: Actor, scope: 'mine' | 'department' | 'all') {
  if (scope === 'mine') return { assigneeId: actor.id };
  const areas = areaPrefixesOf(actor, 'supervisor', 'coordinator', 'lead_officer', 'approver');
  return scope === 'all' && areas.length > 0
    ? { within: { areas, userId: actor.id } }
    : { departments: departmentsOf(actor) };
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
    campaign:
      row.campaign_code === null
        ? null
        : { code: row.campaign_code, name: row.campaign_name ?? row.campaign_code },
    planYear: row.plan_year,
    visitId: row.visit_id,
    caseId: row.case_id,
    department: { code: row.department, name: row.department_name },
    assignee: row.assignee,
    dueAt: row.due_at.toISOString(),
    provisional: row.provisional,
    state: stateOf(row, now),
    doneAt: row.done_at?.toISOString() ?? null,
    why: whyOf(row, actor),
    advice: isChangeTask(row.kind) ? changeAdvice(row.kind, row.params) : null,
    inspector: row.kind === 'changed-inspector' ? String(row.params['inspector']) : null,
    note: row.note,
    mayComplete:
      OVERSIGHT_TASKS.includes(row.kind) &&
      row.done_at === null &&
      row.cancelled_at === null &&
      hasRoleIn(actor, row.department, 'supervisor'),
  };
}

function titleOf(row: TaskRow): string {
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

function stateOf(row: TaskRow, now: Date): 'open' | 'overdue' | 'done' | 'done-late' | 'cancelled' {
  if (row.cancelled_at) return 'cancelled';
  if (row.done_at) return row.done_at <= row.due_at ? 'done' : 'done-late';
  return row.due_at < now ? 'overdue' : 'open';
}

function whyOf(row: TaskRow, actor: Actor): string {
  if (row.assignee_id !== actor.id) return `由${row.department_name}${row.assignee ?? ''}负责`;
  if (row.kind === 'results') return '您是该户的检查人员（随机匹配）';
  if (OVERSIGHT_TASKS.includes(row.kind)) return '您是督查人员';
  if (row.kind === 'launch') return `您是${row.department_name}的经办人：年度计划应在实施时间内启动`;
  if (isChangeTask(row.kind)) return '您是牵头部门的经办人：抽取后名录有变动';
  if (row.kind === 'publish') return '您是牵头部门的经办人（谁检查、谁录入、谁公开）';
  if (row.kind.startsWith('decide-')) return `您是${row.department_name}的负责人`;
  return `您是${row.department_name}的联络员`;
}
