import fc from 'fast-check';
import { match, type VisitNeed } from '../../../domain/matching/match';
import { eligible } from '../../support/match-by-the-book';
import { scenes } from '../../support/matching-scene';

const scene = scenes({ people: 20, visits: 30 });

test('no rule is ever broken, and every slot is either filled or reported', () => {
  fc.assert(
    fc.property(scene, ({ pool, needs, exclusions, seed }) => {
      const { assignments, unfilled } = match(needs, pool, exclusions, seed);
      const person = new Map(pool.map((one) => [one.inspector, one]));
      const load = new Map<string, number>();
      for (const need of needs) {
        const isOfNeed = (one: { visit: number; department: string }) =>
          one.visit === need.visit && one.department === need.department;
        const team = assignments.filter(isOfNeed);
        expect(new Set(team.map((one) => one.inspector)).size).toBe(team.length);
        for (const { inspector } of team) {
          const one = person.get(inspector);
          expect(one && eligible(need, one, exclusions)).toBe(true);
          load.set(inspector, (load.get(inspector) ?? 0) + 1);
        }
        expect(team.length + (unfilled.find(isOfNeed)?.missing ?? 0)).toBe(need.teamSize);
      }
      for (const [inspector, visits] of load) {
        expect(visits).toBeLessThanOrEqual(person.get(inspector)?.capacity ?? Infinity);
      }
    }),
    { numRuns: 300 },
  );
});

test('the same frozen files and seed give the same teams, whatever their order', () => {
  fc.assert(
    fc.property(scene, ({ pool, needs, exclusions, seed }) => {
      const turned = pool
        .map((one) => ({
          ...one,
          regions: one.regions.toReversed(),
          qualifications: one.qualifications.toReversed(),
        }))
        .reverse();
      expect(match(needs.toReversed(), turned, exclusions.toReversed(), seed)).toEqual(
        match(needs, pool, exclusions, seed),
      );
    }),
    { numRuns: 300 },
  );
});

test('what was frozen is only read', () => {
  fc.assert(
    fc.property(scene, (frozen) => {
      const before = structuredClone(frozen);
      match(frozen.needs, frozen.pool, frozen.exclusions, frozen.seed);
      expect(frozen).toEqual(before);
    }),
  );
});

const anyone = (inspector: string) => ({
  ...{ inspector, department: 'SCJG', regions: [], qualifications: [], capacity: null },
});
const anywhere = (visit: number, teamSize: number): VisitNeed => ({
  ...{ visit, code: `CODE-${visit}`, region: '691101', department: 'SCJG', teamSize, qualifications: [] },
});

test('work is spread: six visits among three people give each two', () => {
  const { assignments } = match(
    [1, 2, 3, 4, 5, 6].map((visit) => anywhere(visit, 1)),
    ['A', 'B', 'C'].map(anyone),
    [],
    'seed',
  );
  for (const inspector of ['A', 'B', 'C']) {
    expect(assignments.filter((one) => one.inspector === inspector)).toHaveLength(2);
  }
});

test('people are moved where that fills one more team: the specialist is not spent on what others can do', () => {
  const specialist = { ...anyone('S'), qualifications: ['fire'], capacity: 1 };
  const needs = [anywhere(1, 1), { ...anywhere(2, 1), qualifications: ['fire'] }];
  for (let seed = 0; seed < 20; seed++) {
    expect(match(needs, [specialist, anyone('G')], [], String(seed)).assignments).toEqual([
      { visit: 1, department: 'SCJG', inspector: 'G' },
      { visit: 2, department: 'SCJG', inspector: 'S' },
    ]);
  }
});

test('a large instance is matched in full: no recursion that grows with it', () => {
  const pool = Array.from({ length: 3000 }, (_, at) => ({
    ...anyone(`I-${at}`),
    // A chain: each person may go to two neighbouring visits, and all have to move when the last is short.
    qualifications: [`Q-${at}`, `Q-${at + 1}`],
    capacity: 1,
  }));
  const needs = Array.from({ length: 3000 }, (_, at) => ({
    ...anywhere(at + 1, 1),
    qualifications: [`Q-${at + 1}`],
  }));
  const { assignments, unfilled } = match(needs, pool, [], 'seed');
  expect(assignments).toHaveLength(3000);
  expect(unfilled).toEqual([]);
});
