/** The outbox at work: due notices become one mail per recipient, mails are sent and what came of it recorded. */
import { cancellationSignal } from '@temporalio/activity';
import {
  claimDueNotices,
  claimMails,
  markUnmailable,
  nextDelivery,
  recordMail,
  renewClaim,
  storeMail,
  type DueNotice,
  type MailOutcome,
  type WaitingMail,
} from '../db/notices';
import { groupBy } from '../domain/group-by';
import { composeDigest } from '../domain/notices/digest';
import { MAX_ATTEMPTS, nextAttemptAt } from '../domain/notices/retry';
import type { Collaborators } from './collaborators';
import { MAIL_CONNECTIONS, type Mailer } from './mailer';

export interface NoticeCollaborators extends Collaborators {
  mailer: Mailer;
  publicUrl: string;
}

const RECIPIENTS_PER_TRANSACTION = 200;
const MAILS_PER_CLAIM = 20;
/** Longer than the mail server may take for one mail: the claim is renewed before each. */
const CLAIM_MS = 120_000;
const RECORD_PAUSE_MS = 250;

export function createNoticeActivities({ db, now, mailer, publicUrl }: NoticeCollaborators) {
  async function composeSome(at: Date): Promise<number> {
    return db.transaction(async (trx) => {
      const due = await claimDueNotices(trx, at, RECIPIENTS_PER_TRANSACTION);
      for (const own of groupBy(due, (notice) => notice.recipient_id).values()) {
        const [first] = own;
        if (!first) continue;
        const ids = own.map((notice) => notice.id);
        if (first.email === null) await markUnmailable(trx, ids);
        else {
          await storeMail(trx, {
            // The first notice's own number: a mail sent twice after a crash shows the same id.
            messageId: `<notice-${first.id}@${new URL(publicUrl).hostname}>`,
            recipientId: first.recipient_id,
            email: first.email,
            noticeIds: ids,
            at,
            ...composeDigest(first.name, own.map(asDigestNotice), publicUrl),
          });
        }
      }
      return due.length;
    });
  }

  async function sendOne(mail: WaitingMail, clock: () => Date): Promise<void> {
    // Whoever lost the claim meanwhile, its process having been taken for dead, leaves the mail to the one who has it.
    if (!(await renewClaim(db, mail, claimEnd(clock())))) return;
    const { status, reply } = await mailer.send({
      messageId: mail.message_id,
      to: mail.recipient_email,
      subject: mail.subject,
      text: mail.body_text,
      html: mail.body_html,
    });
    await record(mail, outcomeOf(status, reply, mail.attempts, clock()));
  }

  /** Only this process knows what the server said: a database that is away is waited for, as long as the claim lasts. */
  async function record(mail: WaitingMail, outcome: MailOutcome): Promise<void> {
    const until = Date.now() + CLAIM_MS;
    for (;;) {
      try {
        await recordMail(db, mail, outcome);
        return;
      } catch (error) {
        if (Date.now() > until) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, RECORD_PAUSE_MS));
    }
  }

  return {
    /** Composes and sends all that is due; says when there is next something to do. */
    deliverNotices: async (): Promise<{ nextAt: string | null }> => {
      const clock = runningClock(now());
      const stopping = cancellationSignal();
      while ((await composeSome(clock())) > 0) stopping.throwIfAborted();
      for (;;) {
        const mails = await claimMails(db, clock(), claimEnd(clock()), MAILS_PER_CLAIM);
        if (mails.length === 0) break;
        // As many at a time as the pool has connections: none waits in it while its claim runs out.
        const senders = Array.from({ length: MAIL_CONNECTIONS }, async () => {
          for (let mail = mails.shift(); mail; mail = mails.shift()) {
            stopping.throwIfAborted();
            await sendOne(mail, clock);
          }
        });
        await Promise.all(senders);
      }
      return { nextAt: (await nextDelivery(db))?.toISOString() ?? null };
    },
  };
}

const claimEnd = (at: Date): Date => new Date(at.getTime() + CLAIM_MS);

/** Goes on from an instant of the Temporal server's time: the same clock as that of the workflow that waits. */
function runningClock(from: Date): () => Date {
  const started = performance.now();
  return () => new Date(from.getTime() + performance.now() - started);
}

function outcomeOf(
  status: 'sent' | 'deferred' | 'bounced',
  reply: string,
  attempts: number,
  at: Date,
): MailOutcome {
  if (status === 'sent') return { status, reply };
  if (status === 'bounced' || attempts >= MAX_ATTEMPTS) return { status: 'bounced', reply };
  return { status, reply, nextAttemptAt: nextAttemptAt(attempts, at) };
}

const asDigestNotice = (notice: DueNotice) => ({
  kind: notice.kind,
  params: notice.params,
  campaign:
    notice.campaign_code === null
      ? null
      : { code: notice.campaign_code, name: notice.campaign_name ?? notice.campaign_code },
});
