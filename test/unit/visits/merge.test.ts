import fc from 'fast-check';
import { sampleSize } from '../../../domain/draw/sample-size';
import { entityTicket } from '../../../domain/draw/tickets';
import { merge, type DrawnRow } from '../../../domain/visits/merge';

const ITEMS = ['FIRE-1', 'HEALTH-1', 'MARKET-1'];

/** Entities with the items whose population holds them; every entity is in one at least. */
const population = fc.uniqueArray(
  fc.record({
    code: fc.integer({ min: 0, max: 999 }).map((n) => `E${String(n).padStart(3, '0')}`),
    items: fc.subarray(ITEMS, { minLength: 1 }),
  }),
  { selector: (entity) => entity.code, minLength: 1, maxLength: 60 },
);
const seed = fc.string({ minLength: 8, maxLength: 8 });
const ratio = fc.integer({ min: 0, max: 1_000_000 });

interface Entity {
  code: string;
  items: string[];
}

/** The draw protocol, section 3, over one stratum: the first by ticket of those whom `item` covers. */
function draw(all: readonly Entity[], by: string, item: string, ratioPpm: number): DrawnRow[] {
  const covered = all.filter((entity) => item === '*' || entity.items.includes(item));
  return covered
    .map(({ code }) => ({ item, code, ticket: entityTicket(by, code) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .slice(0, sampleSize(covered.length, ratioPpm, 0));
}

const itemsIn = (all: readonly Entity[]) => (code: string) =>
  all.find((entity) => entity.code === code)?.items ?? [];

const codesOf = (rows: readonly DrawnRow[]) => rows.map((row) => row.code).sort();

describe('departments that meet on an entity come together', () => {
  test('jointly: one visit per drawn entity, for every item that covers it', () => {
    fc.assert(
      fc.property(population, seed, ratio, (all, by, ratioPpm) => {
        const drawn = draw(all, by, '*', ratioPpm);
        const visits = merge(drawn, itemsIn(all));
        expect(visits.map((visit) => visit.code).sort()).toEqual(codesOf(drawn));
        expect(visits.map((visit) => visit.visit)).toEqual(visits.map((_, at) => at + 1));
        for (const visit of visits) expect(visit.items).toEqual([...itemsIn(all)(visit.code)].sort());
        const tickets = visits.map((visit) => entityTicket(by, visit.code));
        expect(tickets).toEqual(tickets.toSorted());
      }),
    );
  });

  test('by item: one visit per entity, for the items that drew it, and each item has its sample exactly', () => {
    fc.assert(
      fc.property(population, seed, fc.array(ratio, { minLength: 3, maxLength: 3 }), (all, by, ratios) => {
        const drawn = ITEMS.flatMap((item, at) => draw(all, by, item, ratios[at] ?? 0));
        const visits = merge(drawn, itemsIn(all));
        expect(new Set(visits.map((visit) => visit.code)).size).toBe(visits.length);
        for (const [at, item] of ITEMS.entries()) {
          const size = all.filter((entity) => entity.items.includes(item)).length;
          const visited = visits.filter((visit) => visit.items.includes(item));
          expect(visited).toHaveLength(sampleSize(size, ratios[at] ?? 0, 0));
        }
      }),
    );
  });

  test('items with the same population and ratio draw the same entities; the smaller sample lies inside the larger', () => {
    fc.assert(
      fc.property(population, seed, ratio, ratio, (some, by, one, other) => {
        const all = some.map((entity) => ({ ...entity, items: ITEMS }));
        expect(codesOf(draw(all, by, 'FIRE-1', one))).toEqual(codesOf(draw(all, by, 'HEALTH-1', one)));
        const [smaller, larger] = [Math.min(one, other), Math.max(one, other)];
        const inside = codesOf(draw(all, by, 'FIRE-1', smaller));
        expect(codesOf(draw(all, by, 'MARKET-1', larger))).toEqual(expect.arrayContaining(inside));
        // No scheme with these samples can do with fewer visits.
        const drawn = [...draw(all, by, 'FIRE-1', smaller), ...draw(all, by, 'MARKET-1', larger)];
        expect(merge(drawn, itemsIn(all))).toHaveLength(sampleSize(all.length, larger, 0));
      }),
    );
  });

  test('the order in which rows come does not matter', () => {
    fc.assert(
      fc.property(population, seed, ratio, (all, by, ratioPpm) => {
        const drawn = ITEMS.flatMap((item) => draw(all, by, item, ratioPpm));
        expect(merge(drawn.toReversed(), itemsIn(all))).toEqual(merge(drawn, itemsIn(all)));
      }),
    );
  });
});
