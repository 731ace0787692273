import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { lockCampaign } from '../../db/campaigns';
import { ensureDeadline, readCalendar } from '../../db/deadlines';
import { addNotices, type NewNotice } from '../../db/notices';
import { usersWith } from '../../db/recipients';
import { countByDepartment } from '../../db/task-views';
import { addTasks } from '../../db/tasks';
import {
  countAnswerTasks,
  finishAnswerTasks,
  listUrgingOrders,
  lockOrder,
  storeOrderAnswer,
  storeOrderDecision,
  type UrgingOrderRow,
} from '../../db/urging-orders';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { areaPrefixesOf, departmentsOf, hasRoleIn } from '../../domain/roles';
import { workContract as contract } from '../contract/work';
import type { ApiContext } from '../context';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement, type ApiRequest } from '../implement';

export const oversightRoutes = [
  implement(contract.readOversight, async ({ query }, { db, now }) => ({
    rows: (await countByDepartment(db, now(), query.campaign ?? null)).map((row) => ({
      department: { code: row.code, name: row.name },
      due: row.due,
      doneOnTime: row.done_on_time,
      doneLate: row.done_late,
      openTasks: row.open_tasks,
      overdueNow: row.overdue_now,
      urgingOrders: row.urging_orders,
    })),
  })),

  implement(contract.listUrgingOrders, async ({ query, actor }, { db }) => {
    const beforeId = decodeCursor(query.cursor, isId);
    const areas = areaPrefixesOf(actor, 'supervisor', 'coordinator', 'lead_officer');
    const rows = await listUrgingOrders(db, {
      limit: query.limit + 1,
      ...(areas.length > 0 ? { areas } : { departments: departmentsOf(actor) }),
      ...(query.campaign === undefined ? {} : { campaign: query.campaign }),
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    return { ...page, rows: page.rows.map(orderOf) };
  }),

  implement(contract.answerUrgingOrder, (request, context) =>
    settle(request, context, 'answer', async (trx, order) => {
      if (!hasRoleIn(request.actor, order.department, 'liaison', 'approver')) {
        throw forbidden('other-department', `督办单 ${order.number} 由 ${order.department_name} 答复。`);
      }
      if (order.status === 'answered' || order.status === 'accepted') {
        throw conflict('order-answered', `督办单 ${order.number} 已经答复。`);
      }
      const at = context.now();
      await storeOrderAnswer(trx, order.id, { text: request.body.answer, actorId: request.actor.id, at });
      await finishAnswerTasks(trx, order.number, at);
      return {
        kind: 'answer-received',
        recipients: await usersWith(trx, { role: 'supervisor' }),
        params: { department: order.department_name, order: order.number },
      };
    }),
  ),

  implement(contract.acceptAnswer, (request, context) =>
    settle(request, context, 'accept', (trx, order) => decide(trx, order, request, context, 'accepted')),
  ),

  implement(contract.returnAnswer, (request, context) =>
    settle(request, context, 'return', async (trx, order) => {
      const notice = await decide(trx, order, request, context, 'returned');
      // The answer is owed again, with a deadline of its own.
      const campaign = await lockCampaign(trx, order.campaign_code);
      const deadline = await ensureDeadline(
        trx,
        campaign,
        await readCalendar(trx),
        context.now(),
        campaign.deadline_policy.durations.answer,
      );
      const liaisons = await usersWith(trx, { role: 'liaison', department: order.department });
      await addTasks(
        trx,
        [
          {
            key: `answer-urging/${order.number}/${(await countAnswerTasks(trx, order.number)) + 1}`,
            kind: 'answer-urging',
            campaignId: campaign.id,
            department: order.department,
            assigneeId: liaisons[0] ?? null,
            deadlineId: deadline.id,
            params: { order: order.number },
          },
        ],
        context.now(),
      );
      return notice;
    }),
  ),
];

type OrderRequest = ApiRequest<{ number: string }, unknown, unknown>;
type OrderNotice = Pick<NewNotice, 'kind' | 'recipients' | 'params'>;

/** One step of an urging order with its notice and audit entry, in one transaction. */
async function settle(
  request: OrderRequest,
  { db, now, campaigns }: ApiContext,
  action: string,
  work: (trx: Knex, order: UrgingOrderRow) => Promise<OrderNotice>,
) {
  const { number } = request.params;
  const order = await db.transaction(async (trx) => {
    await lockOrder(trx, number);
    const before = await readOrder(trx, number);
    const notice = await work(trx, before);
    const after = await readOrder(trx, number);
    const stamp = (after.decided_at ?? after.answered_at ?? now()).toISOString();
    await addNotices(trx, [
      {
        ...notice,
        key: `${notice.kind}/${number}/${stamp}`,
        campaignId: before.campaign_id,
        notBefore: now(),
      },
    ]);
    await appendAudit(trx, {
      actorId: request.actor.id,
      action: `urging-order.${action}`,
      subject: `urging-order/${number}`,
      address: request.address,
      requestId: request.requestId,
      before: { status: before.status },
      after: { status: after.status, ...(request.body as object) },
    });
    return after;
  });
  request.afterwards(() => campaigns.resultsArrived(order.campaign_code));
  request.afterwards(() => campaigns.wakeNotices());
  return orderOf(order);
}

async function decide(
  trx: Knex,
  order: UrgingOrderRow,
  request: ApiRequest<unknown, unknown, { note: string }>,
  context: ApiContext,
  status: 'accepted' | 'returned',
): Promise<OrderNotice> {
  if (order.status !== 'answered')
    throw conflict('order-not-answered', `督办单 ${order.number} 还没有待处理的答复。`);
  const { note } = request.body;
  await storeOrderDecision(trx, order.id, { status, note, actorId: request.actor.id, at: context.now() });
  return {
    kind: 'answer-decided',
    recipients: await usersWith(trx, { role: 'liaison', department: order.department }),
    params: { order: order.number, decision: status === 'accepted' ? '已认可' : '被退回', note },
  };
}

async function readOrder(db: Knex, number: string): Promise<UrgingOrderRow> {
  const [row] = await listUrgingOrders(db, { number, limit: 1 });
  if (!row) throw notFound('order-not-found', `没有编号为“${number}”的督办单。`);
  return row;
}

const orderOf = (row: UrgingOrderRow) => ({
  number: row.number,
  campaign: { code: row.campaign_code, name: row.campaign_name },
  department: { code: row.department, name: row.department_name },
  status: row.status,
  issuedAt: row.issued_at.toISOString(),
  overdueTasks: row.tasks,
  answer: row.answer,
  answeredAt: row.answered_at?.toISOString() ?? null,
  decisionNote: row.decision_note,
  decidedAt: row.decided_at?.toISOString() ?? null,
});
