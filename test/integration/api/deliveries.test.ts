import { storeAnswers } from '../../../db/deliveries';
import { createDeliveryActivities } from '../../../activities/deliveries';
import { createWebhook } from '../../../activities/webhook';
import { DELIVERY_PRESETS } from '../../../domain/deliveries/target';
import { buildCampaign } from '../../support/build-campaign';
import { publish } from '../../support/published';
import { webhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver';
import { startTestApi, type Caller, type TestApi } from './support';

const NOW = new Date('2026-06-01T02:00:00Z');
const COLUMNS = DELIVERY_PRESETS[0]?.columns ?? [];

interface Listed {
  rows: {
    id: number;
    fileName: string;
    status: string;
    refused: number;
    unanswered: number;
    mayResend: boolean;
  }[];
}

let api: TestApi;
let receiver: WebhookReceiver;
let credit: Caller;
let campaign: string;

beforeAll(async () => {
  [api, receiver] = await Promise.all([startTestApi(), webhookReceiver()]);
  api.clock.now = NOW;
  credit = await api.signedIn('credit');
  campaign = await buildCampaign(api.db, api.city);
  await publish(api.db, campaign, { count: 2 });
});

afterAll(async () => {
  await receiver.stop();
  await api.stop();
});

const body = {
  ...{ name: '信用平台', kind: 'webhook', format: 'csv', columns: COLUMNS },
  ...{ enabled: true, basedOn: null as number | null },
};
const params = { code: 'credit-platform' };

const post = (now = NOW) =>
  createDeliveryActivities({
    ...{ db: api.db, now: () => now },
    deliveryWebhook: createWebhook({
      ...{ url: receiver.url, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
      networks: ['127.0.0.0/8'],
    }),
  }).postDeliveries();

test('presets come with the list; a preview shows published results, and what is wrong by field', async () => {
  const { presets, kinds } = await credit.get<{ presets: { code: string }[]; kinds: string[] }>(
    'listDeliveryTargets',
  );
  expect([presets.map((preset) => preset.code), kinds]).toEqual([
    ['credit-platform', 'interface'],
    ['folder'],
  ]);
  const preview = await credit.get<{ headings: string[]; rows: string[][]; problems: { field: string }[] }>(
    'previewDelivery',
    {
      body: {
        columns: [
          { heading: '代码', field: 'creditCode' },
          { heading: '代码', field: 'result' },
          { heading: '类型', field: 'text' },
        ],
      },
    },
  );
  expect(preview.headings).toEqual(['代码', '代码', '类型']);
  expect(preview.rows).toHaveLength(4);
  expect(preview.rows[0]).toEqual([expect.stringMatching(/^92691100MA/), '发现问题已责令改正', '']);
  expect(preview.problems.map(({ field }) => field)).toEqual([
    'columns.1.heading',
    'columns.2.text',
    ...['columns', 'columns'],
  ]);
});

test('a target is saved with a version, on record; a wrong layout, a bad code and an old version are refused', async () => {
  expect(
    await credit.refused('saveDeliveryTarget', {
      params,
      body: { ...body, columns: [{ heading: '名称', field: 'entityName' }] },
    }),
  ).toMatchObject({
    type: 'delivery-columns',
    fields: [{ field: 'columns' }, { field: 'columns' }, { field: 'columns' }],
  });
  expect(await credit.refused('saveDeliveryTarget', { params: { code: '../etc' }, body })).toMatchObject({
    type: 'delivery-code',
    fields: [{ field: 'code' }],
  });
  expect(await credit.get('saveDeliveryTarget', { params, body })).toMatchObject({ version: 1, waiting: 4 });
  expect(await credit.refused('saveDeliveryTarget', { params, body })).toMatchObject({
    type: 'delivery-code-taken',
  });
  const admin = await api.signedIn('admin');
  const renamed = { ...body, name: '省信用平台', basedOn: 1 };
  expect(await admin.get('saveDeliveryTarget', { params, body: renamed })).toMatchObject({ version: 2 });
  expect(await credit.refused('saveDeliveryTarget', { params, body: renamed })).toMatchObject({
    type: 'delivery-target-changed',
  });
  expect(await api.db('audit_log').where({ action: 'delivery-target.save' })).toHaveLength(2);
});

test('deliveries are listed with what became of their rows; the file is the one that was sent; a refused one goes again', async () => {
  receiver.answer(422);
  await post();
  const listed = async () => (await credit.get<Listed>('listDeliveries', { params })).rows;
  const [delivery] = await listed();
  expect(delivery).toMatchObject({ status: 'rejected', mayResend: true, unanswered: 4 });
  const of = { params: { id: delivery?.id ?? 0 } };
  const file = await credit.call('readDeliveryFile', of);
  expect(file.headers.get('content-disposition')).toContain(delivery?.fileName);
  receiver.answer(200);
  await credit.get('resendDelivery', of);
  expect(await credit.refused('resendDelivery', of)).toMatchObject({ type: 'delivery-not-failed' });
  await post();
  expect((await listed())[0]).toMatchObject({ status: 'sent', mayResend: false });
  expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
  const [result] = await api
    .db('published_results')
    .orderBy('id')
    .select<{ credit_code: string }[]>('credit_code');
  await storeAnswers(
    api.db,
    params.code,
    [
      {
        ...{ rowNumber: 2, delivery: delivery?.fileName ?? '', creditCode: result?.credit_code ?? '' },
        ...{ itemCode: 'SCJG-001', accepted: false, reason: '主体不存在' },
      },
    ],
    NOW,
  );
  expect((await listed())[0]).toMatchObject({ status: 'acknowledged', refused: 1, unanswered: 3 });
  const refused = await credit.get<{ rows: object[] }>('listDeliveryRows', {
    ...of,
    query: { outcome: 'refused' },
  });
  expect(refused.rows).toMatchObject([{ itemCode: 'SCJG-001', reason: '主体不存在' }]);
});

test('a target or delivery that nobody knows is told so', async () => {
  expect(await credit.refused('listDeliveries', { params: { code: 'none' } })).toMatchObject({ status: 404 });
  expect(
    await credit.refused('listDeliveryRows', { params: { id: 9_999_999 }, query: { outcome: 'refused' } }),
  ).toMatchObject({ status: 404 });
});
