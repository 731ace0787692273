import type { Staffing } from './staffing';
import type { Teams } from './teams';

const NOBODY = -1;

/** Those who may take one more visit in this round, found by their place in the order of tickets. */
export class FreeInspectors {
  /** How many are left. */
  count = 0;
  /** In the order of tickets; -1 for those who are not free. */
  private readonly place: Int32Array;
  /** Free members of each class in ticket order, from `head`; those before it are taken. */
  private readonly members: Int32Array;
  private readonly head: Int32Array;
  private readonly end: Int32Array;
  private readonly queue: ClassQueues;

  constructor(
    private readonly staffing: Staffing,
    private readonly teams: Teams,
  ) {
    const { inspectors, members, classesOf } = staffing;
    this.place = new Int32Array(inspectors.length).fill(NOBODY);
    this.members = new Int32Array(inspectors.length);
    this.head = new Int32Array(members.start.length - 1);
    this.end = new Int32Array(members.start.length - 1);
    this.queue = new ClassQueues(classesOf.start);
  }

  beginRound(order: Int32Array): void {
    const { classOf, members } = this.staffing;
    this.count = order.length;
    this.place.fill(NOBODY);
    this.head.set(members.start.subarray(0, this.head.length));
    this.end.set(this.head);
    for (let place = 0; place < order.length; place++) {
      const one = order[place]!;
      this.place[one] = place;
      this.members[this.end[classOf[one]!]!++] = one;
    }
    this.queue.clear();
  }

  take(inspector: number): void {
    this.place[inspector] = NOBODY;
    this.count--;
  }

  /** The free inspector with the lowest ticket who may join the visit's team, or -1. */
  first(visit: number): number {
    const { queue } = this;
    const kind = this.staffing.kindOf[visit]!;
    if (!queue.isFilled(kind)) this.fillQueue(kind);
    while (queue.size(kind) > 0) {
      const inspector = this.headOf(queue.firstClass(kind));
      if (inspector === NOBODY) queue.drop(kind);
      else if (this.place[inspector]! > queue.firstPlace(kind)) queue.delay(kind, this.place[inspector]!);
      else return this.teams.bars(visit, inspector) ? this.firstAllowed(visit, kind) : inspector;
    }
    return NOBODY;
  }

  /** The same where the first in line is barred: each class is asked for its first who is not. */
  private firstAllowed(visit: number, kind: number): number {
    let best = NOBODY;
    for (const one of this.queue.classes(kind)) {
      for (let at = this.head[one]!; at < this.end[one]!; at++) {
        const inspector = this.members[at]!;
        const place = this.place[inspector]!;
        if (place === NOBODY) continue;
        if (best !== NOBODY && place > this.place[best]!) break;
        if (this.teams.bars(visit, inspector)) continue;
        best = inspector;
        break;
      }
    }
    return best;
  }

  private headOf(one: number): number {
    let at = this.head[one]!;
    const end = this.end[one]!;
    while (at < end && this.place[this.members[at]!] === NOBODY) at++;
    this.head[one] = at;
    return at < end ? this.members[at]! : NOBODY;
  }

  private fillQueue(kind: number): void {
    const { start, items } = this.staffing.classesOf;
    this.queue.open(kind);
    for (let at = start[kind]!; at < start[kind + 1]!; at++) {
      const inspector = this.headOf(items[at]!);
      if (inspector !== NOBODY) this.queue.add(kind, items[at]!, this.place[inspector]!);
    }
  }
}

/** For each kind of visit its classes as a heap, by the place of their first free member when it was last seen. */
class ClassQueues {
  private readonly heapClasses: Int32Array;
  private readonly places: Int32Array;
  private readonly sizes: Int32Array;

  constructor(private readonly start: Int32Array) {
    const kinds = start.length - 1;
    this.heapClasses = new Int32Array(start[kinds]!);
    this.places = new Int32Array(start[kinds]!);
    this.sizes = new Int32Array(kinds);
  }

  clear(): void {
    this.sizes.fill(-1);
  }

  isFilled = (kind: number): boolean => this.sizes[kind]! >= 0;

  open(kind: number): void {
    this.sizes[kind] = 0;
  }

  size = (kind: number): number => this.sizes[kind]!;

  classes(kind: number): Int32Array {
    return this.heapClasses.subarray(this.start[kind], this.start[kind]! + this.sizes[kind]!);
  }

  firstClass = (kind: number): number => this.heapClasses[this.start[kind]!]!;

  firstPlace = (kind: number): number => this.places[this.start[kind]!]!;

  add(kind: number, one: number, place: number): void {
    const base = this.start[kind]!;
    let at = this.sizes[kind]!++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.places[base + parent]! <= place) break;
      this.copy(base + parent, base + at);
      at = parent;
    }
    this.heapClasses[base + at] = one;
    this.places[base + at] = place;
  }

  /** The first class has only later members left. */
  delay(kind: number, place: number): void {
    this.sink(kind, this.firstClass(kind), place);
  }

  /** The first class has nobody left. */
  drop(kind: number): void {
    const last = this.start[kind]! + --this.sizes[kind]!;
    if (this.sizes[kind]! > 0) this.sink(kind, this.heapClasses[last]!, this.places[last]!);
  }

  private sink(kind: number, one: number, place: number): void {
    const base = this.start[kind]!;
    const size = this.sizes[kind]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.places[base + child + 1]! < this.places[base + child]!) child++;
      if (this.places[base + child]! >= place) break;
      this.copy(base + child, base + at);
      at = child;
    }
    this.heapClasses[base + at] = one;
    this.places[base + at] = place;
  }

  private copy(from: number, to: number): void {
    this.heapClasses[to] = this.heapClasses[from]!;
    this.places[to] = this.places[from]!;
  }
}
