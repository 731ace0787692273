/** Nothing that anybody can read, no mail and no file for other systems has a natural person's data in it. */
import { createDeliveryActivities } from '../../../activities/deliveries';
import { createMailer } from '../../../activities/mailer';
import { createNoticeActivities } from '../../../activities/notices';
import { createWebhook } from '../../../activities/webhook';
import { contract } from '../../../api/contract';
import { publishPlanVersion } from '../../../db/annual-plan-versions';
import { readAnnualPlan } from '../../../db/annual-plans';
import { DELIVERY_PRESETS } from '../../../domain/deliveries/target';
import { PERMISSIONS } from '../../../domain/permissions/table';
import { findPersonalData, type Known } from '../../../domain/privacy/scan';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { readZip } from '../../support/read-zip';
import { runActivities } from '../../support/run-activities';
import { testSmtp, type TestSmtp } from '../../support/smtp';
import { webhookReceiver } from '../../support/webhook-receiver';
import path from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { startTestApi, type EndpointId, type Sent, type TestApi } from '../api/support';

const NOW = new Date('2026-04-01T02:00:00Z');
const PHONE = '13891234567';
const ID_NUMBER = '11010519491231002X';
const HOME = '东街家属院3号楼2单元501室';
/** Of an entity's owner, its contact, who objects, a witness, an inspector, officials. */
const KNOWN = {
  names: ['欧阳建国', '王小明', '周证人', '李检查', '钱办事'],
  addresses: [HOME],
} satisfies Known;

let api: TestApi;
let smtp: TestSmtp;
let code = '';
let notice = '';
let bulletin = '';
let feed = '';
let delivered: string[] = [];

beforeAll(async () => {
  const webDir = path.resolve(__dirname, '../../../dist/web');
  [api, smtp] = await Promise.all([startTestApi({ sessionHours: 24 * 90, webDir }), testSmtp()]);
  api.clock.now = NOW;
  await plantPeople();
  await carryCampaign();
  await publishRest();
}, 120_000);

afterAll(async () => {
  await smtp.stop();
  await api.stop();
});

async function plantPeople(): Promise<void> {
  const { db } = api;
  await db('entities').update({
    ...{ contact_name: '王小明', contact_phone: PHONE, address: HOME },
    ...{ entity_type: '个体工商户', name: '欧阳建国' },
  });
  await db('inspectors').update({ name: '李检查', phone: PHONE });
  await db('users').whereNotIn('username', ['lead']).update({ name: '钱办事' });
  await db('users')
    .whereIn('id', db('inspectors').whereNotNull('user_id').select('user_id'))
    .update({ name: '李检查' });
}

async function carryCampaign(): Promise<void> {
  const { db, city, clock } = api;
  const { as, campaignAt, ceremonyOf } = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  code = await campaignAt('dispatched', { strata, visitFrom: '2026-04-01', visitTo: '2026-04-30' });
  await db('witnesses').insert({
    ...{ ceremony_id: (await ceremonyOf(code)).id, name: '周证人', capacity: 'citizen', name_public: false },
    ...{ recorded_by: city.users['lead'], recorded_at: NOW },
  });
  const inspector = await api.signedIn('scjg-0001');
  const { rows } = await inspector.get<{ rows: { id: number }[] }>('listVisits', {
    query: { campaign: code, mine: 'true', limit: 1 },
  });
  const params = { id: rows[0]?.id ?? 0 };
  notice = (await inspector.get<{ code: string }>('issueVisitCode', { params, body: { purpose: 'notice' } }))
    .code;
  await inspector.get('recordArrival', { params, body: { people: ['SCJG-0001'], reason: '店里没有人会用' } });
  await inspector.get('recordLeaving', { params, body: { reason: '店里没有人会用' } });
  await handInResults(db, code, clock.now, () => 5);
  // What inspectors write about persons stays in the record.
  await db('visit_items').update({
    opinion: `经营者欧阳建国，身份证 ${ID_NUMBER}，电话 ${PHONE}，家住${HOME}`,
    answers: JSON.stringify({ license: `王小明 ${PHONE}` }),
  });
  await api.nobody.get('rateVisit', { body: { code: notice, stars: 5, remark: `请打 ${PHONE} 找王小明` } });
  const [item] = await db('visit_items').where({ visit_id: params.id }).pluck<string[]>('item_code');
  await api.nobody.get('objectToResult', {
    body: { code: notice, item, reason: `不服，王小明 ${PHONE} ${ID_NUMBER}`, contact: '王小明' },
  });
  await as('lead', code, 'publish');
}

async function publishRest(): Promise<void> {
  const { db, city, clock } = api;
  const { activities } = runActivities(db, () => clock.now);
  const coordinator = await api.signedIn('coordinator');
  await coordinator.get('createAnnualPlan', { body: { year: 2027 } });
  const params = { year: 2027 };
  const line = {
    ...{ department: 'WJW', item: 'WJW-001', regions: ['691100'], ratioPpm: 500_000 },
    ...{ windowFrom: '2027-03-01', windowTo: '2027-06-30' },
  };
  await (await api.signedIn('wjw-liaison')).get('addPlanLine', { params, body: line });
  await publishPlanVersion(db, await readAnnualPlan(db, 2027), clock.now);

  const period = { from: '2026-03-01', to: '2026-04-01' };
  const createdBy = city.users['supervisor'] ?? 0;
  bulletin = (
    await activities.draftBulletin({
      ...{ kind: 'special', period, region: '691100', createdBy, workflowId: 'bulletin/scan' },
    })
  ).number;
  const step = { number: bulletin, address: null, requestId: null, reason: '' };
  await activities.takeBulletinStep({ ...step, command: 'submit', key: 's', actorId: createdBy });
  await activities.takeBulletinStep({
    ...{ ...step, command: 'approve', key: 'a', actorId: city.users['approver'] ?? 0 },
  });

  const official = await api.signedIn('xfj-0001');
  feed = (await official.get<{ url: string }>('createCalendarFeed')).url;
  await activities.checkAndSignAudit().catch(() => undefined);
  await deliver();
  const mailer = createMailer({ smtpUrl: smtp.url, from: '一次查 <noreply@onevisit.invalid>' });
  const { deliverNotices } = createNoticeActivities({
    ...{ db, now: () => new Date(NOW.getTime() + 40 * 86_400_000), mailer },
    publicUrl: 'https://onevisit.invalid',
  });
  await new MockActivityEnvironment().run<[], unknown, typeof deliverNotices>(deliverNotices);
  mailer.close();
}

async function deliver(): Promise<void> {
  const receiver = await webhookReceiver();
  const credit = await api.signedIn('credit');
  await credit.get('saveDeliveryTarget', {
    params: { code: 'credit-platform' },
    body: {
      ...{ name: '信用平台', kind: 'webhook', format: 'csv', columns: DELIVERY_PRESETS[0]?.columns ?? [] },
      ...{ enabled: true, basedOn: null },
    },
  });
  await createDeliveryActivities({
    ...{ db: api.db, now: () => api.clock.now },
    deliveryWebhook: createWebhook({
      ...{ url: receiver.url, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
      networks: ['127.0.0.0/8'],
    }),
  }).postDeliveries();
  delivered = (await api.db('deliveries').pluck<Buffer[]>('content')).map(String);
  await receiver.stop();
}

/** What is asked of each endpoint that is open to everybody. */
const READS = (): Partial<Record<EndpointId, Sent>> => {
  const campaign = { params: { code } };
  const plan = { params: { year: 2027 } };
  const item = { params: { code: 'SCJG-001' } };
  return {
    listPublicCampaigns: {},
    readPublicCampaign: campaign,
    downloadBundle: campaign,
    downloadFrozen: { params: { code, number: 1 } },
    downloadCeremonies: campaign,
    downloadRecord: campaign,
    listDrawnVisits: { ...campaign, query: { limit: 200 } },
    listPublishedResults: { ...campaign, query: { limit: 200 } },
    searchPublishedResults: { query: { q: '欧＊', limit: 200 } },
    downloadResults: campaign,
    readMergingReport: campaign,
    downloadMergingReport: campaign,
    listCeremonies: {},
    watchCeremony: campaign,
    readCeremony: { params: { code, number: 1 } },
    listPublicPlans: {},
    readPublicPlan: plan,
    comparePublicPlans: { ...plan, query: { from: 1, to: 1 } },
    downloadPlanComparison: { ...plan, query: { from: 1, to: 1 } },
    downloadPlanJson: plan,
    downloadPlanCsv: plan,
    downloadPlanXlsx: plan,
    listPublicBulletins: {},
    readPublicBulletin: { params: { number: bulletin } },
    downloadBulletinJson: { params: { number: bulletin } },
    downloadBulletinCsv: { params: { number: bulletin } },
    downloadPublicBulletin: { params: { number: bulletin }, query: { format: 'docx' } },
    downloadCeremonyMinutes: { params: { code, number: 1 }, query: { format: 'docx' } },
    listPublicItems: {},
    downloadItemsJson: {},
    downloadItemsCsv: {},
    downloadItemsXlsx: {},
    listPublicItemVersions: item,
    comparePublicItemVersions: { ...item, query: { from: 1, to: 1 } },
    listAuditCheckpoints: {},
    listAuditKeys: {},
    listRegions: {},
    listSignInWays: {},
    listDepartments: {},
    listTags: {},
    listIndustries: {},
  };
};

/** Proofs are of numbers and hashes; the rest does something, or is for who holds a code. */
const NOT_READ: readonly EndpointId[] = [
  ...([
    'proveAuditEntry',
    'proveAuditGrowth',
    'signIn',
    'signInCode',
    'askRecusal',
    'confirmArrival',
  ] as const),
  ...(['beginProviderSignIn', 'answerProviderSignIn'] as const),
  ...(['confirmLeaving', 'rateVisit', 'objectToResult', 'readOpenNotice', 'readCalendar'] as const),
];

const bytesOf = async (id: EndpointId, { params = {}, query = {} }: Sent): Promise<Buffer> => {
  const path = (contract[id] as { path: string }).path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const asked = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const response = await fetch(`${api.url}/api/v1${path}?${new URLSearchParams(asked).toString()}`);
  expect(`${id} ${response.status}`).toBe(`${id} 200`);
  return Buffer.from(await response.arrayBuffer());
};

/** A text; of an archive or a workbook the texts in it. */
const textIn = async (bytes: Buffer): Promise<string> =>
  bytes.subarray(0, 2).toString() === 'PK'
    ? [...(await readZip(bytes)).values()].map(String).join('\n')
    : bytes.toString('utf8');

test('every endpoint that is open to everybody is looked through', () => {
  const open = Object.entries(PERMISSIONS).flatMap(([id, { who }]) => (who === 'public' ? [id] : []));
  expect([...Object.keys(READS()), ...NOT_READ].sort()).toEqual(open.sort());
});

test('what was planted is there to be found', async () => {
  const texts = JSON.stringify(await api.db('visit_items')) + JSON.stringify(await api.db('entities'));
  const found = new Set(findPersonalData(texts, KNOWN).map(({ kind }) => kind));
  expect([...found].sort()).toEqual(['address', 'id-number', 'name', 'phone']);
});

test('no public answer and no public file has a person’s data in it', async () => {
  const found: string[] = [];
  let length = 0;
  for (const [id, sent] of Object.entries(READS()) as [EndpointId, Sent][]) {
    const text = await textIn(await bytesOf(id, sent));
    length += text.length;
    found.push(...findPersonalData(text, KNOWN).map(({ kind, value }) => `${id}: ${kind} ${value}`));
  }
  expect(found).toEqual([]);
  // The results are among them, households masked.
  expect(await textIn(await bytesOf('downloadResults', { params: { code } }))).toContain('欧＊＊');
  expect(length).toBeGreaterThan(50_000);
});

test('nor has a page that the server writes, in its text or in the data below it', async () => {
  const places = [
    ...[
      '',
      '/results?q=欧＊',
      '/ceremonies',
      '/items',
      '/items/SCJG-001',
      '/annual-plans',
      '/annual-plans/2027',
    ],
    ...['/bulletins', `/bulletins/${bulletin}`, '/audit', '/open-data', '/visit'],
    ...[`/${code}`, `/${code}/ceremony`, `/${code}/ceremony/1/minutes`],
  ];
  const pages = await Promise.all(
    places.map(async (place) => {
      const response = await fetch(`${api.url}/public${place}`);
      expect(`${place} ${response.status}`).toBe(`${place} 200`);
      return response.text();
    }),
  );
  const found = pages.flatMap((page, at) =>
    findPersonalData(page, KNOWN).map(({ kind, value }) => `${places[at]}: ${kind} ${value}`),
  );
  expect(found).toEqual([]);
  // The households are on them, masked.
  expect(pages.filter((page) => page.includes('欧＊＊')).length).toBeGreaterThan(2);
});

test('nor has a mail, a delivery to another system, or a calendar, but for who the reader is and deals with', async () => {
  expect(smtp.mails.length).toBeGreaterThan(3);
  expect(delivered.length).toBeGreaterThan(0);
  const calendar = await (await fetch(feed.replace('https://onevisit.invalid', api.url))).text();
  expect(calendar).toContain('BEGIN:VCALENDAR');
  // Events are named in the form of a mail address; nobody has it.
  const events = calendar.replace(/^UID:.*$/gm, '');
  const sent = [...smtp.mails.flatMap(({ subject, text, html }) => [subject, text, html]), events];
  // Mails greet their reader by name, and name the entity that a task is about.
  const among = { ...KNOWN, names: ['王小明', '周证人'] };
  expect(sent.flatMap((text) => findPersonalData(text, among))).toEqual([]);
  expect(delivered.flatMap((text) => findPersonalData(text, KNOWN))).toEqual([]);
});

test('the page that a notice’s code opens tells its entity of inspectors no more than name and certificate', async () => {
  const page = await api.nobody.get<object>('readOpenNotice', { body: { code: notice } });
  // The entity's own record and its own words, which it knows; its remark has its number masked all the same.
  const { results, ...facts } = page as { results: object[]; rating: { remark: string } };
  expect(results.length).toBeGreaterThan(0);
  expect(facts.rating.remark).toContain('138****4567');
  const found = findPersonalData(JSON.stringify(facts), { names: ['周证人', '钱办事'] });
  expect(found.filter(({ kind }) => kind !== 'address')).toEqual([]);
  expect(JSON.stringify(facts)).toContain('李检查');
});
