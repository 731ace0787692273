import { extendedStrata, leaversOf, standingStrata, takenOut } from '../../../domain/amendments';
import type { Manifest } from '../../../domain/draw/manifest';
import { recordLine, type RecordEntry } from '../../../domain/draw/record';
import { hash } from '../../../domain/draw/hash';

const line = (stratum: string, size: number, ratio_ppm: number, sample: number) => ({
  item: '*',
  stratum,
  size,
  digest: '',
  ratio_ppm,
  minimum: 0,
  sample,
});
const manifest = { strata: [line('A', 500, 10_000, 5), line('B', 100, 30_000, 3)] } as Manifest;
const head = {
  campaign: 'LC-1',
  ceremony: 1,
  seq: 1,
  previous: '0'.repeat(64),
  at: '2026-04-01T00:00:00Z',
  reason: '—',
};

test('a higher ratio draws more of its stratum and leaves the others as they are', () => {
  const standing = standingStrata(manifest, []);
  const extended = extendedStrata(manifest, standing, [
    { item: '*', stratum: 'B', ratio_ppm: 50_000, minimum: 0 },
  ]);
  expect(extended.map((one) => one.sample)).toEqual([5, 5]);
});

test('the latest supplement is what stands', () => {
  const strata = extendedStrata(manifest, standingStrata(manifest, []), [
    { item: '*', stratum: 'A', ratio_ppm: 20_000, minimum: 0 },
  ]);
  const entry: RecordEntry = {
    ...head,
    kind: 'supplement',
    strata,
    visits: [],
    assignments: [],
    changes: [],
  };
  expect(standingStrata(manifest, [entry])).toEqual(strata);
});

test.each([
  ['a lower ratio', { item: '*', stratum: 'A', ratio_ppm: 9_999, minimum: 0 }, 'bad-supplement'],
  ['an unknown stratum', { item: '*', stratum: 'D', ratio_ppm: 900_000, minimum: 0 }, 'bad-supplement'],
  ['a ratio that adds nobody', { item: '*', stratum: 'B', ratio_ppm: 30_000, minimum: 3 }, 'nothing-to-add'],
])('%s is refused', (_what, wish, type) => {
  const standing = standingStrata(manifest, []);
  expect(() => extendedStrata(manifest, standing, [wish])).toThrow(
    expect.objectContaining({ type }) as Error,
  );
});

test('whoever is out for all visits stays out, whoever is out for some does not', () => {
  const entry = (inspector: string, scope: 'all' | 'visits'): RecordEntry => ({
    ...head,
    kind: 'replacement',
    inspector,
    scope,
    changes: [],
  });
  expect([...takenOut([entry('p1', 'all'), entry('p2', 'visits')])]).toEqual(['p1']);
});

test('who left a place of a team is known for that place only', () => {
  const place = { visit: 3, department: 'WJW' };
  const left = leaversOf([
    { ...head, kind: 'replacement', inspector: 'p1', scope: 'visits', changes: [{ ...place, by: 'p2' }] },
    {
      ...head,
      kind: 'supplement',
      strata: [],
      visits: [],
      assignments: [],
      changes: [{ ...place, inspector: 'p2', by: null }],
    },
  ]);
  expect(left(place)).toEqual(['p1', 'p2']);
  expect(left({ visit: 3, department: 'XFJ' })).toEqual([]);
  expect(left({ visit: 4, department: 'WJW' })).toEqual([]);
});

test('a line names its own digest whatever the order of its keys', () => {
  const entry: RecordEntry = { ...head, kind: 'replacement', inspector: 'p1', scope: 'all', changes: [] };
  const { line: text, digest } = recordLine(
    Object.fromEntries(Object.entries(entry).reverse()) as unknown as RecordEntry,
  );
  expect(text).toBe(recordLine(entry).line);
  expect(digest).toBe(hash(text));
});
