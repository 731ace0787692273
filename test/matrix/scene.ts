/** One county's campaign of two departments with a record of each kind, and for each role its people: own and foreign. */
import { contract } from '../../api/contract';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import type { Scope } from '../../domain/permissions/scopes';
import type { Role } from '../../domain/roles';
import { buildItem, buildUser } from '../support/build-city';
import { campaignDriver } from '../support/drive-campaign';
import { runActivities } from '../support/run-activities';
import type { Belief } from '../../api/router';
import { plant } from './plant';
import { ANSWER, draftPlan, PLAN_LINE, requestsAbout, type Records } from './requests';
import {
  startTestApi,
  type Caller,
  type EndpointId,
  type Sent,
  type TestApi,
} from '../integration/api/support';

export type Relation = 'own' | 'foreign department' | 'foreign region';

/** The records' county, and one that has no part in them. */
const EAST = '691101';
const WEST = '691102';
/** Inspects, but takes no part. */
const STRANGER = 'NYJ';

const HOME: Partial<Record<Role, string>> = {
  coordinator: 'SCJG',
  lead_officer: 'SCJG',
  liaison: 'WJW',
  inspector: 'WJW',
  approver: 'SCJG',
  list_registrar: 'BB',
  credit_officer: 'FGW',
  budget_officer: 'FGW',
  supervisor: 'DCS',
  admin: 'WJW',
  security_admin: 'SCJG',
  audit_admin: 'SCJG',
};

/** Where the department that decides, keeps or owes is not the lead. */
const DEPARTMENTS: [scopes: Scope[], role: Role, department: string][] = [
  [['headNotInvolved', 'answersOrder', 'reassigns', 'readsEvidence'], 'approver', 'WJW'],
  [['commandsPlan', 'decidesPolicy', 'commandsBulletin'], 'approver', 'LDXZ'],
  [['ownDepartment', 'inspectorsFile', 'reveals', 'ownImport', 'answersOrder'], 'lead_officer', 'WJW'],
];

const departmentOf = (role: Role, scope: Scope): string =>
  DEPARTMENTS.find(([scopes, one]) => one === role && scopes.includes(scope))?.[2] ?? HOME[role] ?? 'SCJG';

export interface Scene {
  api: TestApi;
  /** What an answer must not tell a stranger. */
  marks: string[];
  /** Endpoints that are asked about a record of the scene. */
  asked: ReadonlySet<EndpointId>;
  sentTo: (id: EndpointId) => Sent;
  person: (role: Role, relation: Relation, scope: Scope) => Promise<Caller>;
}

/** `belief`: what the checks of the API are told of people, where they are to be passed (api/router.ts). */
export async function buildScene(belief?: Belief): Promise<Scene> {
  const api = await startTestApi({ sessionHours: 24 }, undefined, undefined, {}, belief);
  const { db, city } = api;
  const today = dayOf(api.clock.now);
  await db('departments').insert({
    ...{ code: STRANGER, name: '农业农村局', short_name: '农业农村局', region_code: '691100' },
    kind: 'inspecting',
  });
  await buildItem(db, { code: `${STRANGER}-001`, department: STRANGER });
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const code = await campaignAt('dispatched', {
    name: '东县餐饮联合抽查',
    regions: [EAST],
    items: ['SCJG-001', 'WJW-001'],
    teams: ['SCJG', 'WJW'].map((department) => ({ department, size: 2 })),
    // Everybody, so that each department has visits whatever is drawn.
    strata: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 })),
    visitFrom: shift(today, -10),
    visitTo: shift(today, 40),
    yearlyCap: { A: null, B: null, C: null, D: null },
  });
  const [visit = 0] = await db('visits').orderBy('id').pluck<number[]>('id');
  const [task = 0] = await db('tasks')
    .where({ visit_id: visit, department_code: 'WJW', kind: 'results' })
    .pluck<number[]>('id');
  const [{ credit_code: creditCode }] = (await db('entities as e')
    .join('visits as v', 'v.entity_id', 'e.id')
    .where('v.id', visit)
    .select('e.credit_code')) as [{ credit_code: string }];
  const as = (username: string) => api.signedIn(username);
  const made = async (username: string, id: EndpointId, sent: Sent) =>
    (await as(username)).get<Record<string, never> & { id: number; number: string; code: string }>(id, sent);

  const { code: draft } = await made('lead', 'createCampaign', { body: draftPlan(today) });
  const order = await made('supervisor', 'issueUrgingOrder', {
    body: { campaign: code, department: 'WJW', demand: '请说明原因并补录结果。', answerBy: shift(today, 2) },
  });
  const extended = await made('wjw-liaison', 'requestExtension', {
    params: { id: task },
    body: { amount: 1, reason: '企业停业整顿，无法按期检查' },
  });
  const extension = (extended as unknown as { extensions: { id: number }[] }).extensions[0]?.id ?? 0;
  const training = await made('wjw-liaison', 'enterTraining', {
    params: { code: 'WJW-0001' },
    body: { topic: '执法规范', heldOn: shift(today, -5), hours: 4, validUntil: shift(today, 300) },
  });
  await made('wjw-liaison', 'addEffort', {
    params: { code, department: 'WJW' },
    body: { personDays: 1, cost: 100, spentOn: today, purpose: '车辆' },
  });
  const [effort = 0] = await db('efforts').pluck<number[]>('id');
  await made('wjw-liaison', 'declareExclusion', {
    body: { inspector: 'WJW-0002', creditCode, reason: '亲属经营' },
  });
  const [exclusion = 0] = await db('exclusions').pluck<number[]>('id');
  await made('coordinator', 'createAnnualPlan', { body: { year: 2031 } });
  await made('wjw-liaison', 'addPlanLine', { params: { year: 2031 }, body: PLAN_LINE });
  const [planLine = 0] = await db('annual_plan_lines').pluck<number[]>('id');
  const [otherVisit = 0, badVisit = 0] = await db('visits')
    .orderBy('id', 'desc')
    .limit(2)
    .pluck<number[]>('id');
  await made('wjw-0001', 'submitResults', {
    params: { id: otherVisit },
    body: { visitOn: today, results: [ANSWER] },
  });
  await made('wjw-0001', 'requestCorrection', {
    params: { id: otherVisit },
    body: { ...ANSWER, resultCode: 5, opinion: '已责令改正', reason: '录入时选错了结果' },
  });
  await made('wjw-0001', 'submitResults', {
    params: { id: badVisit },
    body: { visitOn: today, results: [{ ...ANSWER, resultCode: 5, opinion: '已责令改正' }] },
  });
  const somebody = await buildUser(db, { username: 'somebody', role: 'list_registrar', department: 'BB' });
  // So that there is a session of theirs to end.
  await as('somebody');
  const roleRequest = await made('admin', 'requestRole', {
    params: { id: somebody },
    body: { role: 'credit_officer', department: 'FGW', region: '691100', reason: '岗位调整' },
  });
  const planted = await plant(db, { campaign: code, visit, otherVisit, people: city.users, today });
  const first = async (table: string): Promise<number> => {
    const [id = 0] = await db(table).orderBy('id').limit(1).pluck<number[]>('id');
    return id;
  };
  const { params, requests } = requestsAbout({
    ...{ today, campaign: code, draft, creditCode, visit, otherVisit, task, extension, order: order.number },
    ...{ training: training.id, effort, exclusion, planLine, ...planted },
    ...{ correction: await first('corrections'), case: await first('handling_cases') },
    ...{ somebody, roleRequest: roleRequest.id },
    inspector: city.users['wjw-0001'] ?? 0,
    colleague: city.users['wjw-0002'] ?? 0,
  } satisfies Records);

  const known = new Map<string, Promise<unknown>>();
  return {
    api,
    marks: [code, order.number],
    asked: new Set(Object.keys(requests) as EndpointId[]),
    sentTo: (id) => requests[id] ?? (contract[id].method === 'get' ? { params } : { params, body: {} }),
    person: async (role, relation, scope) => {
      const home = departmentOf(role, scope);
      if (relation === 'own' && role === 'inspector') return as('wjw-0001');
      const department = relation === 'foreign department' ? STRANGER : home;
      const region = relation === 'foreign region' ? WEST : '691100';
      const username = `${role.replace('_', '-')}.${department}.${region}`.toLowerCase();
      if (!known.has(username)) known.set(username, buildUser(db, { username, role, department, region }));
      await known.get(username);
      return as(username);
    },
  };
}
