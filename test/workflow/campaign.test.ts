import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { readCeremonies, readLiveCeremony } from '../../db/ceremonies';
import { readCampaign } from '../../db/campaigns';
import type { Command, Stage } from '../../domain/campaigns';
import { sealOf } from '../../domain/draw/seed';
import { DomainError } from '../../domain/errors';
import { workflowIds } from '../../domain/names';
import { buildCampaign } from '../support/build-campaign';
import { buildCity, buildItem, type City } from '../support/build-city';
import { testDatabase, type TestDatabase } from '../support/database';
import { testSmtp, type TestSmtp } from '../support/smtp';
import { timeSkipping } from '../support/temporal';
import { runWorker, type RunningWorker } from '../support/worker';

const DEPARTMENTS = ['SCJG', 'WJW', 'XFJ'];
const secretOf = (department: string) => `the secret of ${department}, long enough`;

let database: TestDatabase;
let env: TestWorkflowEnvironment;
let smtp: TestSmtp;
let worker: RunningWorker;
let city: City;

beforeAll(async () => {
  [database, env, smtp] = await Promise.all([testDatabase(), timeSkipping(), testSmtp()]);
  city = await buildCity(database.db);
  worker = await runWorker(env, { db: database.db, smtpUrl: smtp.url });
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await env.teardown();
  await smtp.stop();
  await database.drop();
});

let commands = 0;
const as = (user: string, code: string, command: Command, more: object = {}, key = `test-${++commands}`) =>
  readCampaign(database.db, code).then((campaign) =>
    worker.gateway.command(
      command,
      { campaign: code, key, actorId: city.users[user] ?? 0, address: null, requestId: null, ...more },
      campaign.stage,
    ),
  );

async function commitmentOf(code: string): Promise<string> {
  const { id } = await readCampaign(database.db, code);
  return (await readLiveCeremony(database.db, id))?.commitment ?? '';
}

/** Carries a new campaign up to a stage. */
async function campaignAt(stage: Stage, plan = {}): Promise<string> {
  const code = await buildCampaign(database.db, city, plan);
  await worker.gateway.start(code, 'draft');
  const steps: [Stage, () => Promise<unknown>][] = [
    ['submitted', () => as('lead', code, 'submit')],
    ['approved', () => as('approver', code, 'approve')],
    ['frozen', () => as('lead', code, 'freeze')],
    ['sealed', () => sealAll(code)],
    ['drawn', () => revealAndDraw(code)],
    ['dispatched', () => as('lead', code, 'dispatch')],
  ];
  for (const [reached, step] of steps) {
    await step();
    if (reached === stage) break;
  }
  return code;
}

async function sealAll(code: string): Promise<void> {
  const commitment = await commitmentOf(code);
  for (const department of DEPARTMENTS) {
    const seal = sealOf(commitment, department, secretOf(department));
    await as(`${department.toLowerCase()}-liaison`, code, 'seal', { department, seal });
  }
}

async function revealAndDraw(code: string): Promise<void> {
  for (const department of DEPARTMENTS) {
    await as(`${department.toLowerCase()}-liaison`, code, 'reveal', {
      department,
      value: secretOf(department),
    });
  }
  await as('lead', code, 'recordPublicValue', {
    contributor: 'public:dice',
    value: '3,1,4',
    source: '现场直播',
  });
  await as('lead', code, 'draw');
}

const stageOf = async (code: string) => (await readCampaign(database.db, code)).stage;

describe('a campaign goes from plan to visits', () => {
  test('every entity drawn gets one visit with all items of all departments that meet there', async () => {
    const code = await campaignAt('dispatched');
    const { id } = await readCampaign(database.db, code);
    const { rows } = await database.db.raw<{
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
    const tasks = await database.db('tasks').where({ campaign_id: id, kind: 'results' }).count<
      {
        n: number;
      }[]
    >({ n: '*' });
    expect(tasks[0]?.n).toBe(rows.reduce((sum, visit) => sum + visit.items.length, 0));
  });

  test('the stage can be asked of the workflow', async () => {
    const code = await campaignAt('approved');
    await expect(env.client.workflow.getHandle(workflowIds.campaign(code)).query('stage')).resolves.toBe(
      'approved',
    );
  });

  test('a command that arrives twice is carried out once', async () => {
    const code = await campaignAt('approved');
    const first = await as('lead', code, 'freeze', {}, 'the-same-key');
    await expect(as('lead', code, 'freeze', {}, 'the-same-key')).resolves.toEqual(first);
    const { id } = await readCampaign(database.db, code);
    expect(await readCeremonies(database.db, id)).toHaveLength(1);
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
    await buildItem(database.db, { code: 'SCJG-DRAFT', department: 'SCJG', status: 'draft' });
    const code = await buildCampaign(database.db, city, { items: ['SCJG-001', 'SCJG-DRAFT'] });
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
    await database.db('regions').insert({ code: '691103', name: '空县', parent_code: '691100' });
    const code = await campaignAt('approved', { regions: ['691103'] });
    await expect(as('lead', code, 'freeze')).rejects.toMatchObject({ type: 'empty-population' });
    expect(await stageOf(code)).toBe('approved');
  });
});

describe('the ceremony ends at its deadlines', () => {
  test('a department that withholds its reveal is named, the ceremony void, oversight told, a new one possible', async () => {
    const code = await campaignAt('sealed');
    await as('scjg-liaison', code, 'reveal', { department: 'SCJG', value: secretOf('SCJG') });
    await env.sleep('20 days');
    const { id, stage, stage_reason } = await readCampaign(database.db, code);
    expect(stage).toBe('approved');
    expect(stage_reason).toContain('卫健委、消防救援支队');
    const [ceremony] = await readCeremonies(database.db, id);
    expect(ceremony).toMatchObject({
      status: 'void',
      void_reason: '卫健委、消防救援支队逾期未揭示',
      withheld: ['WJW', 'XFJ'],
    });
    const told = await database
      .db('notices')
      .where({ campaign_id: id, kind: 'ceremony-void' })
      .pluck('recipient_id');
    expect(told).toEqual(expect.arrayContaining([city.users['supervisor'], city.users['lead']]));
    // By then its own task is overdue: the leading group hears of it, and no order urges oversight itself.
    const task = await database.db('tasks').where({ campaign_id: id, kind: 'void-ceremony' }).first<{
      assignee_id: number;
      cancelled_at: Date | null;
    }>();
    expect(task).toMatchObject({ assignee_id: city.users['supervisor'], cancelled_at: null });
    expect(await database.db('urging_orders').where({ campaign_id: id, department_code: 'DCS' })).toEqual([]);
    expect(
      await database.db('notices').where({ campaign_id: id, kind: 'escalation' }).pluck('recipient_id'),
    ).toContain(city.users['approver']);
    await as('lead', code, 'freeze');
    expect((await readCeremonies(database.db, id)).map((one) => one.status)).toEqual(['void', 'sealing']);
  });
});
