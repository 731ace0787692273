import { readCeremonies } from '../../db/ceremonies';
import { lockCampaign, readCampaign } from '../../db/campaigns';
import type { Command, Stage } from '../../domain/campaigns';
import { DomainError } from '../../domain/errors';
import { workflowIds } from '../../domain/names';
import { buildCampaign } from '../support/build-campaign';
import { buildItem } from '../support/build-city';
import { handInResults, secretOf } from '../support/drive-campaign';
import { keepHistory } from '../support/histories';
import { IN_SECONDS } from '../support/seconds-policy';
import { timeSkipping } from '../support/temporal';
import { until } from '../support/until';
import { workflowTown, type WorkflowTown } from '../support/workflow-town';

let town: WorkflowTown;
const as: WorkflowTown['officials']['as'] = (...args) => town.officials.as(...args);
const campaignAt: WorkflowTown['officials']['campaignAt'] = (...args) => town.officials.campaignAt(...args);
const stageOf = async (code: string) => (await readCampaign(town.db, code)).stage;

beforeAll(async () => {
  town = await workflowTown(timeSkipping());
}, 120_000);

afterAll(() => town.stop());

// First, while there are no other campaigns whose days have to be skipped through.
describe('the ceremony ends at its deadlines', () => {
  test('a department that withholds its reveal is named, the ceremony void, oversight told, a new one possible', async () => {
    const code = await campaignAt('sealed');
    await town.officials.reveal(code, 'SCJG');
    await town.env.sleep('20 days');
    const { id, stage_reason } = await until(
      () => readCampaign(town.db, code),
      ({ stage }) => stage === 'approved',
    );
    expect(stage_reason).toContain('卫健委、消防救援支队');
    const [ceremony] = await readCeremonies(town.db, id);
    expect(ceremony).toMatchObject({
      status: 'void',
      void_reason: '卫健委、消防救援支队逾期未揭示',
      withheld: ['WJW', 'XFJ'],
    });
    const told = await town
      .db('notices')
      .where({ campaign_id: id, kind: 'ceremony-void' })
      .pluck('recipient_id');
    expect(told).toEqual(expect.arrayContaining([town.city.users['supervisor'], town.city.users['lead']]));
    // By then its own task is overdue: the leading group hears of it, and no order urges oversight itself.
    const task = await town.db('tasks').where({ campaign_id: id, kind: 'void-ceremony' }).first<{
      assignee_id: number;
      cancelled_at: Date | null;
    }>();
    expect(task).toMatchObject({ assignee_id: town.city.users['supervisor'], cancelled_at: null });
    expect(await town.db('urging_orders').where({ campaign_id: id, department_code: 'DCS' })).toEqual([]);
    expect(
      await town.db('notices').where({ campaign_id: id, kind: 'escalation' }).pluck('recipient_id'),
    ).toContain(town.city.users['approver']);
    await as('lead', code, 'freeze');
    expect((await readCeremonies(town.db, id)).map((one) => one.status)).toEqual(['void', 'sealing']);
    await keepHistory(town.env.client, workflowIds.campaign(code), 'campaign-void-ceremony');
    await town.officials.carryTo(code, 'drawn');
  });
});

describe('a campaign goes from plan to visits', () => {
  test('every entity drawn gets one visit with all items of all departments that meet there', async () => {
    const code = await campaignAt('dispatched');
    const { id } = await readCampaign(town.db, code);
    const { rows } = await town.db.raw<{
      rows: { number: number; tags: string[]; items: string[]; people: number }[];
    }>(
      `select v.number, e.tags, array_agg(vi.item_code order by vi.item_code) as items,
              (select count(*) from assignments a where a.visit_id = v.id) as people
         from visits v join entities e on e.id = v.entity_id join visit_items vi on vi.visit_id = v.id
        where v.campaign_id = ? group by v.id, v.number, e.tags order by v.number`,
      [id],
    );
    // 15 entities in each of four strata at 10 %: two each.
    expect(rows).toHaveLength(8);
    for (const visit of rows) {
      const isVenue = visit.tags.includes('venue');
      expect(visit.items).toEqual(isVenue ? ['SCJG-001', 'WJW-001', 'XFJ-001'] : ['SCJG-001', 'WJW-001']);
      expect(visit.people).toBe(isVenue ? 6 : 4);
    }
    const tasks = await town.db('tasks').where({ campaign_id: id, kind: 'results' }).count<
      {
        n: number;
      }[]
    >({ n: '*' });
    expect(tasks[0]?.n).toBe(rows.reduce((sum, visit) => sum + visit.items.length, 0));
  });

  test('the stage can be asked of the workflow', async () => {
    const code = await campaignAt('approved');
    await expect(town.env.client.workflow.getHandle(workflowIds.campaign(code)).query('stage')).resolves.toBe(
      'approved',
    );
  });
});

describe('what the stage does not allow is refused and changes nothing', () => {
  test.each<[Stage, Command, string]>([
    ['submitted', 'freeze', 'lead'],
    ['approved', 'draw', 'lead'],
    ['frozen', 'reveal', 'scjg-liaison'],
    ['drawn', 'cancel', 'lead'],
    ['dispatched', 'close', 'lead'],
  ])('%s: %s', async (stage, command, user) => {
    const code = await campaignAt(stage);
    await expect(as(user, code, command)).rejects.toMatchObject({ kind: 'conflict', type: 'campaign-stage' });
    expect(await stageOf(code)).toBe(stage);
  });

  test('a plan with an item that is not published can not be submitted', async () => {
    await buildItem(town.db, { code: 'SCJG-DRAFT', department: 'SCJG', status: 'draft' });
    const code = await buildCampaign(town.db, town.city, { items: ['SCJG-001', 'SCJG-DRAFT'] });
    const refused: unknown = await as('lead', code, 'submit').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DomainError);
    expect(refused).toMatchObject({
      kind: 'invalid',
      type: 'plan-incomplete',
      fields: [{ field: 'items.1' }],
    });
    expect(await stageOf(code)).toBe('draft');
  });

  test('nobody approves what they submitted', async () => {
    const code = await campaignAt('submitted');
    await expect(as('lead', code, 'approve')).rejects.toMatchObject({
      kind: 'forbidden',
      type: 'own-submission',
    });
  });

  test('a reveal that does not match its seal', async () => {
    const code = await campaignAt('sealed');
    await expect(
      as('wjw-liaison', code, 'reveal', { department: 'WJW', value: 'another value, long enough' }),
    ).rejects.toMatchObject({ kind: 'invalid', type: 'reveal-mismatch' });
    // The right value is still taken.
    await as('wjw-liaison', code, 'reveal', { department: 'WJW', value: secretOf('WJW') });
  });

  test('the public value before the last reveal', async () => {
    const code = await campaignAt('sealed');
    await expect(
      as('lead', code, 'recordPublicValue', { contributor: 'public:dice', value: '6', source: '直播' }),
    ).rejects.toMatchObject({ type: 'reveals-missing' });
  });

  test('a region without anybody to inspect', async () => {
    await town.db('regions').insert({ code: '691103', name: '空县', parent_code: '691100' });
    const code = await campaignAt('approved', { regions: ['691103'] });
    await expect(as('lead', code, 'freeze')).rejects.toMatchObject({ type: 'empty-population' });
    expect(await stageOf(code)).toBe('approved');
  });
});

describe('a command that arrives again', () => {
  test('gets the same answer, also after the stage has moved on', async () => {
    const code = await campaignAt('approved');
    const first = await as('lead', code, 'freeze', {}, 'the-same-key');
    await town.officials.carryTo(code, 'sealed');
    await expect(as('lead', code, 'freeze', {}, 'the-same-key')).resolves.toEqual(first);
    const { id } = await readCampaign(town.db, code);
    expect(await readCeremonies(town.db, id)).toHaveLength(1);
  });

  test('while the first is being carried out: both get the one outcome', async () => {
    const code = await campaignAt('approved');
    const [one, other] = await Promise.all([
      as('lead', code, 'freeze', {}, 'at-once'),
      as('lead', code, 'freeze', {}, 'at-once'),
    ]);
    expect(one).toEqual(other);
    const { id } = await readCampaign(town.db, code);
    expect(await readCeremonies(town.db, id)).toHaveLength(1);
  });

  test('is carried out now if it was refused before', async () => {
    const code = await campaignAt('sealed');
    const withoutDice = as('lead', code, 'draw', {}, 'draw-again');
    await expect(withoutDice).rejects.toMatchObject({ type: 'contributions-missing' });
    for (const department of ['SCJG', 'WJW', 'XFJ']) await town.officials.reveal(code, department);
    await town.officials.rollDice(code);
    await expect(as('lead', code, 'draw', {}, 'draw-again')).resolves.toMatchObject({ stage: 'drawn' });
  });
});

test('a command that comes while the one before it is under way is judged by what that leads to', async () => {
  const code = await buildCampaign(town.db, town.city);
  const held = await town.db.transaction();
  await lockCampaign(held, code);
  const submitted = as('lead', code, 'submit');
  const handle = town.env.client.workflow.getHandle(workflowIds.campaign(code));
  await until(
    () => handle.describe().catch(() => null),
    (seen) => (seen?.raw.pendingActivities?.length ?? 0) > 0,
  );
  const sentBack = as('approver', code, 'return', { reason: '请补充说明' });
  await until(
    () => handle.fetchHistory(),
    ({ events }) =>
      (events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length === 2,
  );
  await held.rollback();
  expect([(await submitted).stage, (await sentBack).stage]).toEqual(['submitted', 'returned']);
});

describe('a campaign can be cancelled until it is drawn', () => {
  test.each<Stage>(['draft', 'approved', 'sealed'])(
    '%s: with a reason, and nobody owes anything',
    async (stage) => {
      const code = stage === 'draft' ? await buildCampaign(town.db, town.city) : await campaignAt(stage);
      await as('lead', code, 'cancel', { reason: '机构改革，任务并入下季度' });
      const { id, stage: reached, stage_reason } = await readCampaign(town.db, code);
      expect([reached, stage_reason]).toEqual(['cancelled', '机构改革，任务并入下季度']);
      const { db } = town;
      expect(await db('tasks').where({ campaign_id: id, done_at: null, cancelled_at: null })).toEqual([]);
      expect((await readCeremonies(db, id)).map((one) => one.status)).toEqual(
        stage === 'sealed' ? ['void'] : [],
      );
      await town.ended(workflowIds.campaign(code));
      await expect(as('lead', code, 'submit')).rejects.toMatchObject({ type: 'campaign-stage' });
    },
  );
});

test('by item, each department draws its own share, and they still come together', async () => {
  const { db } = town;
  await db('item_versions').where({ item_code: 'WJW-001' }).update({ ratio_ppm: 300_000 });
  const code = await campaignAt('drawn', { mode: 'per_item', yearlyCap: {} });
  const { id } = await readCampaign(db, code);
  const [ceremony] = await readCeremonies(db, id);
  const drawn = (item: string) =>
    db('drawn')
      .where({ ceremony_id: ceremony?.id, item })
      .orderBy('credit_code')
      .pluck<string[]>('credit_code');
  // 15 entities in each of four strata, 5 of them venues: 10 %, 30 %, 10 %.
  const [market, health, fire] = await Promise.all(['SCJG-001', 'WJW-001', 'XFJ-001'].map(drawn));
  expect([market?.length, health?.length, fire?.length]).toEqual([8, 20, 4]);
  expect(health).toEqual(expect.arrayContaining(market ?? []));
  const visits = await db('visits').where({ campaign_id: id });
  expect(visits).toHaveLength(new Set([...(market ?? []), ...(health ?? []), ...(fire ?? [])]).size);
  await db('item_versions').where({ item_code: 'WJW-001' }).update({ ratio_ppm: null });
});

test('a whole campaign, to its close', async () => {
  const { db } = town;
  const code = await campaignAt('dispatched', {
    deadlinePolicy: { ...IN_SECONDS, durations: { ...IN_SECONDS.durations, results: 600 } },
  });
  await handInResults(db, code, await town.now(), ({ visit }) => (visit === 1 ? null : 1));
  await town.worker.gateway.resultsArrived(code);
  await until(
    () => stageOf(code),
    (stage) => stage === 'under_way',
  );
  // What is finished may be published before the rest.
  await expect(as('lead', code, 'publish')).resolves.toMatchObject({ stage: 'under_way' });
  await handInResults(db, code, await town.now());
  await town.worker.gateway.resultsArrived(code);
  await until(
    () => stageOf(code),
    (stage) => stage === 'results_in',
  );
  await as('lead', code, 'publish');
  await as('lead', code, 'close');
  await town.ended(workflowIds.campaign(code));
  // Nobody owes anything any more: oversight ends by itself.
  await town.ended(workflowIds.oversight(code));
  await keepHistory(town.env.client, workflowIds.campaign(code), 'campaign-whole');
  await keepHistory(town.env.client, workflowIds.oversight(code), 'oversight-whole');
});
