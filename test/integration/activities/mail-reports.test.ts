import nodemailer from 'nodemailer';
import { readReports } from '../../../activities/read-reports';
import { claimMails, recordMails, storeMails } from '../../../db/mails';
import { resendMail } from '../../../db/mail-views';
import { buildCity, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { dsnSample } from '../../support/dsn-sample';
import { greenMail, type GreenMail } from '../../support/greenmail';

const SENT = new Date('2026-04-03T01:00:00Z');
const REPORTED = new Date('2026-04-03T02:00:00Z');

let database: TestDatabase;
let city: City;
let server: GreenMail;

beforeAll(async () => {
  [database, server] = await Promise.all([testDatabase(), greenMail()]);
  city = await buildCity(database.db, { entities: 1 });
}, 120_000);

afterAll(async () => {
  await server.stop();
  await database.drop();
});

let written = 0;

/** A mail that our server has taken; returns its id without the angle brackets. */
async function sentMail(username = 'lead'): Promise<string> {
  const { db } = database;
  const id = `notice-${++written}@onevisit.invalid`;
  const mail = {
    ...{
      channel: 'mail' as const,
      messageId: `<${id}>`,
      recipientId: city.users[username] ?? 0,
      email: `${username}@yunxi.invalid`,
    },
    ...{ subject: '到期提醒', text: '正文', html: '<p>正文</p>', noticeIds: [], at: SENT },
  };
  await storeMails(db, [mail]);
  const claims = await claimMails(db, 'mail', SENT, REPORTED, 10);
  await recordMails(
    db,
    claims.map((claim) => ({ ...claim, status: 'sent', reply: '250 2.0.0 Ok', at: SENT })),
  );
  return id;
}

/** What a server on the way writes to the mailbox. */
async function report(sample: string, id: string, action = 'delivered') {
  const transport = nodemailer.createTransport(server.smtpUrl);
  await transport.sendMail({
    // Reports have no sender; GreenMail knows no mails without one.
    envelope: { from: 'mailer-daemon@relay.invalid', to: 'bounces@onevisit.invalid' },
    raw: dsnSample(sample, { id, action }),
  });
  transport.close();
}

const read = () => readReports(database.db, server.imapUrl, () => REPORTED);

const mailOf = (id: string) =>
  database
    .db('mails')
    .where({ message_id: `<${id}>` })
    .first<{
      id: number;
      status: string;
      last_reply: string;
      delivered_at: Date | null;
      failed_at: Date | null;
    }>();

test.each([
  [
    'postfix-no-mailbox',
    'permanent-failure',
    /550 5\.1\.1 <lead@yunxi\.invalid>: Recipient address rejected/,
  ],
  ['exchange-mailbox-full', 'temporary-failure', /^452 4\.2\.2 mailbox full$/],
  ['delivered', 'delivered', /^250 2\.0\.0 Ok$/],
  ['delayed', 'sent', /Connection timed out/],
  ['out-of-office', 'sent', /^250 2\.0\.0 Ok$/],
])('after %s the mail is %s, with the words of the server', async (sample, status, words) => {
  const id = await sentMail();
  await report(sample, id);
  await read();
  const mail = await mailOf(id);
  expect(mail).toMatchObject({ status });
  expect(mail.last_reply).toMatch(words);
  expect(mail.failed_at).toEqual(status.endsWith('failure') ? REPORTED : null);
  expect(mail.delivered_at).toEqual(status === 'delivered' ? REPORTED : null);
});

test('what was passed on to a server that tells nothing stays sent', async () => {
  const id = await sentMail();
  await report('delivered', id, 'relayed');
  await read();
  expect(await mailOf(id)).toMatchObject({ status: 'sent' });
});

test('a failure stands, whatever comes after it; a delivery that bounces later is one', async () => {
  const id = await sentMail();
  await report('delivered', id);
  await read();
  await report('postfix-no-mailbox', id);
  await report('delivered', id);
  await read();
  expect(await mailOf(id)).toMatchObject({ status: 'permanent-failure' });
});

test('each mail of the mailbox is read once, and what is not ours changes nothing', async () => {
  await read();
  const id = await sentMail();
  await report('postfix-no-mailbox', 'of-another-system@onevisit.invalid');
  await report('delivered', id);
  expect(await read()).toEqual({ read: 2, known: 1 });
  expect(await read()).toEqual({ read: 0, known: 0 });
});

test('the answer of our own server, recorded late, does not undo what was reported', async () => {
  const { db } = database;
  const id = await sentMail();
  await report('postfix-no-mailbox', id);
  await read();
  const mail = await mailOf(id);
  await recordMails(db, [{ id: mail.id, attempts: 1, status: 'sent', reply: '250 Ok', at: REPORTED }]);
  expect(await mailOf(id)).toMatchObject({ status: 'permanent-failure' });
});

test('sent once more it goes to the address that was mended, and starts anew', async () => {
  const { db } = database;
  const id = await sentMail('supervisor');
  await report('postfix-no-mailbox', id);
  await read();
  await db('users').where({ username: 'supervisor' }).update({ email: 'new-address@yunxi.invalid' });
  const mail = await mailOf(id);
  expect(await resendMail(db, mail.id, REPORTED)).toEqual({
    recipient: 'supervisor',
    before: 'supervisor@yunxi.invalid',
    after: 'new-address@yunxi.invalid',
  });
  const [claimed] = await claimMails(db, 'mail', REPORTED, new Date(REPORTED.getTime() + 1000), 10);
  expect(claimed).toMatchObject({ message_id: `<${id}>`, recipient_email: 'new-address@yunxi.invalid' });
  expect(claimed?.first_attempt_at).toEqual(REPORTED);
  expect(await resendMail(db, mail.id, REPORTED)).toBeNull();
});

test('a mailbox that can not be opened says so, and loses nothing', async () => {
  const wrong = server.imapUrl.replace('secret', 'wrong');
  await expect(readReports(database.db, wrong, () => REPORTED)).rejects.toThrow();
  const id = await sentMail();
  await report('delivered', id);
  expect(await read()).toEqual({ read: 1, known: 1 });
});
