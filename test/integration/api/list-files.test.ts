import { parse } from 'csv-parse/sync';
import { dayOf } from '../../../domain/deadlines/working-days';
import { buildUser } from '../../support/build-city';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type EndpointId, type TestApi } from './support';

let api: TestApi;
let code: string;

beforeAll(async () => {
  api = await startTestApi();
  const { db, city } = api;
  await buildUser(db, { username: 'east', role: 'liaison', department: 'SCJG', region: '691101' });
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  code = await campaignAt('dispatched', { strata, name: '=1+1 联合抽查' });
  await campaignAt('submitted');
  // The first results of all are told to the campaign's workflow, which is out of reach here.
  await db('campaigns').where({ code }).update({ stage: 'under_way' });
});

afterAll(() => api.stop());

type Row = Record<string, string>;

const file = async (username: string, id: EndpointId, query: Record<string, string> = {}) =>
  parse<Row>(await (await api.signedIn(username)).get<string>(id, { query }), { bom: true, columns: true });

test('campaigns are exported as they are filtered, and no name of one is a formula', async () => {
  expect(await file('lead', 'downloadCampaigns')).toHaveLength(2);
  expect(await file('lead', 'downloadCampaigns', { stage: 'under_way' })).toMatchObject([
    { 编号: code, 名称: "'=1+1 联合抽查", 阶段: '检查中', 检查对象: '60' },
  ]);
});

test('visits are exported item by item, to each who sees them and no further', async () => {
  const all = await file('lead', 'downloadVisits', { campaign: code });
  // Sixty entities, of which twenty are venues.
  expect(all).toHaveLength(140);
  const eastern = await file('east', 'downloadVisits', { campaign: code });
  expect(new Set(eastern.map((row) => row['行政区划代码']))).toEqual(new Set(['691101']));
  const [{ id, number }] = (await api.db('visits').orderBy('id').limit(1).select('id', 'number')) as [
    { id: number; number: number },
  ];
  await (
    await api.signedIn('scjg-liaison')
  ).get('submitResults', {
    params: { id },
    body: { visitOn: dayOf(api.clock.now), results: [{ item: 'SCJG-001', resultCode: 1 }] },
  });
  const own = await file('scjg-liaison', 'downloadVisits', { campaign: code, department: 'SCJG' });
  expect(own.find((row) => row['序号'] === String(number) && row['部门'] === '市场监管局')).toMatchObject({
    事项: '检查事项 SCJG-001',
    结果: '未发现问题',
  });
});

test('items, imports, users and credit records are exported by those who see their lists', async () => {
  expect(await file('registrar', 'downloadItems', { department: 'WJW' })).toMatchObject([
    { 编号: 'WJW-001', 部门: '卫健委', 状态: '现行' },
  ]);
  expect(await file('coordinator', 'downloadImports', { kind: 'entities' })).toEqual([]);
  const users = await file('admin', 'downloadUsers', { role: 'supervisor' });
  expect(users).toMatchObject([{ 用户名: 'supervisor', 角色: '督查', 部门: '督查室', 地区: '云溪市' }]);
  expect(await file('credit', 'downloadCreditRecords')).toEqual([]);
  const liaison = await api.signedIn('wjw-liaison');
  expect(await liaison.refused('downloadUsers')).toMatchObject({ status: 403 });
});
