/** The supervision office sets deadlines and reminders in versions; what they would tell whom is seen before. */
import { createOversightActivities } from '../../../activities/oversight';
import { planOf } from '../../../api/plan-of';
import { campaignPlan } from '../../../api/schemas/campaigns';
import { readCampaign } from '../../../db/campaigns';
import { CITY_POLICY, type DeadlinePolicy } from '../../../domain/deadlines/policy';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

interface Version {
  version: number;
  status: string;
  inForce: boolean;
  policy: DeadlinePolicy;
  possibleCommands: string[];
}

interface Row {
  day: string;
  person: string;
  action: string;
  urgency: string;
  kind: string;
  tasks: number;
}

let api: TestApi;
const START = new Date('2026-04-01T02:00:00Z');

beforeAll(async () => {
  api = await startTestApi({ sessionHours: 24 * 90 });
  api.clock.now = START;
});

afterAll(() => api.stop());

const as = (username: string) => api.signedIn(username);

const POLICY: DeadlinePolicy = {
  ...CITY_POLICY,
  durations: { ...CITY_POLICY.durations, answer: 4 },
  byKind: {
    results: {
      duration: 5,
      steps: [
        { name: 'before', offset: -2, action: 'remind', to: ['responsible', 'liaison'] },
        { name: 'late', offset: 2, action: 'overdue', to: ['head'], urgency: 'at-once' },
      ],
    },
  },
};

const draft = (policy: object = POLICY, change: object = {}) => ({
  body: { policy, reason: '结果录入时间偏紧', validFrom: '2026-04-01', ...change },
});

const decision = (version: number, command: string, note = '') => ({
  params: { version },
  body: { command, note },
});

test('what is wrong in a policy is named by row', async () => {
  const supervisor = await as('supervisor');
  const refused = async (policy: object) =>
    (await supervisor.refused('createDeadlinePolicy', draft(policy))).fields?.map((one) => one.field);
  expect(await refused({ ...POLICY, durations: { ...POLICY.durations, publication: 21 } })).toEqual([
    'policy.durations.publication',
  ]);
  const late = { name: 'x', offset: 1, action: 'remind' };
  const early = { name: 'y', offset: 0, action: 'overdue', to: [] };
  expect(await refused({ ...POLICY, steps: [early, late] })).toEqual([
    'policy.steps.0.offset',
    'policy.steps.0.to',
    'policy.steps.1.offset',
  ]);
  expect(await refused({ ...POLICY, steps: [{ name: 'x', offset: -1, action: 'remind' }] })).toEqual([
    'policy.steps',
  ]);
  const twice = { name: 'z', offset: 1, action: 'overdue' };
  expect(await refused({ ...POLICY, byKind: { recheck: { steps: [twice, twice] } } })).toEqual([
    'policy.byKind.recheck.steps.1',
  ]);
  expect(await refused({ ...POLICY, unit: 'seconds' })).toEqual(['policy.unit']);
  expect(await refused({ ...POLICY, byKind: { nonsense: {} } })).toEqual(['policy.byKind']);
  expect(await refused({ ...POLICY, digestAt: '25:00' })).toEqual(['policy.digestAt']);
  expect((await (await as('lead')).refused('createDeadlinePolicy', draft())).type).toBe('wrong-role');
});

test('a version is approved by another person and applies to what is planned from then on', async () => {
  const { db, city, clock } = api;
  const officials = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  const before = await officials.campaignAt('dispatched', { visitTo: '2026-04-10', yearlyCap: {} });
  const supervisor = await as('supervisor');
  const { version } = await supervisor.get<Version>('createDeadlinePolicy', draft());
  await supervisor.get('editDeadlinePolicy', { params: { version }, ...draft(POLICY, { reason: '改' }) });
  await supervisor.get('decideDeadlinePolicy', decision(version, 'submit'));
  expect(await supervisor.refused('editDeadlinePolicy', { params: { version }, ...draft() })).toMatchObject({
    type: 'policy-status',
  });
  expect(await supervisor.refused('decideDeadlinePolicy', decision(version, 'approve'))).toMatchObject({
    type: 'not-your-policy',
  });
  const approver = await as('approver');
  expect(await approver.refused('decideDeadlinePolicy', decision(version, 'return'))).toMatchObject({
    fields: [{ field: 'note' }],
  });
  const approved = await approver.get<Version>('decideDeadlinePolicy', decision(version, 'approve'));
  expect(approved).toMatchObject({ status: 'approved', inForce: true, possibleCommands: [] });
  // What was dispatched before keeps what it was planned by.
  const { deadline_policy: kept } = await readCampaign(db, before);
  expect(kept.durations.answer).toBe(3);
  expect(await db('audit_log').where('action', 'like', 'deadline-policy.%')).toHaveLength(4);

  const plan = {
    name: '新办法下的抽查',
    leadDepartment: 'SCJG',
    regions: ['691100'],
    mode: 'joint',
    items: ['SCJG-001', 'WJW-001'],
    teams: [],
    publicContributor: 'public:dice',
    visitFrom: '2026-04-02',
    visitTo: '2026-04-10',
  };
  const planned = await planOf(db, campaignPlan.parse(plan), clock.now, null);
  expect(planned.deadlinePolicy).toMatchObject(POLICY);
});

test('kinds with steps of their own are told by them, and the preview says so before', async () => {
  const { db, city, clock } = api;
  const officials = campaignDriver({ db, city, ...runActivities(db, () => clock.now) });
  const code = await officials.campaignAt('dispatched', {
    visitTo: '2026-04-10',
    yearlyCap: {},
    deadlinePolicy: POLICY,
    items: ['WJW-001'],
    teams: [{ department: 'WJW', size: 2 }],
  });
  const { id } = await readCampaign(db, code);
  await db('tasks').whereNot({ campaign_id: id }).update({ cancelled_at: START });
  // Five working days after Friday the 10th: Friday the 17th; two before it, the 15th; two after it, the 21st.
  const supervisor = await as('supervisor');
  const { rows } = await supervisor.get<{ rows: Row[] }>('previewReminders', { query: { limit: 200 } });
  const told = (action: string) =>
    new Set(rows.filter((row) => row.action === action).map((row) => `${row.day} ${row.person}`));
  expect(told('remind')).toEqual(
    new Set(
      ['2026-04-15 wjw-0001', '2026-04-15 wjw-liaison', '2026-04-15 wjw-0002'].filter((one) =>
        told('remind').has(one),
      ),
    ),
  );
  expect(told('remind').has('2026-04-15 wjw-liaison')).toBe(true);
  expect(told('urge')).toEqual(new Set());
  const first = await supervisor.get<{ rows: Row[]; nextCursor: string | null }>('previewReminders', {
    query: { limit: 1 },
  });
  const second = await supervisor.get<{ rows: Row[] }>('previewReminders', {
    query: { limit: 1, cursor: first.nextCursor ?? '' },
  });
  expect([...first.rows, ...second.rows]).toEqual(rows.slice(0, 2));
  const { body } = await supervisor.call('downloadReminderPreview', { query: { person: 'wjw-liaison' } });
  expect(String(body).trim().split('\n')).toHaveLength(
    rows.filter((row) => row.person === 'wjw-liaison').length + 1,
  );
  // As if all went by a draft: one that reminds nobody but on the day.
  const plain = {
    ...CITY_POLICY,
    steps: [
      { name: 'on', offset: 0, action: 'remind' },
      { name: 'late', offset: 1, action: 'overdue' },
    ],
  };
  const made = await supervisor.get<Version>('createDeadlinePolicy', draft(plain));
  const byDraft = await supervisor.get<{ rows: Row[] }>('previewReminders', {
    query: { limit: 200, version: made.version },
  });
  expect(new Set(byDraft.rows.filter((row) => row.action === 'remind').map((row) => row.day))).toEqual(
    new Set(['2026-04-17']),
  );
  expect(await supervisor.refused('previewReminders', { query: { version: 99 } })).toMatchObject({
    status: 404,
  });

  // And so it comes.
  const { sweep } = createOversightActivities({
    db,
    now: () => clock.now,
    startHandling: () => Promise.resolve(),
    stepOfCase: () => Promise.resolve(),
  });
  clock.now = new Date('2026-04-15T00:25:00Z');
  await sweep(code);
  const reminded = await db('notices as n')
    .join('users as u', 'u.id', 'n.recipient_id')
    .where({ 'n.campaign_id': id, 'n.kind': 'reminder' })
    .distinct<{ name: string }[]>('u.name')
    .orderBy('u.name');
  expect(reminded.map((one) => `2026-04-15 ${one.name}`)).toEqual([...told('remind')].sort());
  clock.now = new Date('2026-04-21T00:25:00Z');
  await sweep(code);
  const late = await db('notices as n')
    .join('users as u', 'u.id', 'n.recipient_id')
    .where({ 'n.campaign_id': id, 'n.kind': 'overdue' })
    .select<{ name: string; not_before: Date }[]>('u.name', 'n.not_before');
  // The health office has no head: it comes to who owes it, and at once.
  expect(new Set(late.map((one) => one.name))).toEqual(
    new Set(['wjw-0001', 'wjw-0002'].filter((name) => late.some((one) => one.name === name))),
  );
  expect(late.length).toBeGreaterThan(0);
  for (const { not_before } of late) expect(not_before).toEqual(new Date('2026-04-21T00:20:00Z'));
});
