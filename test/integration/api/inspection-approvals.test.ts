/** Departments' heads approve each inspection before it starts. */
import { dayOf } from '../../../domain/deadlines/working-days';
import { buildUser } from '../../support/build-city';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

let api: TestApi;
let code: string;

interface Inspections {
  rows: {
    visit: { id: number; number: number };
    state: string;
    concerns: string[];
    mayDecide: boolean;
    mayAnswer: boolean;
  }[];
  departments: { department: { code: string }; waiting: number; approved: number; mayDecide: boolean }[];
}

beforeAll(async () => {
  api = await startTestApi();
  const { db, city } = api;
  await buildUser(db, { username: 'wjw-east-head', role: 'approver', department: 'WJW', region: '691101' });
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  // Everybody, so that each department has visits whatever is drawn.
  const strata = ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 1 }));
  code = await campaignAt('dispatched', { demandsApproval: true, strata });
});

afterAll(() => api.stop());

const list = async (username: string, department: string) =>
  (await api.signedIn(username)).get<Inspections>('listInspections', {
    params: { code },
    query: { department, limit: 200 },
  });

const decide = async (username: string, body: object) =>
  (await api.signedIn(username)).call('decideInspections', { params: { code }, body });

const submit = async (username: string, visit: number, item: string) =>
  (await api.signedIn(username)).call('submitResults', {
    params: { id: visit },
    body: { visitOn: dayOf(api.clock.now), results: [{ item, resultCode: 1 }] },
  });

const openTasks = () =>
  api
    .db('tasks')
    .where({ kind: 'approve-inspections' })
    .whereNull('done_at')
    .orderBy('department_code')
    .pluck<string[]>('department_code');

test('each department’s head has the task, or the department where it has none', async () => {
  const tasks = await api
    .db('tasks as t')
    .leftJoin('users as u', 'u.id', 't.assignee_id')
    .where({ 't.kind': 'approve-inspections' })
    .orderBy('t.department_code')
    .select('t.department_code', 'u.username');
  expect(tasks).toEqual([
    { department_code: 'SCJG', username: 'scjg-head' },
    { department_code: 'WJW', username: null },
    { department_code: 'XFJ', username: null },
  ]);
});

test('no result before the approval; after it there is', async () => {
  const { rows } = await list('scjg-head', 'SCJG');
  const visit = rows[0]?.visit.id ?? 0;
  expect(rows.every((row) => row.state === 'waiting' && row.mayDecide)).toBe(true);
  expect(await submit('scjg-liaison', visit, 'SCJG-001')).toMatchObject({
    status: 409,
    body: { type: 'inspection-not-approved' },
  });
  const detail = await (
    await api.signedIn('scjg-liaison')
  ).get<{ maySubmit: string[] }>('readVisit', {
    params: { id: visit },
  });
  expect(detail.maySubmit).toEqual([]);
  expect(await decide('scjg-liaison', { department: 'SCJG', decision: 'approve' })).toMatchObject({
    status: 403,
  });
  // Another department's head has no say.
  expect(await decide('scjg-head', { department: 'XFJ', decision: 'approve' })).toMatchObject({
    status: 403,
  });
  expect(
    await decide('scjg-head', { department: 'SCJG', decision: 'approve', visits: [visit] }),
  ).toMatchObject({
    body: { decided: 1, left: rows.length - 1 },
  });
  await api.db('campaigns').where({ code }).update({ stage: 'under_way' });
  expect(await submit('scjg-liaison', visit, 'SCJG-001')).toMatchObject({ status: 200 });
  // What is decided is not decided again.
  expect(
    await decide('scjg-head', { department: 'SCJG', decision: 'return', visits: [visit], note: '再看' }),
  ).toMatchObject({
    status: 422,
  });
});

test('all at once takes what gives no concern; the rest is named one by one', async () => {
  const { rows } = await list('scjg-head', 'SCJG');
  const waiting = rows.filter((row) => row.state === 'waiting').map((row) => row.visit.id);
  const [gap = 0] = waiting;
  await api
    .db('unfilled_slots')
    .insert({ visit_id: gap, department_code: 'SCJG', missing: 1, rule: 'capacity' });
  expect((await list('scjg-head', 'SCJG')).rows.find((row) => row.visit.id === gap)?.concerns).toHaveLength(
    1,
  );
  expect(await decide('scjg-head', { department: 'SCJG', decision: 'approve' })).toMatchObject({
    body: { decided: waiting.length - 1, left: 1 },
  });
  expect(await openTasks()).toContain('SCJG');
  await decide('scjg-head', { department: 'SCJG', decision: 'approve', visits: [gap], note: '已另派人' });
  expect(await openTasks()).not.toContain('SCJG');
});

test('a returned inspection says why, is seen to, and waits again', async () => {
  // Without a head of its own the leading group decides.
  const [one] = (await list('approver', 'XFJ')).rows;
  const visit = one?.visit.id ?? 0;
  expect(await decide('approver', { department: 'XFJ', decision: 'return', visits: [visit] })).toMatchObject({
    status: 422,
    body: { fields: [{ field: 'note' }] },
  });
  await decide('approver', { department: 'XFJ', decision: 'return', visits: [visit], note: '请先核对地址' });
  await decide('approver', { department: 'XFJ', decision: 'approve' });
  expect(await openTasks()).not.toContain('XFJ');
  expect(await submit('xfj-liaison', visit, 'XFJ-001')).toMatchObject({ status: 409 });
  const liaison = await api.signedIn('xfj-liaison');
  const sent = { params: { id: visit }, body: { department: 'XFJ', answer: '地址已核对' } };
  await liaison.get('answerInspectionReturn', sent);
  expect(await liaison.refused('answerInspectionReturn', sent)).toMatchObject({ type: 'not-returned' });
  expect(await openTasks()).toContain('XFJ');
  const [again] = (await list('approver', 'XFJ')).rows;
  expect(again).toMatchObject({ state: 'waiting', concerns: ['退回后重新报批'], mayDecide: true });
  await decide('approver', { department: 'XFJ', decision: 'approve', visits: [visit] });
  expect(await submit('xfj-liaison', visit, 'XFJ-001')).toMatchObject({ status: 200 });
});

test('a county’s head sees and decides what is in the county; what others have to decide is left', async () => {
  const all = (await list('lead', 'WJW')).rows.length;
  const { rows } = await list('wjw-east-head', 'WJW');
  const east = rows.length;
  expect(rows.every((row) => row.mayDecide)).toBe(true);
  expect(east).toBeGreaterThan(0);
  expect(east).toBeLessThan(all);
  expect(await decide('wjw-east-head', { department: 'WJW', decision: 'approve' })).toMatchObject({
    body: { decided: east, left: all - east },
  });
  expect(await openTasks()).toContain('WJW');
});
