import type { Knex } from 'knex';
import type { Method } from '../domain/visits/methods';
import type { NextVersion, PublicationStatus } from '../domain/visits/publications';
import { holdPublication } from './deliveries';

export interface PublishableResult {
  visit_id: number;
  item_code: string;
  visit_number: number;
  entity_name: string;
  entity_type: string;
  credit_code: string;
  item_name: string;
  department_name: string;
  result_code: number;
  method: Method | null;
  visit_on: string;
}

/** Results of finished visits that the public has not seen yet, of up to `limit` visits in number order. */
export async function readPublishable(
  trx: Knex,
  campaignId: number,
  limit: number,
): Promise<PublishableResult[]> {
  const { rows } = await trx.raw<{ rows: PublishableResult[] }>(
    `with ready as (
       select id, number, entity_id, visit_on from visits
        where campaign_id = :campaign and finished_at is not null and published_at is null
        order by number limit :limit)
     select v.id as visit_id, vi.item_code, v.number as visit_number, e.name as entity_name, e.entity_type,
            e.credit_code, iv.name as item_name, d.name as department_name, vi.result_code, vi.method, v.visit_on
       from ready v
       join entities e on e.id = v.entity_id
       join visit_items vi on vi.visit_id = v.id
       join item_versions iv on iv.id = vi.item_version_id
       join departments d on d.code = vi.department_code
      order by v.number, vi.item_code`,
    { campaign: campaignId, limit },
  );
  return rows;
}

/** Whether the person recorded one of the results that are about to be published. */
export async function recordedByPublisher(db: Knex, campaignId: number, userId: number): Promise<boolean> {
  const { rows } = await db.raw<{ rows: [{ found: boolean }] }>(
    `select exists (
       select from visits v join visit_items vi on vi.visit_id = v.id
        where v.campaign_id = :campaign and v.finished_at is not null and v.published_at is null
          and vi.submitted_by = :user) as found`,
    { campaign: campaignId, user: userId },
  );
  return rows[0].found;
}

/** Puts results before the public as they are given, and marks their visits. */
export async function publishResults(
  trx: Knex,
  campaignId: number,
  results: readonly Omit<PublishableResult, 'entity_type'>[],
  at: Date,
): Promise<void> {
  await holdPublication(trx);
  await trx.raw(
    `insert into published_results (campaign_id, visit_id, item_code, visit_number, entity_name, credit_code,
                                    item_name, department_name, result_code, method, visit_on, published_at)
     select :campaign, visit_id, item_code, visit_number, entity_name, credit_code, item_name, department_name,
            result_code, method, visit_on, :at
       from jsonb_to_recordset(cast(:rows as jsonb)) as r(visit_id bigint, item_code text, visit_number int,
            entity_name text, credit_code text, item_name text, department_name text, result_code int, method text, visit_on date)
     on conflict do nothing`,
    { campaign: campaignId, at, rows: JSON.stringify(results) },
  );
  await trx('visits')
    .whereIn('id', [...new Set(results.map((result) => result.visit_id))])
    .update({ published_at: at });
}

/** Whether every visit of the campaign has been published. */
export async function isAllPublished(db: Knex, campaignId: number): Promise<boolean> {
  const row: unknown = await db('visits')
    .where({ campaign_id: campaignId })
    .whereNull('published_at')
    .first('id');
  return row === undefined;
}

/** Ends the tasks to publish of the days on which nothing is left to publish. */
export async function finishPublishTasks(
  trx: Knex,
  campaignId: number,
  done: { at: Date; by: number | null },
): Promise<void> {
  await trx.raw(
    `update tasks t set done_at = :at, done_by = :by
      where t.campaign_id = :campaign and t.kind = 'publish' and t.done_at is null and t.cancelled_at is null
        and not exists (
          select 1 from visits v
           where v.campaign_id = :campaign and v.finished_at is not null and v.published_at is null
             and to_char(v.finished_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') = t.params ->> 'day')`,
    { campaign: campaignId, ...done },
  );
}

export interface PublicationRow {
  item_code: string;
  version: number;
  status: PublicationStatus;
  entity_name: string;
  entity_type: string;
  result_code: number;
  method: Method | null;
  visit_on: string;
  published_at: Date;
  changed_at: Date | null;
  reason: string;
  /** What the record says now, which a correction publishes. */
  recorded_code: number;
  recorded_method: Method | null;
  recorded_day: string;
}

/** What the public reads of a visit now, withdrawn results too, by item. */
export async function readPublications(db: Knex, visitId: number): Promise<PublicationRow[]> {
  const { rows } = await db.raw<{ rows: PublicationRow[] }>(
    `select p.item_code, p.version, p.status, p.entity_name, e.entity_type, p.result_code, p.method, p.visit_on,
            p.published_at, p.changed_at, p.reason, vi.result_code as recorded_code, vi.method as recorded_method,
            v.visit_on as recorded_day
       from published_results p
       join visits v on v.id = p.visit_id
       join entities e on e.id = v.entity_id
       join visit_items vi on vi.visit_id = p.visit_id and vi.item_code = p.item_code
      where p.visit_id = ? and p.superseded_at is null order by p.item_code`,
    [visitId],
  );
  return rows;
}

/**
 * Puts a further version before the public in the place of the current one. It is a row of its own, so that it is
 * delivered to other systems as what was published is.
 */
export async function publishVersion(
  trx: Knex,
  { visitId, item }: { visitId: number; item: string },
  { status, content, reason, at }: NextVersion & { reason: string; at: Date },
): Promise<void> {
  await holdPublication(trx);
  await trx.raw(
    `with former as (
       update published_results set superseded_at = :at
        where visit_id = :visitId and item_code = :item and superseded_at is null returning *)
     insert into published_results (campaign_id, visit_id, item_code, visit_number, entity_name, credit_code, item_name,
                                    department_name, result_code, method, visit_on, published_at, version, status,
                                    changed_at, reason)
     select campaign_id, visit_id, item_code, visit_number, :name, credit_code, item_name, department_name, :code,
            :method, :day, published_at, version + 1, :status, :at, :reason
       from former`,
    {
      ...{ visitId, item, at, status, reason },
      ...{ name: content.entityName, code: content.resultCode, method: content.method, day: content.visitOn },
    },
  );
}
