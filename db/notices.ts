/** The outbox: notices are written with their cause; mails are composed and sent from here. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import { dayOf } from '../domain/deadlines/working-days';
import type { NoticeKind } from '../domain/notices/kinds';
import { USUAL_PREFERENCES, type NoticePreferences } from '../domain/notices/preferences';
import { listStandIns } from './delegations';

export interface NewNotice {
  /** Campaign, step, subject: with the recipient it makes the notice unique, whatever runs twice. */
  key: string;
  kind: NoticeKind;
  campaignId: number | null;
  recipients: readonly number[];
  params: Record<string, string | number>;
  notBefore: Date;
  /** The passed step of tasks that it tells of. */
  taskStepId?: number;
}

/** One that is due at once, by the clock of who writes it. */
export type UrgentNotice = Omit<NewNotice, 'notBefore'> & { at: Date };

/**
 * For notices that are due at once. Where the clock of the process that writes them is ahead of the database's, that of the
 * database counts: otherwise they would wait until that time came.
 */
export async function tellAtOnce(trx: Knex, notices: readonly UrgentNotice[]): Promise<void> {
  const { rows } = await trx.raw<{ rows: [{ now: Date }] }>('select now() as now');
  const [{ now }] = rows;
  await addNotices(
    trx,
    notices.map(({ at, ...notice }) => ({ ...notice, notBefore: at < now ? at : now })),
  );
}

/** A statement takes 65,535 values at most. */
const ROWS_PER_INSERT = 5000;

/** Whoever stands in on the day of the notice for somebody who is told is told as well. */
export const addNotices = (trx: Knex, notices: readonly NewNotice[]): Promise<void> =>
  beyondSight(trx, (all) => writeNotices(all, notices));

async function writeNotices(trx: Knex, notices: readonly NewNotice[]): Promise<void> {
  const rows = notices.flatMap((notice) =>
    notice.recipients.map((recipient) => ({
      key: `${notice.key}/${recipient}`,
      recipient_id: recipient,
      kind: notice.kind,
      campaign_id: notice.campaignId,
      params: JSON.stringify(notice.params),
      not_before: notice.notBefore,
      task_step_id: notice.taskStepId ?? null,
      on_behalf_of: null as number | null,
    })),
  );
  for (const day of new Set(rows.map((row) => dayOf(row.not_before)))) {
    const ofDay = rows.filter((row) => dayOf(row.not_before) === day);
    const people = [...new Set(ofDay.map((row) => row.recipient_id))];
    for (const { person, delegate } of await listStandIns(trx, people, day)) {
      const theirs = ofDay.filter((row) => row.recipient_id === person);
      rows.push(
        ...theirs.map((row) => ({
          ...row,
          key: `${row.key}/${delegate}`,
          recipient_id: delegate,
          on_behalf_of: person,
        })),
      );
    }
  }
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await trx('notices')
      .insert(rows.slice(at, at + ROWS_PER_INSERT))
      .onConflict('key')
      .ignore();
  }
}

/** Whether this transaction has written notices of the campaign: they carry the time of its begin. */
export async function wroteNotices(trx: Knex, campaignId: number): Promise<boolean> {
  const found: unknown = await trx('notices')
    .where({ campaign_id: campaignId, created_at: trx.fn.now() })
    .first('id');
  return found !== undefined;
}

export interface DueNotice {
  id: number;
  recipient_id: number;
  email: string | null;
  username: string;
  name: string;
  preferences: NoticePreferences;
  kind: NoticeKind;
  params: Record<string, string | number>;
  campaign_code: string | null;
  campaign_name: string | null;
  /** Whose notice it is that came to who stands in for them. */
  on_behalf_of: string | null;
}

/**
 * Locks up to `limit` recipients of notices that are due until the transaction ends; those that another process
 * composes for are skipped. What is still due is to be read by a statement of its own: this one may have seen notices
 * that the process which held the lock until now has meanwhile dealt with.
 */
export async function lockRecipients(trx: Knex, now: Date, limit: number): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(
    `select u.id from users u
      where exists (select 1 from notices n
                     where n.recipient_id = u.id and n.mail_id is null and not n.unmailable and n.not_before <= :now)
      order by u.id limit :limit for no key update skip locked`,
    { now, limit },
  );
  return rows.map(({ id }) => id);
}

/** The notices of these recipients that are due. */
export async function readDueNotices(
  trx: Knex,
  now: Date,
  recipients: readonly number[],
): Promise<DueNotice[]> {
  const { rows } = await trx.raw<{ rows: DueNotice[] }>(
    `select n.id, n.recipient_id, r.email, r.username, r.name,
            jsonb_build_object('mail', coalesce(p.mail, :mail), 'messenger', coalesce(p.messenger, :messenger))
              as preferences, n.kind, n.params, c.code as campaign_code, c.name as campaign_name,
            b.name as on_behalf_of
       from notices n
       join users r on r.id = n.recipient_id
       left join notice_preferences p on p.user_id = n.recipient_id
       left join campaigns c on c.id = n.campaign_id
       left join users b on b.id = n.on_behalf_of
      where n.recipient_id = any(:recipients) and n.mail_id is null and not n.unmailable and n.not_before <= :now
      order by n.recipient_id, n.id`,
    { now, recipients: [...recipients], ...USUAL_PREFERENCES },
  );
  return rows;
}

/** That no mail tells of them. */
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
