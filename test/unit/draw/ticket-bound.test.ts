import fc from 'fast-check';
import { hash } from '../../../domain/draw/hash';
import { ticketBound } from '../../../domain/draw/ticket-bound';

const below = (codes: readonly string[], bound: string | null) =>
  codes.filter((code) => bound === null || hash(code) <= bound).length;

test.each([
  [1, 20_000],
  [200, 20_000],
  [2_000, 20_000],
  [19_990, 20_000],
])('below the bound lie the tickets of a sample of %i of %i, and not many more', (sample, size) => {
  const codes = Array.from({ length: size }, (_, at) => `entity ${at}`);
  const found = below(codes, ticketBound(sample, size));
  expect(found).toBeGreaterThanOrEqual(sample);
  expect(found).toBeLessThanOrEqual(sample + 14 * Math.sqrt(sample) + 90);
});

test('a bound is a beginning of a ticket, larger for larger samples', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.nat(), fc.nat(), (size, one, other) => {
      const [less, more] = [one % (size + 1), other % (size + 1)].sort((a, b) => a - b) as [number, number];
      const bounds = [ticketBound(less, size), ticketBound(more, size)].map((bound) => bound ?? 'g');
      expect(bounds[0]).toMatch(/^([0-9a-f]{12}|g)$/);
      expect((bounds[0] ?? '') <= (bounds[1] ?? '')).toBe(true);
    }),
  );
});

test('the whole of a population has no bound', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 5_000_000 }), (size) => ticketBound(size, size) === null));
});
