import fc from 'fast-check';
import { apartSeed } from '../../../domain/draw/apart';
import { drawLines, type Member } from '../../../domain/draw/draw-lines';
import { linesApart, sampledLines, type Cell, type PlannedLines } from '../../../domain/draw/sampled-lines';
import { entityTicket } from '../../../domain/draw/tickets';
import { groupBy } from '../../../domain/group-by';
import { merge } from '../../../domain/visits/merge';

const STRATA = ['A', 'B'];
const ITEMS = ['I1', 'I2', 'I3', 'I4'];

const seed = fc.stringMatching(/^[0-9a-f]{64}$/);
const someItems = fc.subarray(ITEMS, { minLength: 1 });
const ratio = fc.integer({ min: 0, max: 1_000_000 });

/** Any population: who is in which stratum and covered by which items. */
const anyPopulation = fc
  .array(fc.record({ stratum: fc.constantFrom(...STRATA), items: someItems }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((rows) => rows.map((row, at): Member => ({ ...row, code: `E${at}` })));

const planOf = (mode: PlannedLines['mode']) =>
  fc.record({
    mode: fc.constant(mode),
    items: fc
      .array(fc.option(ratio), { minLength: ITEMS.length, maxLength: ITEMS.length })
      .map((own) =>
        own.map((ratio_ppm, at) => ({ code: ITEMS[at] ?? '', ratio_ppm, statutory_ratio_ppm: null })),
      ),
    strata: fc
      .array(fc.record({ ratio_ppm: ratio, minimum: fc.integer({ min: 0, max: 4 }) }), {
        minLength: STRATA.length,
        maxLength: STRATA.length,
      })
      .map((lines) => lines.map((line, at) => ({ ...line, stratum: STRATA[at] ?? '' }))),
  });

/** Which department has which items: from each its own to all of one. */
const anyDepartments = fc
  .array(fc.constantFrom('D1', 'D2', 'D3', 'D4'), { minLength: ITEMS.length, maxLength: ITEMS.length })
  .map((of) => [...groupBy(ITEMS, (item) => of[ITEMS.indexOf(item)] ?? '')]);

const eachItsOwn: [string, string[]][] = ITEMS.map((item) => [`D-${item}`, [item]]);

const cellsOf = (population: readonly Member[]): Cell[] =>
  population.map(({ stratum, items }) => ({ stratum, items, size: 1 }));

function drawn(plan: PlannedLines, population: readonly Member[], from: string) {
  const lines = sampledLines(plan, cellsOf(population));
  const rows = drawLines(population, lines, (code) => entityTicket(from, code));
  const itemsOf = (code: string) => population.find((one) => one.code === code)?.items ?? [];
  return { lines, rows, visits: merge(rows, itemsOf) };
}

/** Each department draws from its own entities, with tickets of its own, and merges its own items. */
function visitsApart(
  plan: PlannedLines,
  population: readonly Member[],
  departments: readonly [string, string[]][],
  from: string,
): number {
  const { lines } = drawn(plan, population, from);
  return departments.reduce((sum, [department, own]) => {
    const covered = population.filter((one) => one.items.some((item) => own.includes(item)));
    const ticketOf = (code: string) => entityTicket(apartSeed(from, department), code);
    const rows = drawLines(covered, linesApart(lines, cellsOf(population), own), ticketOf);
    return sum + new Set(rows.map((row) => row.code)).size;
  }, 0);
}

test('one draw for all: never more visits than the departments apart, whatever the population', () => {
  fc.assert(
    fc.property(
      anyPopulation,
      planOf('joint'),
      anyDepartments,
      seed,
      (population, plan, departments, from) => {
        const { visits } = drawn(plan, population, from);
        expect(visits.length).toBeLessThanOrEqual(visitsApart(plan, population, departments, from));
      },
    ),
  );
});

test('a ratio per item: never more visits than the departments apart, whatever the population', () => {
  fc.assert(
    fc.property(anyPopulation, planOf('per_item'), seed, (population, plan, from) => {
      const { visits } = drawn(plan, population, from);
      expect(visits.length).toBeLessThanOrEqual(visitsApart(plan, population, eachItsOwn, from));
    }),
  );
});

test('departments with several items: an entity is never visited more often than there are departments that drew it', () => {
  fc.assert(
    fc.property(
      anyPopulation,
      planOf('per_item'),
      anyDepartments,
      seed,
      (population, plan, departments, from) => {
        const { rows, visits } = drawn(plan, population, from);
        const trips = departments.map(
          ([, own]) => new Set(rows.filter((row) => own.includes(row.item)).map((row) => row.code)).size,
        );
        expect(visits.length).toBeLessThanOrEqual(trips.reduce((sum, one) => sum + one, 0));
        expect(visits.length).toBeGreaterThanOrEqual(Math.max(...trips));
      },
    ),
  );
});

test('departments with several items save visits on average over seeds', () => {
  // Two items that share half of their entities, one department each way: its own luck evens out, the merging stays.
  const population = Array.from({ length: 90 }, (_, at): Member => ({
    code: `E${at}`,
    stratum: 'A',
    items: at < 60 ? ['I1', 'I2', 'I3'] : ['I2', 'I4'],
  }));
  const items = ITEMS.map((code, at) => ({ code, ratio_ppm: 100_000 * (at + 1), statutory_ratio_ppm: null }));
  const plan: PlannedLines = {
    ...{ mode: 'per_item' as const, items },
    strata: [{ stratum: 'A', ratio_ppm: 0, minimum: 0 }],
  };
  const departments: [string, string[]][] = [
    ['D1', ['I1', 'I2']],
    ['D2', ['I3', 'I4']],
  ];
  const seeds = Array.from({ length: 50 }, (_, at) => at.toString(16).padStart(64, '0'));
  const ours = seeds.reduce((sum, from) => sum + drawn(plan, population, from).visits.length, 0);
  const apart = seeds.reduce((sum, from) => sum + visitsApart(plan, population, departments, from), 0);
  expect(ours).toBeLessThan(apart);
});

test('where the populations coincide, the visits are as few as the largest sample', () => {
  const samePopulation = anyPopulation.map((rows) => rows.map((one) => ({ ...one, items: ITEMS })));
  fc.assert(
    fc.property(samePopulation, planOf('per_item'), seed, (population, plan, from) => {
      const { lines, visits } = drawn(plan, population, from);
      const largest = STRATA.map((stratum) =>
        Math.max(...lines.filter((line) => line.stratum === stratum).map((line) => line.sample)),
      );
      expect(visits).toHaveLength(largest.reduce((sum, one) => sum + one, 0));
    }),
  );
});

test('every ratio is met exactly', () => {
  fc.assert(
    fc.property(anyPopulation, planOf('per_item'), seed, (population, plan, from) => {
      const { lines, rows } = drawn(plan, population, from);
      const stratumOf = (code: string) => population.find((one) => one.code === code)?.stratum;
      for (const { item, stratum, sample } of lines) {
        expect(rows.filter((row) => row.item === item && stratumOf(row.code) === stratum)).toHaveLength(
          sample,
        );
      }
    }),
  );
});

test('the seeds of the departments are all different, and none is the draw’s', () => {
  fc.assert(
    fc.property(seed, (from) => {
      const seeds = [from, ...['SCJG', 'WJW', 'XFJ'].map((department) => apartSeed(from, department))];
      expect(new Set(seeds).size).toBe(seeds.length);
    }),
  );
});
