/** Documents on paper, of a campaign as it is: each as PDF and DOCX, with every character shown or replaced so that one sees it. */
import { readDocx, readPdf } from '../../support/read-document';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { contract } from '../../../api/contract';
import { startTestApi, type Caller, type EndpointId, type Sent, type TestApi } from './support';

/** In the font but the one beyond the basic plane, for which there is a mark and a note. */
const RARE = '㛃龘堃𬭎①㎡℃“”';
const BEYOND = '𠮷';
const NAME = `云溪${RARE}${BEYOND}餐饮|有限*公司#`;
const NOW = new Date('2026-04-01T02:00:00Z');

let api: TestApi;
let code = '';
let visit = 0;
let caseId = 0;
let bulletin = '';
let issued = '';

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 90 });
  api.clock.now = NOW;
  const { db, city, clock } = api;
  await db('entities').update({ name: NAME });
  const run = runActivities(db, () => clock.now);
  const { campaignAt } = campaignDriver({ db, city, ...run });
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  code = await campaignAt('dispatched', { strata, visitFrom: '2026-04-01', visitTo: '2026-05-20' });
  visit = (await db('visits').where({ number: 1 }).first<{ id: number }>('id')).id;
  issued = (
    await (
      await api.signedIn('scjg-0001')
    ).get<{ code: string }>('issueVisitCode', {
      ...{ params: { id: visit }, body: { purpose: 'notice' } },
    })
  ).code;
  await handInResults(db, code, NOW, ({ department }) => (department === 'SCJG' ? 5 : 1));
  caseId = (await db('handling_cases').where({ visit_id: visit }).first<{ id: number }>('id')).id;
  await run.activities.openHandling(caseId);
  await run.activities.takeHandlingStep({
    ...{ caseId, key: 'order', step: 'order', note: '补贴温度记录', address: null, requestId: null },
    actorId: city.users['scjg-liaison'] ?? 0,
    facts: { documentNumber: '云市监责改〔2026〕1号', days: 15 },
  });
  bulletin = await publishedBulletin(run.activities);
}, 120_000);

afterAll(() => api.stop());

async function publishedBulletin({
  draftBulletin,
  takeBulletinStep,
}: ReturnType<typeof runActivities>['activities']) {
  const createdBy = api.city.users['supervisor'] ?? 0;
  const { number } = await draftBulletin({
    ...{ kind: 'special', period: { from: '2026-03-01', to: '2026-04-01' }, region: '691100' },
    ...{ createdBy, workflowId: 'bulletin/documents' },
  });
  const step = { number, address: null, requestId: null, reason: '' };
  await takeBulletinStep({ ...step, command: 'submit', key: 's', actorId: createdBy });
  await takeBulletinStep({ ...step, command: 'approve', key: 'a', actorId: api.city.users['approver'] ?? 0 });
  return number;
}

async function download(
  who: Caller,
  id: EndpointId,
  { params = {}, query = {}, body }: Sent,
): Promise<Response> {
  const { path, method } = contract[id] as { path: string; method: string };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const asked = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return fetch(`${api.url}/api/v1${filled}?${new URLSearchParams(asked).toString()}`, {
    method: method.toUpperCase(),
    headers: {
      ...(who.cookie === null ? {} : { cookie: who.cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function fileOf(who: Caller, id: EndpointId, sent: Sent): Promise<Buffer> {
  const response = await download(who, id, sent);
  expect(`${id} ${response.status}`).toBe(`${id} 200`);
  return Buffer.from(await response.arrayBuffer());
}

const squeezed = (text: string): string => text.replace(/\s/g, '');

/** Who asks for what, and words of it that only the real scene has. */
const DOCUMENTS: [name: string, EndpointId, who: string | null, sent: () => Sent, words: () => string[]][] = [
  [
    'the notice of inspection',
    'downloadNotice',
    'scjg-0001',
    () => ({ params: { id: visit } }),
    () => ['行政检查通知书', `${code}-1`, '《中华人民共和国食品安全法》第一百一十条'],
  ],
  [
    'a blank check form',
    'downloadCheckForms',
    'scjg-0001',
    () => ({ params: { id: visit } }),
    () => ['检查事项SCJG-001', '是否公示许可证？', '□是□否', '□未发现问题', '执法证号'],
  ],
  [
    'a check form that is filled in',
    'downloadCheckForms',
    'scjg-0001',
    () => ({ params: { id: visit }, query: { filled: 'true' } }),
    () => ['检查记录', '发现问题已责令改正', '2026-04-01'],
  ],
  [
    'a rectification order',
    'downloadRectificationOrder',
    'scjg-liaison',
    () => ({ params: { id: caseId } }),
    () => ['责令改正通知书', '云市监责改〔2026〕1号', '15个工作日内改正', '补贴温度记录'],
  ],
  [
    'the minutes of a ceremony',
    'downloadCeremonyMinutes',
    null,
    () => ({ params: { code, number: 1 } }),
    () => ['抽取仪式记录', '抽取完成', '公开掷骰', '没有登记见证人'],
  ],
  [
    'a bulletin',
    'downloadBulletinDocument',
    'supervisor',
    () => ({ params: { number: bulletin } }),
    () => ['部门任务完成情况', '督查机构'],
  ],
  [
    'a published bulletin',
    'downloadPublicBulletin',
    null,
    () => ({ params: { number: bulletin } }),
    () => ['部门任务完成情况', '其SHA-256为'],
  ],
  [
    'the report of a campaign',
    'downloadCampaignReport',
    'lead',
    () => ({ params: { code } }),
    () => ['总结报告', '一次抽取、联合检查', '发现问题已责令改正', '责令改正期限内'],
  ],
];

describe.each(DOCUMENTS)('%s', (_name, id, username, sent, words) => {
  const who = async () => (username === null ? api.nobody : api.signedIn(username));
  const named = ['downloadNotice', 'downloadCheckForms', 'downloadRectificationOrder'].includes(id);

  test('as PDF shows each character, or a mark in its place and which it was', async () => {
    const file = await fileOf(await who(), id, sent());
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
    const { pages, fonts, missing } = await readPdf(file);
    expect(missing).toEqual([]);
    expect(fonts.length).toBeGreaterThan(0);
    const shown = squeezed(pages.join(''));
    for (const word of words()) expect(shown).toContain(word);
    expect(shown).toContain(`第${pages.length}页共${pages.length}页`);
    expect(shown).not.toMatch(/\{\{|\*\*|undefined|\[object/);
    expect(named).toBe(shown.includes(squeezed(NAME).replace(BEYOND, '〓')));
    expect(named).toBe(shown.includes('依次为U+20BB7'));
  });

  test('as DOCX says the same, with each character as it was written', async () => {
    const given = sent();
    const text = squeezed(
      await readDocx(await fileOf(await who(), id, { ...given, query: { ...given.query, format: 'docx' } })),
    );
    for (const word of words()) expect(text).toContain(word);
    expect(text).not.toMatch(/\{\{|\*\*|undefined|\[object/);
    expect(named).toBe(text.includes(squeezed(NAME)));
  });
});

test('a notice that has just been issued has its code, and no other code is put on it', async () => {
  const inspector = await api.signedIn('scjg-0001');
  const sent = (of: string): Sent => ({ params: { id: visit }, body: { format: 'pdf', code: of } });
  const { pages } = await readPdf(await fileOf(inspector, 'downloadIssuedNotice', sent(issued)));
  expect(pages.join('')).toContain(issued);
  expect(await inspector.refused('downloadIssuedNotice', sent('7K2M-9QXD-30VB-TH5E-W8NA'))).toMatchObject({
    ...{ status: 422, type: 'wrong-code' },
  });
});

test('a case without an order has none on paper, and documents of others are not found', async () => {
  const { id } = await api.db('handling_cases').whereNot({ id: caseId }).first<{ id: number }>('id');
  const liaison = await api.signedIn('scjg-liaison');
  expect(await liaison.refused('downloadRectificationOrder', { params: { id } })).toMatchObject({
    ...{ status: 404, type: 'no-order' },
  });
  const other = await api.signedIn('wjw-liaison');
  expect(await other.refused('downloadRectificationOrder', { params: { id: caseId } })).toMatchObject({
    ...{ status: 404, type: 'case-not-found' },
  });
  expect(await api.nobody.refused('downloadNotice', { params: { id: visit } })).toMatchObject({
    status: 401,
  });
});
