import { cellsOf, type CountedKind } from '../annual-plan/cells';
import { ExpectedVisits } from '../annual-plan/expected-visits';
import { covers } from '../regions/covers';
import { sampleOf, type PolicyItem } from './expected-by-policy';
import { levelOf } from './industry-risk';
import { byPart, mostSpecific, partName, type Part } from './parts';
import type { PolicyRow, PolicyTable } from './ratio-rows';

export interface RowEffect extends PolicyRow {
  sample: number;
  visits: number;
}

/** Entities for whom two versions have different ratios or caps, by the rows that count for them in each. */
export interface RowDifference {
  population: number;
  before: RowEffect;
  after: RowEffect;
}

interface Versions {
  before: PolicyTable;
  after: PolicyTable;
}

interface Pair {
  before: PolicyRow;
  after: PolicyRow;
  kinds: CountedKind[];
}

/** Where two versions come to different ratios or caps, and what each means there: a sample of each pair of rows by itself. */
export function comparePolicies(
  kinds: readonly CountedKind[],
  items: readonly PolicyItem[],
  regions: readonly string[],
  versions: Versions,
): RowDifference[] {
  const inside = kinds.filter(({ region }) => regions.some((area) => covers(area, region)));
  return pairsOf(inside, versions)
    .filter(({ before, after }) => before.ratioPpm !== after.ratioPpm || before.cap !== after.cap)
    .sort((one, other) => byPart(one.before, other.before) || byPart(one.after, other.after))
    .map(({ before, after, kinds: own }) => {
      const cells = cellsOf(own, items, () => '');
      const counter = new ExpectedVisits(cells);
      const effect = (row: PolicyRow): RowEffect => ({
        ...row,
        sample: sampleOf(cells, items, row.ratioPpm),
        visits: counter.visits(
          items.map(({ code, fixedPpm }, id) => ({
            ...{ id, item: code, regions, fixedPpm },
            ratios: { '': row.ratioPpm },
          })),
        ),
      });
      return {
        population: cells.reduce((sum, cell) => sum + cell.size, 0),
        before: effect(before),
        after: effect(after),
      };
    });
}

/** Which rows count together, also of those that nobody in the registry goes by. */
function pairsOf(kinds: readonly CountedKind[], { before, after }: Versions): Pair[] {
  const pairs = new Map<string, Pair>();
  const pairOf = (rows: { before: PolicyRow | undefined; after: PolicyRow | undefined }): Pair | null => {
    if (!rows.before || !rows.after) return null;
    const key = `${partName(rows.before)} ${partName(rows.after)}`;
    const known = pairs.get(key) ?? { before: rows.before, after: rows.after, kinds: [] };
    pairs.set(key, known);
    return known;
  };
  for (const kind of kinds) {
    const rowIn = ({ rows, industries }: PolicyTable) =>
      mostSpecific(rows, { ...kind, level: levelOf(kind.tags, industries) });
    pairOf({ before: rowIn(before), after: rowIn(after) })?.kinds.push(kind);
  }
  for (const row of [...before.rows, ...after.rows]) {
    // Where a row is about everywhere, no region is: only rows without one count there.
    const place: Part & { region: string } = { ...row, region: row.region ?? '' };
    pairOf({ before: mostSpecific(before.rows, place), after: mostSpecific(after.rows, place) });
  }
  return [...pairs.values()];
}
