import type { Knex } from 'knex';
import type { z } from 'zod';
import { appendAudit } from '../../db/audit';
import { everyRow, type RowsAfter } from '../../db/every-row';
import { listTasks, type TaskFilter, type TaskRow } from '../../db/task-views';
import { completeTask } from '../../db/tasks';
import { endOf, instantOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { OVERSIGHT_TASKS, taskLabel } from '../../domain/notices/kinds';
import { hasRoleIn, type Actor } from '../../domain/roles';
import { workContract as contract } from '../contract/work';
import type { ApiContext } from '../context';
import { decodeCursor, pageOf } from '../cursor';
import { implement } from '../implement';
import type { taskExportQuery } from '../schemas/tasks';
import { csvAnswer, workbookAnswer } from '../tables';
import { scopeOf, seenTask } from '../tasks/seen-task';
import { taskDetailOf } from '../tasks/task-detail';
import { readerOf, taskOf } from '../tasks/task-of';
import { taskTable } from '../tasks/task-table';

/** A workbook is held in memory; a table of lines is not. */
const WORKBOOK_ROWS = 50_000;

export const taskRoutes = [
  implement(contract.listTasks, async ({ query, actor }, context) => {
    const { db, now } = context;
    const { cursor, limit, ...filters } = query;
    const after = decodeCursor(cursor, isPosition);
    const rows = await listTasks(db, {
      ...(await filterOf(filters, actor, context)),
      limit: limit + 1,
      now: now(),
      ...(after === undefined ? {} : { after }),
    });
    const page = pageOf(rows, limit, positionOf);
    const reader = await readerOf(db, actor, now());
    return { ...page, rows: page.rows.map((row) => taskOf(row, reader)) };
  }),

  implement(contract.downloadTasksCsv, async ({ query, actor }, context) => {
    const { db, now } = context;
    const filter = { ...(await filterOf(query, actor, context)), now: now() };
    const rows = everyRow(
      ({ limit, after }: RowsAfter<NonNullable<TaskFilter['after']>>) =>
        listTasks(db, { ...filter, limit, ...(after === undefined ? {} : { after }) }),
      positionOf,
    );
    return csvAnswer(taskTable(await readerOf(db, actor, now())), rows, 'onevisit-tasks.csv');
  }),

  implement(contract.downloadTasksXlsx, async ({ query, actor }, context) => {
    const { db, now } = context;
    const reader = await readerOf(db, actor, now());
    const rows = await listTasks(db, {
      ...(await filterOf(query, actor, context)),
      limit: WORKBOOK_ROWS + 1,
      now: now(),
    });
    if (rows.length > WORKBOOK_ROWS)
      throw conflict(
        'too-many-tasks',
        `超过 ${WORKBOOK_ROWS} 项任务，装不进一个工作簿：请缩小范围，或下载 CSV。`,
      );
    return workbookAnswer(taskTable(reader), rows, { sheet: '任务', fileName: 'onevisit-tasks.xlsx' });
  }),

  implement(contract.readTask, async ({ params, actor }, { db, now }) =>
    taskDetailOf(db, await seenTask(db, params.id, actor, now()), actor, now()),
  ),

  implement(contract.completeTask, async ({ params, body, actor, address, requestId }, context) => {
    const { db, now, campaigns, log } = context;
    const read = async (from: Knex) => {
      const [row] = await listTasks(from, { id: params.id, state: 'any', limit: 1, now: now() });
      if (!row) throw noTask(params.id);
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
      if (!(await completeTask(trx, row.id, body.note, { at: now(), by: actor.id }))) {
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
    return taskOf(task, await readerOf(db, actor, now()));
  }),
];

const noTask = (id: number) => notFound('task-not-found', `没有编号为 ${id} 的任务，或它不归您查看。`);

async function filterOf(
  { scope, campaign, state, kind, department, dueFrom, dueTo }: z.output<typeof taskExportQuery>,
  actor: Actor,
  { db, now }: ApiContext,
): Promise<Omit<TaskFilter, 'limit' | 'now'>> {
  const own = await scopeOf(db, actor, scope, now());
  return {
    state,
    ...own,
    ...(campaign === undefined ? {} : { campaign }),
    ...(kind === undefined ? {} : { kind }),
    ...(department === undefined
      ? {}
      : { departments: (own.departments ?? [department]).filter((one) => one === department) }),
    ...(dueFrom === undefined ? {} : { dueFrom: instantOf(dueFrom, '00:00') }),
    ...(dueTo === undefined ? {} : { dueBefore: endOf(dueTo) }),
  };
}

const positionOf = (row: TaskRow) => ({ dueAt: row.due_at.toISOString(), id: row.id });

const isPosition = (value: unknown): value is { dueAt: string; id: number } =>
  typeof value === 'object' &&
  value !== null &&
  'dueAt' in value &&
  'id' in value &&
  typeof value.dueAt === 'string';
