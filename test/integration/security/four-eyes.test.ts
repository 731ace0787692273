/**
 * Whoever asked does not decide: each endpoint of the list in domain/permissions/four-eyes.ts, called by who asked, who holds
 * the deciding post as well, and then by the same person standing in for who decides; after that by somebody else.
 */
import { readCampaign } from '../../../db/campaigns';
import { insertRecusal } from '../../../db/visit-papers';
import { CITY_POLICY } from '../../../domain/deadlines/policy';
import { dayOf, shift } from '../../../domain/deadlines/working-days';
import { TWO_PEOPLE, type TwoPeopleEndpoint } from '../../../domain/permissions/four-eyes';
import type { Role } from '../../../domain/roles';
import { buildItem, buildUser } from '../../support/build-city';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type Sent, type TestApi } from '../api/support';

interface Scene {
  sent: Sent;
  asker: string;
  /** Somebody else of the same post. */
  other: string;
  /** How who asked is refused. */
  type?: string;
  status?: number;
}

let api: TestApi;
let officials: ReturnType<typeof campaignDriver>;
/** Dispatched, everybody drawn. */
let code: string;
let visits: number[];
let today: string;

// Everybody, so that each department has visits whatever is drawn; two inspectors per department are the team of each.
const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
const noCap = { A: null, B: null, C: null, D: null };
const ITEM = 'SCJG-001';

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 30 });
  const { db, city } = api;
  today = dayOf(api.clock.now);
  officials = campaignDriver({ db, city, ...runActivities(db) });
  for (const [username, role, department] of [
    ['lead-2', 'lead_officer', 'SCJG'],
    ['supervisor-2', 'supervisor', 'DCS'],
  ] as const)
    await buildUser(db, { username, role, department });
  code = await officials.campaignAt('dispatched', { strata, yearlyCap: noCap });
  await db('campaigns').where({ code }).update({ stage: 'under_way' });
  visits = await db('visit_items').where({ item_code: ITEM }).orderBy('visit_id').pluck<number[]>('visit_id');
});

afterAll(() => api.stop());

const idOf = async (username: string): Promise<number> =>
  (await api.db('users').where({ username }).first<{ id: number }>('id')).id;

const as = (username: string) => api.signedIn(username);

/** A second post beside the own one. */
async function also(username: string, role: Role, department: string): Promise<void> {
  await api
    .db('user_roles')
    .insert({ user_id: await idOf(username), role, department_code: department, region_code: '691100' })
    .onConflict()
    .ignore();
}

async function result(visit: number): Promise<void> {
  await (
    await as('scjg-0001')
  ).get('submitResults', {
    params: { id: visit },
    body: {
      visitOn: today,
      results: [{ item: ITEM, resultCode: 1, opinion: '现场所见', answers: { license: true } }],
    },
  });
}

async function amendment(): Promise<number> {
  await also('lead', 'approver', 'SCJG');
  const { id } = await (
    await as('lead')
  ).get<{ id: number }>('requestAmendment', {
    params: { code },
    body: { kind: 'replacement', inspector: 'XFJ-0001', visits: null, reason: '该检查人员已调离本单位' },
  });
  return id;
}

async function answeredOrder(): Promise<Sent> {
  await also('supervisor', 'approver', 'WJW');
  const supervisor = await as('supervisor');
  const { number } = await supervisor.get<{ number: string }>('issueUrgingOrder', {
    body: {
      ...{ campaign: code, department: 'WJW', answerBy: shift(today, 2) },
      demand: '请说明检查结果迟迟未录入的原因，并于期限内补录。',
    },
  });
  await supervisor.get('answerUrgingOrder', { params: { number }, body: { answer: '本周内完成。' } });
  return { params: { number }, body: { note: '请补充说明', answerBy: shift(today, 3) } };
}

const SCENES: Record<TwoPeopleEndpoint, () => Promise<Scene>> = {
  approveCampaign: async () => {
    await also('lead', 'approver', 'SCJG');
    return {
      sent: { params: { code: await officials.campaignAt('submitted') } },
      asker: 'lead',
      other: 'approver',
    };
  },
  recordPublicValue: async () => {
    const params = { code: await officials.campaignAt('sealed') };
    await officials.reveal(params.code, 'SCJG', 'WJW', 'XFJ');
    const entry = { contributor: 'public:dice', value: '3,1,4,1,5,2,6,5,3,5', source: '政务大厅现场掷骰' };
    await (await as('lead')).get('recordPublicValue', { params, body: entry });
    const body = { ...entry, value: '3,1,4,1,5,2,6,5,3,6' };
    return { sent: { params, body }, asker: 'lead', other: 'supervisor', type: 'second-person', status: 409 };
  },
  publishCampaign: async () => {
    const campaign = await officials.campaignAt('dispatched', { strata, yearlyCap: noCap });
    await handInResults(api.db, campaign, new Date());
    await api.db('campaigns').where({ code: campaign }).update({ stage: 'results_in' });
    const { id } = await readCampaign(api.db, campaign);
    const own = api.db('visits').where({ campaign_id: id }).select('id');
    await api
      .db('visit_items')
      .whereIn('visit_id', own)
      .update({ submitted_by: await idOf('scjg-0001') });
    const [visit] = await api.db('visits').where({ campaign_id: id }).limit(1).pluck<number[]>('id');
    // One of many.
    await api
      .db('visit_items')
      .where({ visit_id: visit, item_code: ITEM })
      .update({ submitted_by: await idOf('lead') });
    return { sent: { params: { code: campaign } }, asker: 'lead', other: 'lead-2' };
  },
  approveAmendment: async () => ({
    ...{ sent: { params: { code, id: await amendment() }, body: {} }, asker: 'lead', other: 'approver' },
  }),
  refuseAmendment: async () => ({
    ...{
      sent: { params: { code, id: await amendment() }, body: { note: '不必' } },
      asker: 'lead',
      other: 'approver',
    },
  }),
  commandAnnualPlan: async () => {
    await also('coordinator', 'approver', 'LDXZ');
    await (await as('coordinator')).get('createAnnualPlan', { body: { year: 2998 } });
    await api
      .db('annual_plans')
      .where({ year: 2998 })
      .update({ stage: 'submitted', submitted_by: await idOf('coordinator') });
    return {
      sent: { params: { year: 2998, command: 'approve' }, body: {} },
      ...{ asker: 'coordinator', other: 'approver' },
    };
  },
  decideRatioPolicy: async () => {
    await also('coordinator', 'approver', 'LDXZ');
    const coordinator = await as('coordinator');
    const rows = ['A', 'B', 'C', 'D'].map((drawClass) => ({
      region: null,
      drawClass,
      ratioPpm: 20_000,
      cap: 2,
    }));
    const { version } = await coordinator.get<{ version: number }>('createRatioPolicy', {
      body: { rows, reason: '年度调整', validFrom: shift(today, 30) },
    });
    const decision = (command: string) => ({ params: { version }, body: { command, note: '' } });
    await coordinator.get('decideRatioPolicy', decision('submit'));
    return { sent: decision('approve'), asker: 'coordinator', other: 'approver' };
  },
  decideDeadlinePolicy: async () => {
    await also('supervisor', 'approver', 'LDXZ');
    const supervisor = await as('supervisor');
    const { version } = await supervisor.get<{ version: number }>('createDeadlinePolicy', {
      body: { policy: CITY_POLICY, reason: '年度调整', validFrom: shift(today, 30) },
    });
    const decision = (command: string) => ({ params: { version }, body: { command, note: '' } });
    await supervisor.get('decideDeadlinePolicy', decision('submit'));
    return { sent: decision('approve'), asker: 'supervisor', other: 'approver' };
  },
  commandBulletin: async () => {
    await also('supervisor', 'approver', 'LDXZ');
    const number = 'TB-2998-001';
    await api.db('bulletins').insert({
      ...{
        number,
        kind: 'special',
        from_day: today,
        to_day: today,
        region_code: '691100',
        title: '专项通报',
      },
      ...{
        workflow_id: `bulletin/${number}`,
        stage: 'submitted',
        stage_at: new Date(),
        created_at: new Date(),
      },
      ...{ texts: JSON.stringify({ summary: '一', reasons: '二', demands: '三' }) },
      submitted_by: await idOf('supervisor'),
    });
    return {
      sent: { params: { number, command: 'approve' }, body: {} },
      asker: 'supervisor',
      other: 'approver',
    };
  },
  publishItem: async () => {
    await also('wjw-liaison', 'list_registrar', 'BB');
    await buildItem(api.db, { code: 'WJW-777', department: 'WJW', status: 'draft' });
    await (await as('wjw-liaison')).get('submitItem', { params: { code: 'WJW-777' } });
    return { sent: { params: { code: 'WJW-777' } }, asker: 'wjw-liaison', other: 'registrar' };
  },
  decideInspections: async () => {
    await also('scjg-0001', 'approver', 'SCJG');
    const campaign = await officials.campaignAt('dispatched', {
      strata,
      yearlyCap: noCap,
      demandsApproval: true,
    });
    const { id } = await readCampaign(api.db, campaign);
    const [visit] = await api
      .db('visit_items as vi')
      .join('visits as v', 'v.id', 'vi.visit_id')
      .where({ 'v.campaign_id': id, 'vi.item_code': ITEM })
      .limit(1)
      .pluck<number[]>('v.id');
    const body = { department: 'SCJG', decision: 'approve', visits: [visit] };
    const sent = { params: { code: campaign }, body };
    return { sent, asker: 'scjg-0001', other: 'scjg-head', type: 'not-the-head' };
  },
  decideRecusal: async () => {
    await also('scjg-0001', 'approver', 'SCJG');
    const id = await insertRecusal(api.db, {
      ...{
        visitId: visits[0] ?? 0,
        inspector: 'SCJG-0001',
        department: 'SCJG',
        reason: '亲属',
        at: new Date(),
      },
    });
    const sent = { params: { id: id ?? 0 }, body: { grants: false, note: '经查不属实' } };
    return { sent, asker: 'scjg-0001', other: 'scjg-head', type: 'not-the-head' };
  },
  decideObjection: async () => {
    await also('scjg-0001', 'approver', 'SCJG');
    const [, visitId = 0] = visits;
    await result(visitId);
    const { code: notice } = await (
      await as('scjg-0001')
    ).get<{ code: string }>('issueVisitCode', {
      params: { id: visitId },
      body: { purpose: 'notice' },
    });
    await api.nobody.get('objectToResult', {
      body: { code: notice, item: ITEM, reason: '当日营业执照就挂在墙上，有照片' },
    });
    const [id = 0] = await api.db('objections').where({ visit_id: visitId }).pluck<number[]>('id');
    const sent = { params: { id }, body: { upholds: false, note: '现场照片为证' } };
    return { sent, asker: 'scjg-0001', other: 'scjg-head', type: 'not-the-head' };
  },
  decideCorrection: async () => {
    await also('scjg-0001', 'approver', 'SCJG');
    const [, , visit = 0] = visits;
    await result(visit);
    const { corrections } = await (
      await as('scjg-0001')
    ).get<{ corrections: { id: number }[] }>('requestCorrection', {
      params: { id: visit },
      body: {
        item: ITEM,
        resultCode: 7,
        opinion: '复核所见',
        answers: { license: true },
        reason: '录入时选错了结果',
      },
    });
    const sent = { params: { id: corrections[0]?.id ?? 0 }, body: { accepts: true, note: '' } };
    return { sent, asker: 'scjg-0001', other: 'scjg-head' };
  },
  decideExtension: async () => {
    const [task = 0] = await api
      .db('tasks')
      .where({ kind: 'results', department_code: 'SCJG' })
      .whereNull('done_at')
      .orderBy('id')
      .limit(1)
      .pluck<number[]>('id');
    const { extensions } = await (
      await as('scjg-liaison')
    ).get<{ extensions: { id: number }[] }>('requestExtension', {
      params: { id: task },
      body: { amount: 2, reason: '对象停业整修，十五日后恢复' },
    });
    await also('scjg-liaison', 'lead_officer', 'SCJG');
    const sent = { params: { id: extensions[0]?.id ?? 0 }, body: { accepts: true, note: '' } };
    return { sent, asker: 'scjg-liaison', other: 'lead' };
  },
  acceptAnswer: async () => ({
    ...{ sent: await answeredOrder(), asker: 'supervisor', other: 'supervisor-2', type: 'own-answer' },
  }),
  returnAnswer: async () => ({
    ...{ sent: await answeredOrder(), asker: 'supervisor', other: 'supervisor-2', type: 'own-answer' },
  }),
  recordHandlingStep: async () => {
    await also('scjg-liaison', 'approver', 'SCJG');
    const campaign = await officials.campaignAt('dispatched', { strata, yearlyCap: noCap });
    // 2: information that had to be published was not, which proposes the list of abnormal operations.
    await handInResults(api.db, campaign, new Date(), () => 2);
    const { id: campaignId } = await readCampaign(api.db, campaign);
    const [id = 0] = await api
      .db('handling_cases as h')
      .join('visits as v', 'v.id', 'h.visit_id')
      .where({ 'v.campaign_id': campaignId, 'h.department_code': 'SCJG', 'h.track': 'abnormal-list' })
      .limit(1)
      .pluck<number[]>('h.id');
    await api
      .db('handling_cases')
      .where({ id })
      .update({ status: 'proposed', submitted_by: await idOf('scjg-liaison') });
    const body = { step: 'listing-approved', note: '见附件', documentNumber: '异〔1〕号' };
    return { sent: { params: { id }, body }, asker: 'scjg-liaison', other: 'scjg-head' };
  },
  decideRoleRequest: async () => {
    const { id } = await (
      await as('admin')
    ).get<{ id: number }>('requestRole', {
      params: { id: await idOf('wjw-liaison') },
      body: { role: 'approver', department: 'WJW', region: '691100', reason: '主持工作' },
    });
    // A mixture that is granted to nobody any more, from before the three kinds of administrators.
    await api.db.transaction(async (trx) => {
      await trx.raw(`set local session_replication_role = 'replica'`);
      await trx('user_roles').insert({
        user_id: await idOf('admin'),
        ...{ role: 'security_admin', department_code: 'SCJG', region_code: '691100' },
      });
    });
    return { sent: { params: { id }, body: { confirms: true } }, asker: 'admin', other: 'security' };
  },
};

/** `delegate` stands in for `person` today, in each of their departments: written past what the API allows. */
async function standIn(person: string, delegate: string): Promise<void> {
  const [userId, delegateId] = [await idOf(person), await idOf(delegate)];
  const departments = await api
    .db('user_roles')
    .where({ user_id: userId })
    .distinct()
    .pluck<string[]>('department_code');
  await api.db('delegations').insert(
    departments.map((department) => ({
      ...{ user_id: userId, delegate_id: delegateId, department_code: department, reason: '休假' },
      ...{
        from_day: shift(today, -1),
        until_day: shift(today, 1),
        created_by: userId,
        created_at: new Date(),
      },
    })),
  );
}

test('every endpoint that takes two people has its scene', () => {
  expect(Object.keys(SCENES).sort()).toEqual(Object.keys(TWO_PEOPLE).sort());
});

/** It goes to a workflow, and Temporal is not here; test/workflow/races.test.ts has it. */
const BY_WORKFLOW: readonly TwoPeopleEndpoint[] = [
  ...(['approveCampaign', 'publishCampaign', 'approveAmendment', 'commandAnnualPlan'] as const),
  ...(['commandBulletin', 'recordHandlingStep'] as const),
];

test.each(Object.keys(SCENES) as TwoPeopleEndpoint[])(
  '%s: not by who asked, and by somebody else once, however often at the same time',
  async (id) => {
    const { sent, asker, other, type = 'own-submission', status = 403 } = await SCENES[id]();
    const lastEntry = async () => {
      const [row] = await api.db('audit_log').max<{ seq: number }[]>('seq as seq');
      return row?.seq ?? 0;
    };
    const [who, another] = [await as(asker), await as(other)];
    const before = await lastEntry();
    expect(await who.refused(id, sent)).toMatchObject({ status, type });
    await standIn(other, asker);
    expect(await who.refused(id, sent)).toMatchObject({ status, type });
    expect(await lastEntry()).toBe(before);

    if (BY_WORKFLOW.includes(id)) {
      expect(await another.refused(id, sent)).toMatchObject({ status: 503 });
      return;
    }
    const times = id === 'recordPublicValue' ? 1 : 4;
    const answers = await Promise.all(Array.from({ length: times }, () => another.call(id, sent)));
    const done = answers.filter((answer) => answer.status < 300);
    expect(done).toHaveLength(1);
    for (const refused of answers.filter((answer) => answer.status >= 300))
      expect([409, 422]).toContain(refused.status);
    const requests = await api.db('audit_log').where('seq', '>', before).distinct('request_id');
    expect(requests).toEqual([{ request_id: done[0]?.headers.get('x-request-id') }]);
  },
);
