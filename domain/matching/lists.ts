/** Lists of whole numbers, one after the other: list `n` is `items[start[n]]` to `items[start[n + 1] - 1]`. */
export interface Lists {
  start: Int32Array;
  items: Int32Array;
}

/** For each group the positions that belong to it, in their order. */
export function listsBy(groupOf: Int32Array, groups: number): Lists {
  const start = new Int32Array(groups + 1);
  for (const group of groupOf) start[group + 1]!++;
  for (let group = 0; group < groups; group++) start[group + 1]! += start[group]!;
  const next = start.slice();
  const items = new Int32Array(groupOf.length);
  for (let at = 0; at < groupOf.length; at++) items[next[groupOf[at]!]!++] = at;
  return { start, items };
}

/** Numbers equal keys alike, in the order in which they first occur. */
export class Numbering {
  private readonly known = new Map<string, number>();

  get size(): number {
    return this.known.size;
  }

  of(key: string): number {
    let number = this.known.get(key);
    if (number === undefined) {
      number = this.known.size;
      this.known.set(key, number);
    }
    return number;
  }

  find(key: string): number | undefined {
    return this.known.get(key);
  }
}
