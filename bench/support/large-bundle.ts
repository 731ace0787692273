import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { csvText, frozenCsv } from '../../domain/draw/csv';
import { exclusionsCsv, inspectorsCsv, type PoolInspector } from '../../domain/draw/frozen-files';
import { hash } from '../../domain/draw/hash';
import { commitmentOf, manifestText, type Manifest } from '../../domain/draw/manifest';
import { sampleSize } from '../../domain/draw/sample-size';
import { sealOf, seedOf } from '../../domain/draw/seed';
import { entityTicket } from '../../domain/draw/tickets';
import { match } from '../../domain/matching/match';
import { merge } from '../../domain/visits/merge';
import { needsOf } from '../../server/verify/assignments';

const RATIOS = { A: 5_000, B: 10_000, C: 20_000, D: 50_000 };
const DEPARTMENTS = ['SCJG', 'WJW', 'XFJ'];
const AT = '2026-04-01T02:00:00.000Z';

/** A drawn bundle of `size` entities in four strata, with three items that cover all, a third and a tenth of them. */
export async function largeBundle(size: number): Promise<Buffer> {
  const codes = Array.from({ length: size }, (_, at) => `9161090${String(at * 7).padStart(11, '0')}`);
  const regions = new Map(codes.map((code, at) => [code, `6109${String(21 + (at % 10))}`]));
  const strata = Object.entries(RATIOS).map(([stratum, ratio_ppm], place) => {
    const own = codes.filter((code) => Number(code.slice(-3)) % 4 === place);
    return { stratum, ratio_ppm, codes: own };
  });
  const items = DEPARTMENTS.map((department, place) => ({
    item: `${department}-001`,
    department,
    codes: codes.filter((_, at) => at % ([1, 3, 10][place] ?? 1) === 0),
  }));
  const pool = DEPARTMENTS.flatMap((department) =>
    Array.from({ length: Math.max(4, size / 3000) }, (_, at): PoolInspector => ({
      inspector: `${department}-${String(at).padStart(5, '0')}`,
      department,
      regions: at % 3 === 0 ? [`6109${21 + (at % 10)}`] : [],
      qualifications: [],
      capacity: null,
    })),
  );
  const entities = csvText(['code', 'region'], [...regions]);
  const frozen = (own: readonly string[]) => {
    const text = textOf(own);
    return { size: own.length, digest: hash(text) };
  };
  const manifest: Manifest = {
    protocol: 'onevisit-draw/1',
    campaign: 'BENCH-1',
    mode: 'joint',
    frozen_at: '2026-04-01T01:00:00Z',
    items: items.map((one) => ({
      item: one.item,
      department: one.department,
      qualifications: [],
      population: frozen(one.codes),
    })),
    strata: strata.map((one) => ({
      item: '*',
      stratum: one.stratum,
      ...frozen(one.codes),
      ratio_ppm: one.ratio_ppm,
      minimum: 0,
      sample: sampleSize(one.codes.length, one.ratio_ppm, 0),
    })),
    teams: DEPARTMENTS.map((department) => ({ department, size: 2 })),
    entities: frozenCsv(entities, size),
    inspectors: frozenCsv(inspectorsCsv(pool), pool.length),
    exclusions: frozenCsv(exclusionsCsv([]), 0),
    contributors: [...DEPARTMENTS, 'public:dice'],
  };
  const text = manifestText(manifest);
  const commitment = commitmentOf(text);
  const values = manifest.contributors.map((contributor) => ({
    contributor,
    value: `${contributor}, a secret of its own`,
  }));
  const seed = seedOf(commitment, values);
  const drawn = strata.flatMap(({ stratum, codes: own, ratio_ppm }) =>
    own
      .map((code) => ({ item: '*', stratum, code, ticket: entityTicket(seed, code) }))
      .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
      .slice(0, sampleSize(own.length, ratio_ppm, 0)),
  );
  const itemsOf = new Map(drawn.map(({ code }) => [code, [] as string[]]));
  for (const { item, codes: own } of items) for (const code of own) itemsOf.get(code)?.push(item);
  const visits = merge(drawn, (code) => itemsOf.get(code) ?? []);
  const { assignments } = match(needsOf(manifest, visits, regions), pool, [], seed);
  const ranks = new Map<string, number>();
  const rankIn = (stratum: string) => ranks.set(stratum, (ranks.get(stratum) ?? 0) + 1).get(stratum) ?? 0;
  return zipOf({
    'manifest.json': text,
    'contributions.json': JSON.stringify({
      commitment,
      seals: values.slice(0, -1).map(({ contributor, value }) => ({
        contributor,
        seal: sealOf(commitment, contributor, value),
        sealed_at: AT,
      })),
      values: values.map((one) => ({ ...one, source: 'live', revealed_at: AT })),
      seed,
    }),
    'entities.csv': entities,
    'inspectors.csv': inspectorsCsv(pool),
    'exclusions.csv': exclusionsCsv([]),
    ...Object.fromEntries(strata.map((one) => [`populations/_joint/${one.stratum}.txt`, textOf(one.codes)])),
    ...Object.fromEntries(items.map((one) => [`populations/${one.item}/_all.txt`, textOf(one.codes)])),
    'drawn.csv': csvText(
      ['item', 'stratum', 'rank', 'code', 'ticket'],
      drawn.map(({ item, stratum, code, ticket }) => [item, stratum, rankIn(stratum), code, ticket]),
    ),
    'visits.csv': csvText(
      ['visit', 'code', 'items'],
      visits.map(({ visit, code, items: own }) => [visit, code, own.join(';')]),
    ),
    'assignments.csv': csvText(
      ['visit', 'department', 'inspector'],
      assignments
        .sort((a, b) => a.visit - b.visit)
        .map(({ visit, department, inspector }) => [visit, department, inspector]),
    ),
  });
}

const textOf = (codes: readonly string[]): string => codes.map((code) => `${code}\n`).join('');

async function zipOf(files: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile();
  let sums = '';
  for (const [name, text] of Object.entries(files)) {
    sums += `${createHash('sha256').update(text).digest('hex')}  ${name}\n`;
    zip.addBuffer(Buffer.from(text), name);
  }
  zip.addBuffer(Buffer.from(sums), 'SHA256SUMS');
  zip.end();
  return buffer(zip.outputStream);
}
