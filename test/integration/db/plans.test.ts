/**
 * What requests read of big tables: each list and search is run on a registry of 200,000 entities, and its plan must
 * come by index to about the rows it answers, however far at the end of the table they lie.
 */
import type { Knex } from 'knex';
import { listCampaigns, readTimeline } from '../../../db/campaign-views';
import { listHandlingCases } from '../../../db/handling-views';
import { readCampaign } from '../../../db/campaigns';
import { listDrawnVisits, listPublishedResults, searchPublishedResults } from '../../../db/public-views';
import { countEntities, listEntities } from '../../../db/registries';
import { nextStep, passSteps } from '../../../db/sweep';
import { listNotices, listTasks } from '../../../db/task-views';
import { readFigures, readInspectorLoads } from '../../../db/figures';
import { listOverseenTasks } from '../../../db/overseen-tasks';
import { listUrgingOrders } from '../../../db/urging-orders';
import { listVisits } from '../../../db/visit-views';
import { buildCampaign } from '../../support/build-campaign';
import { buildCity, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';

const ENTITIES = 200_000;
/** In the last campaign; as many in each of those before. */
const VISITS = 4_000;
const CAMPAIGNS = 5;
/** A page is 50 rows; joins and counts of one campaign's visits come on top. */
const MAY_READ = 3_000;
const BIG = ['entities', 'visits', 'visit_items', 'tasks', 'notices', 'audit_log', 'published_results'];

let database: TestDatabase;
let city: City;
let last: string;
let lastId: number;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  city = await buildCity(db, { entities: 1 });
  await seedEntities(db);
  for (let at = 0; at < CAMPAIGNS; at += 1) last = await buildCampaign(db, city);
  await seedCampaigns(db, city);
  // A rare tag is in the statistics only where the sample meets it: here it always does.
  await db.raw('alter table entities alter column tags set statistics 1000');
  await db.raw('analyze');
  const [row] = await db('campaigns').where({ code: last }).select<{ id: number }[]>('id');
  lastId = row?.id ?? 0;
}, 120_000);

afterAll(() => database.drop());

/** A city of two large counties and a small one whose few entities, with a tag of their own, come last. */
async function seedEntities(db: Knex): Promise<void> {
  await db('regions').insert({ code: '691103', name: '小县', parent_code: '691100' });
  await db.raw(
    `insert into entities (credit_code, name, region_code, tags, draw_class)
     select '92691100MA' || lpad(n::text, 8, '0'), '云溪餐饮' || n || '号店',
            case when n > :all - 40 then '691103' when n % 2 = 0 then '691101' else '691102' end,
            case when n > :all - 40 then array['reservoir'] else array['catering'] end, 'B'
       from generate_series(1, :all) n`,
    { all: ENTITIES },
  );
}

async function seedCampaigns(db: Knex, { users }: City): Promise<void> {
  const each = { visits: VISITS, lead: users['lead'] ?? 0, inspector: users['scjg-0001'] ?? 0 };
  await db.raw(
    `update campaign_items c set item_version_id = v.id, check_form_id = f.id
       from item_versions v, check_forms f where v.item_code = c.item_code and f.item_code = c.item_code`,
  );
  await db.raw(`update campaigns set stage = 'dispatched'`);
  await db.raw(
    `insert into visits (campaign_id, number, entity_id, ticket)
     select c.id, n, e.id, md5(n::text) from campaigns c, generate_series(1, :visits) n
       join entities e on e.credit_code = '92691100MA' || lpad(n::text, 8, '0')`,
    each,
  );
  await db.raw(
    `insert into visit_items (visit_id, item_code, department_code, item_version_id, check_form_id)
     select v.id, c.item_code, i.department_code, c.item_version_id, c.check_form_id
       from visits v join campaign_items c on c.campaign_id = v.campaign_id join items i on i.code = c.item_code`,
  );
  // One inspector has a few visits, at the end of the last campaign.
  await db.raw(
    `insert into assignments (visit_id, department_code, inspector_id)
     select v.id, 'SCJG', i.id from visits v join inspectors i on i.user_id = :inspector
      where v.number > :visits - 20 and v.campaign_id = (select max(id) from campaigns)`,
    each,
  );
  await db.raw(
    `insert into deadlines (campaign_id, due_at, provisional, basis)
     select id, timestamptz '2026-06-01' + id * interval '1 day', false, '{}' from campaigns`,
  );
  await db.raw(
    `insert into tasks (key, kind, campaign_id, visit_id, department_code, assignee_id, deadline_id, done_at)
     select 'results/' || v.id || '/' || vi.department_code, 'results', v.campaign_id, v.id, vi.department_code,
            case when v.number > :visits - 20 and vi.department_code = 'SCJG' then cast(:inspector as bigint) end, d.id,
            case when v.number % 2 = 0 then now() end
       from visits v join visit_items vi on vi.visit_id = v.id join deadlines d on d.campaign_id = v.campaign_id`,
    each,
  );
  await db.raw(
    `insert into notices (key, recipient_id, kind, campaign_id, not_before)
     select 'n/' || n, case when n % 1000 = 0 then cast(:lead as bigint) else :inspector end, 'reminder',
            (select max(id) from campaigns), now() from generate_series(1, 50000) n`,
    each,
  );
  await db.raw(
    `insert into published_results (campaign_id, visit_id, item_code, visit_number, entity_name, credit_code, item_name,
                                    department_name, result_code, visit_on)
     select v.campaign_id, v.id, vi.item_code, v.number, e.name, e.credit_code, 'x', 'y', 1, '2026-05-01'
       from visits v join visit_items vi on vi.visit_id = v.id join entities e on e.id = v.entity_id`,
  );
  await db.raw(
    `insert into ceremonies (campaign_id, number, manifest, commitment, frozen_at) select id, 1, '', '', now() from campaigns`,
  );
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** Runs every statement of a piece of work again with its plan; what each scan of a big table read. */
async function scansOf(
  work: (db: Knex) => Promise<unknown>,
  undo: (db: Knex) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ table: string; how: string; rows: number }[]> {
  const { db } = database;
  const statements: { sql: string; bindings: unknown[] }[] = [];
  const note = ({ sql, bindings }: { sql: string; bindings: unknown[] }) =>
    statements.push({ sql, bindings });
  db.on('query', note);
  await work(db);
  db.removeListener('query', note);
  await undo(db);
  const client = db.client as {
    acquireConnection: () => Promise<Connection>;
    releaseConnection: (c: Connection) => void;
  };
  const connection = await client.acquireConnection();
  try {
    const scans: { table: string; how: string; rows: number }[] = [];
    for (const { sql, bindings } of statements) {
      const { rows } = await connection.query(`explain (analyze, timing off, format json) ${sql}`, bindings);
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
      if (plan) walk(plan, scans);
    }
    return scans;
  } finally {
    client.releaseConnection(connection);
  }
}

interface Connection {
  query: (sql: string, values: unknown[]) => Promise<{ rows: { 'QUERY PLAN': { Plan: PlanNode }[] }[] }>;
}

function walk(node: PlanNode, scans: { table: string; how: string; rows: number }[]): void {
  const table = node['Relation Name'];
  if (table !== undefined && BIG.includes(table)) {
    const each =
      node['Actual Rows'] +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0);
    scans.push({ table, how: node['Node Type'], rows: Math.round(each * node['Actual Loops']) });
  }
  for (const child of node.Plans ?? []) walk(child, scans);
}

const AREAS = { city: ['691100'], county: ['691103'], nowhere: ['701100'] };
const page = { limit: 51 };
const now = new Date('2026-11-01T00:00:00Z');

test.each<[string, (db: Knex) => Promise<unknown>]>([
  ['entities of the city', (db) => listEntities(db, { ...page, areas: AREAS.city })],
  ['entities of a small county', (db) => listEntities(db, { ...page, areas: AREAS.county })],
  [
    'entities of several areas',
    (db) => listEntities(db, { ...page, areas: [...AREAS.county, ...AREAS.nowhere] }),
  ],
  ['entities of an area without any', (db) => listEntities(db, { ...page, areas: AREAS.nowhere })],
  [
    'entities of one county in the city',
    (db) => listEntities(db, { ...page, areas: AREAS.city, region: '691103' }),
  ],
  ['entities after many', (db) => listEntities(db, { ...page, areas: AREAS.city, after: ENTITIES - 1000 })],
  ['entities by a part of the name', (db) => listEntities(db, { ...page, areas: AREAS.city, q: '饮19999' })],
  [
    'entities by a name that nobody has',
    (db) => listEntities(db, { ...page, areas: AREAS.city, q: '无此企业' }),
  ],
  [
    'entities by the start of a code',
    (db) => listEntities(db, { ...page, areas: AREAS.city, q: '92691100MA001999' }),
  ],
  ['entities by a rare tag', (db) => listEntities(db, { ...page, areas: AREAS.city, tag: 'reservoir' })],
  ['entities by a tag that none has', (db) => listEntities(db, { ...page, areas: AREAS.city, tag: 'mine' })],
  [
    'entities by a part that all names have',
    (db) => listEntities(db, { ...page, areas: AREAS.city, q: '餐饮' }),
  ],
  [
    'entities of a small county by class and tag',
    (db) =>
      listEntities(db, { ...page, areas: AREAS.city, region: '691103', drawClass: 'B', tag: 'reservoir' }),
  ],
  [
    'entities of a small county by a tag that none there has',
    (db) => listEntities(db, { ...page, areas: AREAS.county, tag: 'catering' }),
  ],
  [
    'entities of a small county by class',
    (db) => listEntities(db, { ...page, areas: AREAS.county, drawClass: 'B', status: 'active' }),
  ],
  [
    'entities of a small county in a department’s registry',
    (db) =>
      listEntities(db, { ...page, areas: AREAS.county, department: { code: 'SCJG', tags: ['catering'] } }),
  ],
  [
    'how many there are by area, class and tag',
    (db) => countEntities(db, { areas: AREAS.county, drawClass: 'B', tag: 'reservoir' }),
  ],
  [
    'entities that a department listed',
    (db) => listEntities(db, { ...page, department: { code: 'SCJG', tags: ['reservoir'] } }),
  ],
  ['entities with a flag', (db) => listEntities(db, { ...page, flag: 'dishonesty' })],
  ['entities with complaints', (db) => listEntities(db, { ...page, flag: 'complaints' })],
  ['entities of an industry', (db) => listEntities(db, { ...page, industry: 'H62' })],
  ['entities that were revoked', (db) => listEntities(db, { ...page, status: 'revoked' })],
  [
    'entities on another day',
    (db) => listEntities(db, { ...page, areas: AREAS.city, until: new Date('2026-01-01T00:00:00Z') }),
  ],
  ['one entity', (db) => listEntities(db, { ...page, creditCode: '92691100MA00199999' })],
  [
    'my open tasks',
    (db) =>
      listTasks(db, {
        ...page,
        now,
        state: 'open',
        own: { userId: city.users['scjg-0001'] ?? 0, standsInFor: [] },
      }),
  ],
  [
    'all my tasks',
    (db) =>
      listTasks(db, {
        ...page,
        now,
        state: 'any',
        own: { userId: city.users['scjg-0001'] ?? 0, standsInFor: [] },
      }),
  ],
  [
    'nobody’s tasks',
    (db) =>
      listTasks(db, {
        ...page,
        now,
        state: 'any',
        own: { userId: city.users['credit'] ?? 0, standsInFor: [] },
      }),
  ],
  ['the visits of a campaign', (db) => listVisits(db, { ...page, state: 'all', campaign: last })],
  [
    'its finished visits, of which there are none',
    (db) => listVisits(db, { ...page, state: 'finished', campaign: last }),
  ],
  ['my visits', (db) => listVisits(db, { ...page, state: 'all', assignedTo: city.users['scjg-0001'] ?? 0 })],
  [
    'the visits of nobody',
    (db) => listVisits(db, { ...page, state: 'all', assignedTo: city.users['credit'] ?? 0 }),
  ],
  ['one visit', (db) => listVisits(db, { ...page, state: 'all', id: 7 })],
  ['my notices', (db) => listNotices(db, city.users['lead'] ?? 0, null, 51)],
  ['who was drawn', (db) => listDrawnVisits(db, { ...page, campaignId: lastId })],
  ['published results', (db) => listPublishedResults(db, { ...page, campaignId: lastId })],
  [
    'published results after many',
    (db) => listPublishedResults(db, { ...page, campaignId: lastId, after: [3900, 'WJW-001'] }),
  ],
  ['results found by a code', (db) => searchPublishedResults(db, { ...page, q: '92' })],
  ['what was done with a campaign', (db) => readTimeline(db, last)],
  ['handling cases', (db) => listHandlingCases(db, page)],
  ['urging orders', (db) => listUrgingOrders(db, page)],
])('%s', async (_, work) => {
  const scans = await scansOf(work);
  expect(scans.filter(({ how, rows }) => how === 'Seq Scan' && rows > 0)).toEqual([]);
  expect(scans.filter(({ rows }) => rows > MAY_READ)).toEqual([]);
});

test('a campaign’s numbers are counted over its own rows', async () => {
  const scans = await scansOf((db) => listCampaigns(db, { code: last, limit: 1, now }));
  expect(scans.filter(({ how }) => how === 'Seq Scan')).toEqual([]);
  expect(scans.filter(({ rows }) => rows > 3 * VISITS)).toEqual([]);
});

test('figures of a period read what is due and done in it, not the other campaigns', async () => {
  const { db } = database;
  const [newest] = await db('deadlines').max<{ due: Date }[]>({ due: 'due_at' });
  const day = newest?.due.toISOString().slice(0, 10) ?? '';
  const filter = {
    ...{ period: { from: day, to: day }, region: '691100', areas: AREAS.city, trendBy: 'month' as const },
    ...{ department: null, campaign: null, asOf: now },
  };
  const own = 3 * VISITS;
  for (const work of [
    () => readFigures(db, filter),
    () => readInspectorLoads(db, filter),
    () => listOverseenTasks(db, { ...filter, kind: null, outcome: null, limit: 51 }),
  ]) {
    const scans = (await scansOf(work)).filter(({ table }) => table !== 'entities');
    expect(scans.filter(({ how, rows }) => how === 'Seq Scan' && rows > 0)).toEqual([]);
    expect(scans.filter(({ rows }) => rows > own)).toEqual([]);
  }
});

test('a sweep reads the tasks that passed a step, however many are open', async () => {
  const { db } = database;
  const due = 50;
  const [deadline] = await db('deadlines')
    .insert({ campaign_id: lastId, due_at: '2026-11-02T15:59:59Z', provisional: false, basis: '{}' })
    .returning<{ id: number }[]>('id');
  await db.raw(
    `insert into deadline_steps (deadline_id, step, name, action, at)
     select id, n, 'step-' || n, 'remind', due_at + (n - 1) * interval '1 day' from deadlines, generate_series(0, 1) n`,
  );
  await db.raw(
    `update tasks set deadline_id = :deadline where id in (
       select id from tasks where campaign_id = :campaign and done_at is null order by id desc limit :due)`,
    { deadline: deadline?.id ?? 0, campaign: lastId, due },
  );
  // The others have passed all steps that were.
  await db.raw('update tasks set step_done = 1 where deadline_id <> :deadline', {
    deadline: deadline?.id ?? 0,
  });
  await db.raw('vacuum analyze tasks');
  const owner = await readCampaign(db, last);
  const sweepNow = new Date('2026-11-01T16:00:00Z');
  const passed = { tasks: 0 };
  const scans = await scansOf(
    async (connection) => {
      for (const step of await passSteps(connection, owner, sweepNow)) passed.tasks += step.count;
      await nextStep(connection, owner);
    },
    (connection) => connection.raw('update tasks set step_done = -1 where step_done = 0'),
  );
  expect(passed.tasks).toBe(due);
  expect(scans.filter(({ table, how }) => table === 'tasks' && how === 'Seq Scan')).toEqual([]);
  const read = scans.filter(({ table }) => table === 'tasks').reduce((sum, { rows }) => sum + rows, 0);
  expect(read).toBeGreaterThanOrEqual(due);
  // Found, locked, changed, and what comes next: each once.
  expect(read).toBeLessThan(5 * due);
});
