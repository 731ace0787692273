import type { Staffing } from './staffing';

/** Who is on which visit's team, of one department. */
export class Teams {
  /** Visits of each inspector so far. */
  readonly load: Int32Array;
  readonly size: Int32Array;
  private readonly start: Int32Array;
  private readonly seats: Int32Array;
  private readonly served: number[][];

  constructor(private readonly staffing: Staffing) {
    const { visits, inspectors } = staffing;
    this.load = new Int32Array(inspectors.length);
    this.size = new Int32Array(visits.length);
    this.start = new Int32Array(visits.length + 1);
    for (let at = 0; at < visits.length; at++) this.start[at + 1] = this.start[at]! + visits[at]!.teamSize;
    this.seats = new Int32Array(this.start[visits.length]!);
    this.served = Array.from(inspectors, () => []);
  }

  missing(visit: number): number {
    return this.start[visit + 1]! - this.start[visit]! - this.size[visit]!;
  }

  of(visit: number): Int32Array {
    return this.seats.subarray(this.start[visit], this.start[visit]! + this.size[visit]!);
  }

  /** In the order of their numbers. */
  visitsOf(inspector: number): readonly number[] {
    return this.served[inspector]!;
  }

  /** Whether someone can't be added to a team: excluded there, or on it already. */
  bars(visit: number, inspector: number): boolean {
    const begin = this.start[visit]!;
    for (let at = begin; at < begin + this.size[visit]!; at++) if (this.seats[at] === inspector) return true;
    return this.staffing.excluded[visit]?.has(inspector) ?? false;
  }

  add(visit: number, inspector: number): void {
    this.seats[this.start[visit]! + this.size[visit]!++] = inspector;
    this.serve(visit, inspector);
  }

  replace(visit: number, leaving: number, joining: number): void {
    this.seats[this.seats.indexOf(leaving, this.start[visit])] = joining;
    const visits = this.served[leaving]!;
    visits.splice(visits.indexOf(visit), 1);
    this.load[leaving]!--;
    this.serve(visit, joining);
  }

  private serve(visit: number, inspector: number): void {
    const visits = this.served[inspector]!;
    let at = visits.push(visit) - 1;
    for (; at > 0 && visits[at - 1]! > visit; at--) visits[at] = visits[at - 1]!;
    visits[at] = visit;
    this.load[inspector]!++;
  }
}
