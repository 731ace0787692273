import { createHash, createHmac, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createDeliveryActivities } from '../../../activities/deliveries';
import { createFolderDeliveries } from '../../../activities/folder-deliveries';
import { createWebhook } from '../../../activities/webhook';
import { connect } from '../../../db/connect';
import { claimDeliveries } from '../../../db/deliveries';
import { listDeliveries, listOpenRows, resendDelivery, storeTarget } from '../../../db/delivery-views';
import { publishVersion } from '../../../db/publication';
import { DELIVERY_PRESETS, type DeliveryFormat, type DeliveryKind } from '../../../domain/deliveries/target';
import { readWorkbook } from '../../../imports/read-workbook';
import { buildCampaign } from '../../support/build-campaign';
import { buildCity } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { publish } from '../../support/published';
import { webhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver';

const START = new Date('2026-06-01T02:00:00Z');
const later = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);
const KEY = randomBytes(32);
const SECRET = `whsec_${KEY.toString('base64')}`;
const COLUMNS = DELIVERY_PRESETS[0]?.columns ?? [];

let database: TestDatabase;
let folder: string;
let receiver: WebhookReceiver;
let campaigns: string[];

beforeAll(async () => {
  receiver = await webhookReceiver();
});

afterAll(() => receiver.stop());

beforeEach(async () => {
  database = await testDatabase();
  const city = await buildCity(database.db, { entities: 12 });
  campaigns = [await buildCampaign(database.db, city), await buildCampaign(database.db, city)];
  folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-deliveries-'));
  receiver.received.length = 0;
  receiver.answer(204);
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const campaign = (at: number): string => campaigns[at] ?? '';

const target = (code: string, kind: DeliveryKind, format: DeliveryFormat) =>
  storeTarget(database.db, {
    ...{ code, name: code, kind, format, columns: COLUMNS },
    ...{ enabled: true, version: 1 },
  });

const run = (now = START, db = database.db, into = folder) =>
  createFolderDeliveries({ db, now: () => now }, into).exchangeDeliveries();

const post = (now = START) =>
  createDeliveryActivities({
    ...{ db: database.db, now: () => now },
    deliveryWebhook: createWebhook({ url: receiver.url, secret: SECRET, networks: ['127.0.0.0/8'] }),
  }).postDeliveries();

const deliveries = (code: string) => listDeliveries(database.db, code, null, 100);
const out = (code: string): string[] => readdirSync(path.join(folder, 'out', code)).sort();
const contentOf = (code: string, file: string): string =>
  readFileSync(path.join(folder, 'out', code, file), 'utf8');

function acknowledge(code: string, name: string, lines: readonly string[]): void {
  mkdirSync(path.join(folder, 'ack', code), { recursive: true });
  const file = path.join(folder, 'ack', code, name);
  writeFileSync(file, ['文件名,统一社会信用代码,事项编码,接收结果,原因', ...lines].join('\n'));
  const aMinuteAgo = Date.now() / 1000 - 60;
  utimesSync(file, aMinuteAgo, aMinuteAgo);
}

test('what is published lies in the folder once, one file for each campaign, in the layout of the target', async () => {
  await target('credit-platform', 'folder', 'csv');
  await publish(database.db, campaign(0), { count: 2 });
  await publish(database.db, campaign(1), { count: 1 });
  await run();
  await run(later(1));
  expect(out('credit-platform')).toEqual([`000001-${campaign(0)}.csv`, `000002-${campaign(1)}.csv`]);
  const [header, first, ...rest] = contentOf('credit-platform', `000001-${campaign(0)}.csv`).split('\n');
  expect(header).toBe(`\ufeff${COLUMNS.map((column) => column.heading).join(',')}`);
  // No cell starts a formula.
  expect(first).toMatch(/^'=1\+1商行,92691100MA\d{8},/);
  expect(first).toContain('2026-05-20,1,未发现问题,2026-06-01 09:00:00,双随机、一公开');
  // The last line ends, too.
  expect(rest).toHaveLength(4);
  await publish(database.db, campaign(0), { first: 2, count: 3 });
  await run(later(2));
  expect(
    (await deliveries('credit-platform')).map(({ number, status, rows }) => [number, status, rows]),
  ).toEqual([
    [3, 'sent', 6],
    [2, 'sent', 2],
    [1, 'sent', 4],
  ]);
});

test('a workbook can be read; a target that is switched off gets nothing, and all of it when it is on again', async () => {
  await target('books', 'folder', 'xlsx');
  await database.db('delivery_targets').update({ enabled: false });
  await publish(database.db, campaign(0), { count: 2 });
  await run();
  expect(await deliveries('books')).toEqual([]);
  await database.db('delivery_targets').update({ enabled: true });
  await run(later(1));
  const rows = await readWorkbook(path.join(folder, 'out', 'books', `000001-${campaign(0)}.xlsx`));
  expect(rows).toHaveLength(5);
  expect(rows[1]?.[0]).toBe('=1+1商行');
});

test('two workers at once, while campaigns publish: every result in one delivery, none twice', async () => {
  await target('credit-platform', 'folder', 'csv');
  const other = connect(database.url);
  try {
    await Promise.all([
      ...[0, 1].flatMap((at) =>
        [0, 2, 4, 6, 8].map((first) => publish(database.db, campaign(at), { first, count: 2 })),
      ),
      ...Array.from({ length: 6 }, (_, at) => run(later(at), at % 2 === 0 ? database.db : other)),
    ]);
    await run(later(10), other);
  } finally {
    await other.destroy();
  }
  const sent = await deliveries('credit-platform');
  expect(sent.every(({ status }) => status === 'sent')).toBe(true);
  expect(sent.reduce((sum, { rows }) => sum + rows, 0)).toBe(40);
  const lines = out('credit-platform').flatMap((file) =>
    contentOf('credit-platform', file).trim().split('\n').slice(1),
  );
  expect(lines).toHaveLength(40);
  expect(new Set(lines.map((line) => line.split(',').slice(1, 5).join())).size).toBe(40);
});

test('while something is being published no delivery is made: none of its results is passed by', async () => {
  await target('credit-platform', 'folder', 'csv');
  const trx = await database.db.transaction();
  try {
    await publish(trx, campaign(0), { count: 1 });
    await publish(database.db, campaign(1), { count: 1 });
    await run();
    expect(await deliveries('credit-platform')).toEqual([]);
  } finally {
    await trx.commit();
  }
  await run(later(1));
  expect((await deliveries('credit-platform')).map(({ rows }) => rows)).toEqual([2, 2]);
});

test('killed between writing and recording: the same name and bytes again, one delivery', async () => {
  await target('credit-platform', 'folder', 'xlsx');
  await publish(database.db, campaign(0), { count: 2 });
  // As far as a worker came that then died.
  const cut = { db: database.db, now: () => START };
  const nowhere = path.join(folder, 'gone');
  writeFileSync(nowhere, '');
  await createFolderDeliveries(cut, nowhere)
    .exchangeDeliveries()
    .catch(() => undefined);
  const claims = await claimDeliveries(database.db, 'folder', {
    ...{ now: later(1), until: later(6), limit: 10 },
  });
  expect(claims).toHaveLength(1);
  const [claim] = claims;
  if (!claim) throw new Error('nothing was claimed');
  mkdirSync(path.join(folder, 'out', 'credit-platform'), { recursive: true });
  const file = path.join(folder, 'out', 'credit-platform', claim.file_name);
  writeFileSync(file, claim.content);
  await run(later(2));
  expect((await deliveries('credit-platform'))[0]).toMatchObject({ status: 'sending', attempts: 2 });
  await run(later(7));
  expect(out('credit-platform')).toEqual([claim.file_name]);
  expect(readFileSync(file)).toEqual(claim.content);
  const [delivery] = await deliveries('credit-platform');
  expect(delivery).toMatchObject({
    ...{ status: 'sent', attempts: 3 },
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  });
});

test('a receiver that is busy gets the same signed file again, and then is left alone', async () => {
  await target('interface', 'webhook', 'json');
  await publish(database.db, campaign(0), { count: 1 });
  receiver.answer(503);
  await post();
  expect((await deliveries('interface'))[0]).toMatchObject({ status: 'sending' });
  receiver.answer(200);
  await post();
  expect(receiver.received).toHaveLength(1);
  await post(later(1));
  await post(later(60));
  expect((await deliveries('interface'))[0]).toMatchObject({ status: 'sent', last_reply: 'HTTP 200 OK' });
  expect(receiver.received).toHaveLength(2);
  const [first, second] = receiver.received;
  if (!first || !second) throw new Error('nothing was posted');
  expect(second.body).toBe(first.body);
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, ...headers } = second.headers;
  expect(id).toBe(first.headers['webhook-id']);
  const signature = createHmac('sha256', KEY)
    .update(`${String(id)}.${String(timestamp)}.${second.body}`)
    .digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  expect((JSON.parse(second.body) as { rows: object[] }).rows[0]).toMatchObject({
    抽查计划编号: campaign(0),
    抽查结果: '未发现问题',
  });
});

test('one that is refused, or not taken for four hours, waits for a person, who has it sent again', async () => {
  await target('interface', 'webhook', 'csv');
  await publish(database.db, campaign(0), { count: 1 });
  receiver.answer(422);
  await post();
  const [rejected] = await deliveries('interface');
  expect(rejected?.status).toBe('rejected');
  const id = rejected?.id ?? 0;
  receiver.answer('drop');
  expect(await resendDelivery(database.db, id, later(10))).toMatchObject({ target: 'interface' });
  expect(await resendDelivery(database.db, id, later(10))).toBeNull();
  await post(later(10));
  await post(later(300));
  expect((await deliveries('interface'))[0]).toMatchObject({ status: 'failed' });
  receiver.answer(204);
  await resendDelivery(database.db, id, later(310));
  await post(later(310));
  expect((await deliveries('interface'))[0]).toMatchObject({ status: 'sent', attempts: 1 });
});

test('an acknowledgement settles rows: taken, refused with the reason, and those it does not mention', async () => {
  await target('credit-platform', 'folder', 'csv');
  await publish(database.db, campaign(0), { count: 2 });
  await run();
  const file = `000001-${campaign(0)}.csv`;
  const codes = await database
    .db('published_results')
    .where({ item_code: 'SCJG-001' })
    .orderBy('id')
    .pluck<string[]>('credit_code');
  const [first = '', second = ''] = codes;
  acknowledge('credit-platform', 'a.csv', [
    `${file},${first},SCJG-001,接收,`,
    `1,${first},WJW-001,拒收,主体不存在`,
    `${file},${second},SCJG-001,也许,`,
    `000009-NONE.csv,${second},SCJG-001,接收,`,
  ]);
  await run(later(1));
  const [delivery] = await deliveries('credit-platform');
  expect(delivery).toMatchObject({ status: 'acknowledged', rows: 4, accepted: 1, refused: 1 });
  const id = delivery?.id ?? 0;
  const page = { after: 0, limit: 10 };
  expect(await listOpenRows(database.db, id, 'refused', page)).toMatchObject([
    { credit_code: first, item_code: 'WJW-001', reason: '主体不存在' },
  ]);
  expect(
    (await listOpenRows(database.db, id, 'unanswered', page)).map((row) => [row.credit_code, row.item_code]),
  ).toEqual([
    [second, 'SCJG-001'],
    [second, 'WJW-001'],
  ]);
  expect(readdirSync(path.join(folder, 'ack', 'credit-platform'))).toEqual([]);
  const [answered = ''] = readdirSync(path.join(folder, 'answered'));
  expect(answered).toMatch(/\.ack-credit-platform$/);
  expect(existsSync(path.join(folder, 'answered', answered, 'file', 'a.csv'))).toBe(true);
  const answer: unknown = JSON.parse(
    readFileSync(path.join(folder, 'answered', answered, 'answer.json'), 'utf8'),
  );
  expect(answer).toMatchObject({
    ...{ file: 'a.csv', status: 'done', rowsRead: 4, accepted: 1, refused: 1, notUnderstood: 2 },
    problems: [{ row: 4 }, { row: 5 }],
  });
  // A later one replaces what the first said.
  acknowledge('credit-platform', 'b.csv', [
    ...codes.flatMap((code) =>
      ['SCJG-001', 'WJW-001'].map((item) => `${file},${code},${item},拒收,格式不符`),
    ),
  ]);
  await run(later(2));
  expect((await deliveries('credit-platform'))[0]).toMatchObject({
    ...{ status: 'rejected', accepted: 0, refused: 4 },
  });
});

test('a correction and a withdrawal are further deliveries, each result once in one', async () => {
  await target('credit-platform', 'folder', 'csv');
  await publish(database.db, campaign(0), { count: 1 });
  await run();
  const { visit_id: visitId } = await database
    .db('published_results')
    .where({ item_code: 'SCJG-001' })
    .first<{ visit_id: number }>('visit_id');
  const content = {
    ...{ entityName: '云溪餐饮店', resultCode: 5, visitOn: '2026-05-20' },
    method: 'on-site' as const,
  };
  for (const status of ['corrected', 'withdrawn'] as const) {
    await database.db.transaction((trx) =>
      publishVersion(
        trx,
        { visitId, item: 'SCJG-001' },
        { status, content, reason: '复核后更正', at: START },
      ),
    );
  }
  await run(later(1));
  expect(out('credit-platform')).toHaveLength(3);
  expect(contentOf('credit-platform', `000002-${campaign(0)}.csv`).split('\n')[1]).toMatch(
    /^云溪餐饮店,.*发现问题已责令改正,.*,更正,2,2026-06-01 10:00:00,复核后更正$/,
  );
  const withdrawn = contentOf('credit-platform', `000003-${campaign(0)}.csv`).split('\n')[1];
  expect(withdrawn).toMatch(/^,92691100MA\d{8},.*,已撤回,.*,撤回,3,/);
  expect(withdrawn).not.toContain('云溪餐饮店');
  // What is answered is answered for this version.
  const [code = ''] = /92691100MA\d{8}/.exec(withdrawn ?? '') ?? [];
  acknowledge('credit-platform', 'c.csv', [`3,${code},SCJG-001,接收,`]);
  await run(later(2));
  expect((await deliveries('credit-platform')).map(({ number, accepted }) => [number, accepted])).toEqual([
    [3, 1],
    [2, 0],
    [1, 0],
  ]);
});

test('a file that is no acknowledgement is answered with what is wrong with it', async () => {
  await target('credit-platform', 'folder', 'csv');
  mkdirSync(path.join(folder, 'ack', 'credit-platform'), { recursive: true });
  const file = path.join(folder, 'ack', 'credit-platform', 'x.csv');
  writeFileSync(file, '甲,乙\n1,2\n');
  utimesSync(file, 1, 1);
  await run();
  const [answered = ''] = readdirSync(path.join(folder, 'answered'));
  const answer: unknown = JSON.parse(
    readFileSync(path.join(folder, 'answered', answered, 'answer.json'), 'utf8'),
  );
  expect(answer).toMatchObject({
    file: 'x.csv',
    status: 'failed',
    failure: expect.stringContaining('缺少的列') as string,
  });
});
