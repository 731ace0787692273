/** Distributions of counts, as lists of probabilities: exact, and short because what hardly happens is left out. */

/** Probabilities of the whole numbers from `start` on; what lies outside has less than 1e-15 altogether. */
export interface Distribution {
  start: number;
  p: readonly number[];
}

/** Weights below this part of the greatest are left out. */
const NEGLIGIBLE = 1e-19;

/** How many of `members` are among `drawn` of `size`, without replacement: a group's share of a stratum's sample. */
export function hypergeometric(size: number, members: number, drawn: number): Distribution {
  const low = Math.max(0, drawn + members - size);
  const high = Math.min(members, drawn);
  const mode = Math.min(high, Math.max(low, Math.floor(((members + 1) * (drawn + 1)) / (size + 2))));
  // From the mode outwards by the ratio of neighbours: no factorials, and nothing overflows.
  const above: number[] = [1];
  for (let k = mode; k < high; k += 1) {
    const next =
      ((above.at(-1) ?? 0) * (members - k) * (drawn - k)) / ((k + 1) * (size - members - drawn + k + 1));
    if (next < NEGLIGIBLE) break;
    above.push(next);
  }
  const below: number[] = [];
  for (let k = mode, weight = 1; k > low; k -= 1) {
    weight *= (k * (size - members - drawn + k)) / ((members - k + 1) * (drawn - k + 1));
    if (weight < NEGLIGIBLE) break;
    below.push(weight);
  }
  return normalised(mode - below.length, [...below.reverse(), ...above]);
}

/** How many of independent events happen, each with its own probability (Poisson-binomial). */
export function poissonBinomial(probabilities: readonly number[]): Distribution {
  let p = [1];
  for (const one of probabilities) {
    const next = new Array<number>(p.length + 1).fill(0);
    for (const [k, weight] of p.entries()) {
      next[k] = (next[k] ?? 0) + weight * (1 - one);
      next[k + 1] = (next[k + 1] ?? 0) + weight * one;
    }
    p = next;
  }
  return { start: 0, p };
}

/** One of these numbers, each as likely as every other. */
export function oneOf(values: readonly number[]): Distribution {
  const start = Math.min(...values);
  const p = new Array<number>(Math.max(...values) - start + 1).fill(0);
  for (const value of values) p[value - start] = (p[value - start] ?? 0) + 1 / values.length;
  return { start, p };
}

/** The sum of two counts that have nothing to do with each other. */
export function plus(a: Distribution, b: Distribution): Distribution {
  const p = new Array<number>(a.p.length + b.p.length - 1).fill(0);
  for (const [i, x] of a.p.entries()) {
    if (x === 0) continue;
    for (const [j, y] of b.p.entries()) p[i + j] = (p[i + j] ?? 0) + x * y;
  }
  return trimmed(a.start + b.start, p);
}

export const ZERO: Distribution = { start: 0, p: [1] };

export const meanOf = ({ start, p }: Distribution): number =>
  start + p.reduce((sum, one, k) => sum + one * k, 0);

/**
 * How probable a count as far out as this one is, on either side: all counts that are no likelier than it, as exact
 * tests are commonly done.
 */
export function twoSidedTail({ start, p }: Distribution, observed: number): number {
  const own = p[observed - start] ?? 0;
  // Equal weights that differ by rounding count as equal.
  const limit = own * (1 + 1e-7);
  return Math.min(
    1,
    p.reduce((sum, one) => (one <= limit ? sum + one : sum), 0),
  );
}

export const upperTail = ({ start, p }: Distribution, observed: number): number =>
  Math.min(
    1,
    p.reduce((sum, one, k) => (start + k >= observed ? sum + one : sum), 0),
  );

/** The counts between which all but `outside` of the probability lies, half of the rest on each side. */
export function bandOf({ start, p }: Distribution, outside = 0.05): { low: number; high: number } {
  let low = start;
  for (let left = 0, k = 0; k < p.length; k += 1) {
    left += p[k] ?? 0;
    if (left > outside / 2) {
      low = start + k;
      break;
    }
  }
  let high = low;
  for (let right = 0, k = p.length - 1; k >= 0; k -= 1) {
    right += p[k] ?? 0;
    if (right > outside / 2) {
      high = start + k;
      break;
    }
  }
  return { low, high };
}

function normalised(start: number, weights: readonly number[]): Distribution {
  const sum = weights.reduce((all, one) => all + one, 0);
  return { start, p: weights.map((one) => one / sum) };
}

function trimmed(start: number, p: readonly number[]): Distribution {
  const limit = Math.max(...p) * NEGLIGIBLE;
  let from = 0;
  let to = p.length;
  while (from < to - 1 && (p[from] ?? 0) < limit) from += 1;
  while (to > from + 1 && (p[to - 1] ?? 0) < limit) to -= 1;
  return { start: start + from, p: p.slice(from, to) };
}
