/** What servers on the way report of our mails, and how far the mailbox was read that they report to. */
import type { Knex } from 'knex';
import { FAILED_STATUSES, type MailStatus } from '../domain/notices/delivery';

/** What a server on the way says of a mail that it was given (RFC 3464). */
export interface ReportedMail {
  messageId: string;
  /** null: nothing is settled yet. */
  status: MailStatus | null;
  text: string;
  at: Date;
}

/**
 * Records reports; returns how many spoke of a mail of ours. A failure stands whatever else is reported; a confirmed
 * delivery is no answer to it.
 */
export async function recordReports(db: Knex, reports: readonly ReportedMail[]): Promise<number> {
  let known = 0;
  for (const { messageId, status, text, at } of reports) {
    known += await db('mails')
      .where({ message_id: messageId })
      .update({
        last_reply: text.slice(0, 500),
        ...(status === null ? {} : settled(db, status, at)),
      });
  }
  return known;
}

function settled(db: Knex, status: MailStatus, at: Date) {
  const failed = [...FAILED_STATUSES];
  if (status !== 'delivered') return { status, failed_at: at, reported_at: at };
  const unlessFailed = (column: string, value: Knex.Value) =>
    db.raw(`case when status = any(?) then ?? else ? end`, [failed, column, value]);
  return {
    status: unlessFailed('status', status),
    delivered_at: unlessFailed('delivered_at', at),
    reported_at: unlessFailed('reported_at', at),
  };
}

/** How far a mailbox was read: its counter of mails counts only as long as the mailbox is the same one. */
export async function readMailbox(
  db: Knex,
  mailbox: string,
  uidValidity: number,
): Promise<{ lastUid: number }> {
  const row = await db('bounce_mailboxes')
    .where({ mailbox, uid_validity: uidValidity })
    .first<{ last_uid: number } | undefined>('last_uid');
  return { lastUid: row?.last_uid ?? 0 };
}

export async function rememberMailbox(
  db: Knex,
  mailbox: string,
  uidValidity: number,
  lastUid: number,
): Promise<void> {
  await db('bounce_mailboxes')
    .insert({ mailbox, uid_validity: uidValidity, last_uid: lastUid })
    .onConflict('mailbox')
    .merge();
}
