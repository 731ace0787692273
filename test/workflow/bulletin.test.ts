/** A bulletin from the schedule's start through drafting, reminders, review and publication to correction and withdrawal. */
import { createHash } from 'node:crypto';
import { dayOf, instantOf } from '../../domain/deadlines/working-days';
import { TASK_QUEUE } from '../../domain/names';
import { startTestApi, type Caller, type TestApi } from '../integration/api/support';
import { handInResults } from '../support/drive-campaign';
import { keepHistory } from '../support/histories';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

interface Bulletin {
  number: string;
  stage: string;
  title: string;
  period: { from: string; to: string };
  texts: { summary: string; reasons: string; demands: string };
  version: number;
  report: { total: { due: number; onTime: number }; departments: { code: string; rank: number | null }[] };
  freezes: { number: number; sha256: string; asOf: string }[];
  editions: { edition: number; correction: string | null; withdrawnAt: string | null }[];
  possibleCommands: string[];
  mayEdit: boolean;
}

interface Reproduction {
  isIntact: boolean;
  isEqual: boolean;
  differences: { where: string; frozen: string; now: string }[];
}

const WORKFLOW = 'bulletin/monthly-2026-01-03';

let town: WorkflowTown;
let api: TestApi;
let supervisor: Caller;
let approver: Caller;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
  const gateway = { ...town.worker.gateway, wakeNotices: () => Promise.resolve() };
  api = await startTestApi({ sessionHours: 24 * 700 }, undefined, { ...town, gateway });
  api.clock.now = await town.now();
  supervisor = await api.signedIn('supervisor');
  approver = await api.signedIn('approver');
}, 120_000);

afterAll(async () => {
  await api.stop();
  await town.stop();
});

const read = (number: string, who: Caller = supervisor) =>
  who.get<Bulletin>('readBulletin', { params: { number } });

const command = (who: Caller, number: string, name: string, reason = '') =>
  who.get<Bulletin>('commandBulletin', { params: { number, command: name }, body: { reason } });

const refused = (who: Caller, number: string, name: string, reason = '') =>
  who.refused('commandBulletin', { params: { number, command: name }, body: { reason } });

const told = (username: string) =>
  town
    .db('notices as n')
    .join('users as u', 'u.id', 'n.recipient_id')
    .where({ kind: 'bulletin', username })
    .orderBy('n.id')
    .select<{ params: { what: string } }[]>('n.params')
    .then((rows) => rows.map(({ params }) => params.what));

test('drafted by the schedule, reminded of, edited, approved by another, public, corrected, withdrawn', async () => {
  const { db, env, officials } = town;
  const today = dayOf(await town.now());
  const [year = 0, month = 0] = today.split('-').map(Number);
  const lastMonth = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
  const everybody = {
    strata: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 0 })),
    yearlyCap: {},
  };
  const code = await officials.campaignAt('dispatched', everybody);
  const at = instantOf(`${lastMonth}-15`, '12:00');
  await handInResults(db, code, at, ({ department }) => (department === 'XFJ' ? null : 1));
  // All was owed in the middle of last month.
  await db('tasks').update({ created_at: instantOf(`${lastMonth}-01`, '12:00') });
  await db('deadlines').update({
    provisional: false,
    due_at: db.raw(`cast(? as timestamptz) + id * interval '1 second'`, [
      instantOf(`${lastMonth}-15`, '20:00'),
    ]),
  });

  await env.client.workflow.start('bulletin', {
    workflowId: WORKFLOW,
    taskQueue: TASK_QUEUE,
    args: [{ kind: 'monthly' }],
  });
  const { rows } = await until(
    () => supervisor.get<{ rows: Bulletin[] }>('listBulletins', { query: { kind: 'monthly' } }),
    (page) => page.rows.length === 1,
  );
  const number = rows[0]?.number ?? '';
  const draft = await read(number);
  expect(draft).toMatchObject({ stage: 'draft', mayEdit: true, editions: [] });
  expect(draft.period.from).toBe(`${lastMonth}-01`);
  expect(draft.title).toContain('云溪市');
  expect(draft.report.total.due).toBeGreaterThan(50);
  expect(draft.texts.summary).toContain('按时率最低的是消防救援支队');
  expect(await told('supervisor')).toEqual(['已拟出草稿，请核对、补充后提交审批。']);

  // A draft that lies is reminded of, again and again.
  await env.sleep('7 days');
  api.clock.now = await town.now();
  await until(
    () => told('supervisor'),
    (lines) => lines.length === 3,
  );
  expect((await told('supervisor'))[1]).toContain('待提交');

  // Texts are edited, figures are not; an older version of the texts saves nothing.
  const texts = { ...draft.texts, reasons: '消防：车辆故障。' };
  const edit = { title: draft.title, texts, version: draft.version };
  await supervisor.get('editBulletin', { params: { number }, body: edit });
  expect(await supervisor.refused('editBulletin', { params: { number }, body: edit })).toMatchObject({
    type: 'bulletin-changed',
  });
  expect(
    await supervisor.refused('editBulletin', {
      params: { number },
      body: { ...edit, version: 2, texts: { ...texts, summary: ' ' } },
    }),
  ).toMatchObject({ fields: [{ field: 'texts.summary', message: '请填写总体情况' }] });
  expect(await refused(approver, number, 'approve')).toMatchObject({ type: 'bulletin-stage', status: 409 });

  // Who handed it in does not approve it, whatever their offices.
  await db('user_roles').insert({
    ...{ user_id: town.city.users['supervisor'], role: 'approver' },
    ...{ department_code: 'LDXZ', region_code: '691100' },
  });
  expect((await command(supervisor, number, 'submit')).possibleCommands).toEqual(['return']);
  expect(await refused(supervisor, number, 'approve')).toMatchObject({ type: 'own-submission' });
  expect(await refused(approver, number, 'return')).toMatchObject({ fields: [{ field: 'reason' }] });
  expect((await command(approver, number, 'return', '原因写得太简单')).stage).toBe('returned');
  await command(supervisor, number, 'submit');
  expect(await api.nobody.refused('readPublicBulletin', { params: { number } })).toMatchObject({
    status: 404,
  });
  const published = await command(approver, number, 'approve');
  expect(published).toMatchObject({ stage: 'published', editions: [{ edition: 1, correction: null }] });
  await keepHistory(env.client, WORKFLOW, 'bulletin');
  expect((await told('xfj-liaison'))[0]).toContain('已发布');

  // Anybody reads it, and what they load has the SHA-256 that the page names.
  const open = await api.nobody.get<{ sha256: string; texts: object }>('readPublicBulletin', {
    params: { number },
  });
  expect(open.texts).toEqual(texts);
  const file = await fetch(`${api.url}/api/v1/public/bulletins/${number}/bulletin.json`);
  const bytes = Buffer.from(await file.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(open.sha256);
  const { body } = await api.nobody.call('downloadBulletinCsv', { params: { number } });
  expect(String(body)).toContain('消防救援支队');

  // Computed again it is the same, also after more was done; data that was changed behind it shows.
  const reproduce = () => supervisor.get<Reproduction>('reproduceBulletin', { params: { number } });
  await handInResults(db, code, await town.now());
  expect(await reproduce()).toMatchObject({ isIntact: true, isEqual: true, differences: [] });
  const late = db('tasks').where({ department_code: 'WJW', kind: 'results' }).min('id');
  await db('tasks')
    .where('id', '=', late)
    .update({ done_at: instantOf(`${lastMonth}-16`, '12:00') });
  const changed = await reproduce();
  expect(changed.isEqual).toBe(false);
  expect(changed.differences.map(({ where }) => where)).toEqual(
    expect.arrayContaining(['kinds/results/late', 'kinds/results/onTime']),
  );
  await db('bulletin_freezes').update({ snapshot: db.raw(`replace(snapshot, '消防救援支队', '消防支队')`) });
  expect(await reproduce()).toMatchObject({ isIntact: false });
  await db('bulletin_freezes').update({ snapshot: db.raw(`replace(snapshot, '消防支队', '消防救援支队')`) });

  // Corrected by the same procedure; the figures before are kept, the new edition says why.
  expect(await refused(supervisor, number, 'refreeze', '改')).toMatchObject({ type: 'bulletin-stage' });
  await command(supervisor, number, 'correct', '卫健委有一项实为逾期');
  const frozen = await command(supervisor, number, 'refreeze', '数据更正');
  expect(frozen.freezes.map((one) => one.number)).toEqual([2, 1]);
  await command(supervisor, number, 'submit');
  const corrected = await command(approver, number, 'approve');
  expect(corrected.editions).toMatchObject([
    { edition: 2, correction: '卫健委有一项实为逾期' },
    { edition: 1, correction: null },
  ]);
  await keepHistory(env.client, WORKFLOW, 'bulletin-correction');
  expect((await reproduce()).isEqual).toBe(true);

  await command(supervisor, number, 'withdraw', '数据来源有误');
  expect(await api.nobody.get('readPublicBulletin', { params: { number } })).toMatchObject({
    ...{ texts: null, report: null, editions: [{ withdrawalReason: '数据来源有误' }, {}] },
  });
  expect(await api.nobody.refused('downloadBulletinJson', { params: { number } })).toMatchObject({
    type: 'bulletin-withdrawn',
  });
  const actions = await db('audit_log')
    .where({ subject: `bulletin/${number}` })
    .orderBy('seq')
    .pluck<string[]>('action');
  expect(actions.map((action) => action.replace('bulletin.', ''))).toEqual([
    ...['draft', 'edit', 'submit', 'return', 'submit', 'approve'],
    ...['correct', 'refreeze', 'submit', 'approve', 'withdraw'],
  ]);
}, 240_000);

test('a schedule that starts a period’s bulletin again finds the one that is there', async () => {
  const { env, db } = town;
  const start = (workflowId: string) =>
    env.client.workflow.start('bulletin', { workflowId, taskQueue: TASK_QUEUE, args: [{ kind: 'yearly' }] });
  const made = () => db('bulletins').where({ kind: 'yearly' }).pluck<string[]>('workflow_id');
  await start('bulletin/yearly-first');
  await until(made, (all) => all.length > 0);
  await start('bulletin/yearly-again');
  await town.ended('bulletin/yearly-again');
  expect(await made()).toEqual(['bulletin/yearly-first']);
});

test('by hand, about any period; what is asked wrongly is told at its field', async () => {
  const draft = (body: object, who: Caller = supervisor) =>
    who.get<Bulletin>('draftBulletin', { body: { from: '2020-01-01', to: '2020-03-31', ...body } });
  const bulletin = await draft({});
  expect(bulletin).toMatchObject({ stage: 'draft', report: { total: { due: 0, share: null } } });
  expect(bulletin.texts.summary).toBe('2020-01-01至2020-03-31没有到期的抽查任务。');
  const wrong = (body: object, who: Caller = supervisor) =>
    who.refused('draftBulletin', { body: { from: '2020-01-01', to: '2020-03-31', ...body } });
  expect(await wrong({ to: '2019-12-31' })).toMatchObject({ fields: [{ field: 'to' }] });
  expect(await wrong({ from: '2016-01-01' })).toMatchObject({
    fields: [{ message: '最长三年，请缩短期间' }],
  });
  expect(await wrong({ from: '2099-01-01', to: '2099-02-01' })).toMatchObject({ type: 'period-to-come' });
  expect(await wrong({ region: '701100' })).toMatchObject({ type: 'other-area' });
  expect(await wrong({}, approver)).toMatchObject({ type: 'wrong-role' });
  const liaison = await api.signedIn('wjw-liaison');
  expect(await liaison.refused('listBulletins')).toMatchObject({ type: 'wrong-role' });
  expect(
    await supervisor.refused('reproduceBulletin', {
      params: { number: bulletin.number },
      query: { freeze: 9 },
    }),
  ).toMatchObject({ type: 'freeze-not-found' });
});
