import fc from 'fast-check';
import { sampleSize } from '../../../domain/draw/sample-size';

const size = fc.integer({ min: 0, max: 5_000_000 });
const ratio = fc.integer({ min: 0, max: 1_000_000 });
const minimum = fc.integer({ min: 0, max: 1000 });

test('the smallest whole number that is no less than the share and the minimum, and no more than there are', () => {
  fc.assert(
    fc.property(size, ratio, minimum, (of, ratioPpm, atLeast) => {
      const sample = sampleSize(of, ratioPpm, atLeast);
      // Whole numbers of any size, as another language would count.
      const share = (BigInt(of) * BigInt(ratioPpm) + 999_999n) / 1_000_000n;
      const wanted = share > BigInt(atLeast) ? share : BigInt(atLeast);
      expect(BigInt(sample)).toBe(wanted < BigInt(of) ? wanted : BigInt(of));
    }),
  );
});

test('a larger share, minimum or stratum never gives a smaller sample', () => {
  fc.assert(
    fc.property(size, ratio, minimum, ratio, (of, ratioPpm, atLeast, more) => {
      const sample = sampleSize(of, ratioPpm, atLeast);
      expect(sampleSize(of, Math.max(ratioPpm, more), atLeast)).toBeGreaterThanOrEqual(sample);
      expect(sampleSize(of, ratioPpm, atLeast + 1)).toBeGreaterThanOrEqual(sample);
      expect(sampleSize(of + 1, ratioPpm, atLeast)).toBeGreaterThanOrEqual(sample);
    }),
  );
});

test('all are drawn at a million parts per million, none at none', () => {
  fc.assert(
    fc.property(size, (of) => {
      expect([sampleSize(of, 1_000_000, 0), sampleSize(of, 0, 0)]).toEqual([of, 0]);
    }),
  );
});
