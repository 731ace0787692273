import { dayOf } from '../../../domain/deadlines/working-days';
import { buildUser } from '../../support/build-city';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;
let code: string;

interface VisitPage {
  rows: { id: number; entity: { regionCode: string }; inspectors: { code: string }[] }[];
}

const FIRE_FORM = [
  {
    title: '疏散',
    questions: [
      { key: 'width', text: '疏散通道宽度', type: 'measurement', unit: '米', min: 1.4 },
      { key: 'present', text: '在场人员签名', type: 'signature' },
    ],
  },
];

beforeAll(async () => {
  api = await startTestApi();
  const { db, city } = api;
  for (const [username, role] of [
    ['east-lead', 'lead_officer'],
    ['east-supervisor', 'supervisor'],
  ] as const) {
    await buildUser(db, { username, role, department: 'SCJG', region: '691101' });
  }
  await buildUser(db, {
    ...{ username: 'east-liaison', role: 'liaison', department: 'SCJG', region: '691101' },
  });
  await db('check_forms')
    .where({ item_code: 'XFJ-001' })
    .update({ sections: JSON.stringify(FIRE_FORM) });
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 400_000, minimum: 1 }));
  code = await campaignAt('dispatched', { strata });
});

afterAll(() => api.stop());

const visitsOf = async (username: string, query = {}) =>
  (
    await (
      await api.signedIn(username)
    ).get<VisitPage>('listVisits', { query: { campaign: code, limit: 100, ...query } })
  ).rows;

test('a county sees the visits in its county, the city all', async () => {
  const all = await visitsOf('lead');
  const east = all.filter((visit) => visit.entity.regionCode === '691101');
  expect(east.length).toBeGreaterThan(0);
  expect(east.length).toBeLessThan(all.length);
  for (const username of ['east-lead', 'east-supervisor']) {
    expect((await visitsOf(username)).map((visit) => visit.id)).toEqual(east.map((visit) => visit.id));
  }
  const west = all.find((visit) => visit.entity.regionCode === '691102');
  const caller = await api.signedIn('east-lead');
  expect(await caller.refused('readVisit', { params: { id: west?.id ?? 0 } })).toMatchObject({ status: 404 });
});

test('a liaison of one county neither sees nor records what the department owes in another', async () => {
  const all = await visitsOf('scjg-liaison');
  const east = all.filter((visit) => visit.entity.regionCode === '691101');
  expect((await visitsOf('east-liaison')).map((visit) => visit.id)).toEqual(east.map((visit) => visit.id));
  const west = all.find((visit) => visit.entity.regionCode === '691102');
  const liaison = await api.signedIn('east-liaison');
  const params = { id: west?.id ?? 0 };
  const results = [{ item: 'SCJG-001', resultCode: 1 }];
  for (const [endpoint, body] of [
    ['readVisit', undefined],
    ['submitResults', { visitOn: api.clock.now.toISOString().slice(0, 10), results }],
    ['agreeToVisitDay', { proposal: 1 }],
  ] as const) {
    expect(await liaison.refused(endpoint, { params, ...(body && { body }) })).toMatchObject({ status: 404 });
  }
});

test('an inspector sees the visits they are assigned to, a liaison those of the department', async () => {
  const all = await visitsOf('lead');
  const own = all.filter((visit) => visit.inspectors.some((one) => one.code === 'XFJ-0001'));
  expect((await visitsOf('xfj-0001')).map((visit) => visit.id)).toEqual(own.map((visit) => visit.id));
  expect((await visitsOf('xfj-0001', { mine: 'true' })).map((visit) => visit.id)).toEqual(
    own.map((visit) => visit.id),
  );
  // Not every entity is a venue: the fire department comes to some.
  const fire = await visitsOf('xfj-liaison');
  expect(fire.length).toBeGreaterThan(0);
  expect(fire.length).toBeLessThan(all.length);
});

test('answers fit the form or nothing is stored; a measurement is kept with its judgement', async () => {
  // The first results of all are told to the campaign's workflow, which is out of reach here.
  await api.db('campaigns').where({ code }).update({ stage: 'under_way' });
  const liaison = await api.signedIn('xfj-liaison');
  const [visit] = await visitsOf('xfj-liaison');
  const params = { id: visit?.id ?? 0 };
  const sent = (answers: object) => ({
    params,
    body: { visitOn: dayOf(api.clock.now), results: [{ item: 'XFJ-001', resultCode: 1, answers }] },
  });
  const signed = 'M10 20L30 40L50 20';
  const refused = await liaison.refused('submitResults', sent({ width: { value: 1.2 }, present: '张三' }));
  expect(refused).toMatchObject({ status: 422, type: 'bad-answer' });
  expect(refused.fields).toEqual([
    {
      field: 'results.0.answers.present',
      message: '“在场人员签名”的签名无法识别，请清除后重签。',
    },
  ]);
  const stored = () =>
    api
      .db('visit_items')
      .where({ visit_id: params.id, item_code: 'XFJ-001' })
      .first('result_code', 'answers');
  expect(await stored()).toEqual({ result_code: null, answers: {} });

  await liaison.get('submitResults', sent({ width: { value: 1.2, instrument: ' 卷尺 ' }, present: signed }));
  const answers = { width: { value: 1.2, instrument: '卷尺', within: false }, present: signed };
  expect(await stored()).toEqual({ result_code: 1, answers });
  const read = await liaison.get<{ items: { item: { code: string }; answers: object }[] }>('readVisit', {
    params,
  });
  expect(read.items.find(({ item }) => item.code === 'XFJ-001')).toMatchObject({ answers });
  // Signatures are large: a list goes without answers.
  const list = JSON.stringify(await visitsOf('xfj-liaison'));
  expect(list).toContain('"resultCode":1');
  expect(list).not.toContain(signed);
  expect(list).not.toContain('"answers"');
});

test('a result for somebody else’s visit, or by who is not of the team, is refused', async () => {
  const [visit] = await visitsOf('xfj-liaison');
  const sent = {
    params: { id: visit?.id ?? 0 },
    body: {
      visitOn: new Date(api.clock.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
      results: [{ item: 'SCJG-001', resultCode: 1 }],
    },
  };
  const liaison = await api.signedIn('xfj-liaison');
  expect(await liaison.refused('submitResults', sent)).toMatchObject({
    status: 403,
    type: 'other-department',
  });
});

test('an item that can be settled online says so, and the result records how it was', async () => {
  await api
    .db('item_versions')
    .where({ item_code: 'WJW-001' })
    .update({ methods: ['on-site', 'online'] });
  const liaison = await api.signedIn('wjw-liaison');
  const [visit, other] = (await visitsOf('wjw-liaison')) as { id: number }[];
  const sent = (id: number, method?: string) => ({
    params: { id },
    body: {
      visitOn: dayOf(api.clock.now),
      results: [{ item: 'WJW-001', resultCode: 1, ...(method === undefined ? {} : { method }) }],
    },
  });
  interface Read {
    needsVisit: boolean;
    items: { item: { code: string }; methods: string[]; method: string | null }[];
  }
  const itemOf = (read: Read) => read.items.find(({ item }) => item.code === 'WJW-001');
  const before = await liaison.get<Read>('readVisit', { params: { id: visit?.id ?? 0 } });
  expect(itemOf(before)).toMatchObject({ methods: ['online', 'on-site'], method: null });
  // The market supervision's item can be inspected on site alone.
  expect(before.needsVisit).toBe(true);
  expect(await liaison.refused('submitResults', sent(visit?.id ?? 0, 'documentary'))).toMatchObject({
    status: 422,
    fields: [{ field: 'results.0.method' }],
  });
  expect(itemOf(await liaison.get<Read>('submitResults', sent(visit?.id ?? 0, 'online')))).toMatchObject({
    method: 'online',
  });
  // Who names none was there.
  expect(itemOf(await liaison.get<Read>('submitResults', sent(other?.id ?? 0)))).toMatchObject({
    method: 'on-site',
  });
});
