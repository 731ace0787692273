import type { Staffing } from './staffing';

const NOBODY = -1;

/** Who is eligible for each kind of visit, in ticket order; written down for the kinds that are asked for. */
export class KindOrder {
  private readonly start: Int32Array;
  private readonly end: Int32Array;
  private readonly rank: Int32Array;
  private byRank: Int32Array = new Int32Array(0);
  private items = new Int32Array(1024);
  private used = 0;

  constructor(private readonly staffing: Staffing) {
    const kinds = staffing.classesOf.start.length - 1;
    this.start = new Int32Array(kinds);
    this.end = new Int32Array(kinds);
    this.rank = new Int32Array(staffing.inspectors.length);
  }

  beginRound(order: Int32Array): void {
    this.start.fill(NOBODY);
    this.used = 0;
    this.rank.fill(NOBODY);
    this.byRank = order;
    for (let rank = 0; rank < order.length; rank++) this.rank[order[rank]!] = rank;
  }

  of(kind: number): Int32Array {
    if (this.start[kind] === NOBODY) this.write(kind);
    return this.items.subarray(this.start[kind], this.end[kind]);
  }

  private write(kind: number): void {
    const { classesOf, members } = this.staffing;
    this.start[kind] = this.used;
    for (let at = classesOf.start[kind]!; at < classesOf.start[kind + 1]!; at++) {
      const one = classesOf.items[at]!;
      for (let member = members.start[one]!; member < members.start[one + 1]!; member++) {
        const rank = this.rank[members.items[member]!]!;
        if (rank === NOBODY) continue;
        if (this.used === this.items.length) this.grow();
        this.items[this.used++] = rank;
      }
    }
    this.end[kind] = this.used;
    const ranks = this.of(kind).sort();
    for (let at = 0; at < ranks.length; at++) ranks[at] = this.byRank[ranks[at]!]!;
  }

  private grow(): void {
    const wider = new Int32Array(this.items.length * 2);
    wider.set(this.items);
    this.items = wider;
  }
}
