import nodemailer from 'nodemailer';

export interface OutgoingMail {
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** What the server answered: taken, put off (4xx, unreachable) or refused for good (5xx for this recipient or mail). */
export interface Delivery {
  status: 'sent' | 'deferred' | 'bounced';
  reply: string;
}

export interface Mailer {
  send(mail: OutgoingMail): Promise<Delivery>;
  close(): void;
}

interface SmtpFailure {
  responseCode?: number;
  /** At which the server refused. */
  command?: string;
}

export const MAIL_CONNECTIONS = 5;

/** SMTP through one pool of connections. */
export function createMailer(smtpUrl: string, from: string): Mailer {
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
    send: async ({ messageId, to, subject, text, html }) => {
      try {
        const sent = await transport.sendMail({ from, to, subject, text, html, messageId });
        return { status: 'sent', reply: sent.response };
      } catch (error) {
        const { responseCode = 0, command, message } = error as Error & SmtpFailure;
        // Refusing us (our login, our sender) is no word about the recipient: that can be mended, and the mail waits.
        const forGood = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
        return { status: forGood ? 'bounced' : 'deferred', reply: message };
      }
    },
    close: () => {
      transport.close();
    },
  };
}
