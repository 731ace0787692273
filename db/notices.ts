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

/** Marks one of the user's own notices as read; false where there is none. */
export async function markNoticeRead(db: Knex, id: number, userId: number, at: Date): Promise<boolean> {
  const found = await db('notices')
    .where({ id, recipient_id: userId })
    .update({ read_at: db.raw('coalesce(read_at, ?)', [at]) });
  return found > 0;
}
