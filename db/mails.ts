/** Digests, by mail or to the messenger: composed from notices, claimed, handed over, and what became of them. */
import type { Knex } from 'knex';
import { FAILED_STATUSES, type MailStatus } from '../domain/notices/delivery';

export type Channel = 'mail' | 'messenger';

export interface NewMail {
  channel: Channel;
  messageId: string;
  recipientId: number;
  /** To the messenger: the username. */
  email: string;
  subject: string;
  text: string;
  html: string;
  noticeIds: readonly number[];
  at: Date;
}

/** Stores mails and what they tell, in two statements. */
export async function storeMails(trx: Knex, mails: readonly NewMail[]): Promise<void> {
  if (mails.length === 0) return;
  await trx.raw(
    `with new as (
       select * from jsonb_to_recordset(:mails) as m (
         channel text, "messageId" text, "recipientId" bigint, email text, subject text, text text, html text, at timestamptz,
         "noticeIds" bigint[])
     ), stored as (
       insert into mails (channel, message_id, recipient_id, recipient_email, subject, body_text, body_html, created_at,
                          next_attempt_at)
       select channel, "messageId", "recipientId", email, subject, text, html, at, at from new
       returning id, message_id
     ), told as (
       select t.id, max(stored.id) filter (where channel = 'mail') as mail_id,
              max(stored.id) filter (where channel = 'messenger') as message_id
         from stored join new on new."messageId" = stored.message_id cross join unnest(new."noticeIds") as t (id)
        group by t.id
     )
     update notices n set mail_id = told.mail_id, message_id = told.message_id from told where n.id = told.id`,
    { mails: JSON.stringify(mails) },
  );
}

export interface WaitingMail {
  id: number;
  message_id: string;
  recipient_email: string;
  subject: string;
  body_text: string;
  body_html: string;
  attempts: number;
  first_attempt_at: Date;
}

/** Counts claims of a mail: a later one has a higher number. */
export type Claim = Pick<WaitingMail, 'id' | 'attempts'>;

/** Claims mails to send until an instant: one that nobody finished by then (a crash) is due again by itself. */
export async function claimMails(
  db: Knex,
  channel: Channel,
  now: Date,
  until: Date,
  limit: number,
): Promise<WaitingMail[]> {
  const { rows } = await db.raw<{ rows: WaitingMail[] }>(
    `update mails
        set status = 'sending', attempts = attempts + 1, next_attempt_at = :until,
            first_attempt_at = coalesce(first_attempt_at, :now)
      where id in (
        select id from mails
         where channel = :channel and status in ('created', 'sending') and next_attempt_at <= :now
         order by next_attempt_at, id limit :limit for update skip locked)
     returning id, message_id, recipient_email, subject, body_text, body_html, attempts, first_attempt_at`,
    { channel, now, until, limit },
  );
  return rows;
}

/** Keeps claims for longer; returns the mails that are still claimed: another may have one by now, or have sent it. */
export async function renewClaims(db: Knex, claims: readonly Claim[], until: Date): Promise<Set<number>> {
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `update mails m set next_attempt_at = :until
       from jsonb_to_recordset(:claims) as c (id bigint, attempts int)
      where m.id = c.id and m.attempts = c.attempts and m.status = 'sending'
     returning m.id`,
    { until, claims: JSON.stringify(claims.map(({ id, attempts }) => ({ id, attempts }))) },
  );
  return new Set(rows.map((row) => row.id));
}

/** What came of one attempt. */
export interface MailOutcome extends Claim {
  status: MailStatus;
  reply: string;
  at: Date;
  /** Where it is tried again. */
  nextAttemptAt?: Date;
}

const REPLY_LENGTH = 500;

/**
 * Records what came of attempts. That a mail was sent is recorded whoever sent it; of one that was not, only the newest
 * claim's outcome. What a report of its delivery has settled stays.
 */
export async function recordMails(db: Knex, outcomes: readonly MailOutcome[]): Promise<void> {
  const rows = outcomes.map(({ reply, ...outcome }) => ({ ...outcome, reply: reply.slice(0, REPLY_LENGTH) }));
  await db.raw(
    `update mails m
        set status = o.status, last_reply = o.reply, next_attempt_at = coalesce(o."nextAttemptAt", m.next_attempt_at),
            -- By this clock, not by that of a workflow: when it was recorded, and so never sent again.
            sent_at = case when o.status = 'sent' then now() end,
            failed_at = case when o.status = any(:failed) then o.at end
       from jsonb_to_recordset(:outcomes) as o (
              id bigint, attempts int, status text, reply text, at timestamptz, "nextAttemptAt" timestamptz)
      where m.id = o.id and m.reported_at is null
        and (o.status = 'sent' or (m.status = 'sending' and m.attempts = o.attempts))`,
    { outcomes: JSON.stringify(rows), failed: [...FAILED_STATUSES] },
  );
}

/** When there is next something to compose, or to send on one of the channels that are served; null: never. */
export async function nextDelivery(db: Knex, channels: readonly Channel[]): Promise<Date | null> {
  const { rows } = await db.raw<{ rows: [{ at: Date | null }] }>(
    `select least(
       (select min(not_before) from notices where mail_id is null and not unmailable),
       (select min(m.at) from unnest(cast(:channels as text[])) as served (channel)
         cross join lateral (select min(next_attempt_at) as at from mails
                              where channel = served.channel and status in ('created', 'sending')) m)) as at`,
    { channels: [...channels] },
  );
  return rows[0].at;
}
