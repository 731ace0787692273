/** The public file of a draw (protocol, section 6), recomputed from nothing but itself. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import canonicalize from 'canonicalize';
import { parse } from 'csv-parse/sync';
import { fromBufferPromise, type ZipFile } from 'yauzl';
import { readBundle, readChunks } from '../../../db/archives';
import { readCampaign } from '../../../db/campaigns';
import { readLiveCeremony } from '../../../db/ceremonies';
import type { Manifest } from '../../../domain/draw/manifest';
import { buildCity, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';

let database: TestDatabase;
let city: City;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database.db);
  await database.db('exclusions').insert({
    inspector_id: database.db('inspectors').where({ code: 'WJW-0001' }).select('id'),
    entity_id: database.db('entities').orderBy('credit_code').limit(1).select('id'),
    reason: '近亲属经营，"回避"',
  });
  await database
    .db('inspectors')
    .where({ code: 'SCJG-0001' })
    .update({ regions: ['691101', '691102'], capacity: 30 });
});

afterAll(() => database.drop());

/** By name. */
type Files = Map<string, string>;

async function unzip(bundle: Buffer): Promise<Files> {
  const zip: ZipFile = await fromBufferPromise(bundle, { lazyEntries: true });
  const files: Files = new Map();
  const open = promisify(zip.openReadStream.bind(zip)) as (entry: unknown) => Promise<NodeJS.ReadableStream>;
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, (await buffer(await open(entry))).toString('utf8'));
  }
  return files;
}

async function drawn(mode: 'joint' | 'per_item') {
  const { db } = database;
  const { as, campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const code = await campaignAt('drawn', { mode, yearlyCap: {} });
  const { id } = await readCampaign(db, code);
  const stored = await readBundle(db, id);
  if (!stored) throw new Error('a drawn campaign has a bundle');
  const bytes = await buffer(readChunks(db, stored));
  return { as, code, id, stored, bytes, files: await unzip(bytes) };
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const rowsOf = (files: Files, name: string) =>
  parse(files.get(name) ?? '', { columns: true }) as unknown as Record<string, string>[];
const manifestOf = (files: Files) => JSON.parse(files.get('manifest.json') ?? '') as Manifest;

describe.each(['joint', 'per_item'] as const)('the bundle of a draw, %s', (mode) => {
  let bundle: Awaited<ReturnType<typeof drawn>>;

  beforeAll(async () => {
    bundle = await drawn(mode);
  });

  test('has every file of the protocol and no other, each with its sum', () => {
    const { files } = bundle;
    const manifest = manifestOf(files);
    const strata = manifest.strata.map(({ item, stratum }) => `${item === '*' ? '_joint' : item}/${stratum}`);
    const all = mode === 'joint' ? manifest.items.map(({ item }) => `${item}/_all`) : [];
    expect([...files.keys()].sort()).toEqual(
      [
        ...['manifest.json', 'contributions.json', 'entities.csv', 'inspectors.csv', 'exclusions.csv'],
        ...['drawn.csv', 'visits.csv', 'assignments.csv', 'SHA256SUMS'],
        ...[...strata, ...all].map((name) => `populations/${name}.txt`),
      ].sort(),
    );
    const sums = (files.get('SHA256SUMS') ?? '').trimEnd().split('\n');
    expect(sums).toEqual(
      [...files.keys()]
        .filter((name) => name !== 'SHA256SUMS')
        .map((name) => `${sha256(files.get(name) ?? '')}  ${name}`),
    );
  });

  test('is named by its hash, on its ceremony for ever', async () => {
    const ceremony = await readLiveCeremony(database.db, bundle.id);
    expect([ceremony?.bundle_sha256, bundle.stored.sha256]).toEqual(Array(2).fill(sha256(bundle.bytes)));
    expect(bundle.stored.size).toBe(bundle.bytes.length);
  });

  test('its commitment, seals and seed follow from its manifest and values', () => {
    const { files } = bundle;
    const text = files.get('manifest.json') ?? '';
    expect(canonicalize(JSON.parse(text))).toBe(text);
    const contributions = JSON.parse(files.get('contributions.json') ?? '') as {
      commitment: string;
      seals: { contributor: string; seal: string }[];
      values: { contributor: string; value: string; source: string | null }[];
      seed: string;
    };
    const { commitment, seals, values, seed } = contributions;
    expect(commitment).toBe(sha256(text));
    const valueOf = new Map(values.map((one) => [one.contributor, one.value]));
    for (const { contributor, seal } of seals) {
      expect(seal).toBe(
        sha256(`onevisit-seal/1\n${commitment}\n${contributor}\n${valueOf.get(contributor) ?? ''}`),
      );
    }
    const { contributors } = manifestOf(files);
    expect(seals.map((one) => one.contributor)).toEqual(contributors.filter((one) => !one.includes(':')));
    const lines = contributors.map((one) => `${one}\t${valueOf.get(one) ?? ''}\n`).join('');
    expect(seed).toBe(sha256(`onevisit-seed/1\n${commitment}\n${lines}`));
    expect(values.find((one) => one.contributor === 'public:dice')?.source).toBe('现场直播');
  });

  test('its digests and sizes are those of its files', () => {
    const { files } = bundle;
    const manifest = manifestOf(files);
    for (const { item, stratum, size, digest } of manifest.strata) {
      const text = files.get(`populations/${item === '*' ? '_joint' : item}/${stratum}.txt`) ?? '';
      expect([text.split('\n').length - 1, sha256(text)]).toEqual([size, digest]);
    }
    if (mode === 'joint') {
      for (const { item, population } of manifest.items) {
        const text = files.get(`populations/${item}/_all.txt`) ?? '';
        expect([text.split('\n').length - 1, sha256(text)]).toEqual([population.size, population.digest]);
      }
    }
    for (const name of ['entities', 'inspectors', 'exclusions'] as const) {
      const { size, digest } = manifest[name];
      expect([rowsOf(files, `${name}.csv`).length, sha256(files.get(`${name}.csv`) ?? '')]).toEqual([
        size,
        digest,
      ]);
    }
    expect(rowsOf(files, 'exclusions.csv')).toMatchObject([
      { inspector: 'WJW-0001', reason: '近亲属经营，"回避"' },
    ]);
    expect(rowsOf(files, 'inspectors.csv')[0]).toMatchObject({ regions: '691101;691102', capacity: '30' });
  });

  test('its draw, visits and assignments follow from its seed', () => {
    const { files } = bundle;
    const manifest = manifestOf(files);
    const { seed } = JSON.parse(files.get('contributions.json') ?? '') as { seed: string };
    const expected = manifest.strata.flatMap(({ item, stratum, sample }) =>
      (files.get(`populations/${item === '*' ? '_joint' : item}/${stratum}.txt`) ?? '')
        .trimEnd()
        .split('\n')
        .map((code) => ({ code, ticket: sha256(`${seed}\nentity\n${code}`) }))
        .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
        .slice(0, sample)
        .map((one, at) => ({ item, stratum, rank: String(at + 1), ...one })),
    );
    expect(rowsOf(files, 'drawn.csv')).toEqual(expected);
    const visits = rowsOf(files, 'visits.csv');
    const inOrder = new Map(expected.map(({ code, ticket }) => [ticket, code]));
    expect(visits.map((visit) => visit['code'])).toEqual(
      [...inOrder.keys()].sort().map((ticket) => inOrder.get(ticket)),
    );
    expect(visits.map((visit) => visit['visit'])).toEqual(visits.map((_, at) => String(at + 1)));
    for (const { visit, items } of visits) {
      const departments = new Set(items?.split(';').map((item) => item.split('-')[0]));
      const people = rowsOf(files, 'assignments.csv').filter((one) => one['visit'] === visit);
      expect(new Set(people.map((one) => one['department']))).toEqual(departments);
    }
  });
});
