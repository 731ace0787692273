import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { storeTarget } from '../../db/delivery-views';
import { DELIVERY_PRESETS } from '../../domain/deliveries/target';
import { workflowIds } from '../../domain/names';
import { startDeliveries } from '../../server/temporal-gateway';
import { buildCampaign } from '../support/build-campaign';
import { buildCity } from '../support/build-city';
import { testDatabase, type TestDatabase } from '../support/database';
import { keepHistory } from '../support/histories';
import { publish } from '../support/published';
import { testSmtp, type TestSmtp } from '../support/smtp';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { webhookReceiver, type WebhookReceiver } from '../support/webhook-receiver';
import { runWorker, type RunningWorker } from '../support/worker';

jest.setTimeout(240_000);

let database: TestDatabase;
let receiver: WebhookReceiver;
let smtp: TestSmtp;
let env: TestWorkflowEnvironment;
let worker: RunningWorker;
let campaign: string;

beforeAll(async () => {
  [database, receiver, smtp, env] = await Promise.all([
    testDatabase(),
    webhookReceiver(),
    testSmtp(),
    timeSkipping(),
  ]);
  campaign = await buildCampaign(database.db, await buildCity(database.db, { entities: 4 }));
  worker = await runWorker(env, {
    db: database.db,
    smtpUrl: smtp.url,
    deliveryWebhook: { url: receiver.url, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  });
});

afterAll(async () => {
  await worker.stop();
  await Promise.all([env.teardown(), receiver.stop(), smtp.stop(), database.drop()]);
});

const sent = () =>
  database.db('deliveries').where({ status: 'sent' }).orderBy('number').pluck<number[]>('rows');

test('what is published is posted within a minute, and again when a receiver was away; starting it twice is one', async () => {
  const { columns = [] } = DELIVERY_PRESETS[1] ?? {};
  await storeTarget(database.db, {
    ...{ code: 'interface', name: '接口', kind: 'webhook', format: 'json', columns },
    ...{ enabled: true, version: 1 },
  });
  await publish(database.db, campaign, { count: 2 });
  await startDeliveries(env.client);
  await startDeliveries(env.client);
  await until(sent, (rows) => rows.length === 1);
  receiver.answer(503);
  await publish(database.db, campaign, { first: 2, count: 1 });
  await env.sleep('90 seconds');
  await until(
    () => Promise.resolve(receiver.received.length),
    (count) => count > 1,
  );
  receiver.answer(204);
  await env.sleep('3 minutes');
  expect(await until(sent, (rows) => rows.length === 2)).toEqual([4, 2]);
  await keepHistory(env.client, workflowIds.deliveries, 'deliveries');
});
