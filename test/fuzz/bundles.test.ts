/** Bundles of a draw, as anybody may hand them to the verifier: it says what is wrong and never falls over. */
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { readBundle, readChunks } from '../../db/archives';
import { readCampaign } from '../../db/campaigns';
import { buildCity } from '../support/build-city';
import { testDatabase } from '../support/database';
import { campaignDriver } from '../support/drive-campaign';
import { runActivities } from '../support/run-activities';
import { zipOf } from '../support/zip-of';
import { BundleFiles } from '../verifier/bundle-files';
import { fuzz, GuardedParser } from './support/guarded-parser';
import { spoilt, spoiltBytes } from './support/mutations';

let bundle: Buffer;
let whole: BundleFiles;

beforeAll(async () => {
  const database = await testDatabase();
  const { db } = database;
  const city = await buildCity(db);
  const { campaignAt } = campaignDriver({ db, city, ...runActivities(db) });
  const { id } = await readCampaign(db, await campaignAt('drawn', { mode: 'joint', yearlyCap: {} }));
  const stored = await readBundle(db, id);
  if (!stored) throw new Error('a drawn campaign has a bundle');
  bundle = await buffer(readChunks(db, stored));
  whole = await BundleFiles.of(bundle);
  await database.drop();
});

/** The sums are computed again: what is spoilt reaches what reads it. */
function packed(changes: Iterable<readonly [name: string, text: string]>): Promise<Buffer> {
  const changed = whole.copy();
  for (const [name, text] of changes) changed.write(name, text);
  changed.writeSums();
  return changed.zip();
}

/** Whether it holds. */
async function verified(content: Buffer): Promise<unknown> {
  const guarded = new GuardedParser('bundle');
  try {
    return (await guarded.feed(content)).kept.ok;
  } finally {
    await guarded.stop();
  }
}

test('as it is, it holds', async () => {
  expect(await verified(bundle)).toBe(true);
});

test('bytes of the archive', async () => {
  await fuzz('bundle', spoiltBytes([bundle]), (bytes) => bytes);
});

test('the text of any of its files', async () => {
  const changes = fc
    .constantFrom(...whole.files.keys())
    .chain((name) => spoilt([whole.text(name)]).map((text) => [name, text] as const));
  await fuzz('bundle', changes, (change) => packed([change]));
});

test('files more, fewer, of other names', async () => {
  const names = fc.oneof(
    fc.constantFrom(...whole.files.keys()),
    fc.constantFrom('populations/x.txt', 'a'.repeat(2000)),
  );
  const changes = fc.array(fc.tuple(names, fc.constantFrom('', '\n', '[]', '{}', 'null', '{"items":null}')), {
    minLength: 1,
    maxLength: 6,
  });
  await fuzz('bundle', changes, packed);
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
  expect(await verified(await zipOf([['manifest.json', Buffer.alloc(300_000_000)]]))).toBe(false);
});
