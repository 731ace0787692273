import { match, type VisitNeed } from '../../../domain/matching/match';
import type { PoolInspector } from '../../../domain/draw/frozen-files';
import { hash } from '../../../domain/draw/hash';

const SEEDS = Array.from({ length: 10_000 }, (_, at) => hash(`fairness ${at}`));

const colleague = (inspector: string, one: Partial<PoolInspector> = {}): PoolInspector => ({
  ...{ inspector, department: 'SCJG', regions: [], qualifications: ['food'], capacity: null, ...one },
});
const visitOf = (visit: number, one: Partial<VisitNeed> = {}): VisitNeed => ({
  ...{ visit, code: `CODE-${visit}`, region: '691101', department: 'SCJG', teamSize: 2 },
  ...{ qualifications: ['food'], ...one },
});

/** Inspectors alike in the frozen files, and others whose presence makes them move. */
const ALIKE = ['A', 'B', 'C', 'D', 'E', 'F'];
const CASES: [string, PoolInspector[], VisitNeed[]][] = [
  ['one round, most stay at home', ALIKE.map((name) => colleague(name)), [visitOf(1), visitOf(2)]],
  [
    'two rounds, the last of them for some',
    ALIKE.map((name) => colleague(name)),
    [1, 2, 3, 4, 5].map((visit) => visitOf(visit)),
  ],
  [
    'repairs: the others can do only what comes first, and specialists are short',
    [
      ...ALIKE.map((name) => colleague(name, { qualifications: ['food', 'fire'], capacity: 2 })),
      colleague('X', { capacity: 2 }),
      colleague('Y', { regions: ['691102'], qualifications: ['fire'] }),
    ],
    [
      visitOf(1),
      visitOf(2),
      visitOf(3, { qualifications: ['fire'] }),
      visitOf(4, { qualifications: ['fire'], teamSize: 3 }),
      visitOf(5, { qualifications: ['fire'], region: '691102' }),
    ],
  ],
  [
    'too few for all: somebody is missing everywhere',
    ALIKE.map((name) => colleague(name, { capacity: 1 })),
    [1, 2, 3, 4].map((visit) => visitOf(visit, { teamSize: visit === 2 ? 3 : 2 })),
  ],
];

test.each(CASES)('inspectors that are alike have equal chances, and so have pairs: %s', (_, pool, needs) => {
  const alone = new Map<string, number>();
  const together = new Map<string, number>();
  for (const seed of SEEDS) {
    const { assignments } = match(needs, pool, [], seed);
    for (const need of needs) {
      const team = assignments
        .filter((one) => one.visit === need.visit && ALIKE.includes(one.inspector))
        .map((one) => one.inspector);
      for (const [at, one] of team.entries()) {
        count(alone, `${need.visit} ${one}`);
        for (const other of team.slice(at + 1)) count(together, `${need.visit} ${one}${other}`);
      }
    }
  }
  for (const need of needs) {
    const places = ALIKE.map((one) => alone.get(`${need.visit} ${one}`) ?? 0);
    expect(isUniform(places)).toBe(true);
    const pairs = ALIKE.flatMap((one, at) =>
      ALIKE.slice(at + 1).map((other) => together.get(`${need.visit} ${one}${other}`) ?? 0),
    );
    expect(isUniform(pairs)).toBe(true);
  }
  expect(alone.size).toBeGreaterThan(0);
  expect(together.size).toBeGreaterThan(0);
});

test('the test itself notices a bias of three in a hundred', () => {
  expect(isUniform([1030, 970, 1000, 1000, 1000, 1000].map((n) => n * 4))).toBe(true);
  expect(isUniform([1030, 970, 1030, 970, 1030, 970].map((n) => n * 4))).toBe(false);
});

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Chi-square with p > 0.001. Members of one team exclude each other, which only makes the statistic smaller. */
function isUniform(counts: readonly number[]): boolean {
  const mean = counts.reduce((sum, one) => sum + one, 0) / counts.length;
  if (mean === 0) return true;
  const statistic = counts.reduce((sum, one) => sum + (one - mean) ** 2 / mean, 0);
  const limit = CRITICAL[counts.length - 1];
  if (limit === undefined) throw new Error(`no critical value for ${counts.length} counts`);
  return statistic < limit;
}

/** Upper 0.1 % points of the chi-square distribution by degrees of freedom. */
const CRITICAL: Readonly<Record<number, number>> = { 5: 20.515, 14: 36.123 };
