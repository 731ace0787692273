import { coverage, type CoveringItem } from '../draw/coverage';

/** Entities that no item of the plan tells apart. */
export interface Cell {
  region: string;
  /** Which of a line's ratios is theirs. */
  stratum: string;
  /** Whose objects they are, wherever their lines go. */
  items: string[];
  size: number;
}

export interface CountedKind {
  region: string;
  drawClass: string;
  tags: readonly string[];
  size: number;
}

/** Kinds of entities that the same items cover become one: a city's thousands of kinds are some hundreds of cells. */
export function cellsOf(
  kinds: readonly CountedKind[],
  items: readonly CoveringItem[],
  stratumOf: (kind: CountedKind) => string,
): Cell[] {
  const cells = new Map<string, Cell>();
  for (const kind of kinds) {
    const { region, tags, size } = kind;
    const covering = coverage(items, null, { region, tags, visits: 0 }).items;
    if (covering.length === 0) continue;
    const stratum = stratumOf(kind);
    const key = [region, stratum, ...covering].join('\n');
    const cell = cells.get(key);
    if (cell) cell.size += size;
    else cells.set(key, { region, stratum, items: covering, size });
  }
  return [...cells.values()];
}
