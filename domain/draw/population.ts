import { CodeSearch } from './code-search';
import {
  CODE_BYTES,
  copyCode,
  copyTail,
  PIECE_RECORDS,
  RECORD_BYTES,
  tailOf,
  type PopulationGroup,
  viewOf,
} from './records';

/** Entities in the order of their codes. */
export interface EntityRun {
  /** One behind the other. */
  codes: string;
  /** Of each the number of its kind: four bytes, the highest first. */
  kinds: Buffer;
}

/** How a plan sees the entities of a kind that had so many visits this year. */
export type CoveredOf = (
  kind: number,
  visits: number,
) => PopulationGroup & {
  region: string;
  /** The yearly cap took an item from them. */
  isCapped: boolean;
};

export interface SizedGroup extends PopulationGroup {
  size: number;
}

/** What entities that are alike have in common. */
interface Alike {
  /** null: no item covers them. */
  group: SizedGroup | null;
  /** What follows the code in a record. */
  tail: DataView;
  isCapped: boolean;
}

const NO_TAIL = viewOf(Buffer.alloc(0));

/**
 * Whom a campaign covers, as records in the order of the codes. Entities of one kind are alike to every rule: what
 * covers them is asked once, and an entity costs no more than the copying of its record.
 */
export class Population {
  /** In the order in which the first of each came. */
  readonly groups: SizedGroup[] = [];
  /** Entities that the yearly cap took an item from. */
  capped = 0;
  private readonly numbers = new Map<string, number>();
  private readonly visited: CodeSearch;
  /** By kind; of entities that were not visited this year. */
  private readonly alike: Alike[] = [];
  private piece = Buffer.allocUnsafeSlow(PIECE_RECORDS * RECORD_BYTES);
  private view = viewOf(this.piece);
  private used = 0;

  /** `visits`: of this year, by code. */
  constructor(
    private readonly coveredOf: CoveredOf,
    private readonly visits: ReadonlyMap<string, number>,
  ) {
    this.visited = new CodeSearch(visits.keys());
  }

  get size(): number {
    return this.groups.reduce((sum, group) => sum + group.size, 0);
  }

  /** Returns the pieces that are full now. */
  add({ codes, kinds }: EntityRun): Buffer[] {
    const bytes = Buffer.from(codes, 'utf8');
    const count = kinds.length / 4;
    if (bytes.length !== codes.length || bytes.length !== count * CODE_BYTES) {
      throw new Error('codes have 18 ASCII characters');
    }
    const full: Buffer[] = [];
    const view = viewOf(bytes);
    const numbers = viewOf(kinds);
    const visited = this.visited.in(bytes, CODE_BYTES);
    let nextVisited = 0;
    for (let at = 0; at < count; at += 1) {
      const kind = numbers.getUint32(at * 4);
      let alike = this.alike[kind] ?? (this.alike[kind] = this.findAlike(kind, 0));
      if (at === visited[nextVisited]?.at) {
        alike = this.findAlike(kind, this.visits.get(visited[nextVisited]?.code ?? '') ?? 0);
        nextVisited += 1;
        if (alike.isCapped) this.capped += 1;
      }
      if (alike.group === null) continue;
      alike.group.size += 1;
      this.addRecord(view, at, alike.tail);
      if (this.used === this.piece.length) full.push(...this.end());
    }
    return full;
  }

  /** The last piece, which is seldom full. */
  end(): Buffer[] {
    if (this.used === 0) return [];
    const piece = this.piece.subarray(0, this.used);
    this.piece = Buffer.allocUnsafeSlow(PIECE_RECORDS * RECORD_BYTES);
    this.view = viewOf(this.piece);
    this.used = 0;
    return [piece];
  }

  private addRecord(codes: DataView, at: number, tail: DataView): void {
    copyCode(codes, at * CODE_BYTES, this.view, this.used);
    copyTail(tail, this.view, this.used);
    this.used += RECORD_BYTES;
  }

  private findAlike(kind: number, visits: number): Alike {
    const { region, stratum, items, isCapped } = this.coveredOf(kind, visits);
    if (items.length === 0) return { group: null, tail: NO_TAIL, isCapped };
    if (!/^[0-9]{6}$/.test(region)) throw new Error(`a region has 6 digits, not ${region}`);
    const key = [stratum, ...items].join('\n');
    const number = this.numbers.get(key) ?? this.groups.push({ stratum, items, size: 0 }) - 1;
    this.numbers.set(key, number);
    return { group: this.groups[number] ?? null, tail: viewOf(tailOf(region, number)), isCapped };
  }
}
