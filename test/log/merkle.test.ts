import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  appendLeaf,
  consistencyProof,
  emptyFrontier,
  type Frontier,
  frontierFrom,
  type HashReader,
  inclusionProof,
  leafHash,
  nodeHash,
  rootFromLeaves,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "../../src/log/index.ts";
import { auditPath, consistencyPath, oracleReader, someLeaves, treeHash } from "./oracle.ts";

const SIZES = 70;
const LEAVES = someLeaves(SIZES);

/** A log in memory, grown leaf by leaf, that keeps what `appendLeaf` says it must. */
function grow(leaves: readonly Uint8Array[]): { frontiers: Frontier[]; read: HashReader; writes: number } {
  const kept = new Map<string, Uint8Array>();
  const frontiers = [emptyFrontier()];
  for (const leaf of leaves) {
    const step = appendLeaf(suite, frontiers.at(-1) as Frontier, leafHash(suite, leaf));
    for (const { level, index, hash } of step.completed) {
      assert(!kept.has(`${level}/${index}`), "a subtree is completed once");
      kept.set(`${level}/${index}`, hash);
    }
    frontiers.push(step.frontier);
  }
  const read: HashReader = (level, index) => {
    const hash = kept.get(`${level}/${index}`);
    assert(hash !== undefined, `(${level}, ${index}) was never completed`);
    return hash;
  };
  return { frontiers, read, writes: kept.size };
}

test("a tree grown leaf by leaf has the root of RFC 6962 at every size", () => {
  const { frontiers, read, writes } = grow(LEAVES);
  for (let size = 0; size <= SIZES; size++) {
    const expected = treeHash(LEAVES.slice(0, size));
    assert.deepEqual(rootOf(suite, frontiers[size] as Frontier), expected);
    assert.deepEqual(frontierFrom(size, read), frontiers[size]);
    assert.deepEqual(
      rootFromLeaves(
        suite,
        LEAVES.slice(0, size).map((leaf) => leafHash(suite, leaf)),
      ),
      expected,
    );
  }
  assert(writes < 2 * SIZES, "an append writes two hashes at most, on average");
});

test("every inclusion proof is that of RFC 6962, and verifies", () => {
  const { read } = grow(LEAVES);
  for (let size = 1; size <= SIZES; size++) {
    const leaves = LEAVES.slice(0, size);
    const root = treeHash(leaves);
    for (let index = 0; index < size; index++) {
      const proof = inclusionProof(suite, size, index, read);
      assert.deepEqual(proof, auditPath(index, leaves));
      assert(verifyInclusion(suite, { size, index, leaf: leaves[index] as Uint8Array, root, proof }));
    }
  }
});

test("every consistency proof is that of RFC 6962, and verifies", () => {
  const { read, frontiers } = grow(LEAVES);
  const head = (size: number) => ({ size, root: rootOf(suite, frontiers[size] as Frontier) });
  for (let newer = 0; newer <= SIZES; newer++) {
    for (let older = 0; older <= newer; older++) {
      const proof = consistencyProof(suite, older, newer, read);
      assert.deepEqual(proof, consistencyPath(older, LEAVES.slice(0, newer)));
      assert(verifyConsistency(suite, { older: head(older), newer: head(newer), proof }), `${older} to ${newer}`);
    }
  }
});

const sizes = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(255)).map(([size, at, salt]) => ({
  size,
  index: at % size,
  leaves: someLeaves(size, salt),
}));

test("an inclusion proof proves nothing but itself", () => {
  fc.assert(
    fc.property(sizes, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ size, index, leaves }, at, flip) => {
      const proof = inclusionProof(suite, size, index, oracleReader(leaves));
      const leaf = leaves[index] as Uint8Array;
      const claim = { size, index, leaf, root: treeHash(leaves), proof };
      assert(verifyInclusion(suite, claim));
      assert(!verifyInclusion(suite, { ...claim, leaf: new Uint8Array([...leaf, flip]) }));
      assert(!verifyInclusion(suite, { ...claim, root: damaged(claim.root, at, flip) }));
      assert(!verifyInclusion(suite, { ...claim, proof: [...proof, claim.root] }));
      if (size > 1) {
        assert(!verifyInclusion(suite, { ...claim, index: (index + 1) % size }));
        assert(!verifyInclusion(suite, { ...claim, proof: proof.slice(1) }));
        const broken = proof.map((hash, i) => (i === at % proof.length ? damaged(hash, at, flip) : hash));
        assert(!verifyInclusion(suite, { ...claim, proof: broken }));
      }
      // An inner node's two hashes are no leaf: the domains of leaves and nodes are apart.
      if (size === 2) {
        const inner = new Uint8Array([...leafHash(suite, leaf), ...(proof[0] as Uint8Array)]);
        assert(!verifyInclusion(suite, { size: 1, index: 0, leaf: inner, root: claim.root, proof: [] }));
      }
    }),
    { numRuns: 40 },
  );
});

test("a consistency proof does not verify between trees of which one is not the other's beginning", () => {
  fc.assert(
    fc.property(sizes, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ size, index: older, leaves }, at, flip) => {
      const proof = consistencyProof(suite, older, size, oracleReader(leaves));
      const claim = {
        older: { size: older, root: treeHash(leaves.slice(0, older)) },
        newer: { size, root: treeHash(leaves) },
        proof,
      };
      assert(verifyConsistency(suite, claim));
      const other = treeHash(someLeaves(older, leaves[0]?.[0] === 7 ? 8 : 7));
      if (older > 0) assert(!verifyConsistency(suite, { ...claim, older: { size: older, root: other } }));
      if (older > 0) {
        const newer = { size, root: damaged(claim.newer.root, at, flip) };
        assert(!verifyConsistency(suite, { ...claim, newer }));
      }
      assert(!verifyConsistency(suite, { ...claim, older: claim.newer, newer: claim.older }));
      assert(!verifyConsistency(suite, { ...claim, proof: [...proof, claim.newer.root] }));
      const broken = proof.map((hash, i) => (i === at % proof.length ? damaged(hash, at, flip) : hash));
      if (proof.length > 0) assert(!verifyConsistency(suite, { ...claim, proof: broken }));
    }),
    { numRuns: 40 },
  );
});

test("a verifier never throws, whatever sizes and proofs it is given", () => {
  const number = fc.oneof(fc.integer(), fc.double(), fc.constant(2 ** 53), fc.constant(-0));
  const hashes = fc.array(fc.uint8Array({ maxLength: 33 }), { maxLength: 70 });
  fc.assert(
    fc.property(number, number, fc.uint8Array({ maxLength: 33 }), hashes, (size, index, root, proof) => {
      assert.equal(verifyInclusion(suite, { size, index, leaf: root, root, proof }) && proof.length > 0, false);
      const heads = { older: { size: index, root }, newer: { size, root } };
      assert.equal(typeof verifyConsistency(suite, { ...heads, proof }), "boolean");
    }),
    { numRuns: 200 },
  );
});

test("proofs in a tree of 2^40 leaves cost tens of reads, not millions", () => {
  const zeros = [leafHash(suite, new Uint8Array(0))];
  for (let level = 1; level <= 40; level++) {
    const below = zeros[level - 1] as Uint8Array;
    zeros.push(nodeHash(suite, below, below));
  }
  let reads = 0;
  const read: HashReader = (level) => {
    reads += 1;
    return zeros[level] as Uint8Array;
  };
  const size = 2 ** 40 - 12345;
  const root = rootOf(suite, frontierFrom(size, read));
  const proof = inclusionProof(suite, size, 2 ** 39 + 7, read);
  assert(verifyInclusion(suite, { size, index: 2 ** 39 + 7, leaf: new Uint8Array(0), root, proof }));
  const older = { size: 2 ** 33 + 5, root: rootOf(suite, frontierFrom(2 ** 33 + 5, read)) };
  const consistency = consistencyProof(suite, older.size, size, read);
  assert(verifyConsistency(suite, { older, newer: { size, root }, proof: consistency }));
  assert(reads < 300, `${reads} reads`);
});

function damaged(bytes: Uint8Array, at: number, flip: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const i = at % copy.length;
  copy[i] = (copy[i] as number) ^ flip;
  return copy;
}
