/** The vectors of spec/log.md. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  entryBundle,
  leafHash,
  parseCheckpoint,
  parsePolicy,
  parseTilePath,
  rootFromLeaves,
  type Tile,
  verifyCheckpoint,
  verifyConsistency,
  verifyCosignature,
  verifyInclusion,
  verifyProof,
} from "../../src/log/index.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";

interface Key {
  name: string;
  public_key: string;
}
interface Vectors {
  tree: {
    leaves: string[];
    roots: string[];
    inclusion: { why: string; valid: boolean; size: number; index: number; proof: string[] }[];
    consistency: { why: string; valid: boolean; older: number; newer: number; proof: string[] }[];
  };
  checkpoint: {
    why: string;
    note: string;
    key: Key;
    checkpoint?: { origin: string; size: number; root: string };
    code?: string;
  }[];
  receipt: { why: string; note: string; line: string; key: Key; at?: number; code?: string }[];
  policy: { why: string; text: string; code: string | null }[];
  proof: { why: string; text: string; leaf: string; policy: string; index?: number; code?: string }[];
  tiles: {
    paths: { path: string; tile?: Tile; code?: string }[];
    bundle: { entries: string[]; bytes: string };
  };
}

const text = readFileSync(new URL("../../vectors/log.json", import.meta.url), "utf8");
const vectors = JSON.parse(text) as Vectors;
const hashes = (list: readonly string[]) => list.map((hex) => fromHex(hex));
const keyOf = ({ name, public_key }: Key) => ({ name, publicKey: fromHex(public_key, 32) });

/** What `run` gives, or the code that it throws. */
function outcome<Result>(run: () => Result): Result | string {
  try {
    return run();
  } catch (error) {
    assert(isParleyError(error), String(error));
    return error.code;
  }
}

test("vectors/log.json: the tree and its proofs", () => {
  const { leaves, roots, inclusion, consistency } = vectors.tree;
  const leafHashes = hashes(leaves).map((leaf) => leafHash(suite, leaf));
  for (const [size, root] of roots.entries()) {
    assert.equal(toHex(rootFromLeaves(suite, leafHashes.slice(0, size))), root);
  }
  const root = (size: number) => fromHex(roots[size] as string);
  for (const { why, valid, size, index, proof } of inclusion) {
    const leaf = fromHex(leaves[index] ?? "");
    const verdict = verifyInclusion(suite, { size, index, leaf, root: root(size), proof: hashes(proof) });
    assert.equal(verdict, valid, why);
  }
  for (const { why, valid, older, newer, proof } of consistency) {
    const heads = { older: { size: older, root: root(older) }, newer: { size: newer, root: root(newer) } };
    assert.equal(verifyConsistency(suite, { ...heads, proof: hashes(proof) }), valid, why);
  }
});

test("vectors/log.json: checkpoints and receipts", () => {
  for (const row of vectors.checkpoint) {
    const taken = outcome(() => {
      const { origin, size, root } = verifyCheckpoint(suite, row.note, keyOf(row.key));
      return { origin, size, root: toHex(root) };
    });
    assert.deepEqual(taken, row.checkpoint ?? row.code, row.why);
  }
  for (const row of vectors.receipt) {
    const { checkpoint } = parseCheckpoint(row.note);
    const taken = outcome(() => verifyCosignature(suite, checkpoint, row.line, keyOf(row.key)).at);
    assert.equal(taken, row.at ?? row.code, row.why);
  }
});

test("vectors/log.json: policies, proofs and tiles", () => {
  for (const row of vectors.policy) {
    const taken = outcome(() => parsePolicy(suite, row.text) && null);
    assert.equal(taken, row.code, row.why);
  }
  for (const row of vectors.proof) {
    const policy = parsePolicy(suite, row.policy);
    const taken = outcome(() => verifyProof(suite, row.text, fromHex(row.leaf), policy).index);
    assert.equal(taken, row.index ?? row.code, row.why);
  }
  for (const row of vectors.tiles.paths) {
    assert.deepEqual(
      outcome(() => parseTilePath(row.path)),
      row.tile ?? row.code,
      row.path,
    );
  }
  assert.equal(toHex(entryBundle(hashes(vectors.tiles.bundle.entries))), vectors.tiles.bundle.bytes);
});
