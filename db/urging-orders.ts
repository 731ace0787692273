import type { Knex } from 'knex';
import {
  answerTaskKey,
  orderNumber,
  OVERDUE_DEMAND,
  type OrderStatus,
} from '../domain/oversight/urging-orders';
import { beyondSight } from './acting';
import { CAMPAIGN_IN_AREAS } from './areas';
import { addTasks } from './tasks';

export interface OrderRound {
  round: number;
  dueAt: string;
  answer: string | null;
  answeredBy: string | null;
  answeredById: number | null;
  answeredAt: string | null;
  decision: 'accepted' | 'returned' | null;
  note: string;
  decidedBy: string | null;
  decidedAt: string | null;
}

export interface UrgingOrderRow {
  id: number;
  number: string;
  origin: 'sweep' | 'hand';
  campaign_id: number | null;
  campaign_code: string | null;
  campaign_name: string | null;
  plan_year: number | null;
  /** Of the campaign; of the department where the order is about the annual plan. */
  region_codes: string[];
  department: string;
  department_name: string;
  addressee_id: number | null;
  addressee: string | null;
  status: OrderStatus;
  demand: string;
  issued_at: Date;
  issued_by_id: number | null;
  issued_by: string | null;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawal_reason: string | null;
  tasks: number;
  rounds: OrderRound[];
}

export interface UrgingOrderFilter {
  number?: string;
  campaign?: string;
  planYear?: number;
  department?: string;
  status?: OrderStatus;
  origin?: 'sweep' | 'hand';
  /** Of the order's number. */
  year?: number;
  /** Not answered by its date, at this time. */
  lateAt?: Date;
  departments?: readonly string[];
  /** Only orders about campaigns with a region inside or around one of these areas (starts of region codes). */
  areas?: readonly string[];
  beforeId?: number;
  limit: number;
}

/** Newest first. */
export async function listUrgingOrders(db: Knex, filter: UrgingOrderFilter): Promise<UrgingOrderRow[]> {
  const { rows } = await db.raw<{ rows: UrgingOrderRow[] }>(
    `select u.id, u.number, u.origin, u.campaign_id, c.code as campaign_code, c.name as campaign_name, u.plan_year,
            coalesce(c.region_codes, array[d.region_code]) as region_codes,
            u.department_code as department, d.short_name as department_name, u.addressee_id, a.name as addressee,
            u.status, u.demand, u.issued_at, u.issued_by as issued_by_id, i.name as issued_by,
            u.withdrawn_at, w.name as withdrawn_by, u.withdrawal_reason,
            (select count(*) from urging_order_tasks t where t.order_id = u.id) as tasks, r.rounds
       from urging_orders u
       left join campaigns c on c.id = u.campaign_id
       join departments d on d.code = u.department_code
       left join users a on a.id = u.addressee_id
       left join users i on i.id = u.issued_by
       left join users w on w.id = u.withdrawn_by
       join lateral (
         select coalesce(json_agg(json_build_object(
                  'round', r.round, 'dueAt', l.due_at, 'answer', r.answer, 'answeredBy', y.name,
                  'answeredById', r.answered_by, 'answeredAt', r.answered_at, 'decision', r.decision, 'note', r.note,
                  'decidedBy', z.name, 'decidedAt', r.decided_at) order by r.round), '[]') as rounds,
                max(l.due_at) filter (where r.answer is null) as due_at
           from urging_order_rounds r
           join tasks t on t.id = r.task_id
           join deadlines l on l.id = t.deadline_id
           left join users y on y.id = r.answered_by
           left join users z on z.id = r.decided_by
          where r.order_id = u.id) r on true
      where (cast(:number as text) is null or u.number = :number)
        and (cast(:campaign as text) is null or c.code = :campaign)
        and (cast(:planYear as int) is null or u.plan_year = :planYear)
        and (cast(:department as text) is null or u.department_code = :department)
        and (cast(:status as text) is null or u.status = :status)
        and (cast(:origin as text) is null or u.origin = :origin)
        and (cast(:year as text) is null or split_part(u.number, '-', 2) = :year)
        and (cast(:lateAt as timestamptz) is null
             or u.status in ('issued', 'returned') and r.due_at < cast(:lateAt as timestamptz))
        and (cast(:departments as text[]) is null or u.department_code = any (cast(:departments as text[])))
        and (cast(:areas as text[]) is null
             or case when u.campaign_id is not null then ${CAMPAIGN_IN_AREAS}
                else exists (select 1 from unnest(cast(:areas as text[])) p
                              where starts_with(d.region_code, p)
                                 or starts_with(p, regexp_replace(d.region_code, '(00)+$', ''))) end)
        and (cast(:before as bigint) is null or u.id < :before)
      order by u.id desc limit :limit`,
    {
      number: filter.number ?? null,
      campaign: filter.campaign ?? null,
      planYear: filter.planYear ?? null,
      department: filter.department ?? null,
      status: filter.status ?? null,
      origin: filter.origin ?? null,
      year: filter.year === undefined ? null : String(filter.year),
      lateAt: filter.lateAt ?? null,
      departments: filter.departments ? [...filter.departments] : null,
      areas: filter.areas ? [...filter.areas] : null,
      before: filter.beforeId ?? null,
      limit: filter.limit,
    },
  );
  return rows;
}

export interface OrderTaskRow {
  id: number;
  kind: string;
  params: Record<string, string | number>;
  visit_number: number | null;
  entity_name: string | null;
  assignee: string | null;
  due_at: Date;
  done_at: Date | null;
  cancelled_at: Date | null;
}

/** The tasks that an order is about, the longest overdue first. */
export async function listOrderTasks(db: Knex, orderId: number): Promise<OrderTaskRow[]> {
  const { rows } = await db.raw<{ rows: OrderTaskRow[] }>(
    `select t.id, t.kind, t.params, v.number as visit_number, e.name as entity_name, u.name as assignee,
            d.due_at, t.done_at, t.cancelled_at
       from urging_order_tasks o
       join tasks t on t.id = o.task_id
       join deadlines d on d.id = t.deadline_id
       left join users u on u.id = t.assignee_id
       left join visits v on v.id = t.visit_id
       left join entities e on e.id = v.entity_id
      where o.order_id = ? order by d.due_at, t.id`,
    [orderId],
  );
  return rows;
}

export interface NewOrder {
  year: string;
  owner: { campaignId: number } | { planYear: number };
  department: string;
  addresseeId: number | null;
  demand: string;
  /** null: the sweep. */
  issuedBy: number | null;
  now: Date;
}

/** With the year's next number: whoever issues orders takes turns. */
export async function insertOrder(trx: Knex, order: NewOrder): Promise<{ id: number; number: string }> {
  const { rows } = await trx.raw<{ rows: [{ last: number }] }>(
    `insert into urging_order_years as y (year, last) values (cast(? as int), 1)
     on conflict (year) do update set last = y.last + 1 returning last`,
    [order.year],
  );
  const number = orderNumber(order.year, rows[0].last);
  const { owner } = order;
  const [row] = await trx('urging_orders')
    .insert({
      number,
      campaign_id: 'campaignId' in owner ? owner.campaignId : null,
      plan_year: 'planYear' in owner ? owner.planYear : null,
      department_code: order.department,
      origin: order.issuedBy === null ? 'sweep' : 'hand',
      addressee_id: order.addresseeId,
      demand: order.demand,
      issued_by: order.issuedBy,
      issued_at: order.now,
    })
    .returning<{ id: number }[]>('id');
  return { id: row?.id ?? 0, number };
}

export async function addOrderTasks(trx: Knex, orderId: number, tasks: readonly number[]): Promise<void> {
  if (tasks.length === 0) return;
  await trx('urging_order_tasks').insert(tasks.map((id) => ({ order_id: orderId, task_id: id })));
}

/**
 * The department's urging order by the sweep in this campaign that is not settled, issued now where there is none, with
 * the overdue tasks it is about.
 */
export async function ensureUrgingOrder(
  trx: Knex,
  campaignId: number,
  department: string,
  { now, year, addresseeId }: { now: Date; year: string; addresseeId: number | null },
): Promise<{ id: number; number: string; issued: boolean; tasks: number }> {
  const open = await trx('urging_orders')
    .where({ campaign_id: campaignId, department_code: department, origin: 'sweep' })
    .whereNotIn('status', ['accepted', 'withdrawn'])
    .first<{ id: number; number: string } | undefined>('id', 'number');
  const order =
    open ??
    (await insertOrder(trx, {
      ...{ year, owner: { campaignId }, department, addresseeId, now },
      demand: OVERDUE_DEMAND,
      issuedBy: null,
    }));
  await trx.raw(
    `insert into urging_order_tasks (order_id, task_id)
     select :order, t.id
       from tasks t join deadline_steps s on s.deadline_id = t.deadline_id and s.step = t.step_done
      where t.campaign_id = :campaign and t.department_code = :department
        and t.done_at is null and t.cancelled_at is null and s.action in ('urge', 'escalate')
     on conflict do nothing`,
    { order: order.id, campaign: campaignId, department },
  );
  const [count] = await trx('urging_order_tasks')
    .where({ order_id: order.id })
    .count<{ tasks: number }[]>({ tasks: '*' });
  return { ...order, issued: open === undefined, tasks: count?.tasks ?? 0 };
}

/** Asks for an answer: the order's next round, whose deadline is that of a task. */
export async function openRound(
  trx: Knex,
  order: Pick<NewOrder, 'owner' | 'department' | 'addresseeId' | 'now'> & { id: number; number: string },
  { round, deadlineId }: { round: number; deadlineId: number },
): Promise<void> {
  const key = answerTaskKey(order.number, round);
  await addTasks(
    trx,
    [
      {
        key,
        kind: 'answer-urging',
        ...order.owner,
        department: order.department,
        assigneeId: order.addresseeId,
        deadlineId,
        params: { order: order.number },
      },
    ],
    order.now,
  );
  await trx('urging_order_rounds').insert({
    order_id: order.id,
    round,
    task_id: trx('tasks').where({ key }).select('id'),
  });
}

/** False where it is nobody's whom PostgreSQL lets change it. */
export async function lockOrder(trx: Knex, number: string): Promise<boolean> {
  const held = await trx('urging_orders').where({ number }).forNoKeyUpdate().select('id');
  return held.length > 0;
}

export async function storeOrderAnswer(
  trx: Knex,
  order: { id: number; round: number },
  answer: { text: string; actorId: number; at: Date },
): Promise<void> {
  await trx('urging_orders').where({ id: order.id }).update({ status: 'answered' });
  await trx('urging_order_rounds')
    .where({ order_id: order.id, round: order.round })
    .update({ answer: answer.text, answered_by: answer.actorId, answered_at: answer.at });
}

export async function storeOrderDecision(
  trx: Knex,
  order: { id: number; round: number },
  decision: { status: 'accepted' | 'returned'; note: string; actorId: number; at: Date },
): Promise<void> {
  const { status, note, actorId, at } = decision;
  await trx('urging_orders').where({ id: order.id }).update({ status });
  await trx('urging_order_rounds')
    .where({ order_id: order.id, round: order.round })
    .update({ decision: status, note, decided_by: actorId, decided_at: at });
}

/** It was a mistake: what it asked for is not owed any more. */
export async function withdrawOrder(
  trx: Knex,
  id: number,
  { reason, actorId, at }: { reason: string; actorId: number; at: Date },
): Promise<void> {
  await trx('urging_orders').where({ id }).update({
    status: 'withdrawn',
    withdrawn_by: actorId,
    withdrawn_at: at,
    withdrawal_reason: reason,
  });
  await beyondSight(trx, async (all) =>
    all('tasks')
      .whereIn('id', all('urging_order_rounds').where({ order_id: id }).select('task_id'))
      .whereNull('done_at')
      .whereNull('cancelled_at')
      .update({ cancelled_at: at }),
  );
}

export interface Addressee {
  id: number;
  name: string;
  role: 'liaison' | 'lead_officer' | 'approver';
}

/** Who of a department can be held to an answer: its liaisons, officers and heads, one line for each person. */
export async function addresseesOf(db: Knex, department: string): Promise<Addressee[]> {
  const { rows } = await db.raw<{ rows: Addressee[] }>(
    `select distinct on (o.at, u.id) u.id, u.name, r.role
       from user_roles r
       join users u on u.id = r.user_id
       join unnest(array['liaison', 'lead_officer', 'approver']) with ordinality o (role, at) on o.role = r.role
      where r.department_code = ? and u.disabled_at is null and not u.is_service
      order by o.at, u.id`,
    [department],
  );
  return rows.filter(({ id }, at) => rows.findIndex((one) => one.id === id) === at);
}

/** Of these tasks, those that the department owes to the campaign or plan now, in these areas (starts of region codes). */
export async function openTasksAmong(
  db: Knex,
  ids: readonly number[],
  { owner, department, areas }: Pick<NewOrder, 'owner' | 'department'> & { areas: readonly string[] },
): Promise<number[]> {
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `select t.id from tasks t
       left join visits v on v.id = t.visit_id
       left join entities e on e.id = v.entity_id
       left join campaigns c on c.id = t.campaign_id
       join departments d on d.code = t.department_code
      where t.id = any (cast(:ids as bigint[])) and t.department_code = :department
        and t.done_at is null and t.cancelled_at is null
        and (t.campaign_id = cast(:campaign as bigint) or t.plan_year = cast(:year as int))
        and exists (
          select 1 from unnest(case when e.id is not null then array[e.region_code]
                                    else coalesce(c.region_codes, array[d.region_code]) end) r,
                        unnest(cast(:areas as text[])) a
           where starts_with(r, a))`,
    {
      ...{ ids: [...ids], department, areas: [...areas] },
      campaign: 'campaignId' in owner ? owner.campaignId : null,
      year: 'planYear' in owner ? owner.planYear : null,
    },
  );
  return rows.map(({ id }) => id);
}
