/** Targets of deliveries and what was sent to them, as the credit office keeps and sees them. */
import type { Knex } from 'knex';
import { RESENDABLE, type DeliveryStatus } from '../domain/deliveries/course';
import type { PublishedRow } from '../domain/deliveries/fields';
import type { DeliveryLayout } from '../domain/deliveries/target';

export interface TargetRow extends DeliveryLayout {
  id: number;
  code: string;
  enabled: boolean;
  version: number;
}

export interface ListedTarget extends TargetRow {
  /** Published results that are in no delivery yet. */
  waiting: number;
  failed: number;
}

export async function listTargets(db: Knex): Promise<ListedTarget[]> {
  const { rows } = await db.raw<{ rows: ListedTarget[] }>(
    `select t.id, t.code, t.name, t.kind, t.format, t.columns, t.enabled, t.version,
            (select count(*)::int from published_results r where r.id > t.after_id) as waiting,
            (select count(*)::int from deliveries d where d.target_id = t.id and d.status = any(:failed)) as failed
       from delivery_targets t order by t.id`,
    { failed: [...RESENDABLE] },
  );
  return rows;
}

/** Locks it, so that two who save take turns. */
export const lockTarget = (trx: Knex, code: string): Promise<TargetRow | undefined> =>
  trx('delivery_targets').where({ code }).forUpdate().first<TargetRow | undefined>();

export async function storeTarget(
  trx: Knex,
  { columns, ...target }: DeliveryLayout & { code: string; enabled: boolean; version: number },
): Promise<void> {
  const row = { ...target, columns: JSON.stringify(columns) };
  await trx('delivery_targets').insert(row).onConflict('code').merge();
}

/** The newest published results. */
export async function newestPublished(db: Knex, limit: number): Promise<PublishedRow[]> {
  const { rows } = await db.raw<{ rows: PublishedRow[] }>(
    `select c.code as campaign_code, c.name as campaign_name, r.credit_code, r.entity_name, r.item_code, r.item_name,
            r.department_name, r.result_code, r.method, r.visit_on, r.published_at,
            r.version, r.status, r.changed_at, r.reason
       from published_results r join campaigns c on c.id = r.campaign_id order by r.id desc limit :limit`,
    { limit },
  );
  return rows;
}

export interface DeliveryRow {
  id: number;
  number: number;
  campaign: string;
  file_name: string;
  sha256: string;
  status: DeliveryStatus;
  rows: number;
  accepted: number;
  refused: number;
  attempts: number;
  last_reply: string | null;
  created_at: Date;
  sent_at: Date | null;
  acknowledged_at: Date | null;
}

/** Of one target, newest first. */
export async function listDeliveries(
  db: Knex,
  code: string,
  before: number | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const { rows } = await db.raw<{ rows: DeliveryRow[] }>(
    `select d.id, d.number, c.code as campaign, d.file_name, d.sha256, d.status, d.rows, a.accepted, a.refused,
            d.attempts, d.last_reply, d.created_at, d.sent_at, d.acknowledged_at
       from deliveries d
       join delivery_targets t on t.id = d.target_id
       join campaigns c on c.id = d.campaign_id
       cross join lateral (
         select (count(*) filter (where accepted))::int as accepted, (count(*) filter (where not accepted))::int as refused
           from delivery_answers where delivery_id = d.id) a
      where t.code = :code and (:before::bigint is null or d.id < :before)
      order by d.id desc limit :limit`,
    { code, before, limit },
  );
  return rows;
}

export interface OpenRow {
  id: number;
  credit_code: string;
  entity_name: string;
  item_code: string;
  item_name: string;
  reason: string | null;
}

/** Rows of a delivery that the receiver refused, or did not answer for. */
export async function listOpenRows(
  db: Knex,
  deliveryId: number,
  outcome: 'refused' | 'unanswered',
  { after, limit }: { after: number; limit: number },
): Promise<OpenRow[]> {
  const { rows } = await db.raw<{ rows: OpenRow[] }>(
    `select r.id, r.credit_code, r.entity_name, r.item_code, r.item_name, a.reason
       from deliveries d
       join published_results r on r.id between d.from_id and d.to_id
       left join delivery_answers a on a.delivery_id = d.id and a.result_id = r.id
      where d.id = :deliveryId and r.id > :after
        and case when :outcome = 'refused' then not a.accepted else a.result_id is null end
      order by r.id limit :limit`,
    { deliveryId, outcome, after, limit },
  );
  return rows;
}

/** As it was sent, or is going to be. */
export async function readDeliveryFile(
  db: Knex,
  id: number,
): Promise<{ file_name: string; content: Buffer } | undefined> {
  return db('deliveries').where({ id }).first('file_name', 'content');
}

/** Has one that failed sent once more, as it was; null where it did not fail. */
export async function resendDelivery(
  trx: Knex,
  id: number,
  at: Date,
): Promise<{ file_name: string; target: string } | null> {
  const { rows } = await trx.raw<{ rows: { file_name: string; target: string }[] }>(
    `update deliveries d
        set status = 'created', attempts = 0, first_attempt_at = null, next_attempt_at = :at, failed_at = null
       from delivery_targets t
      where t.id = d.target_id and d.id = :id and d.status = any(:resendable)
     returning d.file_name, t.code as target`,
    { id, at, resendable: [...RESENDABLE] },
  );
  return rows[0] ?? null;
}
