import { hash } from './hash';

/**
 * The seed of a department's draw of its own, for the report on fewest visits (docs/fewest-visits.md). It follows from the
 * public seed, so that anyone can recompute the comparison, and it is independent of every other department's:
 * `H(seed + "\napart\n" + department)`. Tickets are made from it by the draw protocol's section 3.
 */
export const apartSeed = (seed: string, department: string): string => hash(`${seed}\napart\n${department}`);
