import fc from 'fast-check';
import type { PoolInspector } from '../../../domain/draw/frozen-files';
import { match, type VisitNeed } from '../../../domain/matching/match';
import { shortageWords } from '../../../domain/matching/shortage-words';
import { eligible } from '../../support/match-by-the-book';
import { scenes } from '../../support/matching-scene';

const short = scenes({ people: 8, visits: 14, capacity: 2 });

test('every empty slot names a tight set that proves from the frozen files alone that it must be empty', () => {
  fc.assert(
    fc.property(short, ({ needs, pool, exclusions, seed }) => {
      const { unfilled, tightSets } = match(needs, pool, exclusions, seed);
      tightSets.forEach((set, number) => {
        const visits = needs.filter(
          (need) => need.department === set.department && set.visits.includes(need.visit),
        );
        const capacity = pool
          .filter((one) => set.atCapacity.includes(one.inspector))
          .reduce((sum, one) => sum + Math.min(one.capacity ?? Infinity, visits.length), 0);
        const others = visits.flatMap((visit) =>
          pool.filter((one) => !set.atCapacity.includes(one.inspector) && eligible(visit, one, exclusions)),
        );
        expect(set.slots).toBe(visits.reduce((sum, visit) => sum + visit.teamSize, 0));
        expect(set.places).toBe(capacity + others.length);
        const missing = unfilled.filter((one) => one.tightSet === number);
        expect(missing.reduce((sum, one) => sum + one.missing, 0)).toBe(set.slots - set.places);
        expect(missing.every((one) => set.visits.includes(one.visit))).toBe(true);
        expect(set.inspectors).toEqual(
          pool
            .filter((one) => visits.some((visit) => eligible(visit, one, exclusions)))
            .map((one) => one.inspector)
            .sort(),
        );
      });
    }),
    { numRuns: 500 },
  );
});

test('the tight sets are a fact of the frozen files, not of the seed', () => {
  fc.assert(
    fc.property(short, ({ needs, pool, exclusions, seed }) => {
      const { tightSets } = match(needs, pool, exclusions, seed);
      expect(match(needs, pool, exclusions, `${seed}, another`).tightSets).toEqual(tightSets);
    }),
    { numRuns: 300 },
  );
});

const inspector = (name: string, one: Partial<PoolInspector> = {}): PoolInspector => ({
  ...{ inspector: name, department: 'SCJG', regions: ['610924'], qualifications: ['special-equipment'] },
  ...{ capacity: null, ...one },
});

const visit = (number: number, one: Partial<VisitNeed> = {}): VisitNeed => ({
  ...{ visit: number, code: `CODE-${number}`, region: '610924', department: 'SCJG', teamSize: 2 },
  ...{ qualifications: ['special-equipment'], ...one },
});

test.each([
  ['department', [inspector('A', { department: 'WJW' })], []],
  ['region', [inspector('A'), inspector('B', { regions: ['610925'] })], []],
  ['qualifications', [inspector('A'), inspector('B', { qualifications: ['fire'] })], []],
  ['exclusion', [inspector('A'), inspector('B')], [{ inspector: 'A', code: 'CODE-1', reason: '亲属' }]],
  ['capacity', [inspector('A', { capacity: 0 }), inspector('B')], []],
])('an empty slot names the first rule that starves it: %s', (rule, pool, exclusions) => {
  expect(match([visit(1)], pool, exclusions, 'seed').unfilled[0]?.rule).toBe(rule);
});

test('an official reads who is missing where: three people for nine visits of two each', () => {
  const pool = ['A', 'B', 'C'].map((name) => inspector(name, { capacity: 4 }));
  const needs = Array.from({ length: 9 }, (_, at) => visit(at + 1));
  const { unfilled, tightSets } = match(needs, pool, [], 'seed');
  expect(unfilled.reduce((sum, one) => sum + one.missing, 0)).toBe(6);
  const [set] = tightSets;
  if (!set) throw new Error('no tight set');
  const proof = { ...set, regions: ['紫阳县'], visits: set.visits.length, people: set.inspectors.length };
  expect(shortageWords('capacity', proof)).toBe(
    '人员已达工作量上限：可派往紫阳县、具备特种设备资质的人员有 3 名，最多能派 12 人次；9 次检查各需 2 名，共需 18 人次',
  );
  expect(shortageWords('region', null)).toBe('服务该地区的人员不足');
});
