import { MockActivityEnvironment } from '@temporalio/testing';
import { createMailer, type Mailer } from '../../../activities/mailer';
import { createNoticeActivities } from '../../../activities/notices';
import { claimMails, recordMails, renewClaims } from '../../../db/mails';
import { addNotices, lockRecipients, readDueNotices, tellAtOnce } from '../../../db/notices';
import type { NoticeKind } from '../../../domain/notices/kinds';
import { buildCampaign } from '../../support/build-campaign';
import { buildCity, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { testSmtp, type TestSmtp } from '../../support/smtp';

const START = new Date('2026-04-01T00:30:00Z');
const FROM = '一次查 <noreply@onevisit.invalid>';
/** Later than any claim. */
const AFTER_CLAIMS = new Date(START.getTime() + 10 * 60_000);

let database: TestDatabase;
let city: City;
let smtp: TestSmtp;
let mailer: Mailer;

beforeAll(async () => {
  [database, smtp] = await Promise.all([testDatabase(), testSmtp()]);
  city = await buildCity(database.db, { entities: 1 });
  mailer = createMailer({ smtpUrl: smtp.url, from: FROM });
});

afterAll(async () => {
  mailer.close();
  await smtp.stop();
  await database.drop();
});

beforeEach(async () => {
  await database.db('notices').delete();
  await database.db('mails').delete();
  smtp.mails.length = 0;
  smtp.answer(() => 'accept');
});

/** One delivery by a process that has this mailer. */
const deliver = (now = START, by: Mailer = mailer) =>
  new MockActivityEnvironment().run<[], { nextAt: string | null }, () => Promise<{ nextAt: string | null }>>(
    createNoticeActivities({
      db: database.db,
      now: () => now,
      mailer: by,
      publicUrl: 'https://onevisit.invalid',
    }).deliverNotices,
  );

let written = 0;
async function tell(
  usernames: readonly string[],
  kind: NoticeKind,
  params = {},
  campaignId: number | null = null,
) {
  await addNotices(database.db, [
    {
      key: `test/${++written}`,
      kind,
      campaignId,
      recipients: usernames.map((username) => city.users[username] ?? 0),
      params,
      notBefore: START,
    },
  ]);
}

const statuses = () => database.db('mails').orderBy('id').pluck<string[]>('status');

test('one digest per recipient, in text and HTML, with what is alike added up', async () => {
  const code = await buildCampaign(database.db, city, { name: '餐饮<联合>抽查' });
  const [campaign] = await database.db('campaigns').where({ code }).select<{ id: number }[]>('id');
  const overdue = { department: '卫健委', task: 'results', due: '2026-04-01 23:59' };
  await tell(['wjw-liaison'], 'overdue', { ...overdue, count: 3 }, campaign?.id);
  await tell(['wjw-liaison'], 'overdue', { ...overdue, count: 2 }, campaign?.id);
  await tell(['wjw-liaison', 'lead'], 'results-in', {}, campaign?.id);
  await deliver();
  expect(smtp.mails.map((mail) => mail.to).sort()).toEqual([
    'lead@yunxi.invalid',
    'wjw-liaison@yunxi.invalid',
  ]);
  const mail = smtp.mails.find(({ to }) => to.startsWith('wjw'));
  expect(mail?.subject).toBe('[一次查] 逾期通知等 3 项');
  expect(mail?.text).toContain('卫健委 5 项“录入检查结果”已于 2026-04-01 23:59 逾期，请立即办理。');
  expect(mail?.text.match(/逾期通知/g)).toHaveLength(1);
  expect(mail?.text).toContain(`https://onevisit.invalid/campaigns/${code}`);
  expect(mail?.html).toContain('餐饮&lt;联合&gt;抽查');
  expect(mail?.html).toContain('卫健委 5 项“录入检查结果”');
  const [notice] = await database
    .db('notices')
    .where({ kind: 'overdue' })
    .orderBy('id')
    .pluck<number[]>('id');
  expect(mail?.messageId).toBe(`<notice-${notice}@onevisit.invalid>`);
});

test('nothing is due before its time, and nobody without an address is mailed', async () => {
  await database.db('users').where({ username: 'credit' }).update({ email: null });
  await tell(['credit'], 'published', { count: 1 });
  await tell(['lead'], 'closed');
  const { nextAt } = await deliver(new Date(START.getTime() - 60_000));
  expect(nextAt).toBe(START.toISOString());
  expect(smtp.mails).toEqual([]);
  expect(await deliver()).toEqual({ nextAt: null });
  expect(smtp.mails.map((mail) => mail.to)).toEqual(['lead@yunxi.invalid']);
  await deliver(AFTER_CLAIMS);
  expect(smtp.mails).toHaveLength(1);
});

test('several processes that deliver at once send each mail once, through a few connections', async () => {
  const people = Object.keys(city.users).filter((name) => name !== 'credit');
  await tell(people, 'closed');
  const before = smtp.connections();
  const others = [1, 2].map(() => createMailer({ smtpUrl: smtp.url, from: FROM }));
  await Promise.all([deliver(), ...others.map((other) => deliver(START, other))]);
  others.forEach((other) => {
    other.close();
  });
  expect(smtp.mails.map((mail) => mail.to).sort()).toEqual(
    people.map((name) => `${name}@yunxi.invalid`).sort(),
  );
  expect(new Set(await statuses())).toEqual(new Set(['sent']));
  expect(smtp.connections() - before).toBeLessThanOrEqual(15);
});

test('killed between the confirmation of the server and its record: sent again under the same id, then never', async () => {
  await tell(['lead'], 'closed');
  const dying: Mailer = {
    ...mailer,
    send: async (mail) => {
      await mailer.send(mail);
      throw new Error('killed');
    },
  };
  await expect(deliver(START, dying)).rejects.toThrow('killed');
  // While the claim holds nobody else sends it.
  const { nextAt } = await deliver();
  expect(smtp.mails).toHaveLength(1);
  expect(Date.parse(nextAt ?? '')).toBeGreaterThan(START.getTime());
  await deliver(AFTER_CLAIMS);
  await deliver(new Date(AFTER_CLAIMS.getTime() + 86_400_000));
  const [first, second, ...more] = smtp.mails.map((mail) => mail.messageId);
  expect(second).toBe(first);
  expect(more).toEqual([]);
  expect(await statuses()).toEqual(['sent']);
});

test('a line that is cut before the answer: tried again under the same id', async () => {
  await tell(['lead'], 'closed');
  smtp.answer(() => 'drop');
  await deliver();
  expect(await statuses()).toEqual(['sending']);
  smtp.answer(() => 'accept');
  await deliver(AFTER_CLAIMS);
  expect(await statuses()).toEqual(['sent']);
  expect(new Set(smtp.mails.map((mail) => mail.messageId)).size).toBe(1);
});

test('who was taken for dead while sending does not send what another has sent, nor undo its record', async () => {
  await tell(['lead'], 'closed');
  smtp.answer(() => 'defer');
  await deliver();
  const { db } = database;
  const [stalled] = await claimMails(db, 'mail', AFTER_CLAIMS, AFTER_CLAIMS, 1);
  if (!stalled) throw new Error('there is a mail to claim');
  smtp.answer(() => 'accept');
  await deliver(AFTER_CLAIMS);
  expect(smtp.mails).toHaveLength(1);
  expect(await renewClaims(db, [stalled], new Date(AFTER_CLAIMS.getTime() + 60_000))).toEqual(new Set());
  await recordMails(db, [
    { ...stalled, status: 'sending', reply: '超时', at: AFTER_CLAIMS, nextAttemptAt: AFTER_CLAIMS },
  ]);
  expect(await statuses()).toEqual(['sent']);
});

test('a delivery that is told to stop leaves the rest to the next', async () => {
  await tell(['lead', 'supervisor', 'approver'], 'closed');
  const stopping = new MockActivityEnvironment();
  const stopper: Mailer = {
    ...mailer,
    send: (mail) => {
      stopping.cancel();
      return mailer.send(mail);
    },
  };
  const many = createNoticeActivities({
    db: database.db,
    now: () => START,
    mailer: stopper,
    publicUrl: 'https://onevisit.invalid',
  });
  await tell(
    Object.keys(city.users).filter((name) => name.includes('-0')),
    'closed',
  );
  await expect(stopping.run(many.deliverNotices)).rejects.toThrow();
  await deliver(AFTER_CLAIMS);
  const ids = smtp.mails.map((mail) => mail.messageId);
  expect(new Set(ids).size).toBe(9);
  expect(new Set(await statuses())).toEqual(new Set(['sent']));
});

/** Seconds, by the clock that the rate is kept by. */
const clock = async (): Promise<number> => {
  const { rows } = await database.db.raw<{ rows: [{ seconds: number }] }>(
    'select extract(epoch from clock_timestamp())::float8 as seconds',
  );
  return rows[0].seconds;
};

test('processes that send through one server keep to its rate together', async () => {
  const people = Object.keys(city.users).filter((name) => name !== 'credit');
  const rate = { perSecond: people.length, burst: 5 };
  await tell(people, 'closed');
  const limited = [1, 2].map(() => createMailer({ smtpUrl: smtp.url, from: FROM, rate }));
  const began = await clock();
  await Promise.all(limited.map((one) => deliver(START, one)));
  const seconds = (await clock()) - began;
  limited.forEach((one) => {
    one.close();
  });
  expect(smtp.mails).toHaveLength(people.length);
  expect(seconds).toBeGreaterThan((people.length - rate.burst) / rate.perSecond);
});

test('what is due at once does not wait for the clock of who wrote it, should that be ahead', async () => {
  const { db } = database;
  const urgent = (key: string, at: Date) => ({
    ...{ key, kind: 'closed' as const, campaignId: null, params: {}, at },
    recipients: [city.users.lead ?? 0],
  });
  await tellAtOnce(db, [
    urgent('test/ahead', new Date(Date.now() + 40 * 60_000)),
    urgent('test/behind', START),
  ]);
  const [behind, ahead] = await db('notices').orderBy('not_before').pluck<Date[]>('not_before');
  expect(behind).toEqual(START);
  const { rows } = await db.raw<{ rows: [{ now: Date }] }>('select now() as now');
  expect(ahead?.getTime()).toBeLessThanOrEqual(rows[0].now.getTime());
});

test('who takes over a recipient does not see as due what was dealt with until then', async () => {
  const { db } = database;
  await tell(['lead'], 'closed');
  await db.transaction(async (trx) => {
    const recipients = await lockRecipients(trx, START, 10);
    expect(recipients).toEqual([city.users.lead]);
    expect(await lockRecipients(db, START, 10)).toEqual([]);
    expect(await readDueNotices(trx, START, recipients)).toHaveLength(1);
    // As the one that held the lock until now would have.
    await db('notices').update({ unmailable: true });
    expect(await readDueNotices(trx, START, recipients)).toEqual([]);
  });
});

test('our own server out of reach: nothing is said of the recipients, and after four hours somebody can decide', async () => {
  await tell(['lead'], 'closed');
  const unreachable = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: FROM });
  await deliver(START, unreachable);
  expect(await statuses()).toEqual(['sending']);
  await deliver(new Date(START.getTime() + 4 * 3_600_000 + 60_000), unreachable);
  unreachable.close();
  expect(await statuses()).toEqual(['technical-failure']);
});
