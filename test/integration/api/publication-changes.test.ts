/** What the public reads is corrected and withdrawn by request and approval, and says so. */
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;
let code: string;
/** Of the market supervision, one for each test. */
let visits: { id: number; number: number }[];

interface Visit {
  corrections: { id: number; item: string; kind: string; status: string }[];
  publications: { item: string; version: number; status: string; entityName: string }[];
  mayCorrect: string[];
  mayChangePublication: string[];
}

interface PublishedResult {
  visitNumber: number;
  entityName: string | null;
  item: { code: string };
  resultCode: number | null;
  version: number;
  status: string;
  changes: { reason: string; before: object | null }[];
}

const ITEM = 'SCJG-001';
const REASON = '经复核，公示的结果有误';

beforeAll(async () => {
  api = await startTestApi();
  const { db, city } = api;
  const driver = campaignDriver({ db, city, ...runActivities(db) });
  // Everybody, so that the department has visits whatever is drawn.
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  code = await driver.campaignAt('dispatched', { strata });
  await db('campaigns').where({ code }).update({ stage: 'under_way' });
  await handInResults(db, code, api.clock.now);
  await db('campaigns').where({ code }).update({ stage: 'results_in' });
  await driver.as('lead', code, 'publish');
  visits = await db('visit_items as vi')
    .join('visits as v', 'v.id', 'vi.visit_id')
    .where({ 'vi.item_code': ITEM })
    .orderBy('v.id')
    .select<{ id: number; number: number }[]>('v.id', 'v.number');
});

afterAll(() => api.stop());

const nextVisit = () => visits.pop() ?? { id: 0, number: 0 };

const open = async (number: number, query: object = {}) => {
  const { rows } = await api.nobody.get<{ rows: PublishedResult[] }>('listPublishedResults', {
    params: { code },
    query: { limit: 200, ...query },
  });
  return rows.find((row) => row.visitNumber === number && row.item.code === ITEM);
};

const change = async (visit: number, body: object, username = 'lead') =>
  (await api.signedIn(username)).call('requestPublicationChange', {
    params: { id: visit },
    body: { items: [ITEM], reason: REASON, ...body },
  });

const decide = async (visit: number, accepts = true, note = '') => {
  const head = await api.signedIn('scjg-head');
  const { corrections } = await head.get<Visit>('readVisit', { params: { id: visit } });
  return head.call('decideCorrection', {
    params: { id: corrections.at(-1)?.id ?? 0 },
    body: { accepts, note },
  });
};

test('an approved correction of a result makes the corrected publication, with what it said before', async () => {
  const { id, number } = nextVisit();
  const liaison = await api.signedIn('scjg-liaison');
  await liaison.get('requestCorrection', {
    params: { id },
    body: { item: ITEM, resultCode: 5, reason: REASON },
  });
  expect((await open(number))?.version).toBe(1);
  await decide(id);
  expect(await open(number)).toMatchObject({
    ...{ resultCode: 5, version: 2, status: 'corrected' },
    changes: [
      {
        reason: REASON,
        before: { resultCode: 1, resultLabel: '未发现问题', method: null, visitOn: null, renamed: false },
      },
    ],
  });
  // Open data says it as well.
  const { body } = await api.nobody.call('downloadResults', { params: { code } });
  const line = String(body)
    .split('\n')
    .find((one) => one.startsWith(`${number},`) && one.includes(ITEM));
  expect(line).toMatch(new RegExp(`,已更正,2,[^,]+,${REASON},未发现问题$`));
  const told = await api
    .db('notices')
    .where({ kind: 'correction', recipient_id: api.city.users['credit'] })
    .pluck<{ what: string }[]>('params');
  expect(told[0]?.what).toContain('检查结果的更正已获批准');
});

test('a withdrawn result stands without its content, can’t be found by name, and comes back by its own correction', async () => {
  const { id, number } = nextVisit();
  const before = await open(number);
  const name = before?.entityName ?? '';
  expect(await open(number, { q: name })).toBeDefined();
  expect(await change(id, { kind: 'withdrawal' }, 'wjw-liaison')).toMatchObject({ status: 403 });
  expect(await change(id, { kind: 'withdrawal', reason: '家住阳光小区，请撤回' })).toMatchObject({
    status: 422,
    body: { type: 'personal-data', fields: [{ field: 'reason' }] },
  });
  expect(await change(id, { kind: 'withdrawal' })).toMatchObject({ status: 201 });
  expect(await change(id, { kind: 'withdrawal' })).toMatchObject({ body: { type: 'correction-under-way' } });
  await decide(id);
  const shown = await open(number);
  expect(shown).toMatchObject({
    ...{ entityName: null, creditCode: null, resultCode: null, resultLabel: null, visitOn: null },
    ...{ version: 2, status: 'withdrawn', changes: [{ reason: REASON, before: null }] },
  });
  expect(JSON.stringify(shown)).not.toContain(name);
  expect(await open(number, { q: name })).toBeUndefined();
  expect(await change(id, { kind: 'withdrawal' })).toMatchObject({ body: { type: 'withdrawn-already' } });
  // Those who see the visit still see what it said.
  const lead = await api.signedIn('lead');
  const { publications } = await lead.get<Visit>('readVisit', { params: { id } });
  expect(publications.find((one) => one.item === ITEM)).toMatchObject({ entityName: name });

  expect(await change(id, { kind: 'publication' })).toMatchObject({ status: 201 });
  await decide(id);
  expect(await open(number)).toMatchObject({
    ...{ entityName: name, resultCode: 1, version: 3, status: 'corrected' },
    // What it said before it was withdrawn is told no more.
    changes: [{ before: null }, { before: null }],
  });
});

test('a name that should not stand in public is replaced, and the former one told no more', async () => {
  const { id, number } = nextVisit();
  const { entity_id: entity } = await api
    .db('visits')
    .where({ id })
    .first<{ entity_id: number }>('entity_id');
  await api.db('entities').where({ id: entity }).update({ entity_type: '个体工商户' });
  expect(await change(id, { kind: 'publication' })).toMatchObject({ body: { type: 'nothing-corrected' } });
  expect(await change(id, { kind: 'publication', entityName: '王小明' })).toMatchObject({
    status: 422,
    body: { type: 'personal-data', fields: [{ field: 'entityName' }] },
  });
  const name = (await open(number))?.entityName ?? '';
  expect(await change(id, { kind: 'publication', entityName: '王＊＊' }, 'scjg-liaison')).toMatchObject({
    status: 201,
  });
  await decide(id);
  const shown = await open(number);
  expect(shown).toMatchObject({ entityName: '王＊＊', changes: [{ before: { renamed: true } }] });
  expect(JSON.stringify(shown)).not.toContain(name);
});

test('a returned request is revised by who may ask; what is under way is asked for by nobody else', async () => {
  const { id, number } = nextVisit();
  await change(id, { kind: 'withdrawal' });
  const { status, body } = await decide(id, false, '请写明依据');
  expect(status).toBe(200);
  const [request] = (body as Visit).corrections;
  const tasks = await api
    .db('tasks as t')
    .join('users as u', 'u.id', 't.assignee_id')
    .where({ 't.visit_id': id, 't.kind': 'revise-correction' })
    .pluck('u.username');
  expect(tasks).toEqual(['lead']);
  const lead = await api.signedIn('lead');
  expect(await lead.get<Visit>('readVisit', { params: { id } })).toMatchObject({
    mayCorrect: [],
    mayChangePublication: expect.not.arrayContaining([ITEM]) as string[],
  });
  const revision = { params: { id: request?.id ?? 0 }, body: { reason: '依据复核记录第 3 页' } };
  await lead.get('revisePublicationChange', revision);
  await decide(id);
  expect(await open(number)).toMatchObject({
    status: 'withdrawn',
    changes: [{ reason: '依据复核记录第 3 页' }],
  });
});

test('what the lead asked for about another department’s item is returned to the lead', async () => {
  const { id } = nextVisit();
  await change(id, { items: ['WJW-001'], kind: 'withdrawal' });
  const group = await api.signedIn('approver');
  const { corrections } = await group.get<Visit>('readVisit', { params: { id } });
  await group.get('decideCorrection', {
    params: { id: corrections.at(-1)?.id ?? 0 },
    body: { accepts: false, note: '请与卫健委核对' },
  });
  const tasks = await api
    .db('tasks')
    .where({ visit_id: id, kind: 'revise-correction' })
    .select('department_code', 'assignee_id');
  expect(tasks).toEqual([{ department_code: 'SCJG', assignee_id: api.city.users['lead'] }]);
});

test('what is not public is neither corrected nor withdrawn there', async () => {
  const driver = campaignDriver({ db: api.db, city: api.city, ...runActivities(api.db) });
  const other = await driver.campaignAt('dispatched', { yearlyCap: {} });
  const [visit = 0] = await api
    .db('visit_items as vi')
    .join('visits as v', 'v.id', 'vi.visit_id')
    .join('campaigns as c', 'c.id', 'v.campaign_id')
    .where({ 'c.code': other })
    .limit(1)
    .pluck<number[]>('v.id');
  const { item_code: item } = await api
    .db('visit_items')
    .where({ visit_id: visit })
    .first<{ item_code: string }>('item_code');
  expect(await change(visit, { items: [item], kind: 'withdrawal' })).toMatchObject({
    status: 409,
    body: { type: 'not-published' },
  });
});
