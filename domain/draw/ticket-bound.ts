/**
 * A ticket that the last of a sample hardly ever exceeds, as the beginning of its hexadecimal digits: who sorts only what
 * lies below it sorts a hundredth of a population. Tickets are uniform, so the number below a share `p` is binomial; the
 * margin leaves a chance below one in a million that too few lie below. Whoever uses it counts, and then takes all.
 * null: every ticket counts.
 */
export function ticketBound(sample: number, size: number): string | null {
  const share = (sample + 7 * Math.sqrt(sample) + 30) / size;
  if (share >= 1) return null;
  return Math.floor(share * 2 ** 48)
    .toString(16)
    .padStart(12, '0');
}
