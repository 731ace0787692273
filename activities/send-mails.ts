/** Hands over the digests that wait, as fast as the server takes them, and records of each what came of it. */
import type { Knex } from 'knex';
import { returnTokens, takeTokens } from '../db/mail-relays';
import {
  claimMails,
  recordMails,
  renewClaims,
  type Channel,
  type MailOutcome,
  type WaitingMail,
} from '../db/mails';
import { statusAfter } from '../domain/notices/delivery';
import { nextAttemptAt } from '../domain/notices/retry';
import { LONGEST_ATTEMPT_MS, MAIL_CONNECTIONS, type Mailer } from './mailer';

const MAILS_PER_CLAIM = 100;
/** Longer than one attempt takes: a claim that is older than the difference is renewed before the next. */
const CLAIM_MS = 2 * LONGEST_ATTEMPT_MS;
const RECORD_PAUSE_MS = 250;
const RATE_PAUSE_MS = 200;

export interface Sending {
  db: Knex;
  channel: Channel;
  /** What takes those of the channel. */
  mailer: Mailer;
  clock: () => Date;
  stopping: AbortSignal;
}

/** Sends all mails that are due; the next are claimed while these are sent. */
export async function sendMails(sending: Sending): Promise<void> {
  let batch = await claim(sending);
  while (batch.mails.length > 0) {
    const next = claim(sending);
    try {
      await new Round(sending, batch).run();
    } catch (error) {
      await next.then(({ mails }) => letGo(sending, mails)).catch(() => undefined);
      throw error;
    }
    batch = await next;
  }
}

interface Batch {
  mails: WaitingMail[];
  until: Date;
}

async function claim({ db, channel, mailer, clock, stopping }: Sending): Promise<Batch> {
  const { rate, relay } = mailer;
  let limit = MAILS_PER_CLAIM;
  if (rate) {
    while ((limit = await takeTokens(db, relay, MAILS_PER_CLAIM, rate)) === 0)
      await pause(RATE_PAUSE_MS, stopping);
  }
  const now = clock();
  const until = new Date(now.getTime() + CLAIM_MS);
  const mails = await claimMails(db, channel, now, until, limit);
  if (rate && mails.length < limit) await returnTokens(db, relay, limit - mails.length);
  return { mails, until };
}

/** Claims that this process does nothing with are due for others at once. */
const letGo = async ({ db, clock }: Sending, claims: readonly WaitingMail[]): Promise<void> => {
  await renewClaims(db, claims, clock());
};

/** The mails of one claim: as many at a time as there are connections, so that none waits while its claim runs out. */
class Round {
  private readonly waiting: WaitingMail[];
  private until: Date;
  private outcomes: MailOutcome[] = [];
  private recording: Promise<void> | null = null;

  constructor(
    private readonly sending: Sending,
    { mails, until }: Batch,
  ) {
    this.waiting = mails;
    this.until = until;
  }

  async run(): Promise<void> {
    const senders = Array.from({ length: MAIL_CONNECTIONS }, () => this.sendOneByOne());
    const results = await Promise.allSettled(senders);
    await this.record();
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return;
    await letGo(this.sending, this.waiting);
    throw failed.reason;
  }

  private async sendOneByOne(): Promise<void> {
    const { mailer, clock, stopping } = this.sending;
    for (;;) {
      stopping.throwIfAborted();
      if (this.until.getTime() - clock().getTime() < LONGEST_ATTEMPT_MS) await this.renew();
      const mail = this.waiting.shift();
      if (!mail) return;
      const { answer, reply } = await mailer.send({
        messageId: mail.message_id,
        to: mail.recipient_email,
        subject: mail.subject,
        text: mail.body_text,
        html: mail.body_html,
      });
      const at = clock();
      const next = nextAttemptAt(mail.attempts, mail.first_attempt_at, at);
      const status = statusAfter(answer, next !== null);
      this.outcomes.push({
        ...{ id: mail.id, attempts: mail.attempts, status, reply, at },
        ...(status === 'sending' && next ? { nextAttemptAt: next } : {}),
      });
      // Recorded at once, together with what comes in meanwhile: little is unknown when this process dies.
      this.recording ??= this.record()
        // What is not recorded yet is tried again at the end of the round, and its failure told.
        .catch(() => undefined)
        .finally(() => (this.recording = null));
    }
  }

  /** Whoever lost claims, this process having been taken for dead, leaves those mails to the one who has them. */
  private async renew(): Promise<void> {
    const until = new Date(this.sending.clock().getTime() + CLAIM_MS);
    this.until = until;
    const asked = this.waiting.splice(0);
    const kept = await renewClaims(this.sending.db, asked, until);
    this.waiting.push(...asked.filter((mail) => kept.has(mail.id)));
  }

  private async record(): Promise<void> {
    await this.recording;
    while (this.outcomes.length > 0) await this.recordPatiently(this.outcomes.splice(0));
  }

  /** Only this process knows what the server said: a database that is away is waited for, as long as the claim lasts. */
  private async recordPatiently(outcomes: MailOutcome[]): Promise<void> {
    const until = Date.now() + CLAIM_MS;
    for (;;) {
      try {
        await recordMails(this.sending.db, outcomes);
        return;
      } catch (error) {
        if (Date.now() > until) {
          this.outcomes.unshift(...outcomes);
          throw error;
        }
      }
      await pause(RECORD_PAUSE_MS);
    }
  }
}

const pause = (ms: number, stopping?: AbortSignal): Promise<void> => {
  stopping?.throwIfAborted();
  return new Promise((resolve) => setTimeout(resolve, ms));
};
