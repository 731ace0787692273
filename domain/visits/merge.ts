import { groupBy } from '../group-by';

/** Departments' items that meet on an entity become one visit (plan 3.6; draw protocol, section 4). */
export interface DrawnRow {
  /** `*` in mode joint. */
  item: string;
  code: string;
  ticket: string;
}

export interface MergedVisit {
  visit: number;
  code: string;
  items: string[];
}

/**
 * The visits of a draw. `populationItems` gives all items whose population holds the entity: in mode joint a drawn
 * entity is visited for all of them, in mode per_item for those that drew it.
 */
export function merge(
  drawn: readonly DrawnRow[],
  populationItems: (code: string) => readonly string[],
): MergedVisit[] {
  const byEntity = groupBy(drawn, (row) => row.code);
  const ordered = [...byEntity].sort(([, [a]], [, [b]]) => ((a?.ticket ?? '') < (b?.ticket ?? '') ? -1 : 1));
  return ordered.map(([code, rows], at) => ({
    visit: at + 1,
    code,
    items: [
      ...new Set(rows.flatMap((row) => (row.item === '*' ? populationItems(code) : [row.item]))),
    ].sort(),
  }));
}
