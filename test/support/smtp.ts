import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/**
 * What the server does with a mail: `bounce` refuses the recipient for good (550), `defer` for now (451),
 * `drop` takes the mail and cuts the line before the answer, so that the sender can't know.
 */
export type SmtpAnswer = 'accept' | 'bounce' | 'defer' | 'drop';

export interface CapturedMail {
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface TestSmtp {
  url: string;
  /** All mails whose data arrived, dropped ones included, in order. */
  mails: CapturedMail[];
  /** Decides from now on, by recipient. */
  answer: (decide: (recipient: string) => SmtpAnswer) => void;
  /** From now on nobody may send here, or everybody again: refused for good, before there is a recipient. */
  refuseSenders: (refuse: boolean) => void;
  /** How many connections have been opened. */
  connections: () => number;
  stop: () => Promise<void>;
}

/** A real mail server on a free port, which keeps what it gets and misbehaves on demand. */
export async function testSmtp(): Promise<TestSmtp> {
  const mails: CapturedMail[] = [];
  let decide: (recipient: string) => SmtpAnswer = () => 'accept';
  let isClosedToSenders = false;
  let connections = 0;
  const sockets = new Set<Socket>();
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 200,
    logger: false,
    onMailFrom: (_address, _session, callback) => {
      callback(isClosedToSenders ? failure(550, 'Sender not allowed') : null);
    },
    onRcptTo: ({ address }, _session, callback) => {
      const answer = decide(address);
      if (answer === 'bounce') callback(failure(550, 'No such mailbox'));
      else if (answer === 'defer') callback(failure(451, 'Try again later'));
      else callback();
    },
    onData: (stream, session, callback) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      simpleParser(stream).then((parsed) => {
        mails.push(...recipients.map((to) => captured(parsed, to)));
        if (!recipients.some((to) => decide(to) === 'drop')) {
          callback();
          return;
        }
        for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy();
      }, callback);
    },
  });
  smtp.server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A client that goes away in the middle is what some tests are about.
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    smtp.listen(0, '127.0.0.1', resolve);
  });
  const { port } = smtp.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    answer: (next) => {
      decide = next;
    },
    refuseSenders: (refuse) => {
      isClosedToSenders = refuse;
    },
    connections: () => connections,
    stop: () =>
      new Promise((resolve) => {
        smtp.close(resolve);
      }),
  };
}

function failure(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function captured(mail: ParsedMail, to: string): CapturedMail {
  return {
    messageId: mail.messageId ?? '',
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html === false ? '' : (mail.html ?? ''),
  };
}
