import { open } from 'node:fs/promises';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { evidenceTypeOf, HEAD_BYTES, type EvidenceType } from '../../../domain/evidence/types';
import { isWholeFile } from '../../../evidence/whole-file';
import { evidenceFile } from '../../support/evidence';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'onevisit-whole-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

async function isWhole(content: Buffer, type: EvidenceType): Promise<boolean> {
  const place = path.join(scratch, 'file');
  writeFileSync(place, content);
  const handle = await open(place);
  try {
    return await isWholeFile(handle, content.length, type);
  } finally {
    await handle.close();
  }
}

describe.each<[string, EvidenceType]>([
  ['photo.jpg', 'jpeg'],
  ['progressive.jpg', 'jpeg'],
  ['with-location.jpg', 'jpeg'],
  ['photo.png', 'png'],
  ['photo.webp', 'webp'],
  ['photo.heic', 'heic'],
  ['paper.pdf', 'pdf'],
  ['film.mp4', 'mp4'],
  ['film.mov', 'mov'],
])('%s', (name, type) => {
  const content = evidenceFile(name);

  test('is known by its first bytes', () => {
    expect(evidenceTypeOf(content.subarray(0, HEAD_BYTES))).toBe(type);
  });

  test('is whole, and no longer where its end is missing', async () => {
    expect(await isWhole(content, type)).toBe(true);
    for (const share of [0.3, 0.6, 0.9]) {
      const part = content.subarray(0, Math.floor(content.length * share));
      expect([share, await isWhole(part, type)]).toEqual([share, false]);
    }
  });
});

test('what a phone appends to a photo does no harm', async () => {
  const moving = Buffer.concat([evidenceFile('photo.jpg'), evidenceFile('film.mp4')]);
  expect(await isWhole(moving, 'jpeg')).toBe(true);
});

test.each([
  ['a page', Buffer.from('<html><script>alert(1)</script>'.padEnd(80))],
  ['a drawing that can run programs', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.padEnd(80))],
  ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(80)])],
  ['an archive', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(80)])],
  ['an animation', Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(80)])],
  ['a picture of an unknown brand', Buffer.from('\0\0\0\u001cftypavif\0\0\0\0avifmif1miaf'.padEnd(80))],
  ['a paper that begins with something else', Buffer.from(' %PDF-1.7'.padEnd(80))],
  ['nothing', Buffer.alloc(0)],
  ['a few bytes', Buffer.from([0xff, 0xd8])],
])('%s is no evidence', (_, content) => {
  expect(evidenceTypeOf(content.subarray(0, HEAD_BYTES))).toBeNull();
});
