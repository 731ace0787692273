import { readCampaign } from '../../db/campaigns';
import { dayOf, instantOf, shift } from '../../domain/deadlines/working-days';
import { workflowIds } from '../../domain/names';
import { startTestApi, type Caller, type TestApi } from '../integration/api/support';
import { keepHistory } from '../support/histories';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

interface Plan {
  stage: string;
  lines: { id: number; status: string; campaign: string | null; item: { code: string } }[];
  amendment: {
    reason: string;
    added: number[];
    changed: { id: number; fields: string[]; before: { id: number } }[];
    withdrawn: { line: { id: number } }[];
  } | null;
  possibleCommands: string[];
}

let town: WorkflowTown;
let api: TestApi;
let year: number;
let coordinator: Caller;
let approver: Caller;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
  // The outbox, once it runs, looks every minute: months can't be skipped through beside it.
  const gateway = { ...town.worker.gateway, wakeNotices: () => Promise.resolve() };
  api = await startTestApi({ sessionHours: 24 * 700 }, undefined, { ...town, gateway });
  const today = dayOf(await town.now());
  api.clock.now = await town.now();
  year = Number(today.slice(0, 4)) + 1;
  // Every day is a working day: what is due when is not this test's matter.
  await town
    .db('calendar_corrections')
    .insert(
      Array.from({ length: 800 }, (_, n) => ({ date: shift(today, n), kind: 'workday', reason: '测试历' })),
    );
  coordinator = await api.signedIn('coordinator');
  approver = await api.signedIn('approver');
}, 120_000);

afterAll(async () => {
  await api.stop();
  await town.stop();
});

async function sleepUntil(day: string, time = '12:00'): Promise<void> {
  await town.env.sleep(instantOf(day, time).getTime() - (await town.env.currentTimeMs()));
  api.clock.now = await town.now();
}

const command = (who: Caller, name: string, reason = '', key = name) =>
  who.get<Plan>('commandAnnualPlan', {
    params: { year, command: name },
    body: { reason },
    headers: { 'Idempotency-Key': key },
  });

const told = () =>
  town
    .db('notices as n')
    .join('users as u', 'u.id', 'n.recipient_id')
    .where({ campaign_id: null })
    .whereNot({ kind: 'annual-plan' })
    .orderBy('n.id')
    .select<{ kind: string; username: string; at: Date }[]>('kind', 'username', { at: 'not_before' })
    .then((rows) => rows.map(({ kind, username, at }) => `${dayOf(at).slice(5)} ${kind} ${username}`));

/** A worker that lost its connection for a while misses a moment that time skips over: it is given another. */
const later = <T>(look: () => Promise<T>, isWanted: (seen: T) => boolean): Promise<T> =>
  until(
    async () => {
      await town.env.sleep('10 minutes');
      return look();
    },
    isWanted,
    120_000,
  );

const heard = async (line: string) => later(told, (all) => all.includes(line));

interface Joined {
  lines: { joint: { id: number } | null }[];
}

/** The fire brigade's line is brought forward and another one added: the plan's second version. Returns the line's id. */
async function amend(joined: number, late: number): Promise<number> {
  const params = { year };
  const xfj = await api.signedIn('xfj-liaison');
  const body = {
    ...{ department: 'XFJ', item: 'XFJ-001', regions: ['691100'] },
    ...{ windowFrom: `${year}-05-01`, windowTo: `${year}-06-30` },
  };
  const line = { year, id: late };
  expect(await xfj.refused('editPlanLine', { params: line, body })).toMatchObject({
    type: 'annual-plan-stage',
  });
  expect(
    await coordinator.refused('commandAnnualPlan', { params: { year, command: 'amend' }, body: {} }),
  ).toMatchObject({ status: 422, type: 'reason-missing', fields: [{ field: 'reason' }] });
  await command(coordinator, 'amend', '消防任务提前');
  const liaison = await api.signedIn('scjg-liaison');
  expect(await liaison.refused('removePlanLine', { params: { year, id: joined } })).toMatchObject({
    type: 'plan-line-joined',
  });
  await xfj.get('removePlanLine', { params: line });
  expect((await xfj.get<Plan>('restorePlanLine', { params: line })).amendment?.withdrawn).toEqual([]);
  const edited = await xfj.get<Plan>('editPlanLine', { params: line, body });
  const change = edited.amendment?.changed[0];
  expect(edited.amendment?.changed).toMatchObject([{ fields: ['window'], before: { id: late } }]);
  const { amendment } = await liaison.get<Plan>('addPlanLine', {
    params,
    body: {
      ...{ department: 'SCJG', item: 'SCJG-001', regions: ['691101'], ratioPpm: 1000 },
      ...{ windowFrom: `${year}-11-01`, windowTo: `${year}-12-31` },
    },
  });
  // What is being amended is in force as it was published, and is not launched meanwhile.
  const lead = await api.signedIn('coordinator');
  expect(await lead.refused('launchPlanLine', { params: line })).toMatchObject({ type: 'plan-line-amended' });
  const open = () => api.nobody.get<{ version: number; lines: object[] }>('readPublicPlan', { params });
  expect(await open()).toMatchObject({ version: 1, lines: [{}, {}, { windowTo: `${year}-08-31` }] });
  await command(coordinator, 'submit', '', 'submit-2');
  expect(
    await coordinator.refused('commandAnnualPlan', { params: { year, command: 'approve' }, body: {} }),
  ).toMatchObject({ type: 'own-submission' });
  await command(approver, 'approve', '', 'approve-2');
  const published = await command(coordinator, 'publish', '', 'publish-2');
  expect(published).toMatchObject({ stage: 'published', amendment: null });
  expect(await open()).toMatchObject({
    version: 2,
    reason: '消防任务提前',
    versions: [{ version: 2 }, { version: 1 }],
  });
  expect(await api.nobody.get('readPublicPlan', { params, query: { version: 1 } })).toMatchObject({
    isInForce: false,
    lines: [{ status: 'planned' }, { status: 'planned' }, { status: 'ended', windowTo: `${year}-08-31` }],
  });
  expect(await api.nobody.get('comparePublicPlans', { params })).toMatchObject({
    ...{ from: 1, to: 2, withdrawn: [] },
    added: [{ item: { code: 'SCJG-001' }, windowFrom: `${year}-11-01` }],
    changed: [
      { fields: ['window'], before: { windowFrom: `${year}-07-01` }, after: { windowFrom: `${year}-05-01` } },
    ],
  });
  expect(await api.nobody.get<string>('downloadPlanComparison', { params })).toMatch(/新增.*\n修改,实施时间/);
  expect(await api.nobody.refused('readPublicPlan', { params, query: { version: 3 } })).toMatchObject({
    status: 404,
    type: 'annual-plan-version-not-found',
  });
  // Taken back by another amendment, before its window: nothing of it is left in force.
  await command(coordinator, 'amend', '撤销追加的安排', 'amend-3');
  await liaison.get('removePlanLine', { params: { year, id: amendment?.added[0] ?? 0 } });
  for (const [who, name] of [
    [coordinator, 'submit'],
    [approver, 'approve'],
    [coordinator, 'publish'],
  ] as const)
    await command(who, name, '', `${name}-3`);
  expect((await open()).lines).toHaveLength(3);
  return change?.id ?? 0;
}

test('from the first lines through review and publication to lines that are launched late or not at all', async () => {
  const params = { year };
  await coordinator.get('createAnnualPlan', { body: { year } });
  expect(
    await coordinator.refused('commandAnnualPlan', { params: { year, command: 'submit' }, body: {} }),
  ).toMatchObject({ type: 'annual-plan-empty' });
  const ids: number[] = [];
  for (const [department, from, to] of [
    ['SCJG', '03-01', '04-30'],
    ['WJW', '03-01', '04-30'],
    ['XFJ', '07-01', '08-31'],
  ]) {
    const liaison = await api.signedIn(`${department?.toLowerCase() ?? ''}-liaison`);
    const { lines } = await liaison.get<Plan>('addPlanLine', {
      params,
      body: {
        department,
        item: `${department ?? ''}-001`,
        regions: ['691100'],
        windowFrom: `${year}-${from ?? ''}`,
        windowTo: `${year}-${to ?? ''}`,
      },
    });
    ids.push(Math.max(...lines.map(({ id }) => id)));
  }
  const [first = 0, second = 0, late = 0] = ids;
  await coordinator.get('joinPlanLines', { params, body: { lines: [first, second] } });

  await command(coordinator, 'submit');
  expect(
    await coordinator.refused('commandAnnualPlan', { params: { year, command: 'publish' }, body: {} }),
  ).toMatchObject({ type: 'annual-plan-stage', status: 409 });
  expect((await command(approver, 'return', '消防的时间太晚')).stage).toBe('returned');
  expect((await command(coordinator, 'submit', '', 'again')).stage).toBe('submitted');
  // The same person may hold both offices, but not decide on what they handed in.
  await town.db('user_roles').insert({
    user_id: town.city.users['coordinator'],
    role: 'approver',
    department_code: 'LDXZ',
    region_code: '691100',
  });
  expect(
    await coordinator.refused('commandAnnualPlan', { params: { year, command: 'approve' }, body: {} }),
  ).toMatchObject({ type: 'own-submission' });
  expect((await command(approver, 'approve')).possibleCommands).toEqual(['return']);
  expect((await command(coordinator, 'publish')).stage).toBe('published');
  // A command that arrives twice is carried out once.
  expect((await command(coordinator, 'publish')).stage).toBe('published');

  const third = await amend(first, late);

  // Nobody owes anything before the windows open; then one task for each campaign to launch.
  expect(await town.db('tasks').where({ kind: 'launch' })).toEqual([]);
  await sleepUntil(`${year}-03-01`);
  const tasks = await later(
    () => town.db('tasks').where({ kind: 'launch' }).select<{ params: { what: string } }[]>('params'),
    (all) => all.length > 0,
  );
  expect(tasks.map((task) => task.params.what)).toEqual(['检查事项 SCJG-001等 2 项（联合）']);

  const lead = await api.signedIn('lead');
  const launch = () => lead.get<{ code: string }>('launchPlanLine', { params: { year, id: second } });
  const { code } = await launch();
  expect(await lead.get('readCampaign', { params: { code } })).toMatchObject({
    stage: 'draft',
    mode: 'per_item',
    leadDepartment: { code: 'SCJG' },
    items: [{ code: 'SCJG-001' }, { code: 'WJW-001' }],
    visitFrom: `${year}-03-01`,
    visitTo: `${year}-04-30`,
  });
  expect(await lead.refused('launchPlanLine', { params: { year, id: first } })).toMatchObject({
    type: 'plan-line-launched',
  });
  expect(await town.db('tasks').where({ kind: 'launch' }).whereNull('done_at')).toEqual([]);

  // What is under way can't be amended; an amendment that nobody wants is thrown away.
  const pointless = await command(coordinator, 'amend', '试一试', 'amend-again');
  expect(pointless).toMatchObject({ stage: 'draft', amendment: { reason: '试一试' } });
  expect(
    await coordinator.refused('splitPlanLines', {
      params: {
        year,
        id: (await coordinator.get<Joined>('readAnnualPlan', { params })).lines[0]?.joint?.id ?? 0,
      },
    }),
  ).toMatchObject({ status: 409, type: 'plan-line-launched' });
  expect(
    await coordinator.refused('commandAnnualPlan', { params: { year, command: 'submit' }, body: {} }),
  ).toMatchObject({ status: 422, type: 'amendment-empty' });
  const xfj = await api.signedIn('xfj-liaison');
  await xfj.get('removePlanLine', { params: { year, id: third } });
  expect(await command(coordinator, 'discard', '', 'discard')).toMatchObject({
    stage: 'published',
    amendment: null,
    lines: [{}, {}, { id: third }],
  });

  // A campaign that is cancelled gives its lines back.
  await town.officials.as('lead', code, 'cancel', { reason: '人员调整' });
  expect((await readCampaign(town.db, code)).stage).toBe('cancelled');
  await sleepUntil(`${year}-03-03`);
  await later(
    () => town.db('tasks').where({ kind: 'launch' }).whereNull('done_at'),
    (open) => open.length === 1,
  );
  await launch();

  // The fire brigade never launches its line: reminders, then overdue, then the leading group.
  await sleepUntil(`${year}-07-08`);
  await heard('07-05 escalation approver');
  const mine = (await told()).filter((line) => /xfj|approver|supervisor/.test(line));
  expect(mine).toEqual([
    '06-10 reminder xfj-liaison',
    '06-25 reminder xfj-liaison',
    '06-30 reminder xfj-liaison',
    '07-01 overdue xfj-liaison',
    '07-05 escalation approver',
    '07-05 escalation supervisor',
  ]);
  const plan = await coordinator.get<Plan>('readAnnualPlan', { params });
  expect(plan.lines.find(({ id }) => id === third)).toMatchObject({ status: 'late', campaign: null });
  await keepHistory(town.env.client, workflowIds.annualPlan(year), 'annual-plan');
}, 240_000);
