import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { FrozenDigests } from '../../../domain/draw/frozen-lines';
import { hash } from '../../../domain/draw/hash';
import { Population, type Covered } from '../../../domain/draw/population';
import { PIECE_RECORDS, RECORD_BYTES } from '../../../domain/draw/records';
import { Sampler } from '../../../domain/draw/sampler';
import { compress, INITIAL } from '../../../domain/draw/sha256-block';
import { prefixModule } from '../../../domain/draw/sha256-lanes';
import { entityTicket } from '../../../domain/draw/tickets';

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
      codes.map((one, at): Covered => ({
        stratum: traits[at]?.[0] ?? 'A',
        items: traits[at]?.[1] ?? [],
        region: `69110${at % 10}`,
        codes: one,
      })),
    ),
);

const textOf = (population: Population) =>
  [...population.pieces()].map((piece) => piece.toString('latin1')).join('');
const inOrder = (entities: readonly Covered[]) =>
  [...entities].sort((a, b) => Buffer.compare(Buffer.from(a.codes), Buffer.from(b.codes)));

describe('the frozen population', () => {
  test('has every entity once, by the bytes of its code, with its region and group', () => {
    fc.assert(
      fc.property(covered, (entities) => {
        const population = new Population(entities);
        const lines = textOf(population).split('\n').slice(0, -1);
        expect(lines).toEqual(
          inOrder(entities).map(({ codes, region, stratum, items }) => {
            const group = population.groups.findIndex(
              (one) => one.stratum === stratum && one.items.join() === items.join(),
            );
            return `${codes}${region}${String(group).padStart(7, '0')}`;
          }),
        );
        for (const { codes } of entities) expect(population.has(codes)).toBe(true);
        expect(population.has('ZZZZZZZZZZZZZZZZZZ')).toBe(false);
      }),
    );
  });

  test('codes that no register would give are in order too', () => {
    const odd = ['92691100ma00000001', '92691100MA0000000_', '92691100MA00000001', '.2691100MA00000001'];
    const entities = odd.map((codes) => ({ stratum: 'A', items: ['I1'], region: '691101', codes }));
    const lines = textOf(new Population(entities)).split('\n').slice(0, -1);
    expect(lines.map((line) => line.slice(0, 18))).toEqual(inOrder(entities).map((one) => one.codes));
  });

  test('codes of another length or alphabet are refused rather than shifted', () => {
    for (const codes of ['92691100MA0000001', '云691100MA000000001']) {
      expect(() => new Population([{ stratum: 'A', items: ['I1'], region: '691101', codes }])).toThrow(
        '18 ASCII',
      );
    }
  });

  test('its digests are those of the files written line by line', () => {
    fc.assert(
      fc.property(covered, (entities) => {
        const population = new Population(entities);
        const digests = new FrozenDigests(
          population.groups.map(({ stratum, items }) => [...items, `*/${stratum}`]),
        );
        for (const piece of population.pieces()) digests.add(piece);
        const file = (rows: readonly Covered[]) => ({
          size: rows.length,
          digest: hash(rows.map((row) => `${row.codes}\n`).join('')),
        });
        const sorted = inOrder(entities);
        for (const item of ['I1', 'I2', 'I3', 'I4']) {
          expect(digests.file(item)).toEqual(file(sorted.filter((one) => one.items.includes(item))));
        }
        for (const stratum of ['A', 'B', 'C', 'D']) {
          expect(digests.file(`*/${stratum}`)).toEqual(file(sorted.filter((one) => one.stratum === stratum)));
        }
        const csv = sorted.map((one) => `${one.codes},${one.region}\n`).join('');
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
function drawnByHand(entities: readonly Covered[], item: string, stratum: string, sample: number): string[] {
  return entities
    .filter((one) => one.stratum === stratum && (item === '*' || one.items.includes(item)))
    .map((one) => `${entityTicket(SEED, one.codes)} ${one.codes} ${one.region}`)
    .sort()
    .slice(0, sample);
}

function sampled(entities: readonly Covered[], items: readonly string[], share: number, useLimits: boolean) {
  const population = new Population(entities);
  const strata = items.flatMap((item) =>
    ['A', 'B', 'D'].map((stratum) => {
      const size = drawnByHand(entities, item, stratum, Infinity).length;
      return { item, stratum, size, sample: Math.ceil(size * share) };
    }),
  );
  const sampler = new Sampler(SEED, strata, population.groups, useLimits);
  for (const piece of population.pieces()) sampler.add(piece.toString('latin1'));
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
      codes: `92691101MA${String(at).padStart(8, '0')}`,
    }));
    const [limited, unlimited] = [true, false].map((useLimits) => {
      const population = new Population(entities);
      const strata = [{ item: '*', stratum: 'A', size: entities.length, sample: 40 }];
      const sampler = new Sampler(SEED, strata, population.groups, useLimits);
      for (const piece of population.pieces()) sampler.add(piece.toString('latin1'));
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
      codes: `92691101MA0000000${at}`,
    }));
    const population = new Population(entities);
    // As if three of a thousand million were to be drawn: the limit is far below any ticket of these three.
    const strata = [{ item: '*', stratum: 'A', size: 1_000_000_000, sample: 3 }];
    for (const useLimits of [true, false]) {
      const sampler = new Sampler(SEED, strata, population.groups, useLimits);
      for (const piece of population.pieces()) sampler.add(piece.toString('latin1'));
      expect(sampler.missed).toBe(useLimits);
    }
  });
});
