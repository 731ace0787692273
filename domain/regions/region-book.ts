import { isRegionCode } from './tree';

/** A code that the state replaced: files kept for years still carry the old one. */
export interface RegionMove {
  from: string;
  to: string;
}

/** What the region codes of files are held against: those in use, those that were replaced, and any code of GB/T 2260. */
export class RegionBook {
  /** How often a replaced code was met. */
  readonly replaced = new Map<string, number>();
  private readonly moves: ReadonlyMap<string, string>;

  constructor(
    private readonly inUse: ReadonlySet<string>,
    moves: readonly RegionMove[],
  ) {
    this.moves = new Map(moves.map(({ from, to }) => [from, to]));
  }

  /** The code that is in force for an area today, however often it was replaced. */
  current(code: string): string {
    let now = code;
    for (let next = this.moves.get(code); next !== undefined; next = this.moves.get(next)) {
      this.replaced.set(now, (this.replaced.get(now) ?? 0) + 1);
      now = next;
    }
    return now;
  }

  isInUse(code: string): boolean {
    return this.inUse.has(code);
  }

  /** A registry file names areas before anyone entered them. */
  isKnown(code: string): boolean {
    return this.isInUse(code) || isRegionCode(code);
  }
}

/** Whether another move would lead a code back to itself. */
export function wouldLoop(moves: readonly RegionMove[], { from, to }: RegionMove): boolean {
  const next = new Map(moves.map((move) => [move.from, move.to])).set(from, to);
  for (let code = next.get(from); code !== undefined; code = next.get(code)) if (code === from) return true;
  return false;
}
