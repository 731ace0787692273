import fc from 'fast-check';
import { sampledLines, type Cell } from '../../../domain/draw/sampled-lines';
import type { PoolInspector } from '../../../domain/draw/frozen-files';
import { match } from '../../../domain/matching/match';
import { visitNeeds, type SimulatedVisit } from '../../../domain/simulation/needs';
import { spread, summarise, type RunCounts, type SimulatedPlan } from '../../../domain/simulation/summary';
import { inspectorClasses, workloadOf } from '../../../domain/simulation/workload';

const ITEMS = [
  { code: 'FOOD', department: 'SCJG', qualifications: ['food'], ratio_ppm: null, statutory_ratio_ppm: null },
  {
    code: 'LIFT',
    department: 'SCJG',
    qualifications: ['lift'],
    ratio_ppm: 500_000,
    statutory_ratio_ppm: null,
  },
  { code: 'FIRE', department: 'XFJ', qualifications: [], ratio_ppm: null, statutory_ratio_ppm: null },
];
const TEAMS = [
  { department: 'SCJG', size: 2 },
  { department: 'XFJ', size: 3 },
];
const CELLS: Cell[] = [
  { stratum: 'A', items: ['FOOD'], size: 60 },
  { stratum: 'A', items: ['FOOD', 'FIRE'], size: 30 },
  { stratum: 'A', items: ['LIFT'], size: 10 },
];
const STRATA = [{ stratum: 'A', ratio_ppm: 100_000, minimum: 0 }];

const inspector = (code: string, department: string, more: Partial<PoolInspector> = {}): PoolInspector => ({
  ...{ inspector: code, department, regions: [], qualifications: [], capacity: null },
  ...more,
});

const planIn = (mode: 'joint' | 'per_item', pool: PoolInspector[] = []): SimulatedPlan => ({
  ...{ mode, items: ITEMS, teams: TEAMS, cells: CELLS, capped: 7, pool, visitsPerDay: 4 },
  lines: sampledLines({ mode, items: ITEMS, strata: STRATA }, CELLS),
});

const run = (visits: number, scjg: number, xfj: number): RunCounts => ({
  visits,
  strata: new Map([['A', visits]]),
  items: new Map([
    ['A/FOOD', scjg],
    ['A/FIRE', xfj],
  ]),
  departments: new Map([
    ['SCJG', scjg],
    ['XFJ', xfj],
  ]),
  workload: null,
});

describe('one draw for all', () => {
  const result = summarise(planIn('joint'), [run(10, 10, 2), run(10, 10, 4)]);

  test('what the rules give is exact, whatever the runs showed', () => {
    expect(result).toMatchObject({ population: 100, capped: 7, runs: 2, matchedRuns: 0 });
    expect(result.lines).toEqual([
      {
        item: '*',
        stratum: 'A',
        population: 100,
        ratioPpm: 100_000,
        sample: 10,
        expected: 10,
        min: 10,
        max: 10,
      },
      {
        item: 'FOOD',
        stratum: 'A',
        population: 90,
        ratioPpm: null,
        sample: null,
        expected: 9,
        min: 10,
        max: 10,
      },
      {
        item: 'LIFT',
        stratum: 'A',
        population: 10,
        ratioPpm: null,
        sample: null,
        expected: 1,
        min: 0,
        max: 0,
      },
      {
        item: 'FIRE',
        stratum: 'A',
        population: 30,
        ratioPpm: null,
        sample: null,
        expected: 3,
        min: 2,
        max: 4,
      },
    ]);
  });

  test('apart, each department would draw from its own entities', () => {
    // 10 % of 100 for the one, of 30 for the other.
    expect(result.visitsApart).toEqual({ average: 13, min: 13, max: 13 });
    expect(result.saved).toEqual({ average: 3, min: 3, max: 3 });
  });

  test('people and days', () => {
    expect(result.personVisits).toEqual({ average: 29, min: 26, max: 32 });
    expect(result.personDays).toBe(7.3);
    expect(result.departments.map((one) => [one.code, one.personVisits, one.personDays])).toEqual([
      ['SCJG', { average: 20, min: 20, max: 20 }, 5],
      ['XFJ', { average: 9, min: 6, max: 12 }, 2.3],
    ]);
  });
});

test('a ratio per item: each item has its own sample, apart is the sum over departments', () => {
  const result = summarise(planIn('per_item'), [run(14, 13, 3), run(15, 14, 3)]);
  const samples = result.lines.map((line) => [line.item, line.sample, line.ratioPpm, line.expected]);
  expect(samples).toEqual([
    ['*', null, null, 14.5],
    ['FOOD', 9, 100_000, 9],
    ['LIFT', 5, 500_000, 5],
    ['FIRE', 3, 100_000, 3],
  ]);
  expect(result.visitsApart).toEqual({ average: 16.5, min: 16, max: 17 });
  expect(result.saved).toEqual({ average: 2, min: 2, max: 2 });
});

test('a spread lies around its average', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 200 }), (values) => {
      const { average, min, max } = spread(values);
      expect(average).toBeGreaterThanOrEqual(min);
      expect(average).toBeLessThanOrEqual(max);
      expect(values).toContain(min);
      expect(values).toContain(max);
    }),
  );
  expect(spread([])).toEqual({ average: 0, min: 0, max: 0 });
});

describe('the workload of inspectors', () => {
  const pool = [
    inspector('S1', 'SCJG', { qualifications: ['food', 'lift'], capacity: 2 }),
    inspector('S2', 'SCJG', { qualifications: ['lift', 'food'], capacity: 1 }),
    inspector('S3', 'SCJG', { qualifications: ['food'], regions: ['691101'] }),
    inspector('F1', 'XFJ'),
  ];
  const visits: SimulatedVisit[] = [
    { visit: 1, code: 'E1', region: '691101', items: ['FOOD', 'FIRE'] },
    { visit: 2, code: 'E2', region: '691102', items: ['LIFT', 'FOOD'] },
    { visit: 3, code: 'E3', region: '691102', items: ['LIFT'] },
  ];
  const needs = visitNeeds(visits, ITEMS, TEAMS);

  test('a visit needs a team of each of its departments, with all that its items demand', () => {
    expect(needs.map((need) => [need.visit, need.department, need.teamSize, need.qualifications])).toEqual([
      [1, 'SCJG', 2, ['food']],
      [1, 'XFJ', 3, []],
      [2, 'SCJG', 2, ['food', 'lift']],
      [3, 'SCJG', 2, ['lift']],
    ]);
  });

  test('inspectors alike are one class, whose capacity is theirs together', () => {
    expect(inspectorClasses(pool)).toEqual([
      { department: 'SCJG', regions: [], qualifications: ['food', 'lift'], inspectors: 2, capacity: 3 },
      { department: 'SCJG', regions: ['691101'], qualifications: ['food'], inspectors: 1, capacity: null },
      { department: 'XFJ', regions: [], qualifications: [], inspectors: 1, capacity: null },
    ]);
  });

  test('what each class is asked for, and what nobody can do with the rule that starves it', () => {
    const matching = match(needs, pool, [], 'seed');
    const workload = workloadOf(matching, pool);
    const result = summarise(planIn('joint', pool), [{ ...run(3, 3, 1), workload }]);
    const asked = result.classes.map((one) => one.personVisits.max);
    expect(asked.reduce((sum, one) => sum + one, 0)).toBe(matching.assignments.length);
    expect(asked[0]).toBeLessThanOrEqual(3);
    expect(asked[2]).toBe(1);
    expect(result.matchedRuns).toBe(1);
    expect(result.departments[1]).toMatchObject({
      ...{ code: 'XFJ', inspectors: 1, capacity: null },
      largestWorkload: { average: 1, min: 1, max: 1 },
      unfilled: { average: 2, min: 2, max: 2 },
    });
    const fire = result.starving.find((one) => one.department === 'XFJ');
    expect(fire).toMatchObject({ rule: 'department', label: '该部门可派人员不足', missing: { max: 2 } });
    const gaps = result.starving.reduce((sum, one) => sum + one.missing.max, 0);
    expect(gaps).toBe(matching.unfilled.reduce((sum, one) => sum + one.missing, 0));
  });
});
