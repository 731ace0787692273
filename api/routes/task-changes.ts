import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { lockCampaign, readCampaign } from '../../db/campaigns';
import { ensureDeadline, readCalendar } from '../../db/deadlines';
import { tellAtOnce } from '../../db/notices';
import { usersWith } from '../../db/recipients';
import {
  endExtension,
  insertExtension,
  lockTask,
  readExtension,
  tasksAwaitingDecision,
  type ExtensionRow,
} from '../../db/task-extensions';
import { moveToDeadline, moveToPerson, taskCandidates } from '../../db/task-moves';
import { listTasks, type TaskRow } from '../../db/task-views';
import { dueAfter } from '../../domain/deadlines/due';
import { conflict, forbidden, invalid, invalidField, notFound } from '../../domain/errors';
import { formatInstant } from '../../domain/notices/format';
import { taskAreas } from '../../domain/permissions/records';
import { extensionDecider, extensionRefusal, mostMore, unitName } from '../../domain/tasks/extension';
import { holdersOf } from '../../domain/tasks/holders';
import { taskChangesContract as contract } from '../contract/task-changes';
import type { ApiContext } from '../context';
import { implement, type ApiRequest } from '../implement';
import { extensionCaseOf, mayDecideExtension } from '../tasks/extension-case';
import { seenTask } from '../tasks/seen-task';
import { mayAskFor, mayReassign, taskDetailOf } from '../tasks/task-detail';
import { isOpen, readerOf, taskOf, titleOf } from '../tasks/task-of';

type Request = ApiRequest<{ id: number }, unknown, unknown>;

export const taskChangeRoutes = [
  implement(contract.listAwaitingTasks, async ({ query, actor }, { db, now }) => {
    const areas = taskAreas(actor);
    const reader = await readerOf(db, actor, now());
    const rows = [];
    for (const id of await tasksAwaitingDecision(db, { areas, limit: query.limit })) {
      const [row] = await listTasks(db, { id, state: 'open', limit: 1, now: now() });
      if (!row) continue;
      const { extensions } = await taskDetailOf(db, row, actor, now());
      if (extensions.some((one) => one.mayDecide)) rows.push(taskOf(row, reader));
    }
    return { rows };
  }),

  implement(contract.requestExtension, async (request, context) => {
    const { params, body, actor } = request;
    const { db, now } = context;
    await db.transaction(async (trx) => {
      await lockTask(trx, params.id);
      const row = await openTask(trx, request, now());
      if (!(await mayAskFor(trx, row, actor, now())))
        throw forbidden('not-your-task', `延期由责任人或${row.department_name}的联络员申请。`);
      const wanted = await wantedDue(trx, row, body.amount, now());
      const id = await insertExtension(trx, {
        task_id: row.id,
        amount: body.amount,
        reason: body.reason,
        due_at: row.due_at,
        wanted_due_at: wanted.at,
        requested_by: actor.id,
        requested_at: now(),
      });
      if (id === null)
        throw conflict('extension-open', '这项任务已有一份待审批的延期申请：请等待审批，或先撤回。');
      await record(trx, request, row, 'requestExtension', { extension: id, ...body });
      await tellAtOnce(trx, [
        {
          key: `extension-requested/${id}`,
          kind: 'extension-requested',
          campaignId: wanted.campaignId,
          recipients: (await deciders(trx, row)).filter((one) => one !== actor.id),
          params: {
            by: actor.name,
            title: titleOf(row),
            due: formatInstant(wanted.at),
            reason: body.reason,
          },
          at: now(),
        },
      ]);
    });
    return answerOf(request, context);
  }),

  implement(contract.decideExtension, async (request, context) => {
    const { db, now } = context;
    const { accepts, note } = request.body;
    if (!accepts && note === '')
      throw invalid('reason-missing', '不批准请写明理由。', [{ field: 'note', message: '请写明理由' }]);
    const row = await db.transaction(async (trx) => {
      const { task, extension } = await lockedExtension(trx, request.params.id, now());
      const known = await extensionCaseOf(trx, task, { now: now(), calendar: await readCalendar(trx) });
      if (extension.requested_by === request.actor.id)
        throw forbidden('own-submission', '申请人不能审批自己的延期申请。');
      if (extension.status !== 'requested' || !isOpen(task))
        throw conflict('extension-ended', '这份延期申请已经处理，或任务已经结束。');
      if (!mayDecideExtension(request.actor, task.kind, known.campaign, extension))
        throw forbidden('not-your-decision', deciderWords(task.kind));
      if (accepts) await putOff(trx, task, extension, request, now());
      await endExtension(trx, extension.id, {
        status: accepts ? 'approved' : 'refused',
        actorId: request.actor.id,
        at: now(),
        note,
      });
      await record(trx, request, task, accepts ? 'approveExtension' : 'refuseExtension', {
        extension: extension.id,
        amount: extension.amount,
        note,
      });
      const after = await lockedTask(trx, task.id, now());
      await tellAtOnce(trx, [
        {
          key: `extension-decided/${extension.id}`,
          kind: 'extension-decided',
          campaignId: known.campaign?.id ?? null,
          recipients: [
            ...new Set([extension.requested_by, ...(task.assignee_id === null ? [] : [task.assignee_id])]),
          ],
          params: {
            title: titleOf(task),
            decision: accepts ? '已批准' : '未获批准',
            due: formatInstant(after.due_at),
            note: note === '' ? '' : `审批意见：${note}`,
          },
          at: now(),
        },
      ]);
      return after;
    });
    // Reminders of the new due date may come before those that oversight waits for.
    if (accepts && row.campaign_code !== null) {
      const { campaign_code: code } = row;
      request.afterwards(() => context.campaigns.resultsArrived(code));
    }
    return taskDetailOf(db, row, request.actor, now());
  }),

  implement(contract.withdrawExtension, async (request, { db, now }) => {
    const row = await db.transaction(async (trx) => {
      const extension = await knownExtension(trx, request.params.id);
      const task = await lockedTask(trx, extension.task_id, now());
      if (extension.requested_by !== request.actor.id)
        throw forbidden('not-your-request', '延期申请由申请人撤回。');
      const { id: actorId } = request.actor;
      if (!(await endExtension(trx, extension.id, { status: 'withdrawn', actorId, at: now(), note: '' })))
        throw conflict('extension-ended', '这份延期申请已经处理，不能撤回。');
      await record(trx, request, task, 'withdrawExtension', { extension: extension.id });
      return task;
    });
    return taskDetailOf(db, row, request.actor, now());
  }),

  implement(contract.reassignTask, async (request, context) => {
    const { params, body, actor } = request;
    const { db, now } = context;
    await db.transaction(async (trx) => {
      await lockTask(trx, params.id);
      const row = await openTask(trx, request, now());
      if (!mayReassign(actor, row))
        throw forbidden('other-department', `这项任务由${row.department_name}的联络员或负责人改派。`);
      const candidate = (await taskCandidates(trx, row.id, holdersOf(row.kind))).find(
        (one) => one.id === body.assignee,
      );
      if (!candidate) throw noCandidate(row);
      await moveToPerson(trx, row.id, candidate.id, {
        actorId: actor.id,
        at: now(),
        reason: body.reason,
      });
      await record(trx, request, row, 'reassign', {
        from: row.assignee_id,
        to: candidate.id,
        reason: body.reason,
      });
      const campaign = row.campaign_code === null ? null : await readCampaign(trx, row.campaign_code);
      await tellAtOnce(trx, [
        {
          key: `task-reassigned/${row.id}/${now().toISOString()}`,
          kind: 'task-reassigned',
          campaignId: campaign?.id ?? null,
          recipients: [candidate.id, ...(row.assignee_id === null ? [] : [row.assignee_id])],
          params: {
            title: titleOf(row),
            from: row.assignee ?? row.department_name,
            to: candidate.name,
            reason: body.reason,
          },
          at: now(),
        },
      ]);
    });
    return answerOf(request, context);
  }),
];

const answerOf = async ({ params, actor }: Request, { db, now }: ApiContext) =>
  taskDetailOf(db, await seenTask(db, params.id, actor, now()), actor, now());

async function openTask(trx: Knex, { params, actor }: Request, now: Date): Promise<TaskRow> {
  const row = await seenTask(trx, params.id, actor, now);
  if (!isOpen(row)) throw conflict('task-ended', '该任务已经办结或取消。');
  return row;
}

/** The task of a request that is decided: its campaign first, as sweeps do. */
async function lockedTask(trx: Knex, id: number, now: Date): Promise<TaskRow> {
  const read = async () => {
    const [row] = await listTasks(trx, { id, state: 'any', limit: 1, now });
    if (!row) throw new Error(`task ${id} has a request and does not exist`);
    return row;
  };
  const { campaign_code: code } = await read();
  if (code !== null) await lockCampaign(trx, code);
  await lockTask(trx, id);
  return read();
}

/** As it is once its task is held: of two who decide at once the second sees what the first decided. */
async function lockedExtension(
  trx: Knex,
  id: number,
  now: Date,
): Promise<{ task: TaskRow; extension: ExtensionRow }> {
  const { task_id: taskId } = await knownExtension(trx, id);
  const task = await lockedTask(trx, taskId, now);
  return { task, extension: await knownExtension(trx, id) };
}

async function knownExtension(trx: Knex, id: number): Promise<ExtensionRow> {
  const extension = await readExtension(trx, id);
  if (!extension) throw notFound('extension-not-found', `没有编号为 ${id} 的延期申请。`);
  return extension;
}

/** The due instant that an extension leads to, or the refusal of it. */
async function wantedDue(
  trx: Knex,
  row: TaskRow,
  amount: number,
  now: Date,
): Promise<{ at: Date; campaignId: number | null }> {
  const calendar = await readCalendar(trx);
  const known = await extensionCaseOf(trx, row, { now, calendar });
  const refusal = extensionRefusal(known);
  if (refusal) throw conflict(refusal.type, refusal.message);
  const most = mostMore(known);
  if (amount > most)
    throw invalid('extension-too-long', `最多还能延长 ${most} ${unitName(known.policy)}。`, [
      { field: 'amount', message: `不超过 ${most}` },
    ]);
  const { at } = dueAfter(known.policy, calendar, known.from, known.amount + amount);
  if (at <= now)
    throw invalid('extension-too-short', `延长后于 ${formatInstant(at)} 到期，已经过去：请延长更久。`, [
      { field: 'amount', message: '延长后仍已逾期' },
    ]);
  return { at, campaignId: known.campaign?.id ?? null };
}

async function putOff(
  trx: Knex,
  task: TaskRow,
  extension: ExtensionRow,
  { actor }: Request,
  now: Date,
): Promise<void> {
  const calendar = await readCalendar(trx);
  const { campaign, from, amount } = await extensionCaseOf(trx, task, { now, calendar });
  if (campaign === null) throw new Error('what is owed to a plan is not put off');
  const deadline = await ensureDeadline(trx, campaign, calendar, from, task.kind, amount + extension.amount);
  if (deadline.dueAt <= now)
    throw conflict(
      'extension-too-short',
      `延长后于 ${formatInstant(deadline.dueAt)} 到期，已经过去：请不予批准，由责任人重新申请。`,
    );
  await moveToDeadline(trx, task.id, deadline.id, {
    actorId: actor.id,
    at: now,
    reason: extension.reason,
    extensionId: extension.id,
  });
}

async function deciders(trx: Knex, row: TaskRow): Promise<number[]> {
  if (row.campaign_code === null) return [];
  const { region_codes: regions, lead_department: department } = await readCampaign(trx, row.campaign_code);
  return extensionDecider(row.kind) === 'supervision'
    ? usersWith(trx, { role: 'supervisor', regions })
    : usersWith(trx, { role: 'lead_officer', department });
}

const deciderWords = (kind: string): string =>
  extensionDecider(kind) === 'supervision' ? '这类任务的延期由督查审批。' : '这类任务的延期由牵头部门审批。';

function noCandidate(row: TaskRow) {
  const message =
    row.kind === 'results'
      ? '检查结果只能由该户检查组的成员录入（须持有效执法证件，经随机匹配），不能改派给检查组以外的人：确需换人的，请申请替换检查人员。'
      : `只能改派给${row.department_name}能办理这类任务的人员。`;
  return invalidField('not-a-candidate', 'assignee', message);
}

const record = (
  trx: Knex,
  { actor, address, requestId }: Request,
  row: TaskRow,
  action: string,
  after: object,
): Promise<void> =>
  appendAudit(trx, {
    ...{ actorId: actor.id, action: `task.${action}`, subject: `task/${row.id}` },
    ...{ address, requestId, after },
  });
