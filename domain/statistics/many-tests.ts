/** Share of false alarms among all alarms that are put up with. */
export const FALSE_ALARMS = 0.05;

/**
 * Whoever looks at a hundred numbers finds five that happen once in twenty times. Which of these tails stand out all the
 * same (Benjamini and Hochberg 1995); null: nothing to test.
 */
export function standOut(tails: readonly (number | null)[], rate = FALSE_ALARMS): boolean[] {
  const sorted = tails.filter((one) => one !== null).sort((a, b) => a - b);
  let limit = -1;
  for (const [at, tail] of sorted.entries()) {
    if (tail <= (rate * (at + 1)) / sorted.length) limit = tail;
  }
  return tails.map((tail) => tail !== null && tail <= limit);
}
