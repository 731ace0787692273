import type { Bench } from './support/bench';
import { matchingContest } from './support/matching-contest';
import { provinceInstance } from './support/matching-instance';

export const bench: Bench = {
  about: 'teams of 2 from twice as many inspectors as visits, with exclusions, beside OR-tools',
  sizeOf: 'visits',
  defaultSize: 50_000,
  prepare: (size) => matchingContest(provinceInstance(size)),
};
