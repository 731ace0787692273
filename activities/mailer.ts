import nodemailer from 'nodemailer';
import type { Answer } from '../domain/notices/delivery';

export interface OutgoingMail {
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Whatever takes digests one by one: a mail server, or the city's messenger. */
export interface Mailer {
  /** The server that is sent through, as it is named where its rate is kept. */
  relay: string;
  /** null: as many as it takes. */
  rate: MailRate | null;
  send(mail: OutgoingMail): Promise<{ answer: Answer; reply: string }>;
  close(): void;
}

export interface MailRate {
  perSecond: number;
  /** How many may go at once after a pause. */
  burst: number;
}

export interface MailerOptions {
  smtpUrl: string;
  from: string;
  rate?: MailRate | null;
  /** Where servers on the way report what they could not deliver; null: nobody reads it, and nothing is asked for. */
  reportsTo?: string | null;
}

interface SmtpFailure {
  responseCode?: number;
  /** At which the server refused. */
  command?: string;
}

export const MAIL_CONNECTIONS = 5;
/** No attempt takes longer: connecting, greeting and each answer have their own limit. */
export const LONGEST_ATTEMPT_MS = 60_000;

/** SMTP through one pool of connections. */
export function createMailer({ smtpUrl, from, rate = null, reportsTo = null }: MailerOptions): Mailer {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: MAIL_CONNECTIONS,
    maxMessages: 500,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  return {
    relay: new URL(smtpUrl).host,
    rate,
    send: async ({ messageId, to, subject, text, html }) => {
      try {
        const { response } = await transport.sendMail({
          ...{ from, to, subject, text, html, messageId },
          ...(reportsTo === null ? {} : reporting(reportsTo, to, messageId)),
        });
        return { answer: 'taken', reply: response };
      } catch (error) {
        const { message } = error as Error;
        return { answer: answerOf(error as SmtpFailure), reply: message };
      }
    },
    close: () => {
      transport.close();
    },
  };
}

/** Reports go to the mailbox that is read for them, and name the mail (RFC 3461), where the server knows how. */
const reporting = (mailbox: string, to: string, messageId: string) => ({
  envelope: { from: mailbox, to },
  dsn: {
    id: messageId.replace(/^<|>$/g, ''),
    return: 'headers' as const,
    notify: ['success', 'failure', 'delay'] as ('success' | 'failure' | 'delay')[],
    recipient: to,
  },
});

function answerOf({ responseCode = 0, command }: SmtpFailure): Answer {
  const concernsTheMail = command === 'RCPT TO' || command === 'DATA';
  if (responseCode >= 500 && concernsTheMail) return 'refused';
  // Refusing us (our login, our sender) or not being there is no word about the recipient: that can be mended.
  return responseCode >= 400 && concernsTheMail ? 'put-off' : 'unusable';
}
