/** How many entities were drawn once, twice, never over several draws, against what chance alone would give. */
import { poissonBinomial, upperTail } from './distribution';
import { chanceOf, countingLine, type PastDraw } from './draws';
import { FALSE_ALARMS } from './many-tests';
import type { Pattern } from './patterns';
import { chiSquareTail } from './tails';

export interface TimesDrawn {
  entities: number;
  rows: { times: number; observed: number; expected: number }[];
  /** null: too few draws or entities to tell. */
  test: { statistic: number; degrees: number; tail: number } | null;
}

/** An entity drawn more often than others with its chances. */
export interface OftenDrawn {
  creditCode: string;
  times: number;
  draws: number;
  expected: number;
  /** How probable it was for this one entity. */
  tail: number;
  /** Also among as many entities as there are (Bonferroni). */
  isFlagged: boolean;
}

interface Chances {
  probabilities: number[];
  times: number;
}

/** `draws` has null for those that are left out; `isWhole`: these are all entities of the draws. */
export function timesDrawn(
  draws: readonly (PastDraw | null)[],
  patterns: readonly Pattern[],
  isWhole = true,
): TimesDrawn & { often: OftenDrawn[] } {
  const chances = chancesIn(draws);
  const observed: number[] = [];
  const expected: number[] = [];
  const repeated: Omit<OftenDrawn, 'isFlagged'>[] = [];
  const known = new Map<string, readonly number[]>();
  let entities = 0;
  for (const pattern of patterns) {
    const { probabilities, times } = chances(pattern);
    if (probabilities.length === 0) continue;
    entities += pattern.size;
    observed[times] = (observed[times] ?? 0) + pattern.size;
    const key = probabilities.join(' ');
    let p = known.get(key);
    if (!p) known.set(key, (p = poissonBinomial(probabilities).p));
    for (const [k, one] of p.entries()) expected[k] = (expected[k] ?? 0) + one * pattern.size;
    if (times < 2) continue;
    const tail = upperTail({ start: 0, p }, times);
    const mean = probabilities.reduce((sum, one) => sum + one, 0);
    for (const creditCode of pattern.codes) {
      repeated.push({ creditCode, times, draws: probabilities.length, expected: mean, tail });
    }
  }
  const rows = Array.from({ length: Math.max(observed.length, expected.length) }, (_, times) => ({
    ...{ times, observed: observed[times] ?? 0, expected: expected[times] ?? 0 },
  }));
  return {
    entities,
    rows: withoutEmptyEnd(rows),
    test: chiSquare(rows, isWhole),
    often: repeated
      .sort((a, b) => a.tail - b.tail || (a.creditCode < b.creditCode ? -1 : 1))
      .map((one) => ({ ...one, isFlagged: one.tail * entities <= FALSE_ALARMS })),
  };
}

function chancesIn(draws: readonly (PastDraw | null)[]): (pattern: Pattern) => Chances {
  const byGroup = draws.map((draw) =>
    draw?.groups.map((group) => {
      const line = draw.lines[countingLine(draw.lines, group)];
      return line ? chanceOf(line) : 0;
    }),
  );
  return (pattern) => {
    const probabilities: number[] = [];
    let times = 0;
    for (const [at, group, isDrawn] of pattern.draws) {
      const chance = byGroup[at]?.[group];
      if (chance === undefined) continue;
      probabilities.push(chance);
      if (isDrawn) times += 1;
    }
    return { probabilities: probabilities.sort((a, b) => a - b), times };
  };
}

/** Counts below this are put together with their neighbours, as is usual for this test. */
const FEWEST_EXPECTED = 5;

/**
 * The number of entities is fixed, and that of all draws too where no entity of the draws is left out: each takes a degree
 * of freedom. With a chance for each entity of its own the test is on the safe side.
 */
function chiSquare(rows: TimesDrawn['rows'], isWhole: boolean): TimesDrawn['test'] {
  const cells = rows.map(({ observed, expected }) => ({ observed, expected }));
  for (let at = cells.length - 1; at > 0; at -= 1) mergeIfSmall(at, at - 1);
  while (cells.length > 1 && (cells[0]?.expected ?? 0) < FEWEST_EXPECTED) mergeIfSmall(0, 1);
  const degrees = cells.length - (isWhole ? 2 : 1);
  if (degrees < 1) return null;
  const statistic = cells.reduce(
    (sum, { observed, expected }) => sum + (observed - expected) ** 2 / expected,
    0,
  );
  return { statistic, degrees, tail: chiSquareTail(statistic, degrees) };

  function mergeIfSmall(from: number, into: number): void {
    const [small, other] = [cells[from], cells[into]];
    if (!small || !other || small.expected >= FEWEST_EXPECTED) return;
    other.observed += small.observed;
    other.expected += small.expected;
    cells.splice(from, 1);
  }
}

/** Up to the last number of times that anybody was drawn, or that half an entity could be expected to be. */
function withoutEmptyEnd(rows: TimesDrawn['rows']): TimesDrawn['rows'] {
  const last = rows.findLastIndex((row) => row.observed > 0 || row.expected >= 0.5);
  return rows.slice(0, last + 1);
}
