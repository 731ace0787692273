/** Nobody inspects the same entity twice running: on real draws, one upon the other, at the same entities. */
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { insertAmendment } from '../../../db/amendments';
import { readBundle, readChunks } from '../../../db/archives';
import { readCampaign } from '../../../db/campaigns';
import { countRotated } from '../../../db/ceremonies';
import { readEligibleExclusions } from '../../../db/pool';
import { ROTATION_REASON } from '../../../domain/matching/rotation';
import { verifyBundle } from '../../../server/verify/verify-bundle';
import { buildCity, buildInspector, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { campaignDriver, handInResults } from '../../support/drive-campaign';
import { readZip } from '../../support/read-zip';
import { runActivities } from '../../support/run-activities';

/** `code` is the entity's. */
interface Pair {
  inspector: string;
  code: string;
}

interface Sent extends Pair {
  department: string;
}

let database: TestDatabase;
let city: City;
let officials: ReturnType<typeof campaignDriver>;
let first: string;
let second: string;
let firstTeams: Sent[];

/** The market office has two teams, the others one. */
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database.db, { entities: 12 });
  for (const code of ['SCJG-0003', 'SCJG-0004'])
    await buildInspector(database.db, { code, department: 'SCJG' });
  officials = campaignDriver({ db: database.db, city, ...runActivities(database.db) });
  first = await officials.campaignAt('dispatched', plan(false));
  firstTeams = await teamsOf(first);
  // The last visit's results are not in: it is not finished.
  await handInResults(database.db, first, new Date(), ({ visit }) => (visit === 12 ? null : 1));
  const [recused] = firstTeams;
  await database.db('exclusions').insert({
    inspector_id: database.db('inspectors').where({ code: recused?.inspector }).select('id'),
    entity_id: database.db('entities').where({ credit_code: recused?.code }).select('id'),
    reason: '近亲属经营',
  });
  second = await officials.campaignAt('dispatched', plan(true));
});

afterAll(() => database.drop());

/** Everybody is drawn. */
const plan = (rotation: boolean) => ({
  rotation,
  yearlyCap: {},
  strata: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratio_ppm: 1_000_000, minimum: 0 })),
});

async function teamsOf(code: string): Promise<Sent[]> {
  const { id } = await readCampaign(database.db, code);
  return database
    .db('assignments as a')
    .join('visits as v', 'v.id', 'a.visit_id')
    .join('inspectors as i', 'i.id', 'a.inspector_id')
    .join('entities as e', 'e.id', 'v.entity_id')
    .where('v.campaign_id', id)
    .orderBy(['v.number', 'i.code'])
    .select({ inspector: 'i.code', code: 'e.credit_code', department: 'a.department_code' });
}

async function bundleOf(code: string): Promise<Buffer> {
  const stored = await readBundle(database.db, (await readCampaign(database.db, code)).id);
  if (!stored) throw new Error('a drawn campaign has a bundle');
  return buffer(readChunks(database.db, stored));
}

const pairs = (rows: readonly Pair[]): string[] =>
  rows.map(({ inspector, code }) => `${inspector} ${code}`).sort();

const unfinished = async (): Promise<string | undefined> =>
  (
    await database
      .db('visits as v')
      .join('entities as e', 'e.id', 'v.entity_id')
      .where({ campaign_id: (await readCampaign(database.db, first)).id, number: 12 })
      .pluck<string[]>('e.credit_code')
  )[0];

test('the team of an entity’s last finished visit is frozen as excluded, a recusal keeps its own reason', async () => {
  const files = await readZip(await bundleOf(second));
  const rows = parse(files.get('exclusions.csv') ?? '', { columns: true }) as unknown as (Pair & {
    reason: string;
  })[];
  const open = await unfinished();
  expect(pairs(rows)).toEqual(pairs(firstTeams.filter((one) => one.code !== open)));
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter((one) => one.reason !== ROTATION_REASON)).toEqual([
    { inspector: firstTeams[0]?.inspector, code: firstTeams[0]?.code, reason: '近亲属经营' },
  ]);
  const { id } = await officials.ceremonyOf(second);
  expect(await countRotated(database.db, id)).toBe(rows.length - 1);
});

test('nobody goes where they were last, and whoever checks the bundle finds everything in order', async () => {
  const open = await unfinished();
  const teams = await teamsOf(second);
  const before = new Set(pairs(firstTeams.filter((one) => one.code !== open)));
  expect(pairs(teams).filter((pair) => before.has(pair))).toEqual([]);
  // Two of four stay: the market office fills every team.
  expect(teams.filter((one) => one.department === 'SCJG')).toHaveLength(24);
  const { ok, checks } = await verifyBundle(await bundleOf(second));
  expect(checks.flatMap((check) => check.problems)).toEqual([]);
  expect(ok).toBe(true);
});

test('where nobody else is left the slot is empty, and rotation is named as what starves it', async () => {
  const { id } = await readCampaign(database.db, second);
  const unfilled = await database
    .db('unfilled_slots as u')
    .join('visits as v', 'v.id', 'u.visit_id')
    .where('v.campaign_id', id)
    .select<{ department_code: string; rule: string }[]>('u.department_code', 'u.rule');
  // The health office has two people, who were everywhere but at the unfinished visit.
  expect(unfilled.filter((one) => one.department_code === 'WJW')).toHaveLength(11);
  expect(new Set(unfilled.map((one) => one.rule))).toEqual(new Set(['exclusion']));
});

test('a replacement respects it as it respects a recusal', async () => {
  const { db } = database;
  const { id } = await readCampaign(db, second);
  const open = await unfinished();
  const leaving = (await teamsOf(second)).find((one) => one.department === 'SCJG' && one.code !== open);
  const visits = await db('visits as v')
    .join('entities as e', 'e.id', 'v.entity_id')
    .where({ campaign_id: id, credit_code: leaving?.code })
    .pluck<number[]>('v.number');
  const amendment = await insertAmendment(db, {
    campaignId: id,
    amendment: { kind: 'replacement', inspector: leaving?.inspector ?? '', visits },
    reason: '生病',
    actorId: city.users['lead'] ?? 0,
    at: new Date(),
  });
  const { note } = await officials.as('scjg-head', second, 'amend', { amendment, note: '' });
  expect(note).toBe('1 次检查的人员已按序号递补，其中 1 次无人可补。');
});

test('only the last visit counts, and a plan can do without', async () => {
  const { db } = database;
  await handInResults(db, second, new Date());
  const third = await officials.campaignAt('approved', plan(true));
  const again = await readEligibleExclusions(db, await readCampaign(db, third));
  const [recused] = firstTeams;
  expect(pairs(again)).toEqual(pairs([...(await teamsOf(second)), ...(recused ? [recused] : [])]));
  const without = await officials.campaignAt('approved', plan(false));
  expect(await readEligibleExclusions(db, await readCampaign(db, without))).toEqual([
    { inspector: recused?.inspector, code: recused?.code, reason: '近亲属经营' },
  ]);
});
