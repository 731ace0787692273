/** How many of a stratum are drawn (draw protocol, section 1): whole-number arithmetic, rounded up. */
export function sampleSize(size: number, ratioPpm: number, minimum: number): number {
  if (size === 0) return 0;
  return Math.min(size, Math.max(minimum, Math.floor((size * ratioPpm + 999_999) / 1_000_000)));
}
