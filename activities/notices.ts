/** The outbox at work: due notices become one digest per recipient and way, digests are sent and what came of it recorded. */
import { cancellationSignal } from '@temporalio/activity';
import { nextDelivery, storeMails, type Channel, type NewMail } from '../db/mails';
import { lockRecipients, markUnmailable, readDueNotices, type DueNotice } from '../db/notices';
import { groupBy } from '../domain/group-by';
import { composeDigest } from '../domain/notices/digest';
import { waysOf } from '../domain/notices/preferences';
import type { Collaborators } from './collaborators';
import type { Mailer } from './mailer';
import { readReports } from './read-reports';
import { sendMails } from './send-mails';

export interface NoticeCollaborators extends Collaborators {
  mailer: Mailer;
  /** The city's own messenger; missing: there is none. */
  messenger?: Mailer | null;
  /** imaps://user:password@host/INBOX, where servers report what became of mails; null: none. */
  reportMailbox?: string | null;
  publicUrl: string;
}

const RECIPIENTS_PER_TRANSACTION = 200;

export function createNoticeActivities(collaborators: NoticeCollaborators) {
  const { db, now, mailer, messenger = null, publicUrl, reportMailbox = null } = collaborators;

  // What waits for a messenger that was taken away waits until there is one again.
  const channels: Channel[] = messenger ? ['mail', 'messenger'] : ['mail'];

  async function composeSome(at: Date): Promise<number> {
    return db.transaction(async (trx) => {
      const recipients = await lockRecipients(trx, at, RECIPIENTS_PER_TRANSACTION);
      const due = await readDueNotices(trx, at, recipients);
      const isMailed = (notice: DueNotice) =>
        notice.email !== null && waysOf(notice.kind, notice.preferences).mail;
      const isPosted = (notice: DueNotice) =>
        messenger !== null && waysOf(notice.kind, notice.preferences).messenger;
      const digests = [...groupBy(due, (notice) => notice.recipient_id).values()].flatMap((own) => [
        ...digestOf('mail', own.filter(isMailed), at),
        ...digestOf('messenger', own.filter(isPosted), at),
      ]);
      await storeMails(trx, digests);
      await markUnmailable(trx, idsOf(due.filter((notice) => !isMailed(notice))));
      return recipients.length;
    });
  }

  function digestOf(channel: Channel, own: readonly DueNotice[], at: Date): NewMail[] {
    const [first] = own;
    if (!first) return [];
    // The first notice's own number: what is sent twice after a crash shows the same id.
    const messageId = {
      mail: `<notice-${first.id}@${new URL(publicUrl).hostname}>`,
      messenger: `notice-${first.id}`,
    }[channel];
    return [
      {
        ...{ channel, messageId, recipientId: first.recipient_id, noticeIds: idsOf(own), at },
        email: channel === 'mail' ? (first.email ?? '') : first.username,
        ...composeDigest(first.name, own.map(asDigestNotice), publicUrl),
      },
    ];
  }

  return {
    /** Composes and sends all that is due; says when there is next something to do. */
    deliverNotices: async (): Promise<{ nextAt: string | null }> => {
      const clock = runningClock(now());
      const stopping = cancellationSignal();
      while ((await composeSome(clock())) > 0) stopping.throwIfAborted();
      const sendings = await Promise.allSettled([
        sendMails({ db, channel: 'mail', mailer, clock, stopping }),
        messenger && sendMails({ db, channel: 'messenger', mailer: messenger, clock, stopping }),
      ]);
      const failed = sendings.find((sending) => sending.status === 'rejected');
      if (failed) throw failed.reason;
      return { nextAt: (await nextDelivery(db, channels))?.toISOString() ?? null };
    },

    /** Reads new reports on mails, where there is a mailbox for them. */
    readMailReports: async (): Promise<{ mailbox: boolean; read: number; known: number }> =>
      reportMailbox === null
        ? { mailbox: false, read: 0, known: 0 }
        : { mailbox: true, ...(await readReports(db, reportMailbox, now)) },
  };
}

/** Goes on from an instant of the Temporal server's time: the same clock as that of the workflow that waits. */
function runningClock(from: Date): () => Date {
  const started = performance.now();
  return () => new Date(from.getTime() + performance.now() - started);
}

const idsOf = (notices: readonly DueNotice[]): number[] => notices.map((notice) => notice.id);

const asDigestNotice = (notice: DueNotice) => ({
  kind: notice.kind,
  params: notice.params,
  onBehalfOf: notice.on_behalf_of,
  campaign:
    notice.campaign_code === null
      ? null
      : { code: notice.campaign_code, name: notice.campaign_name ?? notice.campaign_code },
});
