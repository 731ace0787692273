/** Published results on their way to other systems: cut into deliveries, claimed, handed over, answered for. */
import type { Knex } from 'knex';
import type { RowAnswer } from '../domain/deliveries/acknowledgement';
import { statusByAnswers, type DeliveryStatus } from '../domain/deliveries/course';
import type { PublishedRow } from '../domain/deliveries/fields';
import type { DeliveryFormat, DeliveryKind, DeliveryLayout } from '../domain/deliveries/target';

const PUBLICATION = `hashtext('onevisit.publication')`;

/** Until this transaction ends, no delivery is made: it would pass by results that this one publishes. */
export async function holdPublication(trx: Knex): Promise<void> {
  await trx.raw(`select pg_advisory_xact_lock_shared(${PUBLICATION})`);
}

/**
 * The last published result before which no transaction under way can still put one. Null while something is being
 * published: it is not held up, and the next look is soon.
 */
export async function settledResults(db: Knex): Promise<number | null> {
  return db.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: [{ locked: boolean }] }>(
      `select pg_try_advisory_xact_lock(${PUBLICATION}) as locked`,
    );
    if (!rows[0].locked) return null;
    const row = await trx('published_results').max('id as id').first<{ id: number | null }>();
    return row.id ?? 0;
  });
}

export interface WaitingTarget extends DeliveryLayout {
  id: number;
  code: string;
  after_id: number;
  last_number: number;
}

export interface DeliverableRow extends PublishedRow {
  id: number;
  campaign_id: number;
}

export interface NewDelivery {
  number: number;
  campaignId: number;
  fromId: number;
  toId: number;
  rows: number;
  fileName: string;
  sha256: string;
  content: Buffer;
  at: Date;
}

/**
 * Puts published results up to `settled` that a target has not had into one delivery, as `compose` makes it of up to `limit`
 * of them. False where there are none. Several workers take turns at a target.
 */
export async function storeNextDelivery(
  db: Knex,
  targetId: number,
  { settled, limit }: { settled: number; limit: number },
  compose: (target: WaitingTarget, rows: readonly DeliverableRow[]) => Promise<NewDelivery>,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const target = await trx('delivery_targets')
      .where({ id: targetId, enabled: true })
      .forUpdate()
      .first<WaitingTarget | undefined>();
    if (!target) return false;
    const { rows } = await trx.raw<{ rows: DeliverableRow[] }>(
      `select r.id, r.campaign_id, c.code as campaign_code, c.name as campaign_name, r.credit_code, r.entity_name,
              r.item_code, r.item_name, r.department_name, r.result_code, r.method, r.visit_on, r.published_at,
              r.version, r.status, r.changed_at, r.reason
         from published_results r join campaigns c on c.id = r.campaign_id
        where r.id > :after and r.id <= :settled order by r.id limit :limit`,
      { after: target.after_id, settled, limit },
    );
    if (rows.length === 0) return false;
    const made = await compose(target, rows);
    await trx('deliveries').insert({
      ...{ target_id: targetId, number: made.number, campaign_id: made.campaignId },
      ...{ from_id: made.fromId, to_id: made.toId, rows: made.rows },
      ...{ file_name: made.fileName, sha256: made.sha256, content: made.content },
      ...{ created_at: made.at, next_attempt_at: made.at },
    });
    await trx('delivery_targets')
      .where({ id: targetId })
      .update({ after_id: made.toId, last_number: made.number });
    return true;
  });
}

export const enabledTargets = (db: Knex, kind: DeliveryKind): Promise<number[]> =>
  db('delivery_targets').where({ kind, enabled: true }).orderBy('id').pluck<number[]>('id');

/** Of all targets, those that are switched off too: they may still answer. */
export const targetCodes = (db: Knex): Promise<string[]> =>
  db('delivery_targets').orderBy('id').pluck<string[]>('code');

export interface WaitingDelivery {
  id: number;
  target: string;
  number: number;
  file_name: string;
  format: DeliveryFormat;
  content: Buffer;
  attempts: number;
  first_attempt_at: Date;
}

/** Claims deliveries until an instant: one that nobody finished by then (a crash) is due again by itself. */
export async function claimDeliveries(
  db: Knex,
  kind: DeliveryKind,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<WaitingDelivery[]> {
  const { rows } = await db.raw<{ rows: WaitingDelivery[] }>(
    `update deliveries d
        set status = 'sending', attempts = attempts + 1, next_attempt_at = :until,
            first_attempt_at = coalesce(first_attempt_at, :now)
       from delivery_targets t
      where t.id = d.target_id and d.id in (
        select w.id from deliveries w join delivery_targets wt on wt.id = w.target_id
         where wt.kind = :kind and wt.enabled and w.status in ('created', 'sending') and w.next_attempt_at <= :now
         order by w.next_attempt_at, w.id limit :limit for update of w skip locked)
     returning d.id, t.code as target, d.number, d.file_name, t.format, d.content, d.attempts, d.first_attempt_at`,
    { kind, now, until, limit },
  );
  return rows.sort((one, other) => one.id - other.id);
}

export interface DeliveryOutcome {
  id: number;
  attempts: number;
  status: DeliveryStatus;
  reply: string;
  at: Date;
  /** Where it is tried again. */
  nextAttemptAt: Date | null;
}

const REPLY_LENGTH = 500;

/**
 * Records what came of an attempt: that it was handed over, whoever did; otherwise only the newest claim's outcome. What the
 * receiver has answered by then stays.
 */
export async function recordDelivery(db: Knex, outcome: DeliveryOutcome): Promise<void> {
  const { id, attempts, status, reply, at, nextAttemptAt } = outcome;
  await db('deliveries')
    .where({ id, status: 'sending' })
    .where((where) => {
      if (status !== 'sent') void where.where({ attempts });
    })
    .update({
      ...{ status, last_reply: reply.slice(0, REPLY_LENGTH) },
      ...(status === 'sent' ? { sent_at: at } : {}),
      ...(status === 'failed' || status === 'rejected' ? { failed_at: at } : {}),
      ...(nextAttemptAt ? { next_attempt_at: nextAttemptAt } : {}),
    });
}

/**
 * Keeps what a receiver answers for rows, in one statement; a later answer for a row replaces the former. Returns the numbers
 * of the answers that fit no row that the target was sent.
 */
export async function storeAnswers(
  trx: Knex,
  targetCode: string,
  answers: readonly RowAnswer[],
  at: Date,
): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { row_number: number; delivery_id: number | null }[] }>(
    `with given as (
       select * from jsonb_to_recordset(cast(:answers as jsonb)) as a (
         "rowNumber" int, delivery text, "creditCode" text, "itemCode" text, accepted boolean, reason text)
     ), matched as (
       select g."rowNumber" as row_number, g.accepted, g.reason, d.id as delivery_id, r.id as result_id
         from given g
         left join (delivery_targets t join deliveries d on d.target_id = t.id and d.status <> 'created')
           on t.code = :target and (d.file_name = g.delivery or cast(d.number as text) = ltrim(g.delivery, '0'))
         left join published_results r
           on r.id between d.from_id and d.to_id and r.credit_code = g."creditCode" and r.item_code = g."itemCode"
     ), stored as (
       insert into delivery_answers (delivery_id, result_id, accepted, reason)
       select distinct on (delivery_id, result_id) delivery_id, result_id, accepted, reason
         from matched where result_id is not null order by delivery_id, result_id, row_number desc
       on conflict (delivery_id, result_id) do update set accepted = excluded.accepted, reason = excluded.reason
     )
     select row_number, case when result_id is not null then delivery_id end as delivery_id
       from matched order by row_number`,
    { target: targetCode, answers: JSON.stringify(answers) },
  );
  const touched = new Set(rows.flatMap((row) => row.delivery_id ?? []));
  await settleAnswered(trx, [...touched], at);
  return rows.filter((row) => row.delivery_id === null).map((row) => row.row_number);
}

async function settleAnswered(trx: Knex, ids: readonly number[], at: Date): Promise<void> {
  const { rows } = await trx.raw<{ rows: { id: number; rows: number; refused: number }[] }>(
    `select d.id, d.rows, (count(*) filter (where not a.accepted))::int as refused
       from deliveries d join delivery_answers a on a.delivery_id = d.id
      where d.id = any(:ids) group by d.id`,
    { ids: [...ids] },
  );
  for (const { id, ...counts } of rows) {
    await trx('deliveries')
      .where({ id })
      .update({ status: statusByAnswers(counts), acknowledged_at: at });
  }
}
