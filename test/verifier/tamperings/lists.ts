import { byBytes } from '../../../domain/draw/manifest';
import type { BundleFiles } from '../bundle-files';
import { frozen, type Tampering } from './tampering';

const STRATUM_A = 'populations/_joint/A.txt';
const STRATUM_D = 'populations/_joint/D.txt';
const ALL_SCJG = 'populations/SCJG-001/_all.txt';
const ALL_WJW = 'populations/WJW-001/_all.txt';
const ALL_XFJ = 'populations/XFJ-001/_all.txt';
const NEWCOMER = '92691100MA00000999';

const withLine = (code: string) => (lines: string[]) => [...lines, code].sort(byBytes);
const withoutLine = (code: string) => (lines: string[]) => lines.filter((line) => line !== code);
const has = (bundle: BundleFiles, name: string, code: string) => bundle.text(name).split('\n').includes(code);
const firstOf = (bundle: BundleFiles, name: string): string => bundle.text(name).split('\n')[0] ?? '';
const places = [ALL_SCJG, ALL_WJW, ALL_XFJ];
const inOrder = (rows: string[][]) => rows.sort(([a = ''], [b = '']) => byBytes(a, b));

function remove(bundle: BundleFiles, code: string): void {
  for (const name of [STRATUM_A, STRATUM_D, ...places]) {
    if (has(bundle, name, code)) bundle.lines(name, withoutLine(code));
  }
  bundle.editRows('entities.csv', (rows) => rows.filter((row) => row[0] !== code));
}

function insert(bundle: BundleFiles, code: string, stratum: string): void {
  for (const name of [stratum, ALL_SCJG, ALL_WJW]) bundle.lines(name, withLine(code));
  bundle.editRows('entities.csv', (rows) => inOrder([...rows, [code, '691101']]));
}

/** The first drawn entity of a stratum: the one whose disappearance is worth most. */
const drawnFrom = (bundle: BundleFiles, stratum: string): string =>
  bundle.rows('drawn.csv').find((row) => row[1] === stratum)?.[3] ?? '';

const list = (name: string, change: (bundle: BundleFiles) => void): Tampering =>
  frozen('lists', name, null, change);
const broken = (name: string, change: (bundle: BundleFiles) => void): Tampering =>
  frozen('lists', name, 'populations', change);
const uneven = (name: string, change: (bundle: BundleFiles) => void): Tampering => ({
  ...frozen('lists', name, 'partition', change),
  found: { edit: 'sums', sums: 'partition', digests: 'partition', all: 'partition' },
});
const pool = (name: string, change: (bundle: BundleFiles) => void): Tampering => ({
  ...frozen('lists', name, null, change),
  found: { edit: 'sums', sums: 'pool', digests: 'contributions', all: 'published' },
});

export const LIST_TAMPERINGS: Tampering[] = [
  list('an entity is added to stratum, items and registry', (bundle) => insert(bundle, NEWCOMER, STRATUM_D)),
  list('a drawn entity is removed from all lists', (bundle) => remove(bundle, drawnFrom(bundle, 'D'))),
  list('an entity is exchanged for another one', (bundle) => {
    remove(bundle, firstOf(bundle, STRATUM_D));
    insert(bundle, NEWCOMER, STRATUM_D);
  }),
  list('an entity is moved to a stratum with a lower ratio', (bundle) => {
    const code = drawnFrom(bundle, 'D');
    bundle.lines(STRATUM_D, withoutLine(code));
    bundle.lines(STRATUM_A, withLine(code));
  }),
  uneven('an entity is added to a stratum only', (bundle) => bundle.lines(STRATUM_D, withLine(NEWCOMER))),
  uneven('an entity is removed from a stratum only', (bundle) =>
    bundle.lines(STRATUM_D, withoutLine(firstOf(bundle, STRATUM_D))),
  ),
  uneven('an entity is put into a second stratum', (bundle) =>
    bundle.lines(STRATUM_A, withLine(firstOf(bundle, STRATUM_D))),
  ),
  uneven('an entity is added to an item only', (bundle) => bundle.lines(ALL_XFJ, withLine(NEWCOMER))),
  list('an entity is taken out of one item', (bundle) =>
    bundle.lines(ALL_XFJ, withoutLine(firstOf(bundle, ALL_XFJ))),
  ),
  broken('an entity is listed twice', (bundle) =>
    bundle.lines(STRATUM_D, (lines) => [lines[0] ?? '', ...lines]),
  ),
  broken('two lines of a population change places', (bundle) =>
    bundle.lines(STRATUM_D, ([first = '', second = '', ...rest]) => [second, first, ...rest]),
  ),
  broken('lines end in carriage returns', (bundle) =>
    bundle.edit(STRATUM_D, (text) => text.replaceAll('\n', '\r\n')),
  ),
  broken('the last line feed of a population is missing', (bundle) =>
    bundle.edit(STRATUM_D, (text) => text.slice(0, -1)),
  ),
  {
    ...list("an entity's region is changed", (bundle) =>
      bundle.editRows('entities.csv', ([[code = ''] = [], ...rest]) => [[code, '691199'], ...rest]),
    ),
    found: { edit: 'sums', sums: 'partition', digests: 'contributions', all: 'published' },
  },
  uneven('an entity is missing in entities.csv', (bundle) =>
    bundle.editRows('entities.csv', (rows) => rows.slice(1)),
  ),
  uneven('entities.csv has another header', (bundle) =>
    bundle.edit('entities.csv', (text) => text.replace('code,region', 'code,area')),
  ),
  uneven('entities.csv is not sorted', (bundle) => bundle.editRows('entities.csv', (rows) => rows.reverse())),
  pool('an inspector is added to the pool', (bundle) =>
    bundle.editRows('inspectors.csv', (rows) => {
      const at = rows.findIndex((row) => row[1] === 'WJW');
      return [...rows.slice(0, at), ['SCJG-9999', 'SCJG', '', '', ''], ...rows.slice(at)];
    }),
  ),
  pool('an inspector is removed from the pool', (bundle) =>
    bundle.editRows('inspectors.csv', (rows) => rows.filter((row) => row[0] !== 'SCJG-0003')),
  ),
  pool("an inspector's capacity is raised", (bundle) =>
    bundle.editRows('inspectors.csv', (rows) =>
      rows.map((row) => (row[0] === 'SCJG-0001' ? [...row.slice(0, 4), '9'] : row)),
    ),
  ),
  pool("an inspector's regions are changed", (bundle) =>
    bundle.editRows('inspectors.csv', (rows) =>
      rows.map((row) => (row[2] === '691101' ? [row[0] ?? '', row[1] ?? '', '', ...row.slice(3)] : row)),
    ),
  ),
  pool('an inspector gets a qualification', (bundle) =>
    bundle.editRows('inspectors.csv', (rows) =>
      rows.map((row) => (row[0] === 'XFJ-0005' ? [...row.slice(0, 3), 'fire', row[4] ?? ''] : row)),
    ),
  ),
  pool('an exclusion is removed', (bundle) => bundle.editRows('exclusions.csv', (rows) => rows.slice(1))),
  pool('an exclusion is added', (bundle) =>
    bundle.editRows('exclusions.csv', (rows) => [...rows, ['XFJ-0001', drawnFrom(bundle, 'D'), '回避']]),
  ),
  {
    ...pool('inspectors.csv has quotes where none are needed', (bundle) =>
      bundle.edit('inspectors.csv', (text) => text.replace('SCJG-0001', '"SCJG-0001"')),
    ),
    found: { edit: 'sums', sums: 'pool', digests: 'pool', all: 'pool' },
  },
];
