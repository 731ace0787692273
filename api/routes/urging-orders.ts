import type { Knex } from 'knex';
import type { z } from 'zod';
import { appendAudit } from '../../db/audit';
import { ensureDeadline, readCalendar } from '../../db/deadlines';
import { tellAtOnce, type NewNotice } from '../../db/notices';
import { usersWith } from '../../db/recipients';
import { finishTask } from '../../db/tasks';
import {
  addresseesOf,
  listOrderTasks,
  listUrgingOrders,
  lockOrder,
  openRound,
  storeOrderAnswer,
  storeOrderDecision,
  withdrawOrder,
  type UrgingOrderFilter,
  type UrgingOrderRow,
} from '../../db/urging-orders';
import { instantOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { visibleOrders } from '../../domain/permissions/records';
import { answerTaskKey, awaitsAnswer, isSettled } from '../../domain/oversight/urging-orders';
import type { Actor } from '../../domain/roles';
import type { ApiContext } from '../context';
import { urgingOrdersContract as contract } from '../contract/urging-orders';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement, type ApiRequest } from '../implement';
import { notYours } from '../middleware/problems';
import { assertAnswerDay, issueOrder, ownerOf } from '../oversight/issue-order';
import { concernedOf, mayAnswer, mayOversee, orderOf } from '../oversight/order-of';
import { ORDER_TABLE } from '../oversight/order-table';
import type { urgingOrderFilter } from '../schemas/urging-orders';
import { csvAnswer, workbookAnswer } from '../tables';

const MOST_ROWS = 100_000;

export const urgingOrderRoutes = [
  implement(contract.listUrgingOrders, async ({ query, actor }, { db, now }) => {
    const { cursor, limit, ...filter } = query;
    const beforeId = decodeCursor(cursor, isId);
    const rows = await listUrgingOrders(db, {
      ...filterOf(filter, actor, now()),
      limit: limit + 1,
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const page = pageOf(rows, limit, (row) => row.id);
    return { ...page, rows: page.rows.map((row) => orderOf(row, actor, now())) };
  }),

  implement(contract.downloadUrgingOrdersCsv, async (request, context) =>
    csvAnswer(ORDER_TABLE, await wholeTable(request, context), 'urging-orders.csv'),
  ),
  implement(contract.downloadUrgingOrdersXlsx, async (request, context) =>
    workbookAnswer(ORDER_TABLE, await wholeTable(request, context), {
      sheet: '督办单台账',
      fileName: 'urging-orders.xlsx',
    }),
  ),

  implement(contract.listAddressees, async ({ query }, { db }) => ({
    rows: await addresseesOf(db, query.department),
  })),

  implement(contract.readUrgingOrder, async ({ params, actor }, { db, now }) => {
    const order = await readOrder(db, params.number, visibleOrders(actor));
    return detailOf(db, order, actor, now());
  }),

  implement(contract.issueUrgingOrder, async (request, { db, now, campaigns }) => {
    const { actor, body, address, requestId } = request;
    const number = await db.transaction(async (trx) => {
      const issued = await issueOrder(trx, body, actor, now());
      await appendAudit(trx, {
        actorId: actor.id,
        action: 'urging-order.issue',
        subject: `urging-order/${issued}`,
        address,
        requestId,
        after: body,
      });
      return issued;
    });
    const order = await readOrder(db, number);
    tellOwner(request, campaigns, order);
    return detailOf(db, order, actor, now());
  }),

  implement(contract.answerUrgingOrder, (request, context) =>
    settle(request, context, 'answer', async (trx, order, round) => {
      const { actor, body } = request;
      if (!mayAnswer(actor, order)) {
        throw forbidden('other-department', `督办单 ${order.number} 由 ${order.department_name} 答复。`);
      }
      if (!awaitsAnswer(order.status)) {
        throw conflict(
          'order-answered',
          `督办单 ${order.number} ${order.status === 'withdrawn' ? '已经撤回，不用答复' : '已经答复'}。`,
        );
      }
      const at = context.now();
      await storeOrderAnswer(trx, { id: order.id, round }, { text: body.answer, actorId: actor.id, at });
      await finishTask(trx, answerTaskKey(order.number, round), { at, by: actor.id });
      return {
        kind: 'answer-received',
        recipients: await usersWith(trx, { role: 'supervisor', regions: order.region_codes }),
        params: { department: order.department_name, order: order.number },
      };
    }),
  ),

  implement(contract.acceptAnswer, (request, context) =>
    settle(request, context, 'accept', (trx, order, round) =>
      decide(trx, { order, round, actor: request.actor, now: context.now() }, 'accepted', request.body.note),
    ),
  ),

  implement(contract.returnAnswer, (request, context) =>
    settle(request, context, 'return', async (trx, order, round) => {
      const { actor, body } = request;
      const now = context.now();
      const notice = await decide(trx, { order, round, actor, now }, 'returned', body.note);
      const owner = await ownerOf(trx, order);
      const deadline = await ensureDeadline(
        trx,
        owner,
        await readCalendar(trx),
        ...answerTime(body.answerBy, now),
      );
      await openRound(
        trx,
        {
          ...{ id: order.id, number: order.number, department: order.department, now },
          owner: 'year' in owner ? { planYear: owner.year } : { campaignId: owner.id },
          addresseeId: order.addressee_id,
        },
        { round: round + 1, deadlineId: deadline.id },
      );
      return notice;
    }),
  ),

  implement(contract.withdrawUrgingOrder, (request, context) =>
    settle(request, context, 'withdraw', async (trx, order) => {
      const { actor, body } = request;
      assertOverseer(actor, order);
      if (isSettled(order.status)) {
        throw conflict(
          'order-settled',
          `督办单 ${order.number} 已经${order.status === 'accepted' ? '销号' : '撤回'}，不能撤回。`,
        );
      }
      await withdrawOrder(trx, order.id, { reason: body.reason, actorId: actor.id, at: context.now() });
      return {
        kind: 'urging-order-withdrawn',
        recipients: await addressedBy(trx, order),
        params: { order: order.number, department: order.department_name, reason: body.reason },
      };
    }),
  ),
];

function filterOf(
  { late, ...filter }: z.output<typeof urgingOrderFilter>,
  actor: Actor,
  now: Date,
): Omit<UrgingOrderFilter, 'limit'> {
  const set = Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  ) as Partial<UrgingOrderFilter>;
  return { ...set, ...visibleOrders(actor), ...(late === 'true' ? { lateAt: now } : {}) };
}

async function wholeTable(
  { query, actor }: ApiRequest<unknown, z.output<typeof urgingOrderFilter>, unknown>,
  { db, now }: ApiContext,
) {
  const rows = await listUrgingOrders(db, { ...filterOf(query, actor, now()), limit: MOST_ROWS });
  return rows.map((row) => orderOf(row, actor, now()));
}

type OrderRequest = ApiRequest<{ number: string }, unknown, object>;
type OrderNotice = Pick<NewNotice, 'kind' | 'recipients' | 'params'>;

/** One step of an urging order in its newest round, with its notice and audit entry, in one transaction. */
async function settle(
  request: OrderRequest,
  { db, now, campaigns }: ApiContext,
  action: string,
  work: (trx: Knex, order: UrgingOrderRow, round: number) => Promise<OrderNotice>,
) {
  const { number } = request.params;
  const { actor } = request;
  const order = await db.transaction(async (trx) => {
    const isHeld = await lockOrder(trx, number);
    const before = await readOrder(trx, number);
    const notice = await work(trx, before, before.rounds.at(-1)?.round ?? 1);
    // Whoever may was found to be somebody else (docs/security/row-level-security.md).
    if (!isHeld) throw notYours();
    const after = await readOrder(trx, number);
    await tellAtOnce(trx, [
      {
        ...notice,
        key: `${notice.kind}/${number}/${action}/${before.rounds.length}`,
        campaignId: before.campaign_id,
        at: now(),
      },
    ]);
    await appendAudit(trx, {
      actorId: actor.id,
      action: `urging-order.${action}`,
      subject: `urging-order/${number}`,
      address: request.address,
      requestId: request.requestId,
      before: { status: before.status },
      after: { status: after.status, ...request.body },
    });
    return after;
  });
  tellOwner(request, campaigns, order);
  return detailOf(db, order, actor, now());
}

/** Those who watch the order's deadlines look now. */
function tellOwner(
  request: Pick<OrderRequest, 'afterwards'>,
  campaigns: ApiContext['campaigns'],
  { campaign_code: code, plan_year: year }: UrgingOrderRow,
): void {
  if (code !== null) request.afterwards(() => campaigns.resultsArrived(code));
  if (year !== null) request.afterwards(() => campaigns.planChanged({ year, stage: 'published' }));
  request.afterwards(() => campaigns.wakeNotices());
}

async function decide(
  trx: Knex,
  { order, round, actor, now }: { order: UrgingOrderRow; round: number; actor: Actor; now: Date },
  status: 'accepted' | 'returned',
  note: string,
): Promise<OrderNotice> {
  assertOverseer(actor, order);
  if (order.status !== 'answered')
    throw conflict('order-not-answered', `督办单 ${order.number} 还没有待处理的答复。`);
  if (order.rounds.at(-1)?.answeredById === actor.id)
    throw forbidden('own-answer', '不能认定自己作出的答复，请由其他督查人员办理。');
  await storeOrderDecision(trx, { id: order.id, round }, { status, note, actorId: actor.id, at: now });
  return {
    kind: 'answer-decided',
    recipients: await addressedBy(trx, order),
    params: { order: order.number, decision: status === 'accepted' ? '已认可' : '被退回', note },
  };
}

function assertOverseer(actor: Actor, order: UrgingOrderRow): void {
  if (!mayOversee(actor, order))
    throw forbidden('other-area', `督办单 ${order.number} 由下达督办单的督查机构办理。`);
}

/** The person and the department's liaisons. */
const addressedBy = async (trx: Knex, order: UrgingOrderRow): Promise<number[]> => [
  ...new Set([
    ...(order.addressee_id === null ? [] : [order.addressee_id]),
    ...(await usersWith(trx, { role: 'liaison', department: order.department })),
  ]),
];

/** From when, and for how long, an answer is waited for. */
function answerTime(
  day: string | undefined,
  now: Date,
): [from: Date, kind: 'answer-urging', amount?: number] {
  if (day === undefined) return [now, 'answer-urging'];
  assertAnswerDay(day, now);
  return [instantOf(day, '23:59:59'), 'answer-urging', 0];
}

async function readOrder(
  db: Knex,
  number: string,
  seen: Pick<UrgingOrderFilter, 'areas' | 'departments'> = {},
): Promise<UrgingOrderRow> {
  const [row] = await listUrgingOrders(db, { number, limit: 1, ...seen });
  if (!row) throw notFound('order-not-found', `没有编号为“${number}”的督办单。`);
  return row;
}

const detailOf = async (db: Knex, order: UrgingOrderRow, actor: Actor, now: Date) => ({
  ...orderOf(order, actor, now),
  concerned: (await listOrderTasks(db, order.id)).map((row) => concernedOf(row, now)),
});
