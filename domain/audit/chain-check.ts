/** Goes along the chain and says which entry was changed, removed, inserted or reordered. Keeps nothing but the last line. */
import { BEFORE_FIRST, entryHash, type HashedEntry } from './entry-hash';
import { GrowingTree, leafHash } from './merkle';

export interface ChainLine {
  place: number;
  /** The entry that stands there. */
  seq: number;
  previousHash: string;
  hash: string;
  /** null: the log has no such entry. */
  entry: HashedEntry | null;
}

export interface Expected {
  size: number;
  root: string;
  /** Where the root is from, for the report. */
  source: string;
}

export type ChainProblem =
  /** The entry is not what was hashed at this place: changed, or moved here from another place. */
  | { kind: 'changed'; place: number; seq: number }
  /** The entry and its hash were made anew together: what follows still knows the former hash. */
  | { kind: 'rehashed'; place: number; seq: number }
  | { kind: 'removed'; place: number; seq: number | null }
  /** An entry that neither has a place nor waits for one. */
  | { kind: 'inserted'; place: null; seq: number }
  /** The chain agrees with itself, but not with what was signed: it was made anew after `from`, up to `to`. */
  | { kind: 'rewritten'; from: number; to: number; source: string }
  /** More was signed than is there. */
  | { kind: 'cut-off'; size: number; signed: number; source: string }
  | { kind: 'checkpoint'; source: string; why: 'form' | 'unknown-key' | 'signature' | 'other-values' };

/** Enough to see what happened; whoever overwrote everything need not be told a million times. */
export const MOST_PROBLEMS = 100;

export class ChainCheck {
  readonly problems: ChainProblem[] = [];
  private readonly tree = new GrowingTree();
  private readonly expected: Expected[];
  private last = { place: 0, seq: 0, hash: BEFORE_FIRST };
  /** Up to here the chain was found as it was signed. */
  private agreed = 0;
  private broken: { place: number; seq: number } | null = null;
  count = 0;

  constructor(expected: readonly Expected[]) {
    this.expected = [...expected].sort((a, b) => a.size - b.size);
  }

  next(line: ChainLine): void {
    const { place, seq, previousHash, hash, entry } = line;
    for (let gone = this.last.place + 1; gone < place && !this.isFull(); gone += 1)
      this.report({ kind: 'removed', place: gone, seq: null });
    if (!entry) this.report({ kind: 'removed', place, seq });
    else if (entryHash(entry, place, previousHash) !== hash) this.report({ kind: 'changed', place, seq });
    const isBroken = place === this.last.place + 1 && previousHash !== this.last.hash;
    this.settleBreak(isBroken, line);
    this.last = { place, seq, hash };
    this.tree.append(leafHash(hash));
    this.count += 1;
    this.compareRoots();
  }

  /** `unplaced`: entries without a place that do not wait for one. */
  end(unplaced: readonly number[]): void {
    this.settleBreak(false, null);
    for (const seq of unplaced) this.report({ kind: 'inserted', place: null, seq });
    for (const { size, source } of this.expected) {
      if (size > this.count) this.report({ kind: 'cut-off', size: this.count, signed: size, source });
    }
  }

  root(): string {
    return this.tree.root().toString('hex');
  }

  /**
   * A hash that does not go on from the one before: the line before was made anew, unless the next one does not fit either;
   * then it is the line between.
   */
  private settleBreak(isBroken: boolean, line: ChainLine | null): void {
    if (this.broken) {
      const { place, seq } = isBroken ? this.last : this.broken;
      if (!this.problems.some((one) => 'place' in one && one.place === place))
        this.report({ kind: 'rehashed', place, seq });
      this.broken = null;
      if (isBroken) return;
    }
    if (isBroken && line) this.broken = this.last.place === 0 ? line : this.last;
  }

  private compareRoots(): void {
    for (let next = this.expected[0]; next && next.size <= this.count; next = this.expected[0]) {
      this.expected.shift();
      if (next.size < this.count) continue;
      if (next.root === this.root()) this.agreed = Math.max(this.agreed, next.size);
      else if (!this.problems.some(({ kind }) => kind === 'rewritten'))
        this.report({ kind: 'rewritten', from: this.agreed, to: next.size, source: next.source });
    }
  }

  private report(problem: ChainProblem): void {
    if (!this.isFull()) this.problems.push(problem);
  }

  private isFull(): boolean {
    return this.problems.length >= MOST_PROBLEMS;
  }
}
