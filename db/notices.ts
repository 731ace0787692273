/** The outbox: notices are written with their cause; mails are composed and sent from here. */
import type { Knex } from 'knex';
import type { NoticeKind } from '../domain/notices/kinds';

export interface NewNotice {
  /** Campaign, step, subject: with the recipient it makes the notice unique, whatever runs twice. */
  key: string;
  kind: NoticeKind;
  campaignId: number | null;
  recipients: readonly number[];
  params: Record<string, string | number>;
  notBefore: Date;
}

/** A statement takes 65,535 values at most. */
const ROWS_PER_INSERT = 5000;

export async function addNotices(trx: Knex, notices: readonly NewNotice[]): Promise<void> {
  const rows = notices.flatMap((notice) =>
    notice.recipients.map((recipient) => ({
      key: `${notice.key}/${recipient}`,
      recipient_id: recipient,
      kind: notice.kind,
      campaign_id: notice.campaignId,
      params: JSON.stringify(notice.params),
      not_before: notice.notBefore,
    })),
  );
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await trx('notices')
      .insert(rows.slice(at, at + ROWS_PER_INSERT))
      .onConflict('key')
      .ignore();
  }
}

export interface DueNotice {
  id: number;
  recipient_id: number;
  email: string | null;
  name: string;
  kind: NoticeKind;
  params: Record<string, string | number>;
  campaign_code: string | null;
  campaign_name: string | null;
}

/**
 * The notices that are due, of up to `limit` recipients, locked until the transaction ends; recipients that another
 * process composes for are skipped.
 */
export async function claimDueNotices(trx: Knex, now: Date, limit: number): Promise<DueNotice[]> {
  const { rows } = await trx.raw<{ rows: DueNotice[] }>(
    `with recipient as (
       select u.id, u.email, u.name from users u
        where exists (select 1 from notices n
                       where n.recipient_id = u.id and n.mail_id is null and not n.unmailable and n.not_before <= :now)
        order by u.id limit :limit for no key update skip locked
     )
     select n.id, n.recipient_id, r.email, r.name, n.kind, n.params, c.code as campaign_code, c.name as campaign_name
       from notices n
       join recipient r on r.id = n.recipient_id
       left join campaigns c on c.id = n.campaign_id
      where n.mail_id is null and not n.unmailable and n.not_before <= :now
      order by n.recipient_id, n.id`,
    { now, limit },
  );
  return rows;
}

export async function markUnmailable(trx: Knex, ids: readonly number[]): Promise<void> {
  await trx('notices')
    .whereIn('id', [...ids])
    .update({ unmailable: true });
}

export interface NewMail {
  messageId: string;
  recipientId: number;
  email: string;
  subject: string;
  text: string;
  html: string;
  noticeIds: readonly number[];
  at: Date;
}

export async function storeMail(trx: Knex, mail: NewMail): Promise<void> {
  const [row] = await trx('mails')
    .insert({
      message_id: mail.messageId,
      recipient_id: mail.recipientId,
      recipient_email: mail.email,
      subject: mail.subject,
      body_text: mail.text,
      body_html: mail.html,
      created_at: mail.at,
      next_attempt_at: mail.at,
    })
    .returning<{ id: number }[]>('id');
  await trx('notices')
    .whereIn('id', [...mail.noticeIds])
    .update({ mail_id: row?.id });
}

export interface WaitingMail {
  id: number;
  message_id: string;
  recipient_email: string;
  subject: string;
  body_text: string;
  body_html: string;
  attempts: number;
}

/** Claims mails to send for a while; a claim that nobody finished (a crash) runs out by itself. */
export async function claimMails(
  db: Knex,
  now: Date,
  claimedUntil: Date,
  limit: number,
): Promise<WaitingMail[]> {
  const { rows } = await db.raw<{ rows: WaitingMail[] }>(
    `update mails set claimed_until = :claimedUntil, attempts = attempts + 1
      where id in (
        select id from mails
         where status in ('pending', 'deferred') and next_attempt_at <= :now
           and (claimed_until is null or claimed_until <= :now)
         order by next_attempt_at, id limit :limit for update skip locked)
     returning id, message_id, recipient_email, subject, body_text, body_html, attempts`,
    { now, claimedUntil, limit },
  );
  return rows;
}

/** What the mail server said of one mail. */
export type MailOutcome =
  | { status: 'sent'; reply: string }
  | { status: 'bounced'; reply: string }
  | { status: 'deferred'; reply: string; nextAttemptAt: Date };

/** Counts claims: a later one has a higher number. */
type Claim = Pick<WaitingMail, 'id' | 'attempts'>;

/** Keeps a claim for longer; false where it ran out and somebody else has the mail, or has sent it. */
export async function renewClaim(db: Knex, claim: Claim, claimedUntil: Date): Promise<boolean> {
  const found = await waitingFor(db, claim).update({ claimed_until: claimedUntil });
  return found > 0;
}

/** Of a mail that was sent it is recorded whoever sent it; of one that was not, only the newest claim's outcome. */
export async function recordMail(db: Knex, claim: Claim, outcome: MailOutcome): Promise<void> {
  const mail = outcome.status === 'sent' ? db('mails').where({ id: claim.id }) : waitingFor(db, claim);
  await mail.update({
    status: outcome.status,
    last_reply: outcome.reply.slice(0, 500),
    claimed_until: null,
    ...(outcome.status === 'sent' ? { sent_at: db.fn.now() } : {}),
    ...(outcome.status === 'deferred' ? { next_attempt_at: outcome.nextAttemptAt } : {}),
  });
}

const waitingFor = (db: Knex, { id, attempts }: Claim) =>
  db('mails').where({ id, attempts }).whereIn('status', ['pending', 'deferred']);

/** When there is next something to compose or to send, or null. */
export async function nextDelivery(db: Knex): Promise<Date | null> {
  const { rows } = await db.raw<{ rows: [{ at: Date | null }] }>(
    `select least(
       (select min(not_before) from notices where mail_id is null and not unmailable),
       (select min(greatest(next_attempt_at, coalesce(claimed_until, next_attempt_at)))
          from mails where status in ('pending', 'deferred'))) as at`,
  );
  return rows[0].at;
}

/** Marks one of the user's own notices as read; false where there is none. */
export async function markNoticeRead(db: Knex, id: number, userId: number, at: Date): Promise<boolean> {
  const found = await db('notices')
    .where({ id, recipient_id: userId })
    .update({ read_at: db.raw('coalesce(read_at, ?)', [at]) });
  return found > 0;
}
