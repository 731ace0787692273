/** Violations through months: orders and penalties, lists, joint punishment, repair, and what ends by itself. */
import { Readable } from 'node:stream';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { CITY_POLICY } from '../../domain/deadlines/policy';
import { DEFAULT_HANDLING } from '../../domain/handling/policy';
import { checkCharacter } from '../../domain/registry/credit-code';
import { runImport } from '../../imports/run-import';
import { workflowIds } from '../../domain/names';
import type { ResultCode } from '../../domain/visits/results';
import { startTestApi, type TestApi } from '../integration/api/support';
import { buildUser } from '../support/build-city';
import { handInResults } from '../support/drive-campaign';
import { keepHistory } from '../support/histories';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

interface Case {
  id: number;
  creditCode: string;
  regionCode: string;
  track: string;
  status: string;
  possibleSteps: string[];
  owed: { kind: string; department: string; assignee: string | null; dueAt: string }[];
  timeline: { kind: string; actor: string | null }[];
  joint: { id: number; department: { code: string }; status: string; mayAnswer: boolean }[];
  credit: {
    id: number;
    kind: string;
    basis: string;
    countsUntil: string | null;
    correctedAt: string | null;
  }[];
}

const FOUND: Record<number, ResultCode> = { 1: 5, 2: 6, 3: 6, 4: 4 };

let town: WorkflowTown;
let api: TestApi;
/** By the number of the visit. */
const cases: number[] = [];

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
  const { db } = town;
  // The outbox, once it runs, looks every minute: months can't be skipped through beside it.
  const gateway = { ...town.worker.gateway, wakeNotices: () => Promise.resolve() };
  api = await startTestApi({ sessionHours: 24 * 700 }, undefined, { ...town, gateway });
  api.clock.now = await town.now();
  const today = dayOf(api.clock.now);
  // Every day is a working day: what is due when is not this test's matter.
  await db('calendar_corrections').insert(
    Array.from({ length: 400 }, (_, n) => ({ date: shift(today, n), kind: 'workday', reason: '测试历' })),
  );
  for (const region of ['691101', '691102']) {
    await buildUser(db, { username: `liaison-${region}`, role: 'liaison', department: 'SCJG', region });
  }
  const both = await buildUser(db, { username: 'both', role: 'liaison', department: 'SCJG' });
  await db('user_roles').insert({
    user_id: both,
    role: 'approver',
    department_code: 'SCJG',
    region_code: '691100',
  });
  const code = await town.officials.campaignAt('dispatched', {
    deadlinePolicy: CITY_POLICY,
    yearlyCap: {},
    strata: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 200_000, minimum: 1 })),
  });
  await handInResults(db, code, await town.now(), ({ visit, department }) =>
    department === 'SCJG' ? (FOUND[visit] ?? 1) : 1,
  );
  await town.worker.gateway.resultsArrived(code);
  await until(
    () => db('handling_events').where({ kind: 'opened' }),
    (events) => events.length === Object.keys(FOUND).length,
  );
  for (const visit of Object.keys(FOUND)) {
    const [id] = await db('handling_cases as h')
      .join('visits as v', 'v.id', 'h.visit_id')
      .where({ 'v.number': Number(visit) })
      .pluck<number[]>('h.id');
    cases[Number(visit)] = id ?? 0;
  }
}, 180_000);

afterAll(async () => {
  await api.stop();
  await town.stop();
});

async function pass(days: number): Promise<void> {
  await town.env.sleep(days * 86_400_000);
  api.clock.now = await town.now();
}

const read = async (username: string, id: number) =>
  (await api.signedIn(username)).get<Case>('readHandlingCase', { params: { id } });

const sent = (id: number, step: string, facts: object) => ({
  params: { id },
  body: { step, note: '见附件', ...facts },
});

const take = async (username: string, id: number, step: string, facts: object = {}) =>
  (await api.signedIn(username)).get<Case>('recordHandlingStep', sent(id, step, facts));

const refused = async (username: string, id: number, step: string, facts: object = {}) =>
  (await api.signedIn(username)).refused('recordHandlingStep', sent(id, step, facts));

const entityOf = (id: number) =>
  town
    .db('handling_cases as h')
    .join('visits as v', 'v.id', 'h.visit_id')
    .join('entities as e', 'e.id', 'v.entity_id')
    .where('h.id', id)
    .first<{ flags: string[]; risk_class: string; draw_class: string }>(
      'e.flags',
      'e.risk_class',
      'e.draw_class',
    );

const today = () => dayOf(api.clock.now);

test('an order with its deadline, more time by another’s decision, a failed recheck, a penalty', async () => {
  const id = cases[1] ?? 0;
  expect(
    await refused('scjg-liaison', id, 'order', { documentNumber: '责改〔1〕号', days: 61 }),
  ).toMatchObject({
    status: 422,
    fields: [{ field: 'days', message: expect.stringContaining('1 至 60 个工作日') as string }],
  });
  const ordered = await take('scjg-liaison', id, 'order', { documentNumber: '责改〔1〕号', days: 10 });
  expect(ordered).toMatchObject({ status: 'rectifying', owed: [{ kind: 'rectify' }] });
  const due = dayOf(new Date(ordered.owed[0]?.dueAt ?? ''));
  expect(due).toBe(shift(today(), 10));

  // Asked for and decided on by the same person: not even where they have both offices.
  await take('both', id, 'extension-requested', { days: 5 });
  expect(await refused('both', id, 'extension-approved')).toMatchObject({
    status: 403,
    type: 'own-submission',
  });
  expect(await refused('scjg-liaison', id, 'extension-approved')).toMatchObject({ status: 403 });
  const longer = await take('scjg-head', id, 'extension-approved');
  expect(longer.owed).toHaveLength(1);
  expect(dayOf(new Date(longer.owed[0]?.dueAt ?? ''))).toBe(shift(due, 5));

  await pass(12);
  await take('scjg-liaison', id, 'rectified');
  const failed = await take('scjg-liaison', id, 'recheck-failed');
  expect(failed).toMatchObject({ track: 'penalty', status: 'open', owed: [{ kind: 'decide' }] });
  const penalty = {
    documentNumber: '云市监罚〔2026〕1号',
    decidedOn: today(),
    legalBasis: '中华人民共和国食品安全法第一百二十六条',
    penaltyKind: 'fine',
  };
  expect(await refused('scjg-liaison', id, 'penalty', penalty)).toMatchObject({
    fields: [{ field: 'amountYuan' }],
  });
  const closed = await take('scjg-liaison', id, 'penalty', { ...penalty, amountYuan: 5000 });
  expect(closed).toMatchObject({
    status: 'closed',
    owed: [],
    possibleSteps: [],
    credit: [{ kind: 'penalty', basis: penalty.legalBasis }],
  });
  expect(closed.timeline.map(({ kind }) => kind)).toEqual([
    'result',
    'order',
    'extension-requested',
    'extension-approved',
    'rectified',
    'recheck-failed',
    'penalty',
  ]);
  await town.ended(workflowIds.handling(id));
  await keepHistory(town.env.client, workflowIds.handling(id), 'handling-order-extension');
});

test('measures of joint punishment are set by the credit office, on what it saw', async () => {
  const credit = await api.signedIn('credit');
  const content = {
    ...DEFAULT_HANDLING,
    repairMonths: { 'abnormal-list': 0, 'serious-list': 1 },
    termMonths: { 'abnormal-list': null, 'serious-list': 2 },
    measures: ['WJW', 'XFJ'].map((department) => ({
      list: 'serious-list',
      department,
      measure: '列为重点监管对象',
    })),
  };
  const change = (more: object) => ({ body: { content, reason: '按年度清单调整', basedOn: 0, ...more } });
  expect(
    await credit.refused(
      'setHandlingPolicy',
      change({ content: { ...content, keepers: { 'abnormal-list': 'NONE', 'serious-list': null } } }),
    ),
  ).toMatchObject({ status: 422, fields: [{ field: 'content.keepers.abnormal-list' }] });
  expect(await (await api.signedIn('scjg-head')).refused('setHandlingPolicy', change({}))).toMatchObject({
    status: 403,
  });
  await credit.get('setHandlingPolicy', change({}));
  expect(await credit.refused('setHandlingPolicy', change({}))).toMatchObject({
    status: 409,
    type: 'policy-changed',
  });
});

test('on the serious list after a hearing, joint punishment, and off it by repair', async () => {
  const id = cases[2] ?? 0;
  const { regionCode } = await read('scjg-liaison', id);
  const elsewhere = regionCode === '691101' ? 'liaison-691102' : 'liaison-691101';
  const proposal = { facts: '两次拒绝检查人员进入，有录像。', legalBasis: '严重违法失信名单管理办法第五条' };
  // Another county's people don't see it, let alone act on it; the county's own do.
  expect(await refused(elsewhere, id, 'proposed', proposal)).toMatchObject({ status: 404 });
  expect(await refused('scjg-liaison', id, 'proposed')).toMatchObject({
    fields: [{ field: 'facts' }, { field: 'legalBasis' }],
  });
  expect(await refused('scjg-head', id, 'proposed', proposal)).toMatchObject({ type: 'not-your-step' });
  await take(`liaison-${regionCode}`, id, 'proposed', proposal);

  expect(await refused('scjg-liaison', id, 'heard')).toMatchObject({ fields: [{ field: 'statement' }] });
  expect(await refused('scjg-head', id, 'listing-approved')).toMatchObject({ type: 'handling-step' });
  await pass(6);
  expect(await take('scjg-liaison', id, 'heard')).toMatchObject({
    status: 'proposed',
    owed: [{ kind: 'decide-listing', assignee: 'scjg-head' }],
  });
  // Another one, whose time is to run out.
  const other = cases[3] ?? 0;
  await take('scjg-liaison', other, 'proposed', proposal);
  await take('scjg-liaison', other, 'heard', { statement: '愿意配合' });
  await take('scjg-head', other, 'listing-approved');

  const before = await entityOf(id);
  const listed = await take('scjg-head', id, 'listing-approved');
  expect(listed).toMatchObject({ status: 'listed', credit: [{ kind: 'serious-violation' }] });
  expect(await entityOf(id)).toMatchObject({ flags: ['serious-violation'], draw_class: 'D' });
  const record = await (
    await api.signedIn('credit')
  ).get<{ changes: { caseId: number | null }[] }>('readEntityRecord', {
    params: { creditCode: listed.creditCode },
  });
  expect(record.changes[0]).toMatchObject({ caseId: id });

  const seen = await read('wjw-liaison', id);
  expect(seen.possibleSteps).toEqual(['joint-answered']);
  const [ours, theirs] = [...seen.joint].sort((a, b) => a.department.code.localeCompare(b.department.code));
  const answer = { taken: true, measure: '不予减免', actedOn: today() };
  expect(
    await refused('wjw-liaison', id, 'joint-answered', { ...answer, noticeId: theirs?.id }),
  ).toMatchObject({
    type: 'other-department',
  });
  await take('wjw-liaison', id, 'joint-answered', { ...answer, noticeId: ours?.id });
  // Who doesn't answer is reminded and urged as for every task.
  await pass(25);
  const urged = await town
    .db('notices')
    .where({ kind: 'overdue', recipient_id: town.city.users['xfj-liaison'] })
    .whereRaw(`params ->> 'task' = 'joint-measure'`);
  expect(urged.length).toBeGreaterThan(0);

  const repair = { ground: 'repaired', mended: true };
  expect(await refused('scjg-liaison', id, 'repair-requested', repair)).toMatchObject({
    fields: [{ field: 'ground' }],
  });
  await pass(7);
  await take('scjg-liaison', id, 'repair-requested', repair);
  expect(await take('scjg-head', id, 'repair-refused')).toMatchObject({ status: 'listed' });
  await take('both', id, 'repair-requested', repair);
  expect(await refused('both', id, 'repair-approved')).toMatchObject({ type: 'own-submission' });
  const lifting = await take('scjg-head', id, 'repair-approved');
  expect(lifting).toMatchObject({
    status: 'lifting',
    owed: [{ kind: 'lift-measure', department: '卫健委' }],
  });
  expect(lifting.joint.map(({ status }) => status).sort()).toEqual(['lifting', 'withdrawn']);
  expect(await entityOf(id)).toEqual(before);

  const lifted = await take('wjw-liaison', id, 'joint-lifted', { noticeId: ours?.id, actedOn: today() });
  expect(lifted).toMatchObject({ status: 'closed', owed: [] });
  expect(lifted.credit[0]?.countsUntil).toBe(today());
  await town.ended(workflowIds.handling(id));
  await keepHistory(town.env.client, workflowIds.handling(id), 'handling-list-repair');
});

test('an entry ends by itself when its time is over', async () => {
  const id = cases[3] ?? 0;
  await pass(26);
  expect(await read('scjg-liaison', id)).toMatchObject({ status: 'listed' });
  // A file of the credit office that says nothing of it does not take the flag off.
  const { creditCode } = await read('scjg-liaison', id);
  // A correct code, and of no other entity, whichever was drawn.
  const first17 = `93${creditCode.slice(2, 17)}`;
  const code = first17 + checkCharacter(first17);
  await town.db('entities').where({ credit_code: creditCode }).update({ credit_code: code });
  const file = `统一社会信用代码,信用风险类别,异常标记\n${code},A,\n`;
  await runImport(town.db, {
    kind: 'credit',
    mode: 'changes',
    dryRun: false,
    fileName: 'credit.csv',
    startedBy: null,
    stream: Readable.from([Buffer.from(file)]),
    now: api.clock.now,
  });
  expect(await entityOf(id)).toEqual({ flags: ['serious-violation'], risk_class: 'A', draw_class: 'D' });
  await pass(5);
  const over = await until(
    () => read('scjg-liaison', id),
    ({ status }) => status === 'closed',
  );
  expect(over.timeline.at(-1)).toMatchObject({ kind: 'term-ended', actor: null });
  expect(await entityOf(id)).toMatchObject({ flags: [] });
  await keepHistory(town.env.client, workflowIds.handling(id), 'handling-term');
});

test('a proposal that is refused, and a case that is annulled: nothing counts any more', async () => {
  const id = cases[4] ?? 0;
  await take('scjg-liaison', id, 'proposed', { facts: '登记地址无此企业', legalBasis: '第九条' });
  expect(await take('scjg-head', id, 'listing-refused')).toMatchObject({ status: 'open' });
  expect(await entityOf(id)).toMatchObject({ flags: [] });
  await take('scjg-liaison', id, 'proposed', { facts: '两次邮寄退回', legalBasis: '第九条' });
  expect(await take('scjg-head', id, 'listing-approved')).toMatchObject({ status: 'listed', joint: [] });
  const annulled = await take('scjg-head', id, 'annulled');
  expect(annulled).toMatchObject({
    status: 'closed',
    credit: [{ correctedAt: expect.any(String) as string }],
  });
  expect(await entityOf(id)).toMatchObject({ flags: [] });
  expect(await refused('scjg-liaison', id, 'decided')).toMatchObject({
    status: 409,
    detail: '该案件已办结。',
  });
});
