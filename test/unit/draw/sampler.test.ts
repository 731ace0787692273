import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { FrozenDigests } from '../../../domain/draw/frozen-lines';
import { hash } from '../../../domain/draw/hash';
import { Population } from '../../../domain/draw/population';
import { PIECE_RECORDS, RECORD_BYTES } from '../../../domain/draw/records';
import { Sampler } from '../../../domain/draw/sampler';
import { compress, INITIAL } from '../../../domain/draw/sha256-block';
import { prefixModule } from '../../../domain/draw/sha256-lanes';
import { entityTicket } from '../../../domain/draw/tickets';
import { inOrder, populationOf, type CoveredEntity } from '../../support/population-of';

const SEED = hash('a seed');
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'.split('');
const code = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 18, maxLength: 18 });
/** As in a register: most of a code is the same for a whole city. */
const cityCode = fc
  .tuple(fc.constantFrom('92691101MA', '91691101MA', '92691102MA'), fc.nat(40_000))
  .map(([prefix, number]) => prefix + number.toString(36).toUpperCase().padStart(8, '0'));

const covered = fc.uniqueArray(fc.oneof(code, cityCode), { minLength: 1, maxLength: 300 }).chain((codes) =>
  fc
    .array(fc.tuple(fc.constantFrom('A', 'B', 'D'), fc.subarray(['I1', 'I2', 'I3'], { minLength: 1 })), {
      minLength: codes.length,
      maxLength: codes.length,
    })
    .map((traits) =>
      codes.map((one, at): CoveredEntity => ({
        stratum: traits[at]?.[0] ?? 'A',
        items: traits[at]?.[1] ?? [],
        region: `69110${at % 10}`,
        code: one,
      })),
    ),
);

const linesOf = (pieces: readonly Buffer[]) =>
  pieces.flatMap((piece) => piece.toString('latin1').split('\n').slice(0, -1));

describe('the frozen population', () => {
  test('has every entity once, with its region and group', () => {
    fc.assert(
      fc.property(covered, (entities) => {
        const { population, pieces } = populationOf(entities);
        expect(linesOf(pieces)).toEqual(
          inOrder(entities).map((entity) => {
            const group = population.groups.findIndex(
              (one) => one.stratum === entity.stratum && one.items.join() === entity.items.join(),
            );
            return `${entity.code}${entity.region}${String(group).padStart(7, '0')}`;
          }),
        );
        expect(population.size).toBe(entities.length);
        for (const { stratum, items, size } of population.groups) {
          const alike = entities.filter(
            (one) => one.stratum === stratum && one.items.join() === items.join(),
          );
          expect(size).toBe(alike.length);
        }
      }),
    );
  });

  test('comes in pieces of one size but for the last, however the runs are cut', () => {
    const codes = Array.from(
      { length: 2 * PIECE_RECORDS + 7 },
      (_, at) => `92691101MA${String(at).padStart(8, '0')}`,
    );
    const population = new Population(
      () => ({ region: '691101', stratum: 'A', items: ['I1'], isCapped: false }),
      new Map(),
    );
    const pieces: Buffer[] = [];
    for (let from = 0; from < codes.length; from += 30_000) {
      const run = codes.slice(from, from + 30_000);
      pieces.push(...population.add({ codes: run.join(''), kinds: Buffer.alloc(run.length * 4) }));
    }
    pieces.push(...population.end());
    expect(pieces.map((piece) => piece.length / RECORD_BYTES)).toEqual([PIECE_RECORDS, PIECE_RECORDS, 7]);
    expect(linesOf(pieces)).toEqual(codes.map((one) => `${one}6911010000000`));
  });

  test('sees those who were visited this year as the plan does, whichever run they come in', () => {
    const scene = fc.uniqueArray(cityCode, { minLength: 1, maxLength: 60 }).chain((codes) =>
      fc.tuple(
        fc.constant(codes.sort()),
        fc.array(fc.record({ kind: fc.nat(3), visits: fc.nat(2) }), {
          minLength: codes.length,
          maxLength: codes.length,
        }),
        fc.integer({ min: 1, max: 20 }),
      ),
    );
    // Kind 0 is never covered; one visit takes an item from kinds 2 and 3, and from kind 2 the last.
    const coveredOf = (kind: number, visits: number) => {
      const items = ['I1', 'I2'].slice(0, Math.max(0, kind - (visits > 0 && kind > 1 ? 1 : 0)));
      return {
        region: '691101',
        stratum: `${kind}`,
        items: kind === 2 && visits > 0 ? [] : items,
        isCapped: visits > 0 && kind > 1,
      };
    };
    fc.assert(
      fc.property(scene, ([codes, traits, length]) => {
        const entities = codes.map((one, at) => ({
          code: one,
          kind: traits[at]?.kind ?? 0,
          visits: traits[at]?.visits ?? 0,
        }));
        // Some visits are to entities that are no longer in operation.
        const visits = new Map([
          ['000000000000000000', 1],
          ['92691101MAZZZZZZZZ', 1],
        ]);
        for (const one of entities) if (one.visits > 0) visits.set(one.code, one.visits);
        const population = new Population(coveredOf, visits);
        const pieces: Buffer[] = [];
        for (let from = 0; from < codes.length; from += length) {
          const run = entities.slice(from, from + length);
          const kinds = Buffer.alloc(run.length * 4);
          run.forEach((one, at) => kinds.writeUInt32BE(one.kind, at * 4));
          pieces.push(...population.add({ codes: run.map((one) => one.code).join(''), kinds }));
        }
        pieces.push(...population.end());
        const seen = entities.map((one) => ({ ...one, ...coveredOf(one.kind, one.visits) }));
        expect(
          linesOf(pieces).map((line) => {
            const group = population.groups[Number(line.slice(24))];
            return { code: line.slice(0, 18), stratum: group?.stratum, items: group?.items };
          }),
        ).toEqual(
          seen
            .filter((one) => one.items.length > 0)
            .map(({ code: own, stratum, items }) => ({ code: own, stratum, items })),
        );
        expect(population.capped).toBe(seen.filter((one) => one.isCapped).length);
      }),
    );
  });

  test('codes of another length or alphabet are refused rather than shifted', () => {
    for (const odd of ['92691100MA0000001', '云691100MA000000001']) {
      expect(() => populationOf([{ stratum: 'A', items: ['I1'], region: '691101', code: odd }])).toThrow(
        '18 ASCII',
      );
    }
  });

  test('its digests are those of the files written line by line', () => {
    fc.assert(
      fc.property(covered, (entities) => {
        const { population, pieces } = populationOf(entities);
        const digests = new FrozenDigests(({ stratum, items }) => [...items, `*/${stratum}`]);
        for (const piece of pieces) digests.add(piece, population.groups);
        const file = (rows: readonly CoveredEntity[]) => ({
          size: rows.length,
          digest: hash(rows.map((row) => `${row.code}\n`).join('')),
        });
        const sorted = inOrder(entities);
        for (const item of ['I1', 'I2', 'I3', 'I4']) {
          expect(digests.file(item)).toEqual(file(sorted.filter((one) => one.items.includes(item))));
        }
        for (const stratum of ['A', 'B', 'C', 'D']) {
          expect(digests.file(`*/${stratum}`)).toEqual(file(sorted.filter((one) => one.stratum === stratum)));
        }
        const csv = sorted.map((one) => `${one.code},${one.region}\n`).join('');
        expect(digests.entitiesFile()).toEqual({ size: sorted.length, digest: hash(`code,region\n${csv}`) });
      }),
      { numRuns: 50 },
    );
  });
});

describe('tickets four at a time', () => {
  test('begin as SHA-256 has them, for any seed and code', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(code, { minLength: 1, maxLength: 9 }), (text, codes) => {
        const seed = hash(text);
        const { records, prefixes, run } = prefixModule(seed, RECORD_BYTES, codes.length);
        const bytes = Buffer.from(records.buffer, records.byteOffset, records.length);
        codes.forEach((one, at) => bytes.write(`${one}691101000000\n`, at * RECORD_BYTES, 'latin1'));
        run(codes.length);
        expect([...prefixes].slice(0, codes.length)).toEqual(
          codes.map((one) => Number.parseInt(entityTicket(seed, one).slice(0, 8), 16)),
        );
      }),
    );
  });

  test('one block of the compression function is SHA-256 of a short text', () => {
    const block = Buffer.alloc(64);
    block.write('abc');
    block[3] = 0x80;
    block.writeUInt32BE(24, 60);
    const words = Array.from({ length: 16 }, (_, at) => block.readUInt32BE(at * 4));
    const digest = compress(INITIAL, words).map((word) => word.toString(16).padStart(8, '0'));
    expect(digest.join('')).toBe(createHash('sha256').update('abc').digest('hex'));
  });
});

/** The draw as the protocol says it, without any of the above. */
function drawnByHand(
  entities: readonly CoveredEntity[],
  item: string,
  stratum: string,
  sample: number,
): string[] {
  return entities
    .filter((one) => one.stratum === stratum && (item === '*' || one.items.includes(item)))
    .map((one) => `${entityTicket(SEED, one.code)} ${one.code} ${one.region}`)
    .sort()
    .slice(0, sample);
}

function sampled(
  entities: readonly CoveredEntity[],
  items: readonly string[],
  share: number,
  useLimits: boolean,
) {
  const { population, pieces } = populationOf(entities);
  const strata = items.flatMap((item) =>
    ['A', 'B', 'D'].map((stratum) => {
      const size = drawnByHand(entities, item, stratum, Infinity).length;
      return { item, stratum, size, sample: Math.ceil(size * share) };
    }),
  );
  const sampler = new Sampler(SEED, strata, population.groups, useLimits);
  for (const piece of pieces) sampler.add(piece.toString('latin1'));
  return { sampler, strata };
}

describe('the sample', () => {
  test.each([true, false])(
    'is the first of each stratum by ticket, in both modes (limits: %s)',
    (useLimits) => {
      fc.assert(
        fc.property(
          covered,
          fc.constantFrom(['*'], ['I1', 'I2', 'I3']),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (entities, items, share) => {
            const { sampler, strata } = sampled(entities, items, share, useLimits);
            expect(sampler.missed).toBe(false);
            const drawn = [...sampler.drawn()];
            for (const { item, stratum, sample } of strata) {
              const own = drawn.filter((one) => one.item === item && one.stratum === stratum);
              expect(own.map((one) => `${one.ticket} ${one.code} ${one.region}`)).toEqual(
                drawnByHand(entities, item, stratum, sample),
              );
              expect(own.map((one) => one.rank)).toEqual(own.map((_, at) => at + 1));
            }
          },
        ),
      );
    },
  );

  test('of many is the same with limits, which few tickets lie below, as without', () => {
    const entities = Array.from({ length: PIECE_RECORDS + 5000 }, (_, at) => ({
      stratum: 'A',
      items: ['I1'],
      region: '691101',
      code: `92691101MA${String(at).padStart(8, '0')}`,
    }));
    const [limited, unlimited] = [true, false].map((useLimits) => {
      const { population, pieces } = populationOf(entities);
      const strata = [{ item: '*', stratum: 'A', size: entities.length, sample: 40 }];
      const sampler = new Sampler(SEED, strata, population.groups, useLimits);
      for (const piece of pieces) sampler.add(piece.toString('latin1'));
      return [...sampler.drawn()];
    });
    expect(limited).toEqual(unlimited);
    expect(limited?.map((one) => one.code)).toEqual(
      drawnByHand(entities, '*', 'A', 40).map((line) => line.split(' ')[1]),
    );
  });

  test('says so where a limit was too low for it', () => {
    const entities = Array.from({ length: 3 }, (_, at) => ({
      stratum: 'A',
      items: ['I1'],
      region: '691101',
      code: `92691101MA0000000${at}`,
    }));
    const { population, pieces } = populationOf(entities);
    // As if three of a thousand million were to be drawn: the limit is far below any ticket of these three.
    const strata = [{ item: '*', stratum: 'A', size: 1_000_000_000, sample: 3 }];
    for (const useLimits of [true, false]) {
      const sampler = new Sampler(SEED, strata, population.groups, useLimits);
      for (const piece of pieces) sampler.add(piece.toString('latin1'));
      expect(sampler.missed).toBe(useLimits);
    }
  });
});
