import { createHash, randomBytes } from 'node:crypto';
import { storeArchive } from '../../../activities/archive';
import { readCampaign } from '../../../db/campaigns';
import { endCeremony, readContributions } from '../../../db/ceremonies';
import { hash } from '../../../domain/draw/hash';
import type { Manifest } from '../../../domain/draw/manifest';
import { campaignDriver } from '../../support/drive-campaign';
import { runActivities } from '../../support/run-activities';
import { readZip } from '../../support/read-zip';
import { startTestApi, type TestApi } from '../api/support';

let api: TestApi;
let officials: ReturnType<typeof campaignDriver>;

beforeAll(async () => {
  api = await startTestApi();
  officials = campaignDriver({ ...api, ...runActivities(api.db) });
});

afterAll(async () => {
  await api.stop();
});

async function frozenCampaign(plan: object = {}): Promise<string> {
  return officials.campaignAt('frozen', plan);
}

async function download(path: string): Promise<{ bytes: Buffer; headers: Headers }> {
  const response = await fetch(`${api.url}/api/v1/public/campaigns/${path}`);
  expect(response.status).toBe(200);
  return { bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const linesOf = (text: string) => text.split('\n').length - 1;

/** File of the archive → what the manifest says of it. */
function committed(manifest: Manifest): Map<string, { size: number; digest: string }> {
  const files = new Map<string, { size: number; digest: string }>([
    ['entities.csv', manifest.entities],
    ['inspectors.csv', manifest.inspectors],
    ['exclusions.csv', manifest.exclusions],
  ]);
  for (const line of manifest.strata) {
    files.set(`populations/${line.item === '*' ? '_joint' : line.item}/${line.stratum}.txt`, line);
  }
  if (manifest.mode === 'joint') {
    for (const { item, population } of manifest.items) files.set(`populations/${item}/_all.txt`, population);
  }
  return files;
}

describe('what the commitment fixes is public before anybody seals', () => {
  test.each(['joint', 'per_item'] as const)(
    'every digest of the manifest is that of a public file: %s',
    async (mode) => {
      const code = await frozenCampaign({ mode });
      const ceremony = await officials.ceremonyOf(code);
      const contributions = await readContributions(api.db, ceremony.id);
      expect(contributions.filter((one) => one.seal !== null || one.value !== null)).toEqual([]);

      const { bytes } = await download(`${code}/ceremonies/1/frozen.zip`);
      const files = await readZip(bytes);
      expect(hash(files.get('manifest.json') ?? '')).toBe(ceremony.commitment);
      const manifest = JSON.parse(files.get('manifest.json') ?? '') as Manifest;
      const expected = committed(manifest);
      expect([...files.keys()].sort()).toEqual([...expected.keys(), 'SHA256SUMS', 'manifest.json'].sort());
      for (const [name, { size, digest }] of expected) {
        const text = files.get(name) ?? '';
        expect({ name, digest: hash(text) }).toEqual({ name, digest });
        expect({ name, lines: linesOf(text) }).toEqual({
          name,
          lines: size + (name.endsWith('.csv') ? 1 : 0),
        });
      }
      expect(manifest.entities.size).toBe(60);
    },
  );

  test('SHA256SUMS names every other file, as sha256sum reads it', async () => {
    const code = await frozenCampaign();
    const files = await readZip((await download(`${code}/ceremonies/1/frozen.zip`)).bytes);
    const sums = [...files]
      .filter(([name]) => name !== 'SHA256SUMS')
      .map(([name, text]) => `${hash(text)}  ${name}\n`);
    expect(files.get('SHA256SUMS')).toBe(sums.join(''));
  });

  test('an exclusion that touches the population is among them', async () => {
    await api.db.raw(
      `insert into exclusions (inspector_id, entity_id, reason)
       select i.id, e.id, '亲属,"任职"' from inspectors i, entities e
        where i.code = 'WJW-0001' and e.credit_code in ('92691100MA00000000', '92691100MA00000001')`,
    );
    const code = await frozenCampaign({ regions: ['691101'] });
    const files = await readZip((await download(`${code}/ceremonies/1/frozen.zip`)).bytes);
    expect(files.get('exclusions.csv')).toBe(
      'inspector,code,reason\nWJW-0001,92691100MA00000000,"亲属,""任职"""\n',
    );
  });

  test('the files of a void ceremony stay, beside those of the next', async () => {
    const code = await frozenCampaign();
    const before = await download(`${code}/ceremonies/1/frozen.zip`);
    const { id } = await officials.ceremonyOf(code);
    await endCeremony(api.db, id, { status: 'void', void_reason: '逾期', ended_at: new Date() });
    await officials.as('lead', code, 'freeze');
    expect((await download(`${code}/ceremonies/1/frozen.zip`)).bytes).toEqual(before.bytes);
    const next = await readZip((await download(`${code}/ceremonies/2/frozen.zip`)).bytes);
    expect(hash(next.get('manifest.json') ?? '')).toBe((await officials.ceremonyOf(code)).commitment);
    const { ceremonies } = await api.nobody.get<{ ceremonies: { number: number; frozenSha256: string }[] }>(
      'readPublicCampaign',
      { params: { code } },
    );
    expect(ceremonies[0]?.frozenSha256).toBe(sha256(before.bytes));
  });

  test('what was never frozen is not found', async () => {
    const code = await frozenCampaign();
    const problem = await api.nobody.refused('downloadFrozen', { params: { code, number: 2 } });
    expect(problem).toMatchObject({
      status: 404,
      type: expect.stringContaining('no-frozen-files') as string,
    });
    await api.nobody.refused('downloadBundle', { params: { code } });
  });
});

describe('the bundle', () => {
  test('holds the frozen files byte for byte, and its hash is in the audit log and on the public page', async () => {
    const code = await officials.campaignAt('drawn');
    const { bytes } = await download(`${code}/bundle.zip`);
    const bundle = await readZip(bytes);
    const frozen = await readZip((await download(`${code}/ceremonies/1/frozen.zip`)).bytes);
    frozen.delete('SHA256SUMS');
    for (const [name, text] of frozen) expect({ name, text: bundle.get(name) }).toEqual({ name, text });
    expect([...bundle.keys()].filter((name) => !frozen.has(name)).sort()).toEqual([
      'SHA256SUMS',
      'assignments.csv',
      'contributions.json',
      'drawn.csv',
      'visits.csv',
    ]);
    const { ceremonies } = await api.nobody.get<{ ceremonies: { bundleSha256: string }[] }>(
      'readPublicCampaign',
      { params: { code } },
    );
    expect(ceremonies[0]?.bundleSha256).toBe(sha256(bytes));
    const logged = await api
      .db('audit_log')
      .where({ action: 'campaign.draw', subject: `campaign/${code}` })
      .first<{ after: { bundle: string } }>('after');
    expect(logged.after.bundle).toBe(sha256(bytes));
  });

  test('a draw that runs twice keeps the first bundle', async () => {
    const code = await frozenCampaign();
    await officials.carryTo(code, 'sealed');
    await officials.reveal(code, 'SCJG', 'WJW', 'XFJ');
    await officials.rollDice(code);
    const draw = () => officials.as('lead', code, 'draw', {}, 'the one draw');
    const first = await draw();
    const { bytes } = await download(`${code}/bundle.zip`);
    expect(await draw()).toEqual(first);
    expect((await download(`${code}/bundle.zip`)).bytes).toEqual(bytes);
  });

  test('caches and clients learn its size and digest, and need not fetch it twice', async () => {
    const code = await officials.campaignAt('drawn');
    const { bytes, headers } = await download(`${code}/bundle.zip`);
    expect(headers.get('content-length')).toBe(String(bytes.length));
    expect(headers.get('etag')).toBe(`"${sha256(bytes)}"`);
    expect(headers.get('repr-digest')).toBe(
      `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
    );
    const again = await fetch(`${api.url}/api/v1/public/campaigns/${code}/bundle.zip`, {
      headers: { 'if-none-match': `"${sha256(bytes)}"` },
    });
    expect(again.status).toBe(304);
  });

  test('nobody can change or remove what was published', async () => {
    const code = await frozenCampaign();
    const { id } = await officials.ceremonyOf(code);
    for (const table of ['archives', 'archive_chunks']) {
      await expect(api.db(table).where({ ceremony_id: id }).del()).rejects.toThrow('append-only');
      await expect(api.db(table).where({ ceremony_id: id }).update({ kind: 'bundle' })).rejects.toThrow(
        'append-only',
      );
    }
  });
});

test('an archive larger than a chunk comes back whole, whatever the size of what went in', async () => {
  const code = await frozenCampaign();
  const ceremony = await officials.ceremonyOf(code);
  // Random hexadecimal digits shrink to a half at best: several chunks.
  const pieces = Array.from({ length: 40 }, (_, at) => randomBytes(1000 + at * 4000).toString('hex'));
  const stored = await api.db.transaction((trx) =>
    storeArchive(trx, { ceremonyId: ceremony.id, kind: 'bundle' }, [
      { name: 'b/large.txt', content: () => pieces },
      { name: 'a.txt', content: () => ['汉字\n'] },
      { name: 'empty.txt', content: () => [] },
    ]),
  );
  await api.db('ceremonies').where({ id: ceremony.id }).update({ status: 'drawn' });
  const { id } = await readCampaign(api.db, code);
  expect(ceremony.campaign_id).toBe(id);
  const { bytes } = await download(`${code}/bundle.zip`);
  expect(stored).toMatchObject({ size: bytes.length, sha256: sha256(bytes) });
  const chunks = await api.db('archive_chunks').where({ ceremony_id: ceremony.id, kind: 'bundle' });
  expect(chunks.length).toBeGreaterThan(2);
  expect(chunks.length).toBe(Math.ceil(bytes.length / (1024 * 1024)));
  const files = await readZip(bytes);
  expect([...files.keys()]).toEqual(['a.txt', 'b/large.txt', 'empty.txt', 'SHA256SUMS']);
  expect(files.get('b/large.txt')).toBe(pieces.join(''));
  expect(files.get('a.txt')).toBe('汉字\n');
});

test('an archive whose files fail is not kept in part', async () => {
  const code = await frozenCampaign();
  const ceremony = await officials.ceremonyOf(code);
  const failing = api.db.transaction((trx) =>
    storeArchive(trx, { ceremonyId: ceremony.id, kind: 'bundle' }, [
      {
        name: 'a.txt',
        content: async function* () {
          yield randomBytes(3_000_000).toString('hex');
          await trx.raw('select 1/0');
        },
      },
    ]),
  );
  await expect(failing).rejects.toThrow('division by zero');
  const left = await api
    .db('archive_chunks')
    .where({ ceremony_id: ceremony.id, kind: 'bundle' })
    .count<[{ count: number }]>();
  expect(left).toEqual([{ count: 0 }]);
});
