/** The outbox at work: due notices become one mail per recipient, mails are sent and what came of it recorded. */
import { cancellationSignal } from '@temporalio/activity';
import { nextDelivery, storeMails, type NewMail } from '../db/mails';
import { claimDueNotices, markUnmailable, type DueNotice } from '../db/notices';
import { groupBy } from '../domain/group-by';
import { composeDigest } from '../domain/notices/digest';
import type { Collaborators } from './collaborators';
import type { Mailer } from './mailer';
import { readReports } from './read-reports';
import { sendMails } from './send-mails';

export interface NoticeCollaborators extends Collaborators {
  mailer: Mailer;
  /** imaps://user:password@host/INBOX, where servers report what became of mails; null: none. */
  reportMailbox?: string | null;
  publicUrl: string;
}

const RECIPIENTS_PER_TRANSACTION = 200;

export function createNoticeActivities(collaborators: NoticeCollaborators) {
  const { db, now, mailer, publicUrl, reportMailbox = null } = collaborators;

  async function composeSome(at: Date): Promise<number> {
    return db.transaction(async (trx) => {
      const due = await claimDueNotices(trx, at, RECIPIENTS_PER_TRANSACTION);
      const digests = [...groupBy(due, (notice) => notice.recipient_id).values()];
      await markUnmailable(trx, digests.filter(([first]) => !first?.email).flatMap(idsOf));
      await storeMails(
        trx,
        digests.flatMap((own) => mailOf(own, at)),
      );
      return due.length;
    });
  }

  function mailOf(own: DueNotice[], at: Date): NewMail[] {
    const [first] = own;
    if (!first?.email) return [];
    return [
      {
        // The first notice's own number: a mail sent twice after a crash shows the same id.
        messageId: `<notice-${first.id}@${new URL(publicUrl).hostname}>`,
        recipientId: first.recipient_id,
        email: first.email,
        noticeIds: idsOf(own),
        at,
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
      await sendMails({ db, mailer, clock, stopping });
      return { nextAt: (await nextDelivery(db))?.toISOString() ?? null };
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
