import { commitmentOf, manifestText, type Manifest } from '../../../domain/draw/manifest';
import { hash } from '../../../domain/draw/hash';
import { sampleSize } from '../../../domain/draw/sample-size';
import { isSealable, sealOf, seedOf } from '../../../domain/draw/seed';
import { entityTicket, inspectorTicket } from '../../../domain/draw/tickets';
import { merge } from '../../../domain/visits/merge';
import vectors from '../../fixtures/draw-vectors.json';

const SEALED = ['SCJG', 'WJW'] as const;

describe('onevisit-draw/1 gives what its test vectors say', () => {
  test('manifest and commitment', () => {
    const shuffled = { ...vectors.manifest, items: vectors.manifest.items.toReversed() } as Manifest;
    expect(manifestText(shuffled)).toBe(vectors.manifestJcs);
    expect(commitmentOf(vectors.manifestJcs)).toBe(vectors.commitment);
  });

  test('digests of the populations', () => {
    for (const { stratum, digest } of vectors.manifest.strata) {
      const codes = vectors.populations[stratum as 'A' | 'D'];
      expect(hash(codes.map((code) => `${code}\n`).join(''))).toBe(digest);
    }
  });

  test('seals and seed', () => {
    for (const contributor of SEALED) {
      expect(isSealable(vectors.values[contributor])).toBe(true);
      expect(sealOf(vectors.commitment, contributor, vectors.values[contributor])).toBe(
        vectors.seals[contributor],
      );
    }
    const contributions = [...SEALED, 'public:dice' as const].map((contributor) => ({
      contributor,
      value: vectors.values[contributor],
    }));
    expect(seedOf(vectors.commitment, contributions)).toBe(vectors.seed);
  });

  test.each(vectors.sampleSizes)(
    'a stratum of $size at $ratio_ppm ppm, at least $minimum: $sample',
    (one) => {
      expect(sampleSize(one.size, one.ratio_ppm, one.minimum)).toBe(one.sample);
    },
  );

  test('tickets', () => {
    for (const { code, ticket } of vectors.drawn) expect(entityTicket(vectors.seed, code)).toBe(ticket);
    const { code, department, inspector, ticket } = vectors.inspectorTicket;
    expect(inspectorTicket(vectors.seed, code, department, inspector)).toBe(ticket);
  });

  test('visits', () => {
    const populations = Object.entries(vectors.itemPopulations);
    const itemsOf = (code: string) =>
      populations.filter(([, codes]) => codes.includes(code)).map(([item]) => item);
    expect(merge(vectors.drawn, itemsOf)).toEqual(vectors.visits);
  });
});

test.each(['too short', 'a line\nbreak in the value', 'x'.repeat(257)])('%j cannot be sealed', (value) => {
  expect(isSealable(value)).toBe(false);
});
