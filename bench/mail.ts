import nodemailer from 'nodemailer';
import type { Knex } from 'knex';
import { createMailer, MAIL_CONNECTIONS } from '../activities/mailer';
import { sendMails } from '../activities/send-mails';
import { storeMails } from '../db/mails';
import { composeDigest } from '../domain/notices/digest';
import { buildUser } from '../test/support/build-city';
import { timed, type Bench } from './support/bench';
import { scratchDatabase } from './support/scratch-database';
import { startMailSink } from './support/start-mail-sink';

const FROM = '一次查 <noreply@onevisit.invalid>';
const MAILS_PER_STATEMENT = 1000;

/** A usual digest: three notices of one campaign. */
const DIGEST = composeDigest(
  '秦景行',
  (['visits-assigned', 'reminder', 'overdue'] as const).map((kind) => ({
    kind,
    params: { count: 3, due: '2026-12-01 23:59', task: 'results', department: '市场监管局' },
    campaign: { code: 'LC-2026-0001', name: '餐饮场所部门联合抽查' },
  })),
  'https://onevisit.invalid',
);

export const bench: Bench = {
  about: 'mails handed over to a local SMTP server with every status recorded, beside nodemailer alone',
  sizeOf: 'mails',
  defaultSize: 5000,
  async prepare(size) {
    const [{ db, close }, sink] = await Promise.all([scratchDatabase(), startMailSink()]);
    const recipient = await oneRecipient(db);
    const mailer = createMailer({ smtpUrl: sink.smtpUrl, from: FROM });
    const bare = nodemailer.createTransport({
      url: sink.smtpUrl,
      pool: true,
      maxConnections: MAIL_CONNECTIONS,
      maxMessages: 500,
    });
    /** How many mails the server took during the run. */
    const counted = async (send: () => Promise<unknown>) => {
      const before = await sink.taken();
      const run = await timed(send);
      return { ...run, outcome: (await sink.taken()) - before };
    };
    return {
      ours: {
        name: 'OneVisit, from the queue to each status',
        run: async () => {
          await queue(db, recipient, size);
          const clock = () => new Date();
          const { signal } = new AbortController();
          const run = await counted(() =>
            sendMails({ db, channel: 'mail', mailer, clock, stopping: signal }),
          );
          const [row] = await db('mails').where({ status: 'sent' }).count<{ count: number }[]>();
          if (row?.count !== size) throw new Error(`${row?.count} of ${size} mails are recorded as sent`);
          return run;
        },
      },
      peers: [
        {
          name: 'nodemailer, pooled, nothing recorded',
          run: () =>
            counted(() =>
              Promise.all(
                Array.from({ length: size }, (_, at) =>
                  bare.sendMail({ from: FROM, to: `u${at}@yunxi.invalid`, messageId: idOf(at), ...DIGEST }),
                ),
              ),
            ),
        },
      ],
      check: (outcomes) => {
        for (const [name, count] of outcomes) {
          if (count !== size) throw new Error(`${name}: the server took ${String(count)} of ${size} mails`);
        }
        return `each time the server took ${size} mails`;
      },
      close: async () => {
        mailer.close();
        bare.close();
        await sink.close();
        await close();
      },
    };
  },
};

const idOf = (at: number): string => `<notice-${at}@onevisit.invalid>`;

async function oneRecipient(db: Knex): Promise<number> {
  const office = { code: 'SCJG', name: '市场监管局', short_name: '市场监管局', kind: 'inspecting' };
  await db('regions').insert({ code: '691100', name: '云溪市', parent_code: null });
  await db('departments').insert({ ...office, region_code: '691100' });
  return buildUser(db, { username: 'inspector', role: 'inspector', department: 'SCJG' });
}

async function queue(db: Knex, recipientId: number, size: number): Promise<void> {
  await db('mails').delete();
  const mails = Array.from({ length: size }, (_, at) => ({
    ...{
      channel: 'mail' as const,
      messageId: idOf(at),
      recipientId,
      email: `u${at}@yunxi.invalid`,
      noticeIds: [],
      at: new Date(),
    },
    ...DIGEST,
  }));
  for (let at = 0; at < size; at += MAILS_PER_STATEMENT) {
    await storeMails(db, mails.slice(at, at + MAILS_PER_STATEMENT));
  }
  await db.raw('vacuum analyze mails');
}
