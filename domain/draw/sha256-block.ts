/** The compression function of SHA-256 (FIPS 180-4), for what the usual interfaces don't give: the state between blocks. */

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
export const K: readonly number[] = fractions(64, Math.cbrt);

/** The same of the square roots of the first 8. */
export const INITIAL: readonly number[] = fractions(8, Math.sqrt);

/** The state after one more block of 16 words. */
export function compress(state: readonly number[], block: readonly number[]): number[] {
  const w = Uint32Array.from({ length: 64 }, (_, at) => block[at] ?? 0);
  const word = (at: number): number => w[at] ?? 0;
  for (let at = 16; at < 64; at += 1) {
    const [x, y] = [word(at - 15), word(at - 2)];
    const low = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const high = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[at] = word(at - 16) + low + word(at - 7) + high;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at += 1) {
    const sum = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + sum + ((e & f) ^ (~e & g)) + (K[at] ?? 0) + word(at)) | 0;
    const second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((value, at) => (value + (state[at] ?? 0)) >>> 0);
}

const rotate = (value: number, bits: number): number => (value >>> bits) | (value << (32 - bits));

function fractions(count: number, root: (prime: number) => number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes.map((prime) => Math.floor((root(prime) % 1) * 2 ** 32) >>> 0);
}
