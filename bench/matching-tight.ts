import type { Bench } from './support/bench';
import { matchingContest } from './support/matching-contest';
import { tightInstance } from './support/matching-instance';

export const bench: Bench = {
  about:
    'teams of 2 where every inspector has to work to the limit and a greedy choice fails, beside OR-tools',
  sizeOf: 'visits',
  defaultSize: 10_000,
  prepare: (size) => matchingContest(tightInstance(size)),
};
