import { parse } from 'csv-parse/sync';
import { readCampaign } from '../../../db/campaigns';
import { readLiveCeremony } from '../../../db/ceremonies';
import { apartSeed } from '../../../domain/draw/apart';
import { drawLines, type Member } from '../../../domain/draw/draw-lines';
import type { Manifest } from '../../../domain/draw/manifest';
import { linesApart } from '../../../domain/draw/sampled-lines';
import { entityTicket } from '../../../domain/draw/tickets';
import { groupBy } from '../../../domain/group-by';
import { simulatedTicket } from '../../../domain/simulation/seed';
import { buildCampaign } from '../../support/build-campaign';
import { buildItem } from '../../support/build-city';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { startTestApi, type TestApi } from './support';

interface Report {
  mode: string;
  sentence: string;
  seed: string;
  visits: number;
  visitsApart: number;
  saved: number;
  entitiesApart: number;
  timesApart: { times: number; entities: number }[];
  personVisits: number;
  personVisitsApart: number;
  departments: { code: string; name: string; visits: number; visitsApart: number; seedApart: string }[];
  lines: {
    item: { code: string; name: string };
    stratum: string;
    size: number;
    sample: number;
    drawn: number;
    met: boolean;
  }[];
}

let api: TestApi;
let officials: ReturnType<typeof campaignDriver>;

beforeAll(async () => {
  api = await startTestApi();
  officials = campaignDriver({ ...api, ...runActivities(api.db) });
  // Two items of one department, which draw different entities.
  await buildItem(api.db, { code: 'XFJ-002', department: 'XFJ', tags: ['catering'] });
  await api.db('item_versions').where({ item_code: 'XFJ-002' }).update({ ratio_ppm: 250_000 });
  await api.db('item_versions').where({ item_code: 'WJW-001' }).update({ ratio_ppm: 400_000 });
});

afterAll(() => api.stop());

const ITEMS = ['SCJG-001', 'WJW-001', 'XFJ-001', 'XFJ-002'];
// Each campaign takes its entities from the yearly cap of the next.
const UNCAPPED = { A: null, B: null, C: null, D: null };

const reportOf = (code: string) => api.nobody.get<Report>('readMergingReport', { params: { code } });

/** As anyone would compute it from the bundle: populations, manifest and seed. */
async function recomputed(code: string): Promise<Map<string, Set<string>>> {
  const { id } = await readCampaign(api.db, code);
  const ceremony = await readLiveCeremony(api.db, id);
  const manifest = JSON.parse(ceremony?.manifest ?? '') as Manifest;
  const population = await api
    .db('frozen_entities')
    .where({ ceremony_id: ceremony?.id })
    .select<Member[]>({ code: 'credit_code', stratum: 'stratum', items: 'items' });
  const cells = population.map((one) => ({ ...one, size: 1 }));
  return new Map(
    manifest.teams.map(({ department }) => {
      const own = manifest.items.filter((item) => item.department === department).map((item) => item.item);
      const seed = apartSeed(ceremony?.seed ?? '', department);
      const covered = population.filter((one) => one.items.some((item) => own.includes(item)));
      const lines = linesApart(manifest.strata, cells, own);
      const drawn = drawLines(covered, lines, (entity) => entityTicket(seed, entity));
      return [department, new Set(drawn.map((row) => row.code))];
    }),
  );
}

describe.each(['joint', 'per_item'] as const)('fewest visits, mode %s', (mode) => {
  let code: string;
  let report: Report;
  beforeAll(async () => {
    code = await officials.campaignAt('drawn', { mode, items: ITEMS, yearlyCap: UNCAPPED });
    report = await reportOf(code);
  });

  test('the visits are those of the campaign', async () => {
    const { id } = await readCampaign(api.db, code);
    const [row] = await api.db('visits').where({ campaign_id: id }).count<{ n: number }[]>({ n: '*' });
    expect(report).toMatchObject({ mode, visits: row?.n });
    expect(report.visits).toBeGreaterThan(0);
  });

  test('the visits apart are what anyone computes from the public files', async () => {
    const apart = await recomputed(code);
    const visits = report.departments.map((one) => [one.code, one.visitsApart]);
    expect(visits).toEqual([...apart].map(([department, drawn]) => [department, drawn.size]));
    const all = [...apart.values()].flatMap((drawn) => [...drawn]);
    expect(report.visitsApart).toBe(all.length);
    expect(report.saved).toBe(all.length - report.visits);
    expect(report.saved).toBeGreaterThan(0);
    expect(report.entitiesApart).toBe(new Set(all).size);
    const times = [...groupBy(all, (entity) => entity).values()].map((rows) => rows.length);
    expect(report.timesApart).toEqual(
      [...groupBy(times, (one) => one)]
        .map(([one, rows]) => ({ times: one, entities: rows.length }))
        .sort((a, b) => a.times - b.times),
    );
  });

  test('each ratio is met exactly', () => {
    const strata = ['A', 'B', 'C', 'D'];
    const items = mode === 'joint' ? ['*'] : ITEMS;
    expect(report.lines.map((line) => `${line.item.code}/${line.stratum}`)).toEqual(
      items.flatMap((item) => strata.map((stratum) => `${item}/${stratum}`)),
    );
    for (const line of report.lines) {
      expect(line).toMatchObject({ drawn: line.sample, met: true });
      expect(line.sample).toBeGreaterThan(0);
    }
    const own = report.lines.filter((line) => line.item.code === 'WJW-001').map((line) => line.sample);
    // 40 % of 15 in each stratum.
    expect(own).toEqual(mode === 'joint' ? [] : [6, 6, 6, 6]);
  });

  test('as a table for programs', async () => {
    const { status, body, headers } = await api.nobody.call('downloadMergingReport', { params: { code } });
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain(`${code}-merging.csv`);
    const rows = parse<Record<string, string>>(body as string, { bom: true, columns: true });
    expect(rows[0]).toMatchObject({
      类别: '合计',
      合并上门: String(report.visits),
      分别上门: String(report.visitsApart),
    });
    expect(rows.filter((row) => row['类别'] === '部门').map((row) => row['名称'])).toEqual(
      report.departments.map((one) => one.name),
    );
    expect(rows.filter((row) => row['类别'] === '抽查比例')).toHaveLength(report.lines.length);
  });

  test('it is in one sentence, and names nobody', () => {
    expect(report.sentence).toContain(`要上门 ${report.visitsApart} 次`);
    expect(report.sentence).toContain(`合并为 ${report.visits} 户`);
    expect(JSON.stringify(report)).not.toMatch(/92691100MA|云溪餐饮/);
  });

  test('asked again it is the same, and was computed once', async () => {
    const stored = await api.db('visit_reports').select('computed_at');
    await expect(Promise.all([reportOf(code), reportOf(code)])).resolves.toEqual([report, report]);
    expect(await api.db('visit_reports').select('computed_at')).toEqual(stored);
  });

  test('the draw’s tickets are none that a simulation could have had', async () => {
    const { id } = await readCampaign(api.db, code);
    const ceremony = await readLiveCeremony(api.db, id);
    const drawn = await api.db('drawn').where({ ceremony_id: ceremony?.id }).select('credit_code', 'ticket');
    expect(drawn.length).toBeGreaterThan(0);
    for (const { credit_code, ticket } of drawn as { credit_code: string; ticket: string }[]) {
      expect(ticket).toBe(entityTicket(report.seed, credit_code));
      expect(ticket).not.toBe(simulatedTicket(report.seed, credit_code));
    }
  });
});

test('a draw that went on is counted anew', async () => {
  const code = await officials.campaignAt('drawn', { mode: 'per_item', yearlyCap: UNCAPPED });
  const before = await reportOf(code);
  const { id } = await readCampaign(api.db, code);
  const ceremony = await readLiveCeremony(api.db, id);
  await api.db.raw(
    `insert into drawn (ceremony_id, item, stratum, rank, credit_code, ticket, region_code, items)
     select f.ceremony_id, 'SCJG-001', f.stratum, 1000, f.credit_code, '', f.region_code, f.items
       from frozen_entities f
      where f.ceremony_id = :id and f.stratum = 'A' and not exists (
        select from drawn d where d.ceremony_id = :id and d.item = 'SCJG-001' and d.credit_code = f.credit_code)
      limit 1`,
    { id: ceremony?.id ?? 0 },
  );
  const after = await reportOf(code);
  const drawn = (report: Report) =>
    report.lines.find((line) => line.item.code === 'SCJG-001' && line.stratum === 'A');
  expect(drawn(after)).toMatchObject({ drawn: (drawn(before)?.drawn ?? 0) + 1, met: false });
});

test('before the draw there is no report, and of a draft nothing at all', async () => {
  const code = await buildCampaign(api.db, api.city);
  const problem = () => api.nobody.refused('readMergingReport', { params: { code } });
  expect(await problem()).toMatchObject({ status: 404, type: 'campaign-not-found' });
  await api.db('campaigns').where({ code }).update({ stage: 'approved' });
  expect(await problem()).toMatchObject({ status: 404, type: 'not-drawn-yet' });
});
