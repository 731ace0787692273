import { buildItem, buildUser } from '../../support/build-city';
import { startTestApi, type TestApi } from './support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await buildItem(api.db, { code: 'WJW-DRAFT', department: 'WJW', status: 'draft' });
  await buildUser(api.db, {
    username: 'east-lead',
    role: 'lead_officer',
    department: 'SCJG',
    region: '691101',
  });
});

afterAll(async () => {
  // Whatever was refused left nothing behind.
  expect(await api.db('campaigns')).toEqual([]);
  expect(await api.db('audit_log').where('action', 'like', 'campaign.%')).toEqual([]);
  await api.stop();
});

const plan = (more: object = {}) => ({
  name: '餐饮场所联合抽查',
  leadDepartment: 'SCJG',
  regions: ['691100'],
  mode: 'joint',
  items: ['SCJG-001', 'WJW-001'],
  visitFrom: '2099-01-04',
  visitTo: '2099-03-31',
  ...more,
});

test.each([
  ['an item that nobody published', { items: ['SCJG-001', 'WJW-DRAFT'] }, 'items.1'],
  ['an item that does not exist', { items: ['NO-SUCH', 'SCJG-001'] }, 'items.0'],
  ['an item twice', { items: ['SCJG-001', 'WJW-001', 'SCJG-001'] }, 'items.2'],
  ['no item', { items: [] }, 'items'],
  ['a region that does not exist', { regions: ['691109'] }, 'regions.0'],
  ['a beginning in the past', { visitFrom: '2020-01-06' }, 'visitFrom'],
  ['an end before the beginning', { visitTo: '2099-01-03' }, 'visitTo'],
  ['a day that is none', { visitTo: '2099-02-30' }, 'visitTo'],
  ['a ratio above all', { ratios: [{ stratum: 'A', ratioPpm: 1_000_001 }] }, 'ratios.0.ratioPpm'],
])('a plan with %s is refused, with its field', async (_, more, field) => {
  const lead = await api.signedIn('lead');
  const problem = await lead.refused('createCampaign', { body: plan(more) });
  expect(problem.status).toBe(422);
  expect(problem.fields?.map((one) => one.field)).toContain(field);
});

test.each([
  ['another department', 'lead', { leadDepartment: 'WJW' }],
  ['a region beyond their own', 'east-lead', {}],
])('nobody plans for %s', async (_, username, more) => {
  const officer = await api.signedIn(username);
  expect(await officer.refused('createCampaign', { body: plan(more) })).toMatchObject({
    ...{ status: 403, type: 'not-lead' },
  });
});
