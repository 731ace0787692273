import nodemailer from 'nodemailer';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { claimMails, recordMails, storeMails } from '../../db/mails';
import { workflowIds } from '../../domain/names';
import { startMailReports } from '../../server/temporal-gateway';
import { buildCity, type City } from '../support/build-city';
import { testDatabase, type TestDatabase } from '../support/database';
import { dsnSample } from '../support/dsn-sample';
import { greenMail, type GreenMail } from '../support/greenmail';
import { keepHistory } from '../support/histories';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { runWorker, type RunningWorker } from '../support/worker';

jest.setTimeout(240_000);

let database: TestDatabase;
let city: City;
let server: GreenMail;
let env: TestWorkflowEnvironment;
let worker: RunningWorker;

beforeAll(async () => {
  [database, server, env] = await Promise.all([testDatabase(), greenMail(), timeSkipping()]);
  city = await buildCity(database.db, { entities: 1 });
  worker = await runWorker(env, {
    db: database.db,
    smtpUrl: server.smtpUrl,
    reportMailbox: server.imapUrl,
  });
});

afterAll(async () => {
  await worker.stop();
  await Promise.all([env.teardown(), server.stop(), database.drop()]);
});

async function sentMail(id: string): Promise<void> {
  const at = new Date('2026-04-03T01:00:00Z');
  await storeMails(database.db, [
    {
      ...{
        channel: 'mail',
        messageId: `<${id}>`,
        recipientId: city.users['lead'] ?? 0,
        email: 'lead@yunxi.invalid',
      },
      ...{ subject: '到期提醒', text: '正文', html: '<p>正文</p>', noticeIds: [], at },
    },
  ]);
  const claims = await claimMails(database.db, 'mail', at, new Date(at.getTime() + 60_000), 10);
  await recordMails(
    database.db,
    claims.map((claim) => ({ ...claim, status: 'sent', reply: '250 Ok', at })),
  );
}

async function report(sample: string, id: string): Promise<void> {
  const transport = nodemailer.createTransport(server.smtpUrl);
  await transport.sendMail({
    envelope: { from: 'mailer-daemon@relay.invalid', to: 'bounces@onevisit.invalid' },
    raw: dsnSample(sample, { id }),
  });
  transport.close();
}

const statusOf = async (id: string) =>
  (
    await database
      .db('mails')
      .where({ message_id: `<${id}>` })
      .first<{ status: string }>('status')
  ).status;

test('the mailbox is read at once and every five minutes; starting it twice is one', async () => {
  await sentMail('first@onevisit.invalid');
  await report('postfix-no-mailbox', 'first@onevisit.invalid');
  await startMailReports(env.client);
  await startMailReports(env.client);
  await until(
    () => statusOf('first@onevisit.invalid'),
    (status) => status === 'permanent-failure',
  );
  await sentMail('second@onevisit.invalid');
  await report('delivered', 'second@onevisit.invalid');
  await env.sleep('6 minutes');
  await until(
    () => statusOf('second@onevisit.invalid'),
    (status) => status === 'delivered',
  );
  await keepHistory(env.client, workflowIds.mailReports, 'mail-reports');
});
