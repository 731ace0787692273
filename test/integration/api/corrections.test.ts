/** A result that was handed in changes by request and approval alone, and what followed from it changes with it. */
import { dayOf } from '../../../domain/deadlines/working-days';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;
/** Of the market supervision, one for each test. */
let visits: number[];

interface Correction {
  id: number;
  status: string;
  reason: string;
  before: { resultCode: number; answers: object };
  after: { resultCode: number };
  askedBy: string;
  decidedBy: string | null;
  note: string;
  consequences: object | null;
  obstacle: string | null;
  mayDecide: boolean;
  mayRevise: boolean;
}

interface Visit {
  items: {
    item: { code: string };
    resultCode: number;
    opinion: string;
    answers: object;
    submittedBy: string;
  }[];
  corrections: Correction[];
  mayCorrect: string[];
}

const ITEM = 'SCJG-001';
const REASON = '录入时选错了结果';

beforeAll(async () => {
  api = await startTestApi();
  const { db, city } = api;
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  // Everybody, so that the department has visits whatever is drawn.
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  const code = await campaignAt('dispatched', { strata });
  await db('campaigns').where({ code }).update({ stage: 'under_way' });
  visits = await db('visit_items').where({ item_code: ITEM }).orderBy('visit_id').pluck<number[]>('visit_id');
});

afterAll(() => api.stop());

/** The next visit, with a result of the department's. */
async function resultOf(resultCode: number): Promise<number> {
  const visit = visits.pop() ?? 0;
  await (
    await api.signedIn('scjg-0001')
  ).get('submitResults', {
    params: { id: visit },
    body: {
      visitOn: dayOf(api.clock.now),
      results: [{ item: ITEM, resultCode, opinion: '现场所见', answers: { license: false } }],
    },
  });
  return visit;
}

const ask = async (visit: number, resultCode: number, more: object = {}, username = 'scjg-0001') =>
  (await api.signedIn(username)).call('requestCorrection', {
    params: { id: visit },
    body: {
      item: ITEM,
      resultCode,
      opinion: '复核所见',
      answers: { license: true },
      reason: REASON,
      ...more,
    },
  });

async function asked(visit: number, resultCode: number): Promise<number> {
  const { body } = await ask(visit, resultCode);
  return (body as Visit).corrections.at(-1)?.id ?? 0;
}

const decide = async (id: number, accepts: boolean, note = '', username = 'scjg-head') =>
  (await api.signedIn(username)).call('decideCorrection', { params: { id }, body: { accepts, note } });

const read = async (visit: number, username: string) =>
  (await api.signedIn(username)).get<Visit>('readVisit', { params: { id: visit } });

const openTasks = (visit: number) =>
  api
    .db('tasks as t')
    .leftJoin('users as u', 'u.id', 't.assignee_id')
    .where({ 't.visit_id': visit })
    .whereLike('t.kind', '%-correction')
    .whereNull('t.done_at')
    .whereNull('t.cancelled_at')
    .select('t.kind', 'u.username');

const cases = (visit: number) =>
  api.db('handling_cases').where({ visit_id: visit }).orderBy('id').select('result_code', 'track', 'status');

test('asked for by the team, decided by the head, and what it was stays to be read', async () => {
  const visit = await resultOf(1);
  expect((await read(visit, 'scjg-0002')).mayCorrect).toEqual([ITEM]);
  expect((await read(visit, 'scjg-head')).mayCorrect).toEqual([]);
  expect(await ask(visit, 7, {}, 'wjw-liaison')).toMatchObject({ status: 403 });
  expect(await ask(visit, 7, { reason: '请核对 13800138000' })).toMatchObject({
    status: 422,
    body: { type: 'personal-data', fields: [{ field: 'reason' }] },
  });
  expect(await ask(visit, 7, { answers: { license: 'perhaps' } })).toMatchObject({
    status: 422,
    body: { type: 'bad-answer', fields: [{ field: 'answers.license' }] },
  });
  expect(await ask(visit, 1, { opinion: '现场所见', answers: { license: false } })).toMatchObject({
    body: { type: 'nothing-corrected' },
  });

  const { body } = await ask(visit, 7);
  const [correction] = (body as Visit).corrections;
  expect(correction).toMatchObject({ status: 'requested', askedBy: 'scjg-0001', mayDecide: false });
  expect(await ask(visit, 7)).toMatchObject({ body: { type: 'correction-under-way' } });
  expect(await openTasks(visit)).toEqual([{ kind: 'decide-correction', username: 'scjg-head' }]);
  // Until it is approved, nothing has changed.
  expect((await read(visit, 'scjg-head')).items.find((one) => one.item.code === ITEM)?.resultCode).toBe(1);

  const id = correction?.id ?? 0;
  expect(await decide(id, true, '', 'approver')).toMatchObject({
    status: 403,
    body: { type: 'not-the-head' },
  });
  expect(await decide(id, true)).toMatchObject({ status: 200 });
  expect(await decide(id, true)).toMatchObject({ status: 409, body: { type: 'correction-decided' } });
  const after = await read(visit, 'scjg-0002');
  expect(after.items.find((one) => one.item.code === ITEM)).toMatchObject({
    ...{ resultCode: 7, opinion: '复核所见', answers: { license: true }, submittedBy: 'scjg-0001' },
  });
  expect(after.corrections).toMatchObject([
    {
      ...{ status: 'approved', reason: REASON, decidedBy: 'scjg-head' },
      before: { resultCode: 1, opinion: '现场所见', answers: { license: false } },
      consequences: { annul: null, strike: null, keep: null, open: null },
    },
  ]);
  expect(await openTasks(visit)).toEqual([]);
  const log = await api
    .db('audit_log')
    .where({ subject: `visit/${visit}` })
    .orderBy('seq')
    .pluck('action');
  expect(log).toEqual(['visit.results', 'correction.request', 'correction.approved']);
  // It may turn out to be wrong again.
  expect(after.mayCorrect).toEqual([ITEM]);
});

test('a returned request is a task of who asked: revised, or taken back', async () => {
  const visit = await resultOf(1);
  const id = await asked(visit, 8);
  expect(await decide(id, false)).toMatchObject({ status: 422, body: { fields: [{ field: 'note' }] } });
  await decide(id, false, '请附上依据');
  expect(await openTasks(visit)).toEqual([{ kind: 'revise-correction', username: 'scjg-0001' }]);
  const [returned] = (await read(visit, 'scjg-0001')).corrections;
  expect(returned).toMatchObject({ status: 'returned', note: '请附上依据', mayRevise: true });
  const inspector = await api.signedIn('scjg-0001');
  const revision = { params: { id }, body: { resultCode: 7, reason: '依据见现场检查笔录第 2 页' } };
  await inspector.get('reviseCorrection', revision);
  expect(await inspector.refused('reviseCorrection', revision)).toMatchObject({ type: 'not-returned' });
  expect(await openTasks(visit)).toEqual([{ kind: 'decide-correction', username: 'scjg-head' }]);
  await inspector.get('withdrawCorrection', { params: { id } });
  expect(await openTasks(visit)).toEqual([]);
  expect(await decide(id, true)).toMatchObject({ body: { type: 'correction-decided' } });
  expect((await read(visit, 'scjg-0001')).items.find((one) => one.item.code === ITEM)?.resultCode).toBe(1);
});

test('nobody approves what they asked for: where there is no other head, the leading group decides', async () => {
  const visit = await resultOf(1);
  await api.db('user_roles').insert({
    ...{ user_id: api.city.users['scjg-head'], role: 'liaison' },
    ...{ department_code: 'SCJG', region_code: '691100' },
  });
  const { body } = await ask(visit, 7, {}, 'scjg-head');
  const id = (body as Visit).corrections[0]?.id ?? 0;
  expect(await openTasks(visit)).toEqual([{ kind: 'decide-correction', username: 'approver' }]);
  expect(await decide(id, true)).toMatchObject({ status: 403, body: { type: 'own-submission' } });
  expect(await decide(id, true, '', 'approver')).toMatchObject({ status: 200 });
});

test('a case that is due now is opened; a settled one has its credit record corrected', async () => {
  const visit = await resultOf(1);
  await decide(await asked(visit, 5), true);
  expect(await cases(visit)).toEqual([{ result_code: 5, track: 'rectification', status: 'open' }]);
  // The rectification is over before it turns out that there was nothing to rectify.
  const [id] = await api.db('handling_cases').where({ visit_id: visit }).pluck<number[]>('id');
  await api.db('handling_cases').where({ id }).update({ status: 'closed', closed_at: new Date() });
  const { entity_id: entity } = await api.db('visits').where({ id: visit }).first<{ entity_id: number }>();
  await api.db('credit_records').insert({
    ...{ case_id: id, entity_id: entity, kind: 'rectified', what: '已改正', basis: '' },
    ...{ department_code: 'SCJG', recorded_on: dayOf(api.clock.now) },
  });
  const { body } = await ask(visit, 1);
  expect((body as Visit).corrections.at(-1)).toMatchObject({ consequences: { strike: id, open: null } });
  await decide((body as Visit).corrections.at(-1)?.id ?? 0, true);
  expect(await api.db('credit_records').where({ case_id: id }).first('correction')).toEqual({
    correction: `检查结果经批准更正：${REASON}`,
  });
});

test('another kind of violation opens a case of its own; the same kind goes on under its new code', async () => {
  const visit = await resultOf(2);
  await decide(await asked(visit, 3), true);
  expect(await cases(visit)).toEqual([{ result_code: 3, track: 'abnormal-list', status: 'open' }]);
  await decide(await asked(visit, 8), true);
  // The former ends by its own workflow (test/workflow/corrections.test.ts).
  expect(await cases(visit)).toEqual([
    { result_code: 3, track: 'abnormal-list', status: 'open' },
    { result_code: 8, track: 'penalty', status: 'open' },
  ]);
});

test('an entry on a list is taken back first, and the refusal says by whom', async () => {
  const visit = await resultOf(4);
  const early = await asked(visit, 1);
  await api
    .db('handling_cases')
    .where({ visit_id: visit })
    .update({ status: 'listed', listed_at: new Date(), flag: 'abnormal-operations' });
  expect((await read(visit, 'scjg-head')).corrections[0]).toMatchObject({
    consequences: null,
    obstacle: expect.stringContaining('撤销案件') as string,
  });
  expect(await decide(early, true)).toMatchObject({ status: 409, body: { type: 'correction-blocked' } });
  expect((await read(visit, 'scjg-head')).items.find((one) => one.item.code === ITEM)?.resultCode).toBe(4);
  await (await api.signedIn('scjg-0002')).get('withdrawCorrection', { params: { id: early } });
  expect(await ask(visit, 1)).toMatchObject({ status: 409, body: { type: 'correction-blocked' } });
  // What was answered is corrected all the same: the code stays.
  expect(await ask(visit, 4)).toMatchObject({ status: 201 });
});
