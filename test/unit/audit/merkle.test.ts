import fc from 'fast-check';
import {
  consistencyPath,
  EMPTY_ROOT,
  GrowingTree,
  inclusionPath,
  leafHash,
  nodeHash,
  provesConsistency,
  provesInclusion,
  type RangeHash,
} from '../../../domain/audit/merkle';

/** Inputs and roots of the reference implementation of Certificate Transparency (merkle_tree_test). */
const INPUTS = [
  ...['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'],
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** By the definition, from the top down. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (!first) return EMPTY_ROOT;
  if (leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

const leavesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, at) => leafHash(at.toString(16).padStart(64, '0')));
const rangesOf =
  (leaves: readonly Buffer[]): RangeHash =>
  (from, to) =>
    rootOf(leaves.slice(from, to));

test('the roots are those of Certificate Transparency', () => {
  const tree = new GrowingTree();
  expect(tree.root().toString('hex')).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  INPUTS.forEach((input, at) => {
    tree.append(leafHash(input));
    expect(tree.root().toString('hex')).toBe(ROOTS[at]);
  });
});

test('a tree that grows by leaves or by whole pieces has the root of the definition', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(30), (pieces, rest) => {
      const leaves = leavesOf(pieces * 8 + rest);
      const tree = new GrowingTree();
      for (let at = 0; at < pieces; at += 1) tree.append(rootOf(leaves.slice(at * 8, at * 8 + 8)), 8);
      for (const leaf of leaves.slice(pieces * 8)) tree.append(leaf);
      expect(tree.size).toBe(leaves.length);
      expect(tree.root().equals(rootOf(leaves))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('an entry is proved by its path, and nothing else is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(), (size, some, other) => {
      const leaves = leavesOf(size);
      const index = some % size;
      const leaf = leaves[index] ?? EMPTY_ROOT;
      const path = inclusionPath(index, size, rangesOf(leaves));
      const root = rootOf(leaves);
      expect(provesInclusion(leaf, index, size, path, root)).toBe(true);
      const wrong = other % size;
      if (wrong !== index) {
        expect(provesInclusion(leaf, wrong, size, path, root)).toBe(false);
        expect(provesInclusion(leaves[wrong] ?? EMPTY_ROOT, index, size, path, root)).toBe(false);
      }
      if (path.length > 0) expect(provesInclusion(leaf, index, size, path.slice(1), root)).toBe(false);
    }),
  );
});

test('a longer tree is proved to go on from a shorter one; one with another past is not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), (size, some, changed) => {
      const leaves = leavesOf(size);
      const first = 1 + (some % (size - 1));
      const old = { size: first, root: rootOf(leaves.slice(0, first)) };
      const path = consistencyPath(first, size, rangesOf(leaves));
      expect(provesConsistency(old, { size, root: rootOf(leaves) }, path)).toBe(true);
      const other = leaves.with(changed % first, leafHash('ff'));
      const forged = consistencyPath(first, size, rangesOf(other));
      expect(provesConsistency(old, { size, root: rootOf(other) }, forged)).toBe(false);
    }),
  );
});
