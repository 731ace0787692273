/** The line to the mail server, on which chosen mails suffer what mail servers do. */
import type { Socket } from 'node:net';
import { layLine, type Line } from './line';

/**
 * `put-off`: 451 to the data. `refused`: 554, for good. `hung`: no answer ever comes. `lost`: the server has taken the mail,
 * and the line breaks before its answer arrives.
 */
export const MAIL_FAULTS = ['put-off', 'refused', 'hung', 'lost'] as const;
export type MailFault = (typeof MAIL_FAULTS)[number];

export interface MailLine extends Line {
  /** Of those to come, one more suffers this; none twice in its life. */
  next: (fault: MailFault) => void;
  /** Message-IDs of those that did. */
  suffered: (fault: MailFault) => string[];
}

const END_OF_DATA = Buffer.from('\r\n.\r\n');

export async function layMailLine(targetPort: number): Promise<MailLine> {
  const waiting: MailFault[] = [];
  const suffered = new Map<string, MailFault>();

  function faultFor(messageId: string): MailFault | undefined {
    const fault = suffered.has(messageId) ? undefined : waiting.shift();
    if (fault) suffered.set(messageId, fault);
    return fault;
  }

  function join(client: Socket, server: Socket): void {
    let data: Buffer | null = null;
    let losesAnswer = false;
    server.on('data', (answer) => {
      if (losesAnswer) client.destroy();
      else client.write(answer);
    });
    client.on('data', (said) => {
      if (data === null) {
        // Said by itself, or in one breath with the envelope.
        if (/(^|\r\n)DATA\r\n$/i.test(said.toString('latin1'))) data = Buffer.alloc(0);
        server.write(said);
        return;
      }
      data = Buffer.concat([data, said]);
      if (!data.subarray(-END_OF_DATA.length).equals(END_OF_DATA)) return;
      const mail = data;
      data = null;
      const fault = faultFor(messageIdIn(mail));
      if (fault === 'hung') return;
      if (fault === 'put-off' || fault === 'refused') {
        // The server has not seen its end: it forgets the mail with the connection.
        client.end(fault === 'refused' ? '554 5.7.1 Refused\r\n' : '451 4.7.1 Try again later\r\n');
        return;
      }
      losesAnswer = fault === 'lost';
      server.write(mail);
    });
  }

  return {
    ...(await layLine(targetPort, join)),
    next: (fault) => {
      waiting.push(fault);
    },
    suffered: (fault) => [...suffered].filter(([, one]) => one === fault).map(([messageId]) => messageId),
  };
}

function messageIdIn(mail: Buffer): string {
  const [, id] = /^Message-ID:\s*(<[^>]+>)/im.exec(mail.toString('latin1')) ?? [];
  if (id === undefined) throw new Error('a mail without a Message-ID');
  return id;
}
