import fc from 'fast-check';
import { randomOf } from '../../../examples/random';
import {
  groomingReport,
  type History,
  type Registry,
  type RegistryChange,
} from '../../../domain/statistics/grooming';
import { compareDays, DAY_MS } from '../../../domain/statistics/other-days';
import { reachOf, type DrawTraits, type Freeze } from '../../../domain/statistics/reach';

const START = Date.parse('2025-01-01T00:00:00Z');
const NOW = new Date('2026-01-01T00:00:00Z');
const on = (day: number, hours = 0) => new Date(START + day * DAY_MS + hours * 3_600_000);
const IN: DrawTraits = { presence: 'active', region: '691101', drawClass: 'B', tags: ['catering'] };
const OUT: DrawTraits = { ...IN, presence: 'ended' };

const FREEZE_DAYS = [95, 201, 290];
const freezeOn = (day: number): Freeze & { departments: string[] } => ({
  ...{ campaign: `C-${day}`, campaignName: `C-${day}`, ceremonyId: day, at: on(day, 9) },
  regions: ['691100'],
  departments: ['SCJG'],
  industries: [],
  items: [{ code: 'FOOD', category: 'general', object_tags: ['catering'], object_regions: [] }],
  lines: [
    { item: '*', stratum: 'A', size: 1000, sample: 10 },
    { item: '*', stratum: 'B', size: 1000, sample: 30 },
  ],
});

const history = (changes: RegistryChange[], id: number): History => ({ changes, entities: 1, ids: [id] });
const gone = (left: Date, back: Date, id: number, during = OUT): History =>
  history(
    [
      { at: left, before: IN, after: during },
      { at: back, before: during, after: IN },
    ],
    id,
  );

function registryOf(histories: History[]): Registry {
  return {
    ...{ entitiesSince: new Date(START), inspectorsSince: new Date(START), inspectors: [], exclusions: [] },
    histories,
    changes: histories.flatMap(({ changes, entities }) =>
      changes.map(({ at, ...change }) => ({ ...change, moments: [{ at, entities }] })),
    ),
  };
}

/** Businesses that close for some days all year round, in hundreds of a registry. */
function honest(seed: number): History[] {
  const random = randomOf(seed);
  return Array.from({ length: 250 }, (_, id) => {
    const left = random.whole(340);
    return gone(on(left, random.whole(24)), on(left + 1 + random.whole(20), random.whole(24)), id);
  });
}

const reportOf = (registry: Registry, days = FREEZE_DAYS) =>
  groomingReport(registry, {
    ...{ freezes: days.map(freezeOn), allFreezes: days.map((day) => on(day, 9)), windowDays: 30, now: NOW },
    isInArea: () => true,
  });
const absencesOf = (registry: Registry) => reportOf(registry).map((one) => one.measures.absences);

test('an honest registry is not flagged', () => {
  let flagged = 0;
  for (let seed = 1; seed <= 60; seed += 1) {
    const compared = absencesOf(registryOf(honest(seed)));
    for (const one of compared) {
      expect(one.observed).toBeGreaterThan(0);
      expect(one.usual).toBeGreaterThan(1);
    }
    if (compared.some((one) => one.isFlagged)) flagged += 1;
  }
  expect(flagged / 60).toBeLessThanOrEqual(0.05);
});

test('a registry out of which some are taken before each freeze is flagged, and they are named', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = randomOf(seed);
    const groomed = FREEZE_DAYS.flatMap((day) =>
      Array.from({ length: 25 }, (_, at) =>
        gone(on(day - 1 - random.whole(10)), on(day + 1 + random.whole(10)), day * 100 + at),
      ),
    );
    const report = reportOf(registryOf([...honest(seed), ...groomed]));
    expect(report.map((one) => one.measures.absences.isFlagged)).toEqual([true, true, true]);
    const named = report.flatMap((one) => one.absences.flatMap((absence) => absence.ids));
    for (const { ids } of groomed) expect(named).toContain(ids[0]);
  }
});

test('out an hour before the freeze and back an hour after it is seen too', () => {
  const [day = 0] = FREEZE_DAYS;
  const [first] = reportOf(registryOf([gone(on(day, 8), on(day, 10), 7)]));
  expect(first?.measures.absences).toMatchObject({ observed: 1, usual: 0, isFlagged: true });
  expect(first?.absences).toMatchObject([{ ids: [7], reachBefore: 0.03, reachDuring: 0 }]);
});

test('a class in which fewer are drawn hides as well, and what hides nobody is no absence', () => {
  const [day = 0] = FREEZE_DAYS;
  const during = (traits: Partial<DrawTraits>) =>
    reportOf(registryOf([gone(on(day - 3), on(day + 3), 1, { ...IN, ...traits })]))[0]?.absences.map(
      (one) => one.reachDuring,
    );
  expect(during({ drawClass: 'A' })).toEqual([0.01]);
  expect(during({ tags: [] })).toEqual([0]);
  expect(during({ region: '701101' })).toEqual([0]);
  expect(during({ presence: 'cancelled' })).toEqual([0]);
  expect(during({ region: '691102', tags: ['catering', 'venue'] })).toEqual([]);
});

test('who comes back by a detour was away all the same', () => {
  const [day = 0] = FREEZE_DAYS;
  const elsewhere = { ...IN, tags: ['other'] };
  const [first] = reportOf(
    registryOf([
      history(
        [
          { at: on(day - 5), before: IN, after: OUT },
          { at: on(day - 4), before: OUT, after: elsewhere },
          { at: on(day + 4), before: elsewhere, after: IN },
        ],
        1,
      ),
    ]),
  );
  expect(first?.absences).toHaveLength(1);
});

test('too long away, or back before the freeze, is no absence of it', () => {
  const [day = 0] = FREEZE_DAYS;
  const days: [number, number][] = [
    [day - 31, day + 5],
    [day - 5, day + 31],
    [day - 10, day - 2],
    [day + 2, day + 10],
  ];
  const [first] = reportOf(registryOf(days.map(([left, back], id) => gone(on(left), on(back), id))));
  expect(first?.absences).toEqual([]);
  expect(first?.measures.absences.observed).toBe(0);
});

test('new entities and inspectors, and recusals, before a freeze are compared with other days', () => {
  const [day = 0] = FREEZE_DAYS;
  const registry: Registry = {
    ...registryOf([]),
    changes: [
      {
        before: null,
        after: IN,
        moments: [
          { at: on(day - 2), entities: 40 },
          { at: on(10), entities: 3 },
        ],
      },
      { before: null, after: { ...IN, tags: [] }, moments: [{ at: on(day - 2), entities: 500 }] },
    ],
    inspectors: [
      { at: on(day - 1), department: 'SCJG', joined: true },
      { at: on(day - 1), department: 'WJW', joined: true },
      { at: on(day - 1), department: 'SCJG', joined: false },
    ],
    exclusions: [{ at: on(day - 1), department: 'SCJG' }],
  };
  const [first] = reportOf(registry);
  expect(first?.measures.additions).toMatchObject({ observed: 40, most: 3, isFlagged: true });
  expect(first?.measures.inspectorsJoined.observed).toBe(1);
  expect(first?.measures.inspectorsLeft.observed).toBe(1);
  expect(first?.measures.exclusions.observed).toBe(1);
});

test('a short history is compared with nothing', () => {
  const registry = { ...registryOf([gone(on(94), on(97), 1)]), entitiesSince: on(90) };
  const [first] = groomingReport(registry, {
    ...{ freezes: [freezeOn(95)], allFreezes: [on(95, 9)], windowDays: 30, now: on(130) },
    isInArea: () => true,
  });
  expect(first?.measures.absences).toMatchObject({ observed: 1, tail: null, isFlagged: false });
});

test('a freeze whose days after it are not over is open', () => {
  const report = groomingReport(registryOf([]), {
    ...{ freezes: [freezeOn(95)], allFreezes: [on(95, 9)], windowDays: 30, now: on(110) },
    isInArea: () => true,
  });
  expect(report.map((one) => one.isOpen)).toEqual([true]);
});

test('days are counted as one would by hand', () => {
  const spans = fc.array(
    fc.record({ from: fc.nat(60), length: fc.integer({ min: 1, max: 30 }), count: fc.nat(5) }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(spans, fc.integer({ min: 20, max: 60 }), (found, freeze) => {
      const counted = found.map(({ from, length, count }) => ({
        ...{ from: from * DAY_MS + 5, to: (from + length) * DAY_MS + 5, count },
      }));
      const at = freeze * DAY_MS;
      const days = { from: 3 * DAY_MS, to: 80 * DAY_MS, freezes: [at], apart: 4 * DAY_MS };
      const onDay = (day: number) =>
        counted
          .filter(({ from, to }) => from <= day * DAY_MS && day * DAY_MS < to)
          .reduce((sum, one) => sum + one.count, 0);
      const others = Array.from({ length: 78 }, (_, day) => day + 3).filter(
        (day) => Math.abs(day - freeze) >= 4,
      );
      const compared = compareDays(at, counted, days);
      expect(compared.observed).toBe(onDay(freeze));
      expect(compared.days).toBe(others.length);
      expect(compared.atLeast).toBe(others.filter((day) => onDay(day) >= onDay(freeze)).length);
      expect(compared.most).toBe(Math.max(...others.map(onDay)));
    }),
  );
});

test('reach is the chance of the stratum, for whom an item covers', () => {
  const reach = reachOf(freezeOn(95));
  expect(reach(IN)).toBe(0.03);
  expect(reach({ ...IN, drawClass: 'A' })).toBe(0.01);
  expect(reach({ ...IN, drawClass: 'C' })).toBe(0);
  expect(reach(null)).toBe(0);
});

test('who leaves a risky trade moves to the stratum that draws fewer', () => {
  const reach = reachOf({
    ...freezeOn(95),
    industries: [{ tag: 'chemicals', level: 'high', reason: '危险' }],
    lines: [
      { item: '*', stratum: 'B', size: 1000, sample: 30 },
      { item: '*', stratum: 'B-691101', size: 100, sample: 5 },
      { item: '*', stratum: 'B-high', size: 100, sample: 50 },
    ],
  });
  expect(reach({ ...IN, tags: ['catering', 'chemicals'] })).toBe(0.5);
  expect(reach(IN)).toBe(0.05);
  expect(reach({ ...IN, region: '691102' })).toBe(0.03);
});
