import type { FreeInspectors } from './free-inspectors';
import type { KindOrder } from './kind-order';
import type { Staffing } from './staffing';
import type { Teams } from './teams';

const NOBODY = -1;

/**
 * Looks for a place by moving people: from a visit that lacks someone to everybody who may go there, from each of
 * them to the visits they are on, and so on, breadth first, until someone is free. What a search in vain has
 * reached leads nowhere in the whole round, so later searches of the round don't enter it.
 */
export class Search {
  /** Number of the search that reached it last; of a kind: that reached everybody eligible for it. */
  private readonly inspectorMark: Int32Array;
  private readonly visitMark: Int32Array;
  private readonly kindMark: Int32Array;
  private search = 0;
  /** The last search before this round, and which searches since then were in vain. */
  private began = 0;
  private inVain: boolean[] = [];
  /** The visit from which an inspector, the inspector through whom a visit was reached. */
  private readonly visitBefore: Int32Array;
  private readonly inspectorBefore: Int32Array;
  /** Reached visits; from those up to `source` all candidates were reached. */
  private readonly queue: Int32Array;
  private tail = 0;
  private source = 0;
  /** The source's candidates, and those of its kind who can't join its team but perhaps another's. */
  private candidates: ArrayLike<number> = [];
  private nextCandidate = 0;
  private barred: number[] = [];
  private readonly barredOf = new Map<number, { search: number; people: number[] }>();
  /** The inspector whose visits are being reached. */
  private inspector = NOBODY;
  private visits: readonly number[] = [];
  private nextVisit = 0;

  constructor(
    private readonly staffing: Staffing,
    private readonly teams: Teams,
    private readonly order: KindOrder,
  ) {
    const { visits, inspectors, classesOf } = staffing;
    this.inspectorMark = new Int32Array(inspectors.length);
    this.visitMark = new Int32Array(visits.length);
    this.kindMark = new Int32Array(classesOf.start.length - 1);
    this.visitBefore = new Int32Array(inspectors.length);
    this.inspectorBefore = new Int32Array(visits.length);
    this.queue = new Int32Array(visits.length);
  }

  beginRound(): void {
    this.began = this.search;
    this.inVain = [];
  }

  /** Gives the visit one more person, by moving others where that is needed. */
  fill(visit: number, free: FreeInspectors): boolean {
    const kind = this.staffing.kindOf[visit]!;
    if (this.leadsNowhere(this.visitMark[visit]!) || this.leadsNowhere(this.kindMark[kind]!)) return false;
    this.search++;
    this.visitMark[visit] = this.search;
    this.queue[0] = visit;
    this.tail = 1;
    this.source = 0;
    this.visits = [];
    this.nextVisit = 0;
    this.openSource();
    for (let at = 0; at < this.tail || this.reachVisit(); at++) {
      const found = free.first(this.queue[at]!);
      if (found === NOBODY) continue;
      free.take(found);
      this.shift(visit, this.queue[at]!, found);
      return true;
    }
    this.inVain[this.search - this.began] = true;
    return false;
  }

  /** Those whom the searches of this round reached in vain. */
  inspectorsInVain(): number[] {
    return [...this.inspectorMark.keys()].filter((at) => this.leadsNowhere(this.inspectorMark[at]!));
  }

  visitsInVain(): number[] {
    return [...this.visitMark.keys()].filter((at) => this.leadsNowhere(this.visitMark[at]!));
  }

  /** `found` joins the last visit of the path; whoever leaves it for that joins the one before, up to the first. */
  private shift(first: number, last: number, found: number): void {
    let visit = last;
    let joining = found;
    while (visit !== first) {
      const leaving = this.inspectorBefore[visit]!;
      this.teams.replace(visit, leaving, joining);
      joining = leaving;
      visit = this.visitBefore[leaving]!;
    }
    this.teams.add(first, joining);
  }

  /** Appends the next visit to the queue, only when it is wanted: most searches end early. */
  private reachVisit(): boolean {
    do {
      while (this.nextVisit < this.visits.length) {
        const visit = this.visits[this.nextVisit++]!;
        if (this.reached(this.visitMark[visit]!)) continue;
        this.visitMark[visit] = this.search;
        this.inspectorBefore[visit] = this.inspector;
        this.queue[this.tail++] = visit;
        return true;
      }
    } while (this.reachInspector());
    return false;
  }

  private reachInspector(): boolean {
    while (this.source < this.tail) {
      const visit = this.queue[this.source]!;
      while (this.nextCandidate < this.candidates.length) {
        const inspector = this.candidates[this.nextCandidate++]!;
        if (this.reached(this.inspectorMark[inspector]!)) continue;
        if (this.teams.bars(visit, inspector)) {
          this.barred.push(inspector);
          continue;
        }
        this.inspectorMark[inspector] = this.search;
        this.visitBefore[inspector] = visit;
        this.inspector = inspector;
        this.visits = this.teams.visitsOf(inspector);
        this.nextVisit = 0;
        return true;
      }
      this.closeSource(this.staffing.kindOf[visit]!);
      this.source++;
      if (this.source < this.tail) this.openSource();
    }
    return false;
  }

  private openSource(): void {
    const kind = this.staffing.kindOf[this.queue[this.source]!]!;
    const barred = this.barredOf.get(kind);
    this.nextCandidate = 0;
    this.barred = [];
    if (this.reached(this.kindMark[kind]!)) this.candidates = [];
    else if (barred && this.reached(barred.search)) this.candidates = barred.people;
    else this.candidates = this.order.of(kind);
  }

  private closeSource(kind: number): void {
    if (this.barred.length > 0) this.barredOf.set(kind, { search: this.search, people: this.barred });
    else if (!this.reached(this.kindMark[kind]!)) this.kindMark[kind] = this.search;
  }

  private reached(mark: number): boolean {
    return mark === this.search || this.leadsNowhere(mark);
  }

  private leadsNowhere(mark: number): boolean {
    return mark > this.began && this.inVain[mark - this.began] === true;
  }
}
