/** Visits of each inspector against the share of those who were interchangeable with them (draw protocol, section 5). */
import { groupBy } from '../group-by';
import { bandOf, meanOf, oneOf, plus, twoSidedTail, ZERO } from './distribution';
import { standOut } from './many-tests';

export interface InspectorLoad {
  ceremonyId: number;
  inspector: string;
  department: string;
  /** Those of one draw and one kind are interchangeable: same department, areas, qualifications, capacity, recusals. */
  kind: string;
  /** As drawn and matched: later replacements are not chance. */
  visits: number;
}

export interface InspectorCount {
  inspector: string;
  department: string;
  draws: number;
  observed: number;
  expected: number;
  /** 95 times of 100 the number lies between these. */
  low: number;
  high: number;
  /** null: nobody was interchangeable with them, so nothing was left to chance. */
  tail: number | null;
  isFlagged: boolean;
}

/**
 * The matching makes loads even, and gives those that are alike equal chances (property 4). So of the loads that the alike
 * have in a draw, each of them has any with the same chance, and over several draws the sum of one pick from each.
 */
export function inspectorCounts(loads: readonly InspectorLoad[]): InspectorCount[] {
  const alike = groupBy(loads, (load) => `${load.ceremonyId}\n${load.kind}`);
  const picks = new Map(
    [...alike].map(([key, all]) => [key, oneOf(all.map((load) => load.visits))] as const),
  );
  const counts = [...groupBy(loads, (load) => load.inspector).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const sum = own.map((load) => picks.get(`${load.ceremonyId}\n${load.kind}`) ?? ZERO).reduce(plus, ZERO);
    const observed = own.reduce((all, load) => all + load.visits, 0);
    return [
      {
        ...{ inspector: first.inspector, department: first.department, draws: own.length, observed },
        ...{ expected: meanOf(sum), ...bandOf(sum) },
        tail: sum.p.length === 1 ? null : twoSidedTail(sum, observed),
      },
    ];
  });
  const flags = standOut(counts.map((count) => count.tail));
  return counts.map((count, at) => ({ ...count, isFlagged: flags[at] ?? false }));
}
