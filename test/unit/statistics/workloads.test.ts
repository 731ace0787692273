import { hash } from '../../../domain/draw/hash';
import type { PoolInspector } from '../../../domain/draw/frozen-files';
import { match } from '../../../domain/matching/match';
import { inspectorCounts, type InspectorLoad } from '../../../domain/statistics/workloads';

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'];
const POOL: PoolInspector[] = NAMES.map((inspector) => ({
  ...{ inspector, department: 'SCJG', regions: [], qualifications: [], capacity: null },
}));

/** Loads of a campaign of seven visits, by the real matching: fourteen places for six people. */
function loadsOf(ceremonyId: number, seed: string): InspectorLoad[] {
  const needs = Array.from({ length: 7 }, (_, at) => ({
    ...{ visit: at + 1, code: `CODE-${at}`, region: '691101', department: 'SCJG', teamSize: 2 },
    qualifications: [],
  }));
  const { assignments } = match(needs, POOL, [], hash(seed));
  return NAMES.map((inspector) => ({
    ...{ ceremonyId, inspector, department: 'SCJG', kind: 'SCJG' },
    visits: assignments.filter((one) => one.inspector === inspector).length,
  }));
}

const DRAWS = Array.from({ length: 16 }, (_, at) => at);

test('what the matching gives is within what equal chances give', () => {
  let flagged = 0;
  let outside = 0;
  for (let run = 0; run < 60; run += 1) {
    const counts = inspectorCounts(DRAWS.flatMap((draw) => loadsOf(draw, `${run} ${draw}`)));
    expect(counts.map((one) => one.inspector).sort()).toEqual(NAMES);
    for (const count of counts) {
      // 14 places for 6 people, 16 times.
      expect(count.expected).toBeCloseTo((14 / 6) * 16, 9);
      if (count.observed < count.low || count.observed > count.high) outside += 1;
      if (count.isFlagged) flagged += 1;
    }
  }
  expect(outside / 360).toBeLessThan(0.05);
  expect(outside).toBeGreaterThan(0);
  expect(flagged).toBeLessThanOrEqual(3);
});

test('one who always has the lighter part stands out, and nobody else', () => {
  const steered = DRAWS.flatMap((draw) => {
    const loads = loadsOf(draw, `steered ${draw}`);
    const lighter = loads.filter((one) => one.visits === 2);
    const light = lighter[draw % lighter.length];
    const own = loads.find((one) => one.inspector === 'C');
    if (light && own) [light.visits, own.visits] = [own.visits, light.visits];
    return loads;
  });
  const flagged = inspectorCounts(steered).filter((one) => one.isFlagged);
  expect(flagged.map((one) => one.inspector)).toEqual(['C']);
  expect(flagged[0]?.observed).toBe(32);
});

test('where nobody is alike nothing was left to chance', () => {
  const [one] = inspectorCounts([
    { ceremonyId: 1, inspector: 'A', department: 'SCJG', kind: 'only one', visits: 9 },
    { ceremonyId: 1, inspector: 'B', department: 'SCJG', kind: 'another', visits: 1 },
  ]);
  expect(one).toMatchObject({ observed: 9, expected: 9, low: 9, high: 9, tail: null, isFlagged: false });
});
