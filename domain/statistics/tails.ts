/** Tails of the two distributions that large counts come close to. Compared with SciPy's in a test. */

/** Beyond z on both sides, for the standard normal distribution. */
export const normalTail = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/** Above x, for the chi-square distribution with whole degrees of freedom: a finite sum, from 1 or 2 degrees upwards. */
export function chiSquareTail(x: number, degrees: number): number {
  if (x <= 0) return 1;
  const half = x / 2;
  const isEven = degrees % 2 === 0;
  let tail = isEven ? Math.exp(-half) : erfc(Math.sqrt(half));
  // Each two degrees more add half^a e^-half / Γ(a + 1).
  let term = isEven ? Math.exp(-half) * half : Math.exp(-half) * Math.sqrt(half) * (2 / Math.sqrt(Math.PI));
  for (let a = isEven ? 1 : 0.5; 2 * a < degrees; a += 1) {
    tail += term;
    term *= half / (a + 1);
  }
  return Math.min(1, tail);
}

/** The complementary error function for x ≥ 0: its power series near 0, its continued fraction beyond. */
function erfc(x: number): number {
  if (x < 2) {
    let sum = x;
    for (let n = 1, term = x; Math.abs(term) > 1e-17 * Math.abs(sum) && n < 200; n += 1) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 120; n > 0; n -= 1) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
