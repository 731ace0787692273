/** Reads what servers on the way report of our mails (RFC 3464) from the mailbox that they report to. */
import { ImapFlow } from 'imapflow';
import type { Knex } from 'knex';
import { readMailbox, recordReports, rememberMailbox, type ReportedMail } from '../db/mail-reports';
import { statusByReport } from '../domain/notices/delivery';
import { parseReport } from './parse-report';

/** A report is small; what is larger has our mail in it, of which the beginning suffices. */
const MOST_BYTES = 256 * 1024;
const MAILS_PER_RECORD = 100;
const MAX_PATIENCE_MS = 60_000;

/**
 * Reads the mails that have come since the last time; nothing in the mailbox is changed. Returns how many came, and how
 * many spoke of a mail of ours. `imapUrl`: imaps://user:password@host:993/INBOX.
 */
export async function readReports(
  db: Knex,
  imapUrl: string,
  now: () => Date,
): Promise<{ read: number; known: number }> {
  const { client, folder, name } = open(imapUrl);
  await client.connect();
  try {
    const lock = await client.getMailboxLock(folder, { readOnly: true });
    try {
      const validity = client.mailbox ? Number(client.mailbox.uidValidity) : 0;
      let { lastUid } = await readMailbox(db, name, validity);
      const total = { read: 0, known: 0 };
      const found = await client.search({ uid: `${lastUid + 1}:*` }, { uid: true });
      // `*` is the last mail, also where it has been read.
      const uids = found ? found.filter((uid) => uid > lastUid).sort((a, b) => a - b) : [];
      for (let at = 0; at < uids.length; at += MAILS_PER_RECORD) {
        const some = uids.slice(at, at + MAILS_PER_RECORD);
        const reports: ReportedMail[] = [];
        for await (const mail of client.fetch(some, { source: { maxLength: MOST_BYTES } }, { uid: true })) {
          for (const report of await parseReport(mail.source ?? Buffer.alloc(0))) {
            reports.push({ ...report, status: statusByReport(report), at: now() });
          }
        }
        lastUid = some.at(-1) ?? lastUid;
        total.read += some.length;
        total.known += await db.transaction(async (trx) => {
          await rememberMailbox(trx, name, validity, lastUid);
          return recordReports(trx, reports);
        });
      }
      return total;
    } finally {
      lock.release();
    }
  } finally {
    await client.logout().catch(() => {
      client.close();
    });
  }
}

function open(imapUrl: string) {
  const url = new URL(imapUrl);
  const secure = url.protocol === 'imaps:';
  const folder = decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
  const client = new ImapFlow({
    host: url.hostname,
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    greetingTimeout: 10_000,
    socketTimeout: MAX_PATIENCE_MS,
  });
  // A line that breaks fails what waits for it, and that is told.
  client.on('error', () => undefined);
  return { client, folder, name: `${url.username}@${url.host}/${folder}` };
}
