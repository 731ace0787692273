import { hash } from '../../../domain/draw/hash';
import { zipOf } from '../../support/zip-of';
import type { BundleFiles } from '../bundle-files';
import type { Tampering } from './tampering';

const base = { mode: 'joint', origin: 'assignments' } as const;

const file = (name: string, found: Tampering['found'], change: (bundle: BundleFiles) => void): Tampering => ({
  ...base,
  name,
  found,
  change,
});
const archive = (name: string, zip: (bundle: BundleFiles) => Promise<Buffer>): Tampering => ({
  ...base,
  name,
  found: { edit: 'archive' },
  zip,
});

export const ARCHIVE_TAMPERINGS: Tampering[] = [
  file('a line of SHA256SUMS is changed', { edit: 'sums' }, (bundle) =>
    bundle.edit('SHA256SUMS', (text) => text.replace(/^[0-9a-f]{64}/, hash('another file'))),
  ),
  file('SHA256SUMS leaves a file out', { edit: 'sums' }, (bundle) =>
    bundle.edit('SHA256SUMS', (text) => text.slice(text.indexOf('\n') + 1)),
  ),
  file('SHA256SUMS names a file that is not there', { edit: 'sums' }, (bundle) =>
    bundle.edit('SHA256SUMS', (text) => `${text}${hash('')}  missing.txt\n`),
  ),
  file('SHA256SUMS is missing', { edit: 'archive' }, (bundle) => void bundle.files.delete('SHA256SUMS')),
  file('a file is added', { edit: 'archive', sums: 'archive' }, (bundle) =>
    bundle.write('populations/_joint/E.txt', '92691100MA00000999\n'),
  ),
  file(
    'a population is missing',
    { edit: 'archive', sums: 'archive' },
    (bundle) => void bundle.files.delete('populations/_joint/A.txt'),
  ),
  file(
    'exclusions.csv is missing',
    { edit: 'archive', sums: 'archive' },
    (bundle) => void bundle.files.delete('exclusions.csv'),
  ),
  file(
    'assignments.csv is missing',
    { edit: 'archive', sums: 'archive' },
    (bundle) => void bundle.files.delete('assignments.csv'),
  ),
  archive('the ZIP holds a file twice', (bundle) =>
    zipOf([...bundle.files, ['drawn.csv', Buffer.from('item,stratum,rank,code,ticket\n')]]),
  ),
  archive('a checksum inside the ZIP is broken', async (bundle) => {
    const zip = await bundle.zip();
    // The directory's entry of the first file: its checksum is 16 bytes in.
    const at = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 16;
    zip.writeUInt32LE((zip.readUInt32LE(at) ^ 1) >>> 0, at);
    return zip;
  }),
  archive('the ZIP is cut off', async (bundle) => {
    const zip = await bundle.zip();
    return zip.subarray(0, Math.floor(zip.length / 2));
  }),
  archive('it is no ZIP at all', () => Promise.resolve(Buffer.from('PK, and then nothing that is a ZIP'))),
];
