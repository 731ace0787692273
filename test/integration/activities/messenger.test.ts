import { createHmac, randomBytes } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createMailer, type Mailer } from '../../../activities/mailer';
import { createMessenger } from '../../../activities/messenger';
import { createNoticeActivities } from '../../../activities/notices';
import { addNotices } from '../../../db/notices';
import { storePreferences } from '../../../db/notice-preferences';
import type { NoticeKind } from '../../../domain/notices/kinds';
import { buildCity, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { testSmtp, type TestSmtp } from '../../support/smtp';
import { webhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver';

const START = new Date('2026-04-01T00:30:00Z');
const FOUR_HOURS_LATER = new Date(START.getTime() + 4 * 3_600_000 + 60_000);
const KEY = randomBytes(32);
const SECRET = `whsec_${KEY.toString('base64')}`;

let database: TestDatabase;
let city: City;
let smtp: TestSmtp;
let receiver: WebhookReceiver;
let mailer: Mailer;

beforeAll(async () => {
  [database, smtp, receiver] = await Promise.all([testDatabase(), testSmtp(), webhookReceiver()]);
  city = await buildCity(database.db, { entities: 1 });
  mailer = createMailer({ smtpUrl: smtp.url, from: '一次查 <noreply@onevisit.invalid>' });
});

afterAll(async () => {
  mailer.close();
  await receiver.stop();
  await smtp.stop();
  await database.drop();
});

beforeEach(async () => {
  for (const table of ['notices', 'mails', 'notice_preferences']) await database.db(table).delete();
  smtp.mails.length = 0;
  receiver.received.length = 0;
  receiver.answer(204);
});

/** `url`: null where no messenger is connected. */
async function deliver(
  now = START,
  url: string | null = receiver.url,
  secret = SECRET,
): Promise<{ nextAt: string | null }> {
  const { deliverNotices } = createNoticeActivities({
    ...{ db: database.db, now: () => now, mailer, publicUrl: 'https://onevisit.invalid' },
    messenger: url === null ? null : createMessenger({ url, secret, networks: ['127.0.0.0/8'] }),
  });
  return new MockActivityEnvironment().run<[], { nextAt: string | null }, typeof deliverNotices>(
    deliverNotices,
  );
}

const idOf = (username: string): number => city.users[username] ?? 0;

let written = 0;
const tell = (kind: NoticeKind, username = 'lead') =>
  addNotices(database.db, [
    {
      ...{ key: `test/${++written}`, kind, campaignId: null, recipients: [idOf(username)] },
      ...{ params: {}, notBefore: START },
    },
  ]);

const posted = () =>
  database.db('mails').where({ channel: 'messenger' }).orderBy('id').pluck<string[]>('status');

test('a digest goes by mail and as one signed request, which a receiver can check', async () => {
  await tell('closed');
  await tell('review-requested');
  await deliver();
  expect(smtp.mails).toHaveLength(1);
  const [request, ...more] = receiver.received;
  expect(more).toEqual([]);
  if (!request) throw new Error('nothing was posted');
  const {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  } = request.headers;
  const expected = createHmac('sha256', KEY)
    .update(`${String(id)}.${String(timestamp)}.${request.body}`)
    .digest('base64');
  expect(signature).toBe(`v1,${expected}`);
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(300);
  const body = JSON.parse(request.body) as { text: string };
  expect(body).toMatchObject({ type: 'digest', recipient: 'lead', subject: '[一次查] 任务办结等 2 项' });
  expect(body.text).toContain('方案待审核');
  expect(await posted()).toEqual(['sent']);
});

test('while keys are changed, whoever knows the new one can check a request, and who knows the former', async () => {
  const newKey = randomBytes(32);
  await tell('closed');
  await deliver(START, receiver.url, `whsec_${newKey.toString('base64')},${SECRET}`);
  const [request] = receiver.received;
  if (!request) throw new Error('nothing was posted');
  const { 'webhook-id': id, 'webhook-timestamp': timestamp } = request.headers;
  const signed = (key: Buffer) =>
    `v1,${createHmac('sha256', key)
      .update(`${String(id)}.${String(timestamp)}.${request.body}`)
      .digest('base64')}`;
  expect(String(request.headers['webhook-signature']).split(' ')).toEqual([signed(newKey), signed(KEY)]);
});

test('who has no mail address is told by the messenger', async () => {
  await database.db('users').where({ username: 'credit' }).update({ email: null });
  await tell('published', 'credit');
  await deliver();
  expect(smtp.mails).toEqual([]);
  expect(receiver.received).toHaveLength(1);
  await deliver(FOUR_HOURS_LATER);
  expect(receiver.received).toHaveLength(1);
});

test('a receiver that is busy, or gone before its answer, gets it again under the same id; then it is told once', async () => {
  await tell('closed');
  receiver.answer(503);
  await deliver();
  expect(await posted()).toEqual(['sending']);
  receiver.answer('drop');
  await deliver(new Date(START.getTime() + 60_000));
  receiver.answer(204);
  await deliver(new Date(START.getTime() + 30 * 60_000));
  await deliver(FOUR_HOURS_LATER);
  expect(await posted()).toEqual(['sent']);
  expect(receiver.received).toHaveLength(3);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

test.each([
  [422, 'permanent-failure', 'permanent-failure'],
  [429, 'sending', 'temporary-failure'],
  [401, 'sending', 'technical-failure'],
  [302, 'sending', 'technical-failure'],
] as const)('an answer of %i: %s at first, in the end %s', async (status, first, last) => {
  await tell('closed');
  receiver.answer(status);
  await deliver();
  expect(await posted()).toEqual([first]);
  await deliver(FOUR_HOURS_LATER);
  expect(await posted()).toEqual([last]);
  // Not where the answer led on to.
  expect(receiver.received.every(({ headers }) => headers['webhook-id'] !== undefined)).toBe(true);
  expect(smtp.mails).toHaveLength(1);
});

test('a messenger that is down holds no mail up', async () => {
  await tell('closed');
  await deliver(START, 'http://127.0.0.1:1/');
  expect(smtp.mails).toHaveLength(1);
  expect(await posted()).toEqual(['sending']);
});

test('what waits for a messenger that was taken away keeps nobody awake, and goes once there is one again', async () => {
  await tell('closed');
  receiver.answer(503);
  const { nextAt } = await deliver();
  expect(Date.parse(nextAt ?? '')).toBeGreaterThan(START.getTime());
  const later = new Date(START.getTime() + 10 * 60_000);
  expect(await deliver(later, null)).toEqual({ nextAt: null });
  receiver.answer(204);
  expect(await deliver(later)).toEqual({ nextAt: null });
  expect(await posted()).toEqual(['sent']);
});

test('people choose: what is for information only can be kept away, what is needed comes by mail', async () => {
  await storePreferences(database.db, idOf('lead'), { mail: 'needed', messenger: 'none' });
  await storePreferences(database.db, idOf('approver'), { mail: 'needed', messenger: 'all' });
  for (const person of ['lead', 'approver']) {
    await tell('closed', person);
    await tell('overdue', person);
  }
  await deliver();
  expect(smtp.mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['lead@yunxi.invalid', '[一次查] 逾期通知'],
    ['approver@yunxi.invalid', '[一次查] 逾期通知'],
  ]);
  expect(receiver.received.map(({ body }) => (JSON.parse(body) as { subject: string }).subject)).toEqual([
    '[一次查] 逾期通知等 2 项',
  ]);
});
