import type { Knex } from 'knex';
import { readCampaign } from '../../db/campaigns';
import { dayOf, instantOf, shift } from '../../domain/deadlines/working-days';
import { workflowIds } from '../../domain/names';
import { startTestApi, type TestApi } from '../integration/api/support';
import { handInResults } from '../support/drive-campaign';
import { keepHistory } from '../support/histories';
import { IN_SECONDS } from '../support/seconds-policy';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

let town: WorkflowTown;
let api: TestApi;
/** Today and the days after it by the town's own calendar: work, two days off, work from then on. */
let day: (n: number) => string;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
  // The outbox, once it runs, looks every minute: days can't be skipped through beside it.
  const gateway = { ...town.worker.gateway, wakeNotices: () => Promise.resolve() };
  api = await startTestApi({ sessionHours: 24 * 60 }, undefined, { ...town, gateway });
  const today = dayOf(await town.now());
  day = (n) => shift(today, n);
  await correctCalendar(town.db, (n) => (n === 1 || n === 2 ? 'holiday' : 'workday'));
}, 120_000);

afterAll(async () => {
  await api.stop();
  await town.stop();
});

async function correctCalendar(db: Knex, kindOf: (n: number) => 'holiday' | 'workday'): Promise<void> {
  await db('calendar_corrections').insert(
    Array.from({ length: 60 }, (_, n) => ({ date: day(n), kind: kindOf(n), reason: '测试历' })),
  );
}

/** Goes on to a local time of a day to come. */
async function sleepUntil(n: number, time = '12:00'): Promise<void> {
  await town.env.sleep(instantOf(day(n), time).getTime() - (await town.env.currentTimeMs()));
  api.clock.now = await town.now();
}

/** Who has been told what of a campaign about its deadlines: `kind task: recipient at day`. */
async function told(code: string): Promise<string[]> {
  const { id } = await readCampaign(town.db, code);
  const rows = await town
    .db('notices as n')
    .join('users as u', 'u.id', 'n.recipient_id')
    .where({ campaign_id: id })
    .whereIn('kind', ['reminder', 'overdue', 'urging-order', 'escalation'])
    .orderBy(['n.not_before', 'n.kind', 'u.username'])
    .select<{ kind: string; username: string; at: Date; params: Record<string, string> }[]>(
      'kind',
      'username',
      'params',
      { at: 'not_before' },
    );
  return rows.map(({ kind, username, at, params }) => {
    const days = Math.round((Date.parse(dayOf(at)) - Date.parse(day(0))) / 86_400_000);
    return `day ${days}: ${kind} ${params['task'] ?? params['order']?.slice(0, 3)}: ${username}`;
  });
}

/** Waits until somebody has been told. */
async function seen(code: string, ...lines: string[]): Promise<void> {
  await until(
    () => told(code),
    (all) => lines.every((line) => all.includes(line)),
  );
}

const orderOf = async (code: string) => {
  const { id } = await readCampaign(town.db, code);
  return town
    .db('urging_orders')
    .where({ campaign_id: id })
    .first<{ number: string; status: string } | undefined>();
};

/** Every entity is drawn: every department has something to do, whatever the seed. */
const EVERYBODY = {
  strata: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 0 })),
  yearlyCap: {},
};

const ANSWERS_IN_20_SECONDS = { ...IN_SECONDS, byKind: { 'answer-objection': { duration: 20 } } };
const RESULTS_IN_20_SECONDS = { ...IN_SECONDS, durations: { ...IN_SECONDS.durations, results: 20 } };

test('in seconds, through the same code', async () => {
  const { db, officials } = town;
  const code = await officials.campaignAt('dispatched', {
    ...EVERYBODY,
    deadlinePolicy: RESULTS_IN_20_SECONDS,
  });
  const { id } = await readCampaign(db, code);
  await town.env.sleep('60 seconds');
  await seen(code, 'day 0: escalation results: approver');
  const kinds = await db('notices')
    .join('users', 'users.id', 'recipient_id')
    .where({ campaign_id: id })
    .whereIn('kind', ['reminder', 'overdue', 'urging-order', 'escalation'])
    .whereIn('username', ['xfj-0001', 'xfj-liaison', 'approver'])
    .whereRaw(`coalesce(params ->> 'task', 'results') = 'results'`)
    .whereRaw(`params ->> 'department' = '消防救援支队'`)
    .orderBy('notices.id')
    .pluck<string[]>('kind');
  // A reminder five, one and no seconds before; then overdue to two, an urging order, an escalation.
  expect(kinds).toEqual([
    'reminder',
    'reminder',
    'reminder',
    'overdue',
    'overdue',
    'urging-order',
    'escalation',
  ]);
  await keepHistory(town.env.client, workflowIds.oversight(code), 'oversight-escalation');
});

test('who is on time hears nothing', async () => {
  const { db, officials } = town;
  const code = await officials.campaignAt('dispatched', {
    ...EVERYBODY,
    deadlinePolicy: RESULTS_IN_20_SECONDS,
  });
  await handInResults(db, code, await town.now());
  await town.env.sleep('60 seconds');
  await town.worker.gateway.resultsArrived(code);
  await until(
    () => readCampaign(db, code),
    ({ stage }) => stage === 'results_in',
  );
  expect(await told(code)).toEqual([]);
});

test('a day off that the city adds later moves what is still owed', async () => {
  const { db, officials } = town;
  const code = await officials.campaignAt('dispatched', { ...EVERYBODY, visitTo: day(30) });
  const { id } = await readCampaign(db, code);
  const dueDay = async () => {
    const [row] = await db('tasks as t')
      .join('deadlines as d', 'd.id', 't.deadline_id')
      .where({ 't.campaign_id': id, 't.kind': 'results' })
      .select<{ due_at: Date }[]>('d.due_at');
    return dayOf(row?.due_at ?? new Date(0));
  };
  expect(await dueDay()).toBe(day(33));
  await db('calendar_corrections')
    .where({ date: day(32) })
    .update({ kind: 'holiday' });
  await town.worker.gateway.resultsArrived(code);
  await until(dueDay, (due) => due === day(34));
});

test('in working days: reminders, overdue, urging order, escalation; answered, returned, and again until accepted', async () => {
  const { db, officials } = town;
  const code = await officials.campaignAt('dispatched', { ...EVERYBODY, visitTo: day(0) });
  const { id } = await readCampaign(db, code);
  // Three working days after the visits' last day, two days off between: the 5th.
  const [task] = await db('tasks as t')
    .join('deadlines as d', 'd.id', 't.deadline_id')
    .where({ 't.campaign_id': id, 't.kind': 'results' })
    .select<{ due_at: Date }[]>('d.due_at');
  expect(task?.due_at).toEqual(instantOf(day(5), '23:59:59'));

  await sleepUntil(3);
  await handInResults(db, code, await town.now(), ({ department }) => (department === 'XFJ' ? null : 1));
  await sleepUntil(10);
  await seen(code, 'day 10: escalation results: approver');
  const isAboutResults = (line: string) => line.includes(' results:');
  const lines = (await told(code)).filter((line) => isAboutResults(line) || line.includes('DB-'));
  expect(lines).toEqual([
    // The fire department's own inspector, the evening before and on the day; nobody on the days off.
    'day 4: reminder results: xfj-0001',
    'day 5: reminder results: xfj-0001',
    'day 6: overdue results: xfj-0001',
    'day 6: overdue results: xfj-liaison',
    'day 8: urging-order DB-: lead',
    'day 8: urging-order DB-: supervisor',
    'day 8: urging-order DB-: xfj-liaison',
    'day 10: escalation results: approver',
    'day 10: escalation results: supervisor',
  ]);

  // Three working days to answer: the 11th. It is answered late, is sent back, and is owed again.
  const order = await orderOf(code);
  const params = { number: order?.number ?? '' };
  const [liaison, supervisor] = await Promise.all([api.signedIn('xfj-liaison'), api.signedIn('supervisor')]);
  await sleepUntil(13);
  await seen(
    code,
    'day 11: reminder answer-urging: xfj-liaison',
    'day 12: overdue answer-urging: xfj-liaison',
  );
  const answer = { answer: '车辆故障，已协调，本周内完成。' };
  await liaison.get('answerUrgingOrder', { params, body: answer });
  await supervisor.get('returnAnswer', { params, body: { note: '请写明完成日期' } });
  // Owed by the 16th; on the 19th the order is still open, and those who oversee it hear that it is not answered.
  await sleepUntil(21);
  await seen(
    code,
    'day 17: overdue answer-urging: xfj-liaison',
    'day 19: overdue answer-urging: supervisor',
    'day 21: escalation answer-urging: approver',
  );
  await liaison.get('answerUrgingOrder', { params, body: answer });
  await supervisor.get('acceptAnswer', { params, body: { note: '' } });
  expect((await orderOf(code))?.status).toBe('accepted');

  await handInResults(db, code, await town.now());
  await town.worker.gateway.resultsArrived(code);
  await officials.as('lead', code, 'publish');
  await officials.as('lead', code, 'close');
  await town.ended(workflowIds.oversight(code));
});

test('an objection to a result of a closed campaign is overseen anew, until it is answered', async () => {
  const { db, officials } = town;
  const code = await officials.campaignAt('dispatched', {
    ...EVERYBODY,
    deadlinePolicy: ANSWERS_IN_20_SECONDS,
  });
  await handInResults(db, code, await town.now());
  await town.worker.gateway.resultsArrived(code);
  await officials.as('lead', code, 'publish');
  await officials.as('lead', code, 'close');
  await town.ended(workflowIds.oversight(code));

  const inspector = await api.signedIn('scjg-0001');
  const { rows } = await inspector.get<{ rows: { id: number }[] }>('listVisits', {
    query: { campaign: code, limit: 1 },
  });
  const params = { id: rows[0]?.id ?? 0 };
  const notice = await inspector.get<{ code: string }>('issueVisitCode', {
    params,
    body: { purpose: 'notice' },
  });
  const reason = '检查当日本店歇业，没有人来过';
  await api.nobody.get('objectToResult', { body: { code: notice.code, item: 'SCJG-001', reason } });
  await town.env.sleep('60 seconds');
  const line = 'overdue answer-objection: scjg-head';
  await until(
    () => told(code),
    (all) => all.some((one) => one.endsWith(line)),
  );
  api.clock.now = await town.now();
  const head = await api.signedIn('scjg-head');
  const { objections } = await head.get<{ objections: { id: number }[] }>('readVisitPapers', { params });
  const body = { upholds: false, note: '门锁记录显示当日营业' };
  await head.get('decideObjection', { params: { id: objections[0]?.id ?? 0 }, body });
  // The order to urge it was issued on the way, and is answered by what was done.
  const order = await orderOf(code);
  const [liaison, supervisor] = await Promise.all([api.signedIn('scjg-liaison'), api.signedIn('supervisor')]);
  const number = { number: order?.number ?? '' };
  await liaison.get('answerUrgingOrder', { params: number, body: { answer: '已于当日答复检查对象。' } });
  await supervisor.get('acceptAnswer', { params: number, body: { note: '' } });
  await town.ended(workflowIds.oversight(code));
});
