/** A campaign over the public API whose people try, at each step, what they must not: told clearly, and nothing changes. */
import { waitFor } from '../../server/demo/steps';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { sealOf } from '../../domain/draw/seed';
import type { EndpointId, Sent } from '../integration/api/support';
import { buildInspector, buildItem } from '../support/build-city';
import { chapters } from './support/chapters';
import { submitRest, visitsOf, type VisitToMake } from './support/inspecting';
import { startWebSystem, type WebSystem } from '../support/web-system';

const DEPARTMENTS = ['SCJG', 'WJW', 'XFJ'];
const today = dayOf(new Date());
const secretOf = (department: string) => `what only ${department} knows`;
const chapter = chapters();

let town: WebSystem;
let code = '';

beforeAll(async () => {
  town = await startWebSystem();
  await buildItem(town.db, { code: 'WJW-DRAFT', department: 'WJW', status: 'draft' });
  // Serves elsewhere, so that nobody can have drawn them.
  await buildInspector(town.db, { code: 'SCJG-0009', department: 'SCJG', regions: ['691199'] });
}, 120_000);

afterAll(() => town.stop(), 60_000);

const plan = (more: object = {}) => ({
  name: '餐饮场所联合抽查',
  leadDepartment: 'SCJG',
  regions: ['691100'],
  mode: 'joint',
  items: DEPARTMENTS.map((department) => `${department}-001`),
  ratios: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratioPpm: 100_000 })),
  visitFrom: today,
  visitTo: shift(today, 30),
  demandsApproval: false,
  ...more,
});

/** Everything that a command or a result could have changed. */
async function state() {
  const { db } = town;
  return {
    campaigns: await db('campaigns').orderBy('id'),
    contributions: await db('contributions').orderBy(['ceremony_id', 'contributor']),
    entries: await db('public_value_entries').orderBy(['ceremony_id', 'round', 'place']),
    results: await db('visit_items').orderBy(['visit_id', 'item_code']),
    visits: await db('visits').orderBy('id'),
    cases: await db('handling_cases').orderBy('id'),
    changes: await db('audit_log').where('action', 'not like', 'session.%').count(),
  };
}

interface Refusal {
  status: number;
  type: string;
  field?: string;
  /** A part of what is said. */
  says?: string | RegExp;
}

async function refused(username: string, id: EndpointId, sent: Sent, { field, says, ...expected }: Refusal) {
  const person = await town.signedIn(username);
  const before = await state();
  const problem = await person.refused(id, { params: { code }, ...sent });
  expect(problem).toMatchObject(expected);
  expect(problem.detail).toMatch(/[\u4e00-\u9fff]/);
  if (field !== undefined) expect(problem.fields?.map((one) => one.field)).toContain(field);
  if (says !== undefined) expect(problem.detail).toMatch(says);
  expect(await state()).toEqual(before);
}

async function done(username: string, id: EndpointId, sent: Sent = {}): Promise<{ stage: string }> {
  return (await town.signedIn(username)).get<{ stage: string }>(id, { params: { code }, ...sent });
}

const stageRefused = (says: string): Refusal => ({ status: 409, type: 'campaign-stage', says });

chapter('a plan', async () => {
  const create = (more: object, refusal: Refusal) =>
    refused('lead', 'createCampaign', { params: {}, body: plan(more) }, refusal);
  const unprocessable = { status: 422, type: 'plan-incomplete' };
  await create(
    { items: ['SCJG-001', 'WJW-DRAFT'] },
    { ...unprocessable, field: 'items.1', says: '尚未由编办公布' },
  );
  await create({ visitFrom: shift(today, -1) }, { ...unprocessable, field: 'visitFrom', says: '已过' });
  const campaign = await done('lead', 'createCampaign', { params: {}, body: plan() });
  code = (campaign as unknown as { code: string }).code;
  expect(campaign.stage).toBe('draft');
});

chapter('before approval', async () => {
  await refused('lead', 'freezeCampaign', {}, stageRefused('不能冻结名录；只有处于“已批准”时可以'));
  await refused('lead', 'drawCampaign', {}, stageRefused('不能抽取'));
  await refused('approver', 'submitCampaign', {}, { status: 403, type: 'wrong-role' });
  await done('lead', 'submitCampaign');
  await refused('lead', 'freezeCampaign', {}, stageRefused('任务当前为“待审核”'));
  await refused(
    'lead',
    'editCampaign',
    { body: plan({ name: '换个名字' }) },
    stageRefused('只有草稿或被退回'),
  );
  await refused(
    'approver',
    'returnCampaign',
    { body: { reason: ' ' } },
    { status: 422, type: 'invalid-request', field: 'reason' },
  );
  await refused('wjw-liaison', 'approveCampaign', {}, { status: 403, type: 'wrong-role' });
});

chapter('the own plan', async () => {
  // Somebody who leads and may approve for the same department.
  const [{ id }] = (await town.db('users').where({ username: 'lead' })) as [{ id: number }];
  const grant = { user_id: id, role: 'approver', department_code: 'SCJG', region_code: '691100' };
  await town.db('user_roles').insert(grant);
  await refused(
    'lead',
    'approveCampaign',
    {},
    { status: 403, type: 'own-submission', says: '提交人不能批准' },
  );
  await town.db('user_roles').where(grant).delete();
  await done('approver', 'approveCampaign');
});

chapter('sealing', async () => {
  await refused(
    'wjw-liaison',
    'sealContribution',
    { body: { department: 'WJW', seal: '0'.repeat(64) } },
    stageRefused('不能封存'),
  );
  expect((await done('lead', 'freezeCampaign')).stage).toBe('frozen');
  await refused('lead', 'editCampaign', { body: plan() }, stageRefused('只有草稿或被退回'));
  const seal = sealOf(await commitment(), 'WJW', secretOf('WJW'));
  await refused(
    'scjg-liaison',
    'sealContribution',
    { body: { department: 'WJW', seal } },
    { status: 403, type: 'other-department' },
  );
  await refused(
    'wjw-liaison',
    'sealContribution',
    { body: { department: 'WJW', seal: 'ABC' } },
    { status: 422, type: 'invalid-request', field: 'seal' },
  );
  for (const department of DEPARTMENTS) await done(...sealing(department, await commitment()));
  await refused(
    'wjw-liaison',
    'sealContribution',
    { body: { department: 'WJW', seal } },
    stageRefused('不能封存'),
  );
});

chapter('revealing and the public value', async () => {
  const value = 'not what was sealed before';
  await refused(
    'wjw-liaison',
    'revealContribution',
    { body: { department: 'WJW', value } },
    { status: 422, type: 'reveal-mismatch', field: 'value', says: '与封存不符' },
  );
  // Another department's value is no good for it either.
  await refused(
    'wjw-liaison',
    'revealContribution',
    { body: { department: 'WJW', value: secretOf('SCJG') } },
    { status: 422, type: 'reveal-mismatch', field: 'value' },
  );
  const dice = { contributor: 'public:dice', value: '3 1 4 1 5 2 6 5 3 5', source: '现场直播' };
  await refused(
    'lead',
    'recordPublicValue',
    { body: dice },
    { status: 409, type: 'reveals-missing', says: '尚未揭示' },
  );
  for (const department of DEPARTMENTS) {
    await done(`${department.toLowerCase()}-liaison`, 'revealContribution', {
      body: { department, value: secretOf(department) },
    });
  }
  await refused('lead', 'drawCampaign', {}, { status: 409, type: 'contributions-missing' });
  const enter = (username: string, more: object, refusal: Refusal) =>
    refused(username, 'recordPublicValue', { body: { ...dice, ...more } }, refusal);
  await enter('lead', { source: '' }, { status: 422, type: 'bad-public-value', field: 'source' });
  await enter('lead', { value: '3,1,4' }, { status: 422, type: 'bad-public-value', field: 'value' });
  await enter('lead', { value: '7'.repeat(10) }, { status: 422, type: 'bad-public-value', field: 'value' });
  await enter('approver', {}, { status: 403, type: 'wrong-role' });
  await done('lead', 'recordPublicValue', { body: dice });
  await enter('lead', { value: '6'.repeat(10) }, { status: 409, type: 'second-person' });
  await refused('lead', 'drawCampaign', {}, { status: 409, type: 'contributions-missing' });
  await done('supervisor', 'recordPublicValue', { body: dice });
  // Again, as after a lost answer.
  await done('supervisor', 'recordPublicValue', { body: dice });
  await enter('lead', { value: '6'.repeat(10) }, { status: 409, type: 'public-value-recorded' });
});

chapter('after the draw', async () => {
  await done('lead', 'drawCampaign');
  await refused('lead', 'drawCampaign', {}, stageRefused('不能抽取'));
  await refused('lead', 'cancelCampaign', { body: { reason: '重抽' } }, stageRefused('不能取消'));
  const visit = await firstVisit();
  await refused(
    'scjg-0001',
    'submitResults',
    { params: { id: visit.id }, body: results(visit, 'SCJG') },
    stageRefused('不能录入结果'),
  );
  await done('lead', 'dispatchCampaign');
});

chapter('results', async () => {
  const visit = await firstVisit();
  const submit = (username: string, body: object, refusal: Refusal) =>
    refused(username, 'submitResults', { params: { id: visit.id }, body }, refusal);
  const own = results(visit, 'SCJG');
  await submit('scjg-0009', own, { status: 404, type: 'visit-not-found' });
  await submit('lead', own, { status: 403, type: 'wrong-role' });
  await submit('wjw-0001', own, { status: 403, type: 'other-department' });
  await submit(
    'scjg-0001',
    { ...own, visitOn: shift(today, 1) },
    { status: 422, type: 'bad-visit-date', field: 'visitOn' },
  );
  await submit(
    'scjg-0001',
    { ...own, visitOn: shift(today, -1) },
    { status: 422, type: 'bad-visit-date', field: 'visitOn' },
  );
  await submit(
    'scjg-0001',
    { ...own, visitOn: '2026-02-30' },
    { status: 422, type: 'invalid-request', field: 'visitOn' },
  );
  await submit(
    'scjg-0001',
    { visitOn: today, results: [{ item: 'WJW-DRAFT', resultCode: 1 }] },
    { status: 422, type: 'not-in-visit', field: 'results.0.item' },
  );
  await submit(
    'scjg-0001',
    { visitOn: today, results: [{ item: 'SCJG-001', resultCode: 9 }] },
    { status: 422, type: 'invalid-request', field: 'results.0.resultCode' },
  );
  await town
    .db('inspectors')
    .where({ code: 'SCJG-0001' })
    .update({ certificate_valid_until: shift(today, -1) });
  await submit('scjg-0001', own, { status: 403, type: 'certificate-expired', says: '到期' });
  await town.db('inspectors').where({ code: 'SCJG-0001' }).update({ certificate_valid_until: '2099-12-31' });

  await done('scjg-0001', 'submitResults', { params: { id: visit.id }, body: own });
  await reaches('under_way');
  await submit(
    'scjg-0002',
    { visitOn: today, results: [{ item: 'SCJG-001', resultCode: 5, opinion: '另有发现' }] },
    { status: 409, type: 'result-submitted', says: '不能更改' },
  );
});

chapter('the end', async () => {
  await refused('lead', 'closeCampaign', {}, stageRefused('不能办结'));
  await submitRest(town, code, today);
  await reaches('results_in');
  await refused('wjw-liaison', 'publishCampaign', {}, { status: 403, type: 'wrong-role' });
  expect((await done('lead', 'publishCampaign')).stage).toBe('published');
  const visit = await firstVisit();
  await refused(
    'scjg-0001',
    'submitResults',
    { params: { id: visit.id }, body: results(visit, 'SCJG') },
    stageRefused('不能录入结果'),
  );
  expect((await done('lead', 'closeCampaign')).stage).toBe('closed');
  await refused('lead', 'publishCampaign', {}, stageRefused('任务当前为“已办结”'));
  await refused('lead', 'cancelCampaign', { body: { reason: '不要了' } }, stageRefused('不能取消'));
});

/** Results move the stage in oversight's next sweep. */
const reaches = (stage: string) =>
  waitFor(async () => (await done('lead', 'readCampaign')).stage === stage, `the stage ${stage}`);

async function commitment(): Promise<string> {
  const lead = await town.signedIn('lead');
  const campaign = await lead.get<{ ceremony: { commitment: string } }>('readCampaign', { params: { code } });
  return campaign.ceremony.commitment;
}

const sealing = (department: string, committed: string): [string, EndpointId, Sent] => [
  `${department.toLowerCase()}-liaison`,
  'sealContribution',
  { body: { department, seal: sealOf(committed, department, secretOf(department)) } },
];

async function firstVisit(): Promise<VisitToMake> {
  const [visit] = await visitsOf(town, code);
  if (!visit) throw new Error('nothing was drawn');
  return visit;
}

const results = (visit: VisitToMake, department: string) => ({
  visitOn: today,
  results: visit.items
    .filter((one) => one.department.code === department)
    .map((one) => ({ item: one.item.code, resultCode: 1 })),
});
