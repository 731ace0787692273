/** A folder and a bucket, which have to behave alike. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { bucketStore } from '../../../evidence/bucket-store';
import { folderStore, newKey } from '../../../evidence/folder-store';
import { EvidenceMissing, type EvidenceStore } from '../../../evidence/store';
import { testBucket, type TestBucket } from '../../support/bucket';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'onevisit-stores-'));
const folder = path.join(scratch, 'evidence');
let bucket: TestBucket;

beforeAll(async () => {
  bucket = await testBucket();
}, 300_000);

afterAll(async () => {
  await bucket.stop();
  rmSync(scratch, { recursive: true });
});

const STORES: [string, () => EvidenceStore][] = [
  ['a folder', () => folderStore(folder)],
  ['a bucket', () => bucketStore(bucket.url)],
];

function received(content: Buffer) {
  const file = path.join(scratch, `received-${newKey(0).slice(2)}`);
  writeFileSync(file, content);
  return { path: file, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

async function contentOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function keysOf(store: EvidenceStore, age: number): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.keysOlderThan(age)) keys.push(key);
  return keys.sort();
}

describe.each(STORES)('%s', (_, open) => {
  test('gives back what it was given, takes the received file over, and lists and erases it', async () => {
    const store = open();
    const content = randomBytes(3_000_000);
    const key = newKey(7);
    const file = received(content);
    await store.put(key, file);
    expect(existsSync(file.path)).toBe(false);
    expect((await contentOf(await store.open(key))).equals(content)).toBe(true);
    // The store's clock says seconds only.
    expect(await keysOf(store, -2000)).toEqual([key]);
    expect(await keysOf(store, 60_000)).toEqual([]);
    await store.remove(key);
    await store.remove(key);
    await expect(store.open(key)).rejects.toBeInstanceOf(EvidenceMissing);
    expect(await keysOf(store, -2000)).toEqual([]);
  });

  test('has nothing before the first file', async () => {
    expect(await keysOf(open(), -2000)).toEqual([]);
  });
});

test('a bucket lists more than one page, and nothing that is not evidence', async () => {
  const store = bucketStore(bucket.url);
  writeFileSync(path.join(bucket.folder, 'something-else'), 'x');
  const keys = Array.from({ length: 1005 }, (_, at) => `${at % 10}/${String(at).padStart(4, '0')}`).sort();
  await store.put('0/first', received(Buffer.from('one')));
  for (const key of keys) {
    // Put beside the server: it is the listing that counts here.
    const place = path.join(bucket.folder, 'evidence', key);
    rmSync(place, { force: true });
    if (!existsSync(path.dirname(place)))
      await store.put(`${key.split('/')[0] ?? ''}/x`, received(Buffer.from('x')));
    writeFileSync(place, 'x');
  }
  const listed = await keysOf(store, -2000);
  expect(listed.filter((key) => keys.includes(key))).toEqual(keys);
  expect(listed).not.toContain('something-else');
});

test('a bucket refuses what is not what was received, and tells of a wrong key', async () => {
  const file = received(Buffer.from('what was received'));
  const before = readdirSync(bucket.folder, { recursive: true });
  const spoilt = { ...file, sha256: createHash('sha256').update('other').digest('hex') };
  await expect(bucketStore(bucket.url).put(newKey(9), spoilt)).rejects.toThrow(
    /XAmzContentSHA256Mismatch|400/,
  );
  const wrong = new URL(bucket.url);
  wrong.password = 'wrong';
  await expect(bucketStore(wrong.href).put(newKey(9), file)).rejects.toThrow('403 SignatureDoesNotMatch');
  const nowhere = new URL(bucket.url);
  nowhere.pathname = '/no-such-bucket';
  await expect(bucketStore(nowhere.href).put(newKey(9), file)).rejects.toThrow('no such bucket');
  expect(readdirSync(bucket.folder, { recursive: true })).toEqual(before);
});
