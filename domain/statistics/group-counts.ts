/** How often groups of entities were drawn, against what the rules of their draws lead to expect. */
import { hypergeometric, plus, twoSidedTail, ZERO } from './distribution';
import { chanceOf, countingLine, type PastDraw } from './draws';
import type { Pattern } from './patterns';
import { normalTail } from './tails';

export type GroupKind = 'all' | 'stratum' | 'region' | 'item';

export interface GroupCount {
  kind: GroupKind;
  /** Stratum, region or item. */
  key: string;
  /** Times that one of its entities was in a population. */
  chances: number;
  observed: number;
  expected: number;
  deviation: number;
  /** How probable a count as far off as this is; null: the rules leave nothing to chance. */
  tail: number | null;
  /** Nothing left to chance, and yet another number. */
  isBroken: boolean;
}

/** A group's part of one line. */
interface Part {
  size: number;
  sample: number;
  members: number;
}

interface Gathered {
  kind: GroupKind;
  key: string;
  parts: Map<string, Part>;
  observed: number;
}

/** Beyond this variance the sum of so many parts is normal to three digits, and exact sums get long. */
const EXACT_UP_TO = 10_000;

export function groupCounts(draws: readonly (PastDraw | null)[], patterns: readonly Pattern[]): GroupCount[] {
  const groups = new Map<string, Gathered>();
  const lineOf = draws.map((draw) => draw?.groups.map((group) => countingLine(draw.lines, group)) ?? []);
  for (const { region, draws: entries, size } of patterns) {
    for (const [at, groupNumber, isDrawn] of entries) {
      const draw = draws[at];
      const lineNumber = lineOf[at]?.[groupNumber];
      const line = lineNumber === undefined ? undefined : draw?.lines[lineNumber];
      const group = draw?.groups[groupNumber];
      if (!draw || !line || !group) continue;
      const keys: [GroupKind, string][] = [
        ['all', ''],
        ['stratum', group.stratum],
        ['region', region],
        // An item that draws for itself has exactly its sample.
        ...(draw.mode === 'joint' ? group.items.map((item): [GroupKind, string] => ['item', item]) : []),
      ];
      for (const [kind, key] of keys) {
        const name = `${kind}/${key}`;
        let gathered = groups.get(name);
        if (!gathered) groups.set(name, (gathered = { kind, key, parts: new Map(), observed: 0 }));
        const partName = `${at}/${lineNumber}`;
        let part = gathered.parts.get(partName);
        if (!part) {
          gathered.parts.set(partName, (part = { size: line.size, sample: line.sample, members: 0 }));
        }
        part.members += size;
        if (isDrawn) gathered.observed += size;
      }
    }
  }
  return [...groups.values()].map(judged);
}

function judged({ kind, key, parts, observed }: Gathered): GroupCount {
  const all = [...parts.values()];
  const expected = all.reduce((sum, part) => sum + part.members * shareOf(part), 0);
  const variance = all.reduce((sum, part) => sum + varianceOf(part), 0);
  const isFixed = variance < 1e-9;
  return {
    ...{ kind, key, observed, expected },
    chances: all.reduce((sum, part) => sum + part.members, 0),
    deviation: Math.sqrt(variance),
    tail: isFixed ? null : tailOf(all, observed, expected, variance),
    isBroken: isFixed && Math.abs(observed - expected) > 1e-6,
  };
}

const shareOf = (part: Part): number => chanceOf({ item: '', stratum: '', ...part });

function varianceOf({ size, sample, members }: Part): number {
  if (size < 2) return 0;
  return (sample * members * (size - members) * (size - sample)) / (size * size * (size - 1));
}

function tailOf(parts: readonly Part[], observed: number, expected: number, variance: number): number {
  if (variance > EXACT_UP_TO) {
    return normalTail(Math.max(0, Math.abs(observed - expected) - 0.5) / Math.sqrt(variance));
  }
  const sum = parts
    .map(({ size, members, sample }) => hypergeometric(size, members, sample))
    .reduce(plus, ZERO);
  return twoSidedTail(sum, observed);
}
