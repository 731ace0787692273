import type { Knex } from 'knex';
import { CAMPAIGN_IN_AREAS } from './areas';

export interface UrgingOrderRow {
  id: number;
  number: string;
  campaign_id: number;
  campaign_code: string;
  campaign_name: string;
  department: string;
  department_name: string;
  status: 'issued' | 'answered' | 'returned' | 'accepted';
  issued_at: Date;
  tasks: number;
  answer: string | null;
  answered_at: Date | null;
  decision_note: string | null;
  decided_at: Date | null;
}

export interface UrgingOrderFilter {
  number?: string;
  campaign?: string;
  departments?: readonly string[];
  /** Only orders about campaigns with a region inside or around one of these areas (starts of region codes). */
  areas?: readonly string[];
  beforeId?: number;
  limit: number;
}

/** Newest first. */
export async function listUrgingOrders(db: Knex, filter: UrgingOrderFilter): Promise<UrgingOrderRow[]> {
  const { rows } = await db.raw<{ rows: UrgingOrderRow[] }>(
    `select u.id, u.number, u.campaign_id, c.code as campaign_code, c.name as campaign_name,
            u.department_code as department, d.short_name as department_name, u.status, u.issued_at,
            (select count(*) from urging_order_tasks t where t.order_id = u.id) as tasks,
            u.answer, u.answered_at, u.decision_note, u.decided_at
       from urging_orders u
       join campaigns c on c.id = u.campaign_id
       join departments d on d.code = u.department_code
      where (cast(:number as text) is null or u.number = :number)
        and (cast(:campaign as text) is null or c.code = :campaign)
        and (cast(:departments as text[]) is null or u.department_code = any (cast(:departments as text[])))
        and (cast(:areas as text[]) is null or ${CAMPAIGN_IN_AREAS})
        and (cast(:before as bigint) is null or u.id < :before)
      order by u.id desc limit :limit`,
    {
      number: filter.number ?? null,
      campaign: filter.campaign ?? null,
      departments: filter.departments ? [...filter.departments] : null,
      areas: filter.areas ? [...filter.areas] : null,
      before: filter.beforeId ?? null,
      limit: filter.limit,
    },
  );
  return rows;
}

export async function lockOrder(trx: Knex, number: string): Promise<void> {
  await trx('urging_orders').where({ number }).forNoKeyUpdate().select('id');
}

export async function storeOrderAnswer(
  trx: Knex,
  id: number,
  answer: { text: string; actorId: number; at: Date },
): Promise<void> {
  await trx('urging_orders')
    .where({ id })
    .update({ status: 'answered', answer: answer.text, answered_by: answer.actorId, answered_at: answer.at });
}

export async function storeOrderDecision(
  trx: Knex,
  id: number,
  decision: { status: 'accepted' | 'returned'; note: string; actorId: number; at: Date },
): Promise<void> {
  await trx('urging_orders').where({ id }).update({
    status: decision.status,
    decision_note: decision.note,
    decided_by: decision.actorId,
    decided_at: decision.at,
  });
}

/** Ends the open tasks to answer the order. */
export async function finishAnswerTasks(trx: Knex, number: string, at: Date): Promise<void> {
  await trx('tasks')
    .where({ kind: 'answer-urging' })
    .whereRaw(`key like ?`, [`answer-urging/${number}/%`])
    .whereNull('done_at')
    .whereNull('cancelled_at')
    .update({ done_at: at });
}

export async function countAnswerTasks(trx: Knex, number: string): Promise<number> {
  const [row] = await trx('tasks')
    .whereRaw(`key like ?`, [`answer-urging/${number}/%`])
    .count<{ count: number }[]>({ count: '*' });
  return row?.count ?? 0;
}
