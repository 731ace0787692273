import fc from 'fast-check';
import type { Exclusion, PoolInspector } from '../../../domain/draw/frozen-files';
import { match, type VisitNeed } from '../../../domain/matching/match';
import { covers } from '../../../domain/regions/covers';

const regions = ['691101', '691102', '691103'];
const qualifications = ['health', 'fire', 'special-equipment'];

const scene = fc.record({
  pool: fc.uniqueArray(
    fc.record({
      inspector: fc.integer({ min: 1, max: 30 }).map((n) => `I-${String(n).padStart(2, '0')}`),
      department: fc.constantFrom('SCJG', 'WJW'),
      regions: fc.subarray([...regions, '691100'], { maxLength: 2 }),
      qualifications: fc.subarray(qualifications),
      capacity: fc.option(fc.integer({ min: 1, max: 4 })),
    }),
    { selector: (one) => one.inspector, maxLength: 12 },
  ),
  needs: fc.uniqueArray(
    fc.record({
      visit: fc.integer({ min: 1, max: 12 }),
      region: fc.constantFrom(...regions),
      department: fc.constantFrom('SCJG', 'WJW'),
      teamSize: fc.integer({ min: 1, max: 3 }),
      qualifications: fc.subarray(qualifications, { maxLength: 1 }),
    }),
    { selector: (need) => `${need.visit}/${need.department}`, maxLength: 12 },
  ),
  exclusions: fc.array(
    fc.record({ inspector: fc.constantFrom('I-01', 'I-02', 'I-03'), visit: fc.integer({ min: 1, max: 12 }) }),
    { maxLength: 5 },
  ),
  seed: fc.string({ minLength: 10 }),
});

const codeOf = (visit: number) => `CODE-${visit}`;

test('no rule is ever broken, and every slot is either filled or reported with its rule', () => {
  fc.assert(
    fc.property(scene, ({ pool, needs: bare, exclusions: pairs, seed }) => {
      const needs: VisitNeed[] = bare.map((need) => ({ ...need, code: codeOf(need.visit) }));
      const exclusions: Exclusion[] = pairs.map((one) => ({
        inspector: one.inspector,
        code: codeOf(one.visit),
        reason: '亲属',
      }));
      const { assignments, unfilled } = match(needs, pool, exclusions, seed);
      const person = new Map<string, PoolInspector>(pool.map((one) => [one.inspector, one]));
      const load = new Map<string, number>();
      for (const need of needs) {
        const team = assignments.filter(
          (one) => one.visit === need.visit && one.department === need.department,
        );
        expect(new Set(team.map((one) => one.inspector)).size).toBe(team.length);
        for (const { inspector } of team) {
          const one = person.get(inspector);
          expect(one?.department).toBe(need.department);
          expect(one?.regions.length === 0 || one?.regions.some((area) => covers(area, need.region))).toBe(
            true,
          );
          expect(one?.qualifications).toEqual(expect.arrayContaining(need.qualifications));
          expect(exclusions).not.toContainEqual(expect.objectContaining({ inspector, code: need.code }));
          load.set(inspector, (load.get(inspector) ?? 0) + 1);
        }
        const missing = unfilled.find(
          (one) => one.visit === need.visit && one.department === need.department,
        );
        expect(team.length + (missing?.missing ?? 0)).toBe(need.teamSize);
      }
      for (const [inspector, visits] of load) {
        expect(visits).toBeLessThanOrEqual(person.get(inspector)?.capacity ?? Infinity);
      }
    }),
  );
});

test('the same frozen files and seed give the same teams, whatever their order', () => {
  fc.assert(
    fc.property(scene, ({ pool, needs: bare, seed }) => {
      const needs: VisitNeed[] = bare.map((need) => ({ ...need, code: codeOf(need.visit) }));
      expect(match(needs.toReversed(), pool.toReversed(), [], seed)).toEqual(match(needs, pool, [], seed));
    }),
  );
});

test('work is spread: six visits among three people give each two', () => {
  const pool = ['A', 'B', 'C'].map((inspector) => ({
    inspector,
    department: 'SCJG',
    regions: [],
    qualifications: [],
    capacity: null,
  }));
  const needs = [1, 2, 3, 4, 5, 6].map((visit) => ({
    visit,
    code: codeOf(visit),
    region: '691101',
    department: 'SCJG',
    teamSize: 1,
    qualifications: [],
  }));
  const { assignments } = match(needs, pool, [], 'seed');
  for (const inspector of ['A', 'B', 'C']) {
    expect(assignments.filter((one) => one.inspector === inspector)).toHaveLength(2);
  }
});

test('an unfilled slot names the first rule that starves it', () => {
  const pool = [
    { inspector: 'A', department: 'SCJG', regions: ['691102'], qualifications: [], capacity: null },
  ];
  const need = { visit: 1, code: 'X', region: '691101', department: 'SCJG', teamSize: 1, qualifications: [] };
  expect(match([need], pool, [], 's').unfilled).toEqual([
    { visit: 1, department: 'SCJG', missing: 1, rule: 'region' },
  ]);
  expect(
    match([{ ...need, region: '691102' }], pool, [{ inspector: 'A', code: 'X', reason: '亲属' }], 's')
      .unfilled,
  ).toEqual([{ visit: 1, department: 'SCJG', missing: 1, rule: 'exclusion' }]);
});
