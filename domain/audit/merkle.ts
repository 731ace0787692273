/** The hash tree over the chain, as RFC 6962 (Certificate Transparency) and RFC 9162 define it. */
import { hash } from 'node:crypto';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** Of a place in the chain: its hash there is what the tree holds. */
export const leafHash = (chainHash: string): Buffer =>
  hash('sha256', Buffer.concat([LEAF, Buffer.from(chainHash, 'hex')]), 'buffer');

export const nodeHash = (left: Buffer, right: Buffer): Buffer =>
  hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');

export const EMPTY_ROOT = hash('sha256', '', 'buffer');

/**
 * A tree that grows at its end and keeps only the roots of its full subtrees, the largest first: a million entries are
 * twenty hashes.
 */
export class GrowingTree {
  private readonly subtrees: { size: number; hash: Buffer }[] = [];

  /** A leaf, or a full subtree where the size so far is a multiple of its size. */
  append(added: Buffer, addedSize = 1): void {
    let one = { size: addedSize, hash: added };
    for (let last = this.subtrees.at(-1); last?.size === one.size; last = this.subtrees.at(-1)) {
      this.subtrees.pop();
      one = { size: last.size * 2, hash: nodeHash(last.hash, one.hash) };
    }
    this.subtrees.push(one);
  }

  get size(): number {
    return this.subtrees.reduce((sum, { size }) => sum + size, 0);
  }

  root(): Buffer {
    return (
      this.subtrees
        .map((subtree) => subtree.hash)
        .reduceRight<Buffer | null>((right, left) => (right ? nodeHash(left, right) : left), null) ??
      EMPTY_ROOT
    );
  }
}

/** The root over the leaves from `from` up to and without `to`. */
export type RangeHash = (from: number, to: number) => Buffer;

/** The largest power of two below `size`: where the tree parts into left and right. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** What proves that the leaf `index` is in the tree of `size` leaves, from the leaf up (RFC 9162, 2.1.3). */
export function inclusionPath(index: number, size: number, rangeHash: RangeHash): Buffer[] {
  const path = (from: number, to: number): Buffer[] => {
    if (to - from <= 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...path(from, middle), rangeHash(middle, to)]
      : [...path(middle, to), rangeHash(from, middle)];
  };
  return path(0, size);
}

/** What proves that the tree of `first` leaves is the beginning of that of `second` (RFC 9162, 2.1.4). */
export function consistencyPath(first: number, second: number, rangeHash: RangeHash): Buffer[] {
  const path = (m: number, from: number, to: number, isWhole: boolean): Buffer[] => {
    if (m === to) return isWhole ? [] : [rangeHash(from, to)];
    const middle = from + splitOf(to - from);
    return m <= middle
      ? [...path(m, from, middle, isWhole), rangeHash(middle, to)]
      : [...path(m, middle, to, false), rangeHash(from, middle)];
  };
  return first === 0 || first === second ? [] : path(first, 0, second, true);
}

/** Whether a path leads from the leaf to the root. */
export function provesInclusion(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Buffer[],
  root: Buffer,
): boolean {
  if (index >= size) return false;
  let at = index;
  let last = size - 1;
  let found = leaf;
  for (const beside of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      found = nodeHash(beside, found);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      found = nodeHash(found, beside);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && found.equals(root);
}

/** Whether a path shows that the second tree goes on from the first. */
export function provesConsistency(
  first: { size: number; root: Buffer },
  second: { size: number; root: Buffer },
  path: readonly Buffer[],
): boolean {
  if (first.size > second.size) return false;
  if (first.size === second.size) return path.length === 0 && first.root.equals(second.root);
  if (first.size === 0) return path.length === 0;
  const isPowerOfTwo = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = isPowerOfTwo ? [first.root, ...path] : path;
  if (!start) return false;
  let at = first.size - 1;
  let last = second.size - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let old = start;
  let young = start;
  for (const beside of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      old = nodeHash(beside, old);
      young = nodeHash(beside, young);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      young = nodeHash(young, beside);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && old.equals(first.root) && young.equals(second.root);
}

const half = (number: number): number => Math.floor(number / 2);
