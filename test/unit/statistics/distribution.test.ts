import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {
  bandOf,
  hypergeometric,
  meanOf,
  oneOf,
  plus,
  poissonBinomial,
  twoSidedTail,
  upperTail,
  type Distribution,
} from '../../../domain/statistics/distribution';
import { standOut } from '../../../domain/statistics/many-tests';
import { chiSquareTail, normalTail } from '../../../domain/statistics/tails';

interface Known {
  chiSquare: { x: number; degrees: number; tail: number }[];
  normal: { z: number; tail: number }[];
  hypergeometric: { size: number; members: number; drawn: number; k: number; pmf: number; upper: number }[];
  poissonBinomial: { probabilities: number[]; k: number; pmf: number }[];
  binomialTest: { n: number; p: number; k: number; tail: number }[];
  falseDiscovery: { tails: number[]; adjusted: number[] };
}

/** Written by scipy-tails.py beside it. */
const known = JSON.parse(
  readFileSync(path.join(__dirname, '../../fixtures/scipy-tails.json'), 'utf8'),
) as Known;

const at = ({ start, p }: Distribution, k: number): number => p[k - start] ?? 0;
const closeTo = (expected: number, actual: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * expected + 1e-15);

describe('as SciPy has them', () => {
  test.each(known.chiSquare)('chi-square $x with $degrees degrees', ({ x, degrees, tail }) => {
    closeTo(tail, chiSquareTail(x, degrees));
  });
  test.each(known.normal)('normal beyond $z', ({ z, tail }) => closeTo(tail, normalTail(z)));
  test.each(known.hypergeometric)('$k of $members among $drawn of $size', (one) => {
    const distribution = hypergeometric(one.size, one.members, one.drawn);
    closeTo(one.pmf, at(distribution, one.k));
    closeTo(one.upper, upperTail(distribution, one.k));
  });
  test.each(known.poissonBinomial)('$k of $probabilities', ({ probabilities, k, pmf }) => {
    closeTo(pmf, at(poissonBinomial(probabilities), k));
  });
  test.each(known.binomialTest)('both sides of $k of $n', ({ n, p, k, tail }) => {
    closeTo(tail, twoSidedTail(poissonBinomial(new Array<number>(n).fill(p)), k));
  });
  test('which of many tails stand out', () => {
    const { tails, adjusted } = known.falseDiscovery;
    for (const rate of [0.01, 0.05, 0.1, 0.25]) {
      expect(standOut(tails, rate)).toEqual(adjusted.map((one) => one <= rate));
    }
  });
});

const line = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.nat(400), fc.nat(400))
  .map(([size, members, drawn]) => ({
    ...{ size, members: Math.min(size, members), drawn: Math.min(size, drawn) },
  }));

test('a group’s share of a sample: all of the probability, with the mean of its share', () => {
  fc.assert(
    fc.property(line, ({ size, members, drawn }) => {
      const distribution = hypergeometric(size, members, drawn);
      expect(distribution.p.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
      expect(meanOf(distribution)).toBeCloseTo((members * drawn) / size, 9);
      expect(distribution.start).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('sums are in any order the same, and tails lie between nothing and certainty', () => {
  fc.assert(
    fc.property(line, line, fc.nat(800), (one, other, observed) => {
      const a = hypergeometric(one.size, one.members, one.drawn);
      const b = hypergeometric(other.size, other.members, other.drawn);
      const [sum, reversed] = [plus(a, b), plus(b, a)];
      expect(meanOf(sum)).toBeCloseTo(meanOf(a) + meanOf(b), 8);
      expect(twoSidedTail(sum, observed)).toBeCloseTo(twoSidedTail(reversed, observed), 9);
      expect(twoSidedTail(sum, observed)).toBeGreaterThanOrEqual(0);
      expect(twoSidedTail(sum, observed)).toBeLessThanOrEqual(1);
    }),
  );
});

test('the likeliest count is no sign of anything, an impossible one is proof', () => {
  const picks = oneOf([3, 3, 4, 4, 4]);
  expect(twoSidedTail(picks, 4)).toBeCloseTo(1, 12);
  expect(twoSidedTail(picks, 3)).toBeCloseTo(0.4, 12);
  expect(twoSidedTail(picks, 5)).toBe(0);
  expect(bandOf(picks)).toEqual({ low: 3, high: 4 });
  expect(bandOf(hypergeometric(100, 10, 100))).toEqual({ low: 10, high: 10 });
});

test('tails that don’t exist stand out never, and don’t count among the others', () => {
  expect(standOut([null, 0.04, null])).toEqual([false, true, false]);
  expect(standOut([0.04, 0.5])).toEqual([false, false]);
  expect(standOut([])).toEqual([]);
});
