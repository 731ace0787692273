import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { runImport } from '../../../imports/run-import';
import { readCampaign } from '../../../db/campaigns';
import { readLiveCeremony } from '../../../db/ceremonies';
import { FROM_VERSIONS } from '../../../db/migrations/0016-entity-changes';
import { checkCharacter } from '../../../domain/registry/credit-code';
import { buildCity, buildInspector, buildUser } from '../../support/build-city';
import { testDatabase } from '../../support/database';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import type { Chance, Coverage, Grooming, Inspectors } from './statistics-reports';
import { startTestApi, type Caller, type Sent, type TestApi } from './support';

const DAY_MS = 86_400_000;
let api: TestApi;
let supervisor: Caller;
let campaigns: string[];
let frozenAt: Date[];

const codeOf = (number: number): string => {
  const first17 = `926911${String(number).padStart(11, '0')}`;
  return first17 + checkCharacter(first17);
};
const HEADER = '企业名称,统一社会信用代码,注册日期,经营范围,登记机关区划代码,信用风险类别';
const COUNT = 200;

/** The registry's file: 200 eateries in two counties, without some, and some of them as class A. */
function file(without: readonly number[] = [], asA: readonly number[] = []): Buffer {
  const lines = Array.from({ length: COUNT }, (_, at) => at)
    .filter((at) => !without.includes(at))
    .map((at) => {
      const drawClass = asA.includes(at) || at % 10 === 9 ? 'A' : 'BD'[at % 2];
      return `云溪餐饮${at}号店,${codeOf(at)},${at % 4 === 0 ? 2012 : 2025}-03-01,餐饮服务,${at % 5 === 0 ? 691101 : 691102},${drawClass}`;
    });
  return Buffer.from(`${[HEADER, ...lines].join('\n')}\n`);
}

const load = (content: Buffer) =>
  runImport(api.db, {
    ...{ kind: 'entities', mode: 'full', dryRun: false, fileName: 'registry.csv', startedBy: null },
    ...{ stream: Readable.from([content]), now: new Date() },
  });

/** Left before the draw and back after it, each as if that had been some days away. */
async function drawAround(
  asked: { without?: number[]; asA?: number[] },
  yearlyCap: Record<string, number | null>,
): Promise<string> {
  const changed = (asked.without ?? asked.asA) !== undefined;
  if (changed) await load(file(asked.without, asked.asA));
  const before = await api.db('entity_changes').max<{ max: number | null }[]>('id as max');
  const code = await campaignDriver({ ...api, ...runActivities(api.db) }).campaignAt('drawn', {
    yearlyCap,
    items: ['SCJG-001', 'WJW-001'],
    strata: [
      { stratum: 'A', ratio_ppm: 10_000, minimum: 0 },
      { stratum: 'B', ratio_ppm: 100_000, minimum: 1 },
      { stratum: 'D', ratio_ppm: 200_000, minimum: 1 },
    ],
    teams: ['SCJG', 'WJW'].map((department) => ({ department, size: 2 })),
  });
  if (changed) {
    await load(file());
    const last = before[0]?.max ?? 0;
    await api
      .db('entity_changes')
      .where('id', '<=', last)
      .andWhere('at', '>', daysFrom(-1))
      .update({ at: daysFrom(-4) });
    await api
      .db('entity_changes')
      .where('id', '>', last)
      .update({ at: daysFrom(5) });
  }
  return code;
}

const daysFrom = (days: number) => new Date(Date.now() + days * DAY_MS);
const UNCAPPED = { A: null, B: null, C: null, D: null };
const GONE = [3, 8, 13];
const LOWERED = [21, 41];

beforeAll(async () => {
  api = await startTestApi();
  await api.db('entities').delete();
  await load(file());
  // The registry is a year old.
  await api.db('entity_versions').update({ valid_from: daysFrom(-365) });
  campaigns = [await drawAround({}, UNCAPPED)];
  const honest = await readCampaign(api.db, campaigns[0] ?? '');
  await api
    .db('ceremonies')
    .where({ campaign_id: honest.id })
    .update({ frozen_at: daysFrom(-150) });
  campaigns.push(await drawAround({ without: GONE, asA: LOWERED }, UNCAPPED));
  api.clock.now = daysFrom(60);
  frozenAt = await Promise.all(
    campaigns.map(async (code) => {
      const { id } = await readCampaign(api.db, code);
      return (await readLiveCeremony(api.db, id))?.frozen_at ?? new Date(0);
    }),
  );
  await buildUser(api.db, { username: 'east', role: 'supervisor', department: 'DCS', region: '691101' });
  supervisor = await api.signedIn('supervisor');
}, 120_000);

afterAll(() => api.stop());

const year = (at: Date | undefined) => new Date((at?.getTime() ?? 0) + 8 * 3_600_000).getUTCFullYear();
const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((all, row) => all + of(row), 0);

describe('what the registry keeps', () => {
  test('the first file is no change; who leaves, changes class and comes back is one each', async () => {
    const rows = await api
      .db('entity_changes')
      .orderBy('id')
      .select<Record<string, string | null>[]>('presence_before', 'presence', 'class_before', 'class');
    expect(rows.filter((row) => row['presence_before'] === null)).toEqual([]);
    const count = (of: (row: Record<string, string | null>) => boolean) => rows.filter(of).length;
    expect(count((row) => row['presence'] === 'ended')).toBe(GONE.length);
    expect(count((row) => row['presence_before'] === 'ended')).toBe(GONE.length);
    expect(count((row) => row['class_before'] === 'D' && row['class'] === 'A')).toBe(LOWERED.length);
    expect(rows).toHaveLength(2 * (GONE.length + LOWERED.length));
  });

  test('what is new later is a change, and what draws don’t look at is none', async () => {
    const { db, drop } = await testDatabase();
    try {
      await buildCity(db);
      const load = (...lines: string[]) =>
        runImport(db, {
          ...{ kind: 'entities', mode: 'changes', dryRun: false, fileName: 'x.csv', startedBy: null },
          stream: Readable.from([Buffer.from([HEADER, ...lines, ''].join('\n'))]),
          now: new Date(),
        });
      const count = () => db('entity_changes').count<{ n: number }[]>({ n: 'id' });
      await load(`老店,${codeOf(1)},2025-03-01,餐饮服务,691102,D`);
      const [before] = await count();
      await load(
        `改名店,${codeOf(1)},2025-03-01,餐饮服务,691102,D`,
        `新店,${codeOf(999)},2025-03-01,餐饮服务,691101,B`,
      );
      expect(await db('entities').where({ name: '改名店' }).pluck('credit_code')).toEqual([codeOf(1)]);
      const last = await db('entity_changes')
        .orderBy('id', 'desc')
        .limit(1)
        .select('presence_before', 'presence', 'region', 'tags');
      expect(last).toEqual([
        { presence_before: null, presence: 'active', region: '691101', tags: ['catering'] },
      ]);
      expect(await count()).toEqual([{ n: (before?.n ?? 0) + 1 }]);
    } finally {
      await drop();
    }
  });

  test('a site that had whole states only finds the same in them', async () => {
    const columns = [
      'entity_id',
      'presence_before',
      'region_before',
      'class_before',
      'tags_before',
      'presence',
      'region',
      'class',
      'tags',
    ];
    const recorded: unknown = await api.db('entity_changes').orderBy(['entity_id', 'id']).select(columns);
    const trx = await api.db.transaction();
    try {
      await trx('entity_changes').delete();
      await trx.raw(FROM_VERSIONS);
      expect(await trx('entity_changes').orderBy(['entity_id', 'id']).select(columns)).toEqual(recorded);
    } finally {
      await trx.rollback();
    }
  });
});

describe('coverage', () => {
  test('registry, populations, drawn and visited by county and class', async () => {
    const report = await supervisor.get<Coverage>('readCoverage');
    expect(report.draws).toBe(2);
    expect(sum(report.cells, (cell) => cell.entities)).toBe(COUNT);
    expect(sum(report.cells, (cell) => cell.populations)).toBe(COUNT);
    const [drawn] = await api.db('visits').countDistinct<{ count: number }[]>('entity_id');
    expect(sum(report.cells, (cell) => cell.drawn)).toBe(drawn?.count);
    expect(sum(report.cells, (cell) => cell.visited)).toBe(0);
    expect(report.cells.map((cell) => `${cell.region.code} ${cell.drawClass}`)).toContain('691101 B');
    const [wjw] = report.departments.filter((row) => row.department.code === 'WJW');
    expect(wjw).toMatchObject({ entities: COUNT, populations: COUNT, drawn: drawn?.count });
    expect(report.items.find((row) => row.item.code === 'XFJ-001')).toMatchObject({ entities: 0, drawn: 0 });
  });

  test('a finished visit counts at once', async () => {
    const { id } = await readCampaign(api.db, campaigns[0] ?? '');
    await api.db('visits').where({ campaign_id: id, number: 1 }).update({ finished_at: new Date() });
    const report = await supervisor.get<Coverage>('readCoverage');
    expect(sum(report.cells, (cell) => cell.visited)).toBe(1);
  });

  test('one campaign has fewer than all', async () => {
    const { id } = await readCampaign(api.db, campaigns[1] ?? '');
    const [own] = await api.db('visits').where({ campaign_id: id }).count<{ count: number }[]>();
    const report = await supervisor.get<Coverage>('readCoverage', {
      query: { campaign: campaigns[1] ?? '' },
    });
    expect(report.draws).toBe(1);
    expect(sum(report.cells, (cell) => cell.drawn)).toBe(own?.count);
    expect(sum(report.cells, (cell) => cell.populations)).toBe(COUNT - GONE.length);
  });

  test('long-standing entities that nobody ever drew are listed', async () => {
    const report = await supervisor.get<Coverage>('readCoverage');
    const visited = await api
      .db('visits as v')
      .join('entities as e', 'e.id', 'v.entity_id')
      .pluck('e.credit_code');
    const old = Array.from({ length: COUNT / 4 }, (_, at) => codeOf(at * 4)).filter(
      (code) => !visited.includes(code),
    );
    expect(report.neverDrawn.map((row) => row.creditCode)).toEqual(old.slice(0, 50));
    expect(sum(report.cells, (cell) => cell.neverDrawn)).toBe(old.length);
  });
});

describe('chance', () => {
  test('each draw with its sample; counties against their share of it', async () => {
    const report = await supervisor.get<Chance>('readChance');
    expect(report.draws.map((draw) => draw.campaign.code)).toEqual(campaigns);
    const all = report.groups.find((group) => group.kind === 'all');
    const drawn = sum(report.draws, (draw) => draw.sample);
    expect(all).toMatchObject({ observed: drawn, tail: null, isBroken: false });
    expect(all?.expected).toBeCloseTo(drawn, 9);
    const counties = report.groups.filter((group) => group.kind === 'region');
    expect(sum(counties, (county) => county.observed)).toBe(drawn);
    expect(sum(counties, (county) => county.expected)).toBeCloseTo(drawn, 9);
    expect(counties.map((county) => county.group.name)).toEqual(['东县', '西县']);
    for (const county of counties) expect(county.tail).toBeGreaterThan(0);
    expect(sum(report.times, (row) => row.observed)).toBe(report.entities);
    expect(sum(report.times, (row) => row.observed * row.times)).toBe(drawn);
  });

  test('computed once for all draws, and anew when there is another', async () => {
    const computed = () =>
      api.db('statistics_reports').where({ kind: 'patterns' }).select('basis', 'computed_at');
    const before = await computed();
    await Promise.all([
      supervisor.get('readChance'),
      supervisor.get('readChance', { query: { region: '691101' } }),
    ]);
    expect(await computed()).toEqual(before);
  });

  test('inspectors are counted as the matching gave them', async () => {
    const { rows } = await supervisor.get<Inspectors>('readInspectorCounts');
    const [assigned] = await api.db('assignments').count<{ count: number }[]>();
    expect(sum(rows, (row) => row.observed)).toBe(assigned?.count);
    expect(sum(rows, (row) => row.expected)).toBeCloseTo(Number(assigned?.count), 6);
    for (const row of rows) {
      expect(row.observed).toBeGreaterThanOrEqual(row.low);
      expect(row.observed).toBeLessThanOrEqual(row.high);
    }
  });
});

test('who was replaced after a draw, and who replaced them, count as they were drawn', async () => {
  const counts = async () => {
    const { rows } = await supervisor.get<Inspectors>('readInspectorCounts');
    return rows.map((row) => `${row.inspector} ${row.observed}`).sort();
  };
  const before = await counts();
  const { id } = await readCampaign(api.db, campaigns[0] ?? '');
  const [team] = await api
    .db('assignments as a')
    .join('visits as v', 'v.id', 'a.visit_id')
    .join('inspectors as i', 'i.id', 'a.inspector_id')
    .where({ 'v.campaign_id': id, 'a.department_code': 'SCJG' })
    .limit(1)
    .select<{ visit: number; visitId: number; leaving: string; leavingId: number }[]>({
      visit: 'v.number',
      visitId: 'v.id',
      leaving: 'i.code',
      leavingId: 'i.id',
    });
  if (!team) throw new Error('a drawn campaign has teams');
  // The third of the department, who was in no pool, takes over.
  await buildInspector(api.db, { code: 'SCJG-0003', department: 'SCJG' });
  const [by] = await api.db('inspectors').where({ code: 'SCJG-0003' }).pluck<number[]>('id');
  await api
    .db('assignments')
    .where({ visit_id: team.visitId, inspector_id: team.leavingId })
    .update({ inspector_id: by });
  const [amendment] = await api
    .db('amendments')
    .insert({
      ...{ campaign_id: id, kind: 'replacement', params: '{}', reason: '病假', status: 'approved' },
      ...{ requested_by: api.city.users['lead'], requested_at: new Date() },
      ...{ decided_by: api.city.users['approver'], decided_at: new Date() },
    })
    .returning<{ id: number }[]>('id');
  await api.db('draw_records').insert({
    ceremony_id: (await readLiveCeremony(api.db, id))?.id,
    ...{ seq: 1, amendment_id: amendment?.id, digest: '0'.repeat(64) },
    line: JSON.stringify({
      ...{ kind: 'replacement', inspector: team.leaving, scope: 'visits' },
      changes: [{ visit: team.visit, department: 'SCJG', by: 'SCJG-0003' }],
    }),
  });
  expect(await counts()).toEqual(before);
});

describe('grooming', () => {
  test('who was away at the freeze, or in a class drawn less, is named with what they escaped', async () => {
    const report = await supervisor.get<Grooming>('readGrooming');
    expect(report.freezes.map((freeze) => freeze.campaign.code)).toEqual(campaigns);
    expect(report.freezes[0]?.measures['absences']).toMatchObject({ observed: 0, isFlagged: false });
    expect(report.freezes[1]?.measures['absences']).toMatchObject({
      ...{ observed: GONE.length + LOWERED.length, usual: 0, isFlagged: true },
    });
    const named = report.absences.map((one) => one.creditCode).sort();
    expect(named).toEqual([...GONE, ...LOWERED].map(codeOf).sort());
    const lowered = report.absences.find((one) => one.creditCode === codeOf(21));
    expect(lowered).toMatchObject({ during: { presence: 'active', drawClass: 'A' } });
    expect(lowered?.reachBefore).toBeGreaterThan(lowered?.reachDuring ?? 1);
    expect(report.absences.find((one) => one.creditCode === codeOf(3))).toMatchObject({
      ...{ during: { presence: 'ended' }, reachDuring: 0 },
    });
  });

  test('four days are more than a window of three', async () => {
    const report = await supervisor.get<Grooming>('readGrooming', { query: { days: 3 } });
    expect(report.absences).toEqual([]);
  });

  test('new recusals before a freeze are counted', async () => {
    const [entity] = await api.db('entities').limit(1).pluck<number[]>('id');
    const [inspector] = await api.db('inspectors').where({ code: 'SCJG-0001' }).pluck<number[]>('id');
    await api.db('exclusions').insert({
      ...{ inspector_id: inspector, entity_id: entity, reason: '亲属' },
      declared_at: new Date((frozenAt[1]?.getTime() ?? 0) - DAY_MS),
    });
    const report = await supervisor.get<Grooming>('readGrooming');
    expect(report.freezes[1]?.measures['exclusions']).toMatchObject({ observed: 1, isFlagged: true });
    expect(report.freezes[0]?.measures['exclusions']?.observed).toBe(0);
  });
});

describe('filters and limits', () => {
  const reports = ['readCoverage', 'readChance', 'readInspectorCounts', 'readGrooming'] as const;

  test.each(reports)('%s of a year without draws is empty', async (id) => {
    const report = await supervisor.get<{ draws?: unknown; freezes?: unknown }>(id, {
      query: { year: 2001 },
    });
    expect(JSON.stringify(report.freezes ?? report.draws)).toMatch(/^(0|\[\])$/);
  });

  test('a year has its draws', async () => {
    const { draws } = await supervisor.get<Chance>('readChance', { query: { year: year(frozenAt[1]) } });
    expect(draws.map((draw) => draw.campaign.code)).toContain(campaigns[1]);
  });

  test('a county’s office sees its county, whatever it asks for', async () => {
    const east = await api.signedIn('east');
    for (const query of [{}, { region: '691100' }, { region: '691101' }] as Sent['query'][]) {
      const sent = query ? { query } : {};
      const coverage = await east.get<Coverage>('readCoverage', sent);
      expect([...new Set(coverage.cells.map((cell) => cell.region.code))]).toEqual(['691101']);
      const chance = await east.get<Chance>('readChance', sent);
      expect(chance.groups.filter((one) => one.kind === 'region').map((one) => one.group.code)).toEqual([
        '691101',
      ]);
      // 21 and 41 and 3, 8, 13 are of the other.
      expect((await east.get<Grooming>('readGrooming', sent)).absences).toEqual([]);
    }
    const other = await east.get<Coverage>('readCoverage', { query: { region: '691102' } });
    expect([other.cells, other.neverDrawn]).toEqual([[], []]);
  });

  test('the city may ask for one county', async () => {
    const chance = await supervisor.get<Chance>('readChance', { query: { region: '691101' } });
    expect(chance.groups.find((one) => one.kind === 'all')?.chances).toBe((COUNT / 5) * 2);
  });

  test('what is no number of days is refused', async () => {
    expect(await supervisor.refused('readGrooming', { query: { days: 0 } })).toMatchObject({ status: 422 });
  });
});

test.each([
  ['downloadCoverage', '统计口径', '事项'],
  ['downloadChance', '统计口径', '地区'],
  ['downloadGrooming', '统计口径', '离开又回来的检查对象'],
  ['downloadInspectorCounts', '部门', '市场监管局'],
] as const)('%s is a table for programs', async (id, column, value) => {
  const { status, body, headers } = await supervisor.call(id);
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toMatch(/onevisit-.*\.csv/);
  const rows = parse<Record<string, string>>(body as string, { bom: true, columns: true });
  expect(rows.map((row) => row[column])).toContain(value);
});
