/** Which lines of everyone's plan are better one campaign, and how many visits that saves whom (domain guide, section 4). */
import type { CountedLine, ExpectedVisits } from './expected-visits';

export interface AdvisedLine extends CountedLine {
  department: string;
  windowFrom: string;
  windowTo: string;
}

export interface Proposal {
  /** Ids in the order of the visits they cause alone. */
  lines: number[];
  windowFrom: string;
  windowTo: string;
  /** Entities that several of the lines cover. */
  common: number;
  /** Expected visits of the lines one by one, and as one campaign. */
  apart: number;
  joint: number;
  savedByRegion: { region: string; visits: number }[];
}

/** Why nobody is proposed to a line. */
export type AloneReason = 'no-common-entities' | 'windows-apart' | 'saves-nothing';

export interface Advice {
  proposals: Proposal[];
  alone: { line: number; why: AloneReason }[];
  /** Expected visits of every line alone. */
  visitsOf: Map<number, number>;
}

/** Time for a campaign's preparation, draw and visits, which its departments need in common. */
const COMMON_DAYS = 14;
/** More people than this at one door are no relief for who is inspected. */
const MOST_DEPARTMENTS = 6;
/** Fewer expected visits than this are not worth the coordination. */
const LEAST_SAVED = 1;

/**
 * Joins, as long as it saves visits, the two groups of lines that save the most together. Greedy: the best partition of
 * hundreds of lines is not to be had, and each step can be explained by its own numbers.
 */
export function advise(lines: readonly AdvisedLine[], counter: ExpectedVisits): Advice {
  const visitsOf = new Map(lines.map((line) => [line.id, counter.visits([line])]));
  const groups = new Map(
    lines.map((line) => [line.id, { lines: [line], visits: visitsOf.get(line.id) ?? 0 }]),
  );
  const gains = new Map<string, Gain>();
  const ids = () => [...groups.keys()];
  const weigh = (a: number, b: number) => {
    const [one, other] = [groups.get(Math.min(a, b)), groups.get(Math.max(a, b))];
    if (!one || !other || !mayJoin([...one.lines, ...other.lines])) return;
    const saved = one.visits + other.visits - counter.visits([...one.lines, ...other.lines]);
    if (saved >= LEAST_SAVED) gains.set(keyOf(a, b), { pair: [Math.min(a, b), Math.max(a, b)], saved });
  };
  ids().forEach((a, at) => {
    for (const b of ids().slice(at + 1)) weigh(a, b);
  });
  for (;;) {
    const best = highest(gains);
    if (!best) break;
    const [kept, gone] = best.pair;
    const joined = [...(groups.get(kept)?.lines ?? []), ...(groups.get(gone)?.lines ?? [])];
    groups.delete(gone);
    groups.set(kept, { lines: joined, visits: counter.visits(joined) });
    for (const other of [...groups.keys(), gone]) {
      gains.delete(keyOf(kept, other));
      gains.delete(keyOf(gone, other));
    }
    for (const other of ids()) if (other !== kept) weigh(kept, other);
  }
  const proposals = [...groups.values()]
    .filter((group) => group.lines.length > 1)
    .map((group) => proposalOf(group.lines, counter))
    .sort((a, b) => b.apart - b.joint - (a.apart - a.joint));
  const joined = new Set(proposals.flatMap((proposal) => proposal.lines));
  return {
    proposals,
    alone: lines
      .filter((line) => !joined.has(line.id))
      .map((line) => ({ line: line.id, why: whyAlone(line, lines, counter) })),
    visitsOf,
  };
}

/** What lines come to as one campaign, whoever proposes it. */
export function proposalOf(lines: readonly AdvisedLine[], counter: ExpectedVisits): Proposal {
  const alone = lines.map((line) => ({ line, expected: counter.of([line]) }));
  const joint = counter.of(lines);
  const regions = [
    ...new Set([...joint.byRegion.keys(), ...alone.flatMap(({ expected }) => [...expected.byRegion.keys()])]),
  ];
  const savedByRegion = regions
    .sort()
    .map((region) => ({
      region,
      visits:
        alone.reduce((sum, { expected }) => sum + (expected.byRegion.get(region) ?? 0), 0) -
        (joint.byRegion.get(region) ?? 0),
    }))
    .filter(({ visits }) => Math.abs(visits) > 1e-9);
  return {
    lines: alone
      .sort((a, b) => b.expected.visits - a.expected.visits || a.line.id - b.line.id)
      .map(({ line }) => line.id),
    ...commonWindow(lines),
    common: joint.common,
    apart: alone.reduce((sum, { expected }) => sum + expected.visits, 0),
    joint: joint.visits,
    savedByRegion,
  };
}

/** The days that lie in the windows of all; from is after to where there is none. */
export function commonWindow(lines: readonly Pick<AdvisedLine, 'windowFrom' | 'windowTo'>[]): {
  windowFrom: string;
  windowTo: string;
} {
  return {
    windowFrom: lines.map((line) => line.windowFrom).reduce((a, b) => (a > b ? a : b)),
    windowTo: lines.map((line) => line.windowTo).reduce((a, b) => (a < b ? a : b)),
  };
}

/** Whether there are enough days that lie in all of the windows. */
export function meet(lines: readonly Pick<AdvisedLine, 'windowFrom' | 'windowTo'>[]): boolean {
  const { windowFrom, windowTo } = commonWindow(lines);
  return (Date.parse(windowTo) - Date.parse(windowFrom)) / 86_400_000 + 1 >= COMMON_DAYS;
}

function mayJoin(lines: readonly AdvisedLine[]): boolean {
  const items = new Set(lines.map((line) => line.item));
  const departments = new Set(lines.map((line) => line.department));
  return items.size === lines.length && departments.size <= MOST_DEPARTMENTS && meet(lines);
}

interface Gain {
  pair: [number, number];
  saved: number;
}

const keyOf = (a: number, b: number): string => `${Math.min(a, b)}/${Math.max(a, b)}`;

/** Of equal ones the first by their lines: the same plan gets the same advice. */
function highest(gains: ReadonlyMap<string, Gain>): Gain | null {
  let best: Gain | null = null;
  for (const gain of gains.values()) {
    const isBetter =
      !best ||
      gain.saved > best.saved ||
      (gain.saved === best.saved && (gain.pair[0] - best.pair[0] || gain.pair[1] - best.pair[1]) < 0);
    if (isBetter) best = gain;
  }
  return best;
}

function whyAlone(line: AdvisedLine, lines: readonly AdvisedLine[], counter: ExpectedVisits): AloneReason {
  const sharing = lines.filter(
    (other) => other.id !== line.id && other.item !== line.item && counter.of([line, other]).common > 0,
  );
  if (sharing.length === 0) return 'no-common-entities';
  return sharing.some((other) => meet([line, other])) ? 'saves-nothing' : 'windows-apart';
}
