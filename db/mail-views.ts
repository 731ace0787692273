/** What became of mails, and those that did not arrive: somebody mends the address and has them sent once more. */
import type { Knex } from 'knex';
import { FAILED_STATUSES, type MailStatus } from '../domain/notices/delivery';

/** A mail's status, or what there is in its place: a notice that waits for its digest, a recipient without an address. */
export type MailWord = MailStatus | 'waiting' | 'none';

/** Mails by what they tell, and by what became of them; of one campaign or of all. */
export async function countMails(
  db: Knex,
  campaign: string | null,
): Promise<{
  byKind: { kind: string; notices: number; mails: number }[];
  byStatus: { status: MailWord; count: number }[];
}> {
  const scope = `from notices n left join mails m on m.id = n.mail_id
     where cast(:campaign as text) is null or n.campaign_id = (select id from campaigns where code = :campaign)`;
  const kinds = await db.raw<{ rows: { kind: string; notices: number; mails: number }[] }>(
    `select n.kind, count(*) as notices, count(distinct n.mail_id) as mails ${scope} group by n.kind order by n.kind`,
    { campaign },
  );
  const statuses = await db.raw<{ rows: { status: MailWord; count: number }[] }>(
    `select case when n.unmailable then 'none' else coalesce(m.status, 'waiting') end as status,
            count(distinct coalesce(m.id, -n.id)) as count ${scope} group by 1 order by 1`,
    { campaign },
  );
  return { byKind: kinds.rows, byStatus: statuses.rows };
}

export interface FailedMailRow {
  id: number;
  channel: 'mail' | 'messenger';
  recipient: string;
  department_code: string | null;
  department_name: string | null;
  recipient_email: string;
  subject: string;
  status: (typeof FAILED_STATUSES)[number];
  attempts: number;
  last_reply: string | null;
  created_at: Date;
  failed_at: Date | null;
}

/** Newest first. */
export async function listFailedMails(
  db: Knex,
  beforeId: number | null,
  limit: number,
): Promise<FailedMailRow[]> {
  const { rows } = await db.raw<{ rows: FailedMailRow[] }>(
    `select m.id, m.channel, u.name as recipient, d.code as department_code, d.short_name as department_name, m.recipient_email,
            m.subject, m.status, m.attempts, m.last_reply, m.created_at, m.failed_at
       from mails m join users u on u.id = m.recipient_id
       left join lateral (
         select o.code, o.short_name from user_roles g join departments o on o.code = g.department_code
          where g.user_id = u.id order by o.code limit 1) d on true
      where m.status in ('temporary-failure', 'permanent-failure', 'technical-failure')
        -- What the period of mails has emptied cannot be sent again.
        and m.body_text <> ''
        and (cast(:before as bigint) is null or m.id < :before)
      order by m.id desc limit :limit`,
    { before: beforeId, limit },
  );
  return rows;
}

/**
 * Puts a mail that did not arrive in the queue again, to the recipient's present address and under its own message id;
 * null where there is none such.
 */
export async function resendMail(
  trx: Knex,
  id: number,
  now: Date,
): Promise<{ recipient: string; before: string; after: string } | null> {
  const { rows } = await trx.raw<{ rows: { recipient: string; before: string; after: string }[] }>(
    `with failed as (
       select m.id, u.username, m.recipient_email as before,
              case m.channel when 'mail' then coalesce(u.email, m.recipient_email) else u.username end as after
         from mails m join users u on u.id = m.recipient_id
        where m.id = :id and m.status = any(:failed) and m.body_text <> '' for update of m
     )
     update mails m
        set status = 'created', recipient_email = failed.after, next_attempt_at = :now, first_attempt_at = null,
            failed_at = null, reported_at = null, resent = resent + 1
       from failed where m.id = failed.id
     returning failed.username as recipient, failed.before, failed.after`,
    { id, now, failed: [...FAILED_STATUSES] },
  );
  return rows[0] ?? null;
}

/** Where a mail went that did not arrive; null: there is none such. */
export async function readFailedAddress(db: Knex, id: number): Promise<string | null> {
  const row = await db('mails')
    .where({ id, channel: 'mail' })
    .whereIn('status', [...FAILED_STATUSES])
    .first<{ recipient_email: string } | undefined>('recipient_email');
  return row?.recipient_email ?? null;
}
