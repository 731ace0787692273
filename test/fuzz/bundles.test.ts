/** Bundles of a draw, as anybody may hand them to the verifier: it says what is wrong and never falls over. */
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { ZipFile } from 'yazl';
import { readBundle, readChunks } from '../../db/archives';
import { readCampaign } from '../../db/campaigns';
import { hash } from '../../domain/draw/hash';
import { buildCity } from '../support/build-city';
import { testDatabase } from '../support/database';
import { campaignDriver } from '../support/drive-campaign';
import { readZip } from '../support/read-zip';
import { runActivities } from '../support/run-activities';
import { fuzz } from './support/guarded-parser';
import { spoilt, spoiltBytes } from './support/mutations';

let bundle: Buffer;
let files: Map<string, string>;

beforeAll(async () => {
  const database = await testDatabase();
  const { db } = database;
  const city = await buildCity(db);
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const { id } = await readCampaign(db, await campaignAt('drawn', { mode: 'joint', yearlyCap: {} }));
  const stored = await readBundle(db, id);
  if (!stored) throw new Error('a drawn campaign has a bundle');
  bundle = await buffer(readChunks(db, stored));
  files = await readZip(bundle);
  await database.drop();
});

/** The sums are computed again: what is spoilt reaches what reads it. */
async function packed(changed: ReadonlyMap<string, string>): Promise<Buffer> {
  const zip = new ZipFile();
  const all = new Map([...files, ...changed]);
  all.delete('SHA256SUMS');
  const sums = [...all].map(([name, text]) => `${hash(text)}  ${name}\n`).sort();
  for (const [name, text] of [...all, ['SHA256SUMS', sums.join('')] as const])
    zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

test('as it is, it holds', async () => {
  const guard = await fuzz(
    'bundle',
    fc.constant(bundle),
    (bytes) => bytes,
    ({ kept }) => {
      expect(kept.ok).toBe(true);
    },
  );
  expect(guard.read).toBeGreaterThan(0);
});

test('bytes of the archive', async () => {
  await fuzz('bundle', spoiltBytes([bundle]), (bytes) => bytes);
});

test('the text of any of its files', async () => {
  const changes = fc
    .constantFrom(...files.keys())
    .chain((name) => spoilt([files.get(name) ?? '']).map((text) => [name, text] as const));
  await fuzz('bundle', changes, (change) => packed(new Map([change])));
});

test('files more, fewer, of other names', async () => {
  const names = fc.oneof(
    fc.constantFrom(...files.keys()),
    fc.constantFrom('populations/x.txt', 'a'.repeat(2000)),
  );
  const changes = fc.array(fc.tuple(names, fc.constantFrom('', '\n', '[]', '{}', 'null', '{"items":null}')), {
    minLength: 1,
    maxLength: 6,
  });
  await fuzz('bundle', changes, (some) => packed(new Map(some)));
});

test('what stands beside it', async () => {
  const line = '{"at":"2026-05-06T02:00:00Z","kind":"replacement","before":null}\n';
  const beside = fc.record({ record: spoilt([line, line + line]), ceremonies: spoilt([line, '[]\n']) });
  await fuzz('record-of-a-draw', beside, ({ record, ceremonies }) =>
    JSON.stringify({
      bundle: bundle.toString('base64'),
      record: Buffer.from(record).toString('base64'),
      ceremonies: Buffer.from(ceremonies).toString('base64'),
    }),
  );
});

test('an archive that unpacks to a thousand times its size', async () => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.alloc(300_000_000), 'manifest.json');
  zip.end();
  const bomb = await buffer(zip.outputStream);
  const counts = await fuzz(
    'bundle',
    fc.constant(bomb),
    (bytes) => bytes,
    ({ kept }) => {
      expect(kept.ok).toBe(false);
    },
  );
  expect(counts.read).toBeGreaterThan(0);
});
