/** A city campaign in which a county and a risky trade have strata of their own (plan 3.3). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { readBundle, readChunks } from '../../db/archives';
import { readCampaign } from '../../db/campaigns';
import { dayOf } from '../../domain/deadlines/working-days';
import type { Manifest } from '../../domain/draw/manifest';
import { sentences } from '../../server/verify/explain';
import { verifyBundle } from '../../server/verify/verify-bundle';
import { startTestApi, type TestApi } from '../integration/api/support';
import { campaignDriver } from '../support/drive-campaign';
import { readZip } from '../support/read-zip';
import { runActivities } from '../support/run-activities';
import type { Mode } from './drawn-bundles';
import { drop, python, VERIFIERS, withPage } from './verifiers';

const CHEMICALS = 'dangerous-chemicals';
const ENTITIES = 1200;

let api: TestApi;
let officials: ReturnType<typeof campaignDriver>;

beforeAll(async () => {
  api = await startTestApi();
  officials = campaignDriver({ ...api, ...runActivities(api.db) });
  await api.db.raw(
    `insert into entities (credit_code, name, region_code, tags, draw_class)
     select '92691100MB' || lpad(n::text, 8, '0'), n || '号店', (array['691101', '691102'])[1 + n / 4 % 2],
            case when n % 3 = 0 then array['catering', :chemicals] else array['catering'] end,
            (array['A', 'B', 'C', 'D'])[1 + n % 4]
       from generate_series(1, :count) n`,
    { chemicals: CHEMICALS, count: ENTITIES },
  );
  await setPolicy();
}, 120_000);

afterAll(() => api.stop());

/** In force today. */
async function setPolicy(): Promise<void> {
  const city = ['A', 'B', 'C', 'D'].map((drawClass) => rowOf(drawClass, { ratioPpm: 100_000, cap: 1 }));
  const coordinator = await api.signedIn('coordinator');
  const { version } = await coordinator.get<{ version: number }>('createRatioPolicy', {
    body: {
      rows: [
        ...city,
        rowOf('B', { region: '691101', ratioPpm: 200_000, cap: 1 }),
        rowOf('B', { level: 'high', ratioPpm: 300_000, cap: 2 }),
        rowOf('B', { region: '691101', level: 'high', ratioPpm: 500_000, cap: null }),
        rowOf('C', { level: 'high', ratioPpm: 400_000, cap: 1 }),
      ],
      industries: [{ tag: CHEMICALS, level: 'high', reason: '危险化学品易燃易爆' }],
      reason: '重点行业加大抽查',
      validFrom: dayOf(api.clock.now),
    },
  });
  const decide = async (who: string, command: string) =>
    (await api.signedIn(who)).get('decideRatioPolicy', { params: { version }, body: { command } });
  await decide('coordinator', 'submit');
  await decide('approver', 'approve');
}

const rowOf = (drawClass: string, more: object) => ({ region: null, level: null, drawClass, ...more });

/** Each in a year of its own: visits of a year count against its caps. */
async function draw(
  mode: Mode,
  year: number,
): Promise<{ code: string; files: Map<string, string>; bundle: Buffer }> {
  const lead = await api.signedIn('lead');
  const { code } = await lead.get<{ code: string }>('createCampaign', {
    body: {
      ...{ name: '全市联合抽查', leadDepartment: 'SCJG', regions: ['691100'], mode, rotation: false },
      items: ['SCJG-001', 'WJW-001'],
      ...{ visitFrom: `${year}-01-01`, visitTo: `${year}-12-31` },
    },
  });
  await officials.carryTo(code, 'drawn');
  const { id } = await readCampaign(api.db, code);
  const stored = await readBundle(api.db, id);
  if (!stored) throw new Error('a drawn campaign has a bundle');
  const bundle = await buffer(readChunks(api.db, stored));
  return { code, bundle, files: await readZip(bundle) };
}

/** By the policy as one reads it. */
const STRATA: [stratum: string, ratioPpm: number, whom: string][] = [
  ['A', 100_000, `draw_class = 'A'`],
  ['B', 100_000, `draw_class = 'B' and not tags @> '{${CHEMICALS}}' and region_code = '691102'`],
  ['B-691101', 200_000, `draw_class = 'B' and not tags @> '{${CHEMICALS}}' and region_code = '691101'`],
  ['B-691101-high', 500_000, `draw_class = 'B' and tags @> '{${CHEMICALS}}' and region_code = '691101'`],
  ['B-high', 300_000, `draw_class = 'B' and tags @> '{${CHEMICALS}}' and region_code = '691102'`],
  ['C', 100_000, `draw_class = 'C' and not tags @> '{${CHEMICALS}}'`],
  ['C-high', 400_000, `draw_class = 'C' and tags @> '{${CHEMICALS}}'`],
  ['D', 100_000, `draw_class = 'D'`],
];

/** Asks for a supplementary draw as the lead and has it approved; the record that it leaves. */
async function raise(code: string, strata: object[]): Promise<Buffer> {
  const lead = await api.signedIn('lead');
  const ask = (wishes: object[]) => ({
    params: { code },
    body: { kind: 'supplement', reason: '高风险行业再多查一些', strata: wishes },
  });
  const unknown = { item: '*', stratum: 'C-691101-high', ratioPpm: 900_000 };
  expect(await lead.refused('requestAmendment', ask([unknown]))).toMatchObject({
    detail: '本次抽取没有分层“C 类（691101、行业高风险）”。',
  });
  const { id } = await lead.get<{ id: number }>('requestAmendment', ask(strata));
  await officials.as('approver', code, 'amend', { amendment: id, note: '' });
  const record = await fetch(`${api.url}/api/v1/public/campaigns/${code}/record.jsonl`);
  return Buffer.from(await record.arrayBuffer());
}

describe.each(['joint', 'per_item'] as const)('the strata of a draw, %s', (mode) => {
  let drawn: Awaited<ReturnType<typeof draw>>;
  beforeAll(async () => {
    drawn = await draw(mode, mode === 'joint' ? 2090 : 2091);
  });

  test('hold whom the policy’s rows are about, and as many are drawn of each as its ratio says', async () => {
    const manifest = JSON.parse(drawn.files.get('manifest.json') ?? '') as Manifest;
    const folder = mode === 'joint' ? '*' : 'SCJG-001';
    const lines = manifest.strata.filter(({ item }) => item === folder);
    expect(lines.map(({ stratum, ratio_ppm }) => [stratum, ratio_ppm])).toEqual(
      STRATA.map(([stratum, ratioPpm]) => [stratum, ratioPpm]),
    );
    const rows = (drawn.files.get('drawn.csv') ?? '').split('\n').map((line) => line.split(','));
    for (const [stratum, ratioPpm, whom] of STRATA) {
      const codes = await api
        .db('entities')
        .whereRaw(whom)
        .orderBy('credit_code')
        .pluck<string[]>('credit_code');
      const text = drawn.files.get(`populations/${mode === 'joint' ? '_joint' : folder}/${stratum}.txt`);
      expect(text).toBe(codes.map((code) => `${code}\n`).join(''));
      const sample = Math.ceil((codes.length * ratioPpm) / 1_000_000);
      const own = rows.filter((row) => row[0] === folder && row[1] === stratum).map((row) => row[3] ?? '');
      expect(lines.find((line) => line.stratum === stratum)).toMatchObject({ size: codes.length, sample });
      expect(own).toHaveLength(sample);
      expect(own.every((code) => codes.includes(code))).toBe(true);
    }
  });

  test.each(Object.keys(VERIFIERS) as (keyof typeof VERIFIERS)[])('hold for %s', async (name) => {
    const [verdict] = await VERIFIERS[name]([{ bundle: drawn.bundle }], null);
    expect(verdict).toMatchObject({ ok: true, failed: [], problems: [] });
  });

  test('are named in words to whoever asks for a company', async () => {
    const code = drawn.files.get('drawn.csv')?.match(/B-691101-high,1,(\w{18}),/)?.[1] ?? '';
    const { company } = await verifyBundle(drawn.bundle, { company: code });
    if (!company) throw new Error('no answer');
    const command = sentences(company).join('\n');
    const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-strata-'));
    const file = path.join(folder, 'bundle.zip');
    try {
      writeFileSync(file, drawn.bundle);
      const { stdout } = await python(['--company', code, file]);
      for (const text of [command, stdout]) expect(text).toContain('B-691101-high 层（');
      expect(stdout).toContain('（地区 691101、行业高风险）');
    } finally {
      rmSync(folder, { recursive: true });
    }
    await withPage(async (page) => {
      expect((await drop(page, { bundle: drawn.bundle })).ok).toBe(true);
      await page.fill('#code', code);
      await page.click('#ask button');
      expect(await page.innerText('#answer')).toContain('B-691101-high 层（地区 691101、行业高风险）');
    });
  });
});

test('a supplementary draw raises one of them, and no other', async () => {
  const { code, bundle } = await draw('joint', 2093);
  const record = await raise(code, [{ item: '*', stratum: 'B-691101-high', ratioPpm: 700_000 }]);
  const { strata } = JSON.parse(record.toString()) as { strata: { stratum: string; ratio_ppm: number }[] };
  expect(strata.map(({ stratum, ratio_ppm }) => [stratum, ratio_ppm])).toEqual(
    STRATA.map(([stratum, ratioPpm]) => [stratum, stratum === 'B-691101-high' ? 700_000 : ratioPpm]),
  );
  for (const verify of Object.values(VERIFIERS)) {
    expect(await verify([{ bundle, record }], null)).toMatchObject([{ ok: true, problems: [] }]);
  }
});

test('the yearly cap of an entity is that of its stratum', async () => {
  const inStratum = (whom: string) =>
    api.db('entities').whereRaw(whom).orderBy('id').first('id', 'credit_code');
  const chosen = new Map<string, string>();
  for (const [stratum, , whom] of STRATA) {
    const entity = (await inStratum(whom)) as { id: number; credit_code: string };
    chosen.set(stratum, entity.credit_code);
    const code = await officials.campaignAt('submitted', { visitFrom: '2089-01-01' });
    const { id } = await readCampaign(api.db, code);
    await api.db('visits').insert({
      ...{ campaign_id: id, number: 1, entity_id: entity.id, ticket: 'x', visit_on: '2092-05-01' },
    });
  }
  const { files } = await draw('joint', 2092);
  const entities = files.get('entities.csv') ?? '';
  const left = [...chosen].filter(([, code]) => !entities.includes(code)).map(([stratum]) => stratum);
  expect(left).toEqual(['A', 'B', 'B-691101', 'C', 'C-high', 'D']);
});
