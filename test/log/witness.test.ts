/** A witness by its pure rules: the vectors of spec/witness.md, the text of C2SP by hand, and whatever an attacker asks. */
import assert from "node:assert/strict";
import { createHash, createPrivateKey, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  type Checkpoint,
  cosignatureFrom,
  decideAddCheckpoint,
  formatAddCheckpoint,
  MAX_ADD_CHECKPOINT_BYTES,
  parseAddCheckpoint,
  parseVkey,
  signCheckpoint,
  sizeFrom,
  type WitnessDecision,
  witnessReply,
} from "../../src/log/index.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { consistencyPath, someLeaves, treeHash } from "./oracle.ts";

interface Vectors {
  log: string;
  witness: { name: string; seed: string; vkey: string };
  at: number;
  requests: {
    why: string;
    latest: { size: number; root: string } | null;
    body: string;
    status: number;
    reply: string | null;
  }[];
}

const file = readFileSync(new URL("../../vectors/witness.json", import.meta.url), "utf8");
const vectors = JSON.parse(file) as Vectors;

test("the vectors of spec/witness.md", () => {
  const key = parseVkey(suite, vectors.log);
  const signer = { name: vectors.witness.name, seed: fromHex(vectors.witness.seed) };
  for (const { why, latest, body, status, reply } of vectors.requests) {
    const seen = latest === null ? null : { size: latest.size, root: fromHex(latest.root) };
    const memory = { keys: (origin: string) => (origin === key.name ? [key] : []), latest: () => seen };
    const found = witnessReply(suite, signer, decideAddCheckpoint(suite, memory, body), vectors.at);
    assert.equal(found.status, status, why);
    assert.equal(found.type, status === 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8", why);
    if (reply !== null) assert.equal(found.body, reply, why);
  }
});

const ORIGIN = "example.com/behind-the-sofa";
const LOG = { name: ORIGIN, seed: new Uint8Array(32).fill(1) };
const KEY = { name: ORIGIN, publicKey: suite.ed25519PublicKey(LOG.seed) };
const WITNESS = { name: "witness.example/w1", seed: new Uint8Array(32).fill(9) };
const WITNESS_KEY = { name: WITNESS.name, publicKey: suite.ed25519PublicKey(WITNESS.seed) };
const LEAVES = someLeaves(40);
const FORKED = [...LEAVES.slice(0, 5), ...someLeaves(35, 1)];

function checkpointOf(leaves: readonly Uint8Array[], size: number): Checkpoint {
  return { origin: ORIGIN, size, root: treeHash(leaves.slice(0, size)) };
}

function request(leaves: readonly Uint8Array[], oldSize: number, size: number): string {
  const note = signCheckpoint(suite, checkpointOf(leaves, size), LOG);
  return formatAddCheckpoint({ oldSize, proof: consistencyPath(oldSize, leaves.slice(0, size)), note });
}

/** A witness that remembers as it must. */
function witness() {
  let seen: Checkpoint | null = null;
  const cosigned: Checkpoint[] = [];
  const memory = { keys: (origin: string) => (origin === ORIGIN ? [KEY] : []), latest: () => seen };
  const ask = (body: string): WitnessDecision => {
    const decided = decideAddCheckpoint(suite, memory, body);
    if (decided.decision === "cosign") {
      seen = decided.checkpoint;
      cosigned.push(decided.checkpoint);
    }
    return decided;
  };
  return { ask, cosigned };
}

test("C2SP's own words, by hand: what is signed, the key id, the line, and the example request", () => {
  const body = request(LEAVES, 0, 7);
  const decided = witness().ask(body);
  const { body: line } = witnessReply(suite, WITNESS, decided, 1_679_315_147);
  // tlog-cosignature: "cosignature/v1", "time", and the note's text; type 0x04; a big-endian time before the signature.
  const noteText = `${ORIGIN}\n7\n${Buffer.from(treeHash(LEAVES.slice(0, 7))).toString("base64")}\n`;
  const signed = Buffer.from(`cosignature/v1\ntime 1679315147\n${noteText}`);
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), WITNESS.seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(1_679_315_147n);
  const id = createHash("sha256")
    .update(Buffer.concat([Buffer.from(`${WITNESS.name}\n`), Buffer.of(4), WITNESS_KEY.publicKey]))
    .digest()
    .subarray(0, 4);
  const byHand = Buffer.concat([id, time, sign(null, signed, privateKey)]).toString("base64");
  assert.equal(line, `— ${WITNESS.name} ${byHand}\n`);
  assert.ok(verify(null, signed, privateKey, Buffer.from(byHand, "base64").subarray(12)));
  assert.equal(cosignatureFrom(suite, checkpointOf(LEAVES, 7), line, WITNESS_KEY).at, 1_679_315_147_000);

  const example =
    "old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n" +
    "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\n" +
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n" +
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
  const parsed = parseAddCheckpoint(example);
  assert.equal(parsed.oldSize, 20_852_014);
  assert.equal(parsed.proof.length, 4);
  assert.equal(formatAddCheckpoint(parsed), example);
  // It is signed by a key that this witness does not know, and it knows the log.
  assert.equal(witness().ask(example).decision, "unsigned");
});

test("an honest log that grows is always cosigned, whatever its steps", () => {
  const steps = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(steps, (grown) => {
      const { ask } = witness();
      let size = 0;
      for (const step of grown) {
        const next = Math.min(size + step, LEAVES.length);
        assert.equal(ask(request(LEAVES, size, next)).decision, "cosign");
        size = next;
      }
    }),
    { numRuns: 60 },
  );
});

test("whatever is asked, and in whatever order, what it cosigned is one log that only grows", () => {
  const asked = fc.record({
    leaves: fc.constantFrom(LEAVES, FORKED),
    old: fc.integer({ min: 0, max: 40 }),
    size: fc.integer({ min: 0, max: 40 }),
    /** The attacker knows what was cosigned last, mostly. */
    knows: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 20 }), (requests) => {
      const { ask, cosigned } = witness();
      for (const { leaves, old, size, knows } of requests) {
        const from = knows ? (cosigned.at(-1)?.size ?? 0) : old;
        const proof = from <= size ? consistencyPath(from, leaves.slice(0, size)) : [];
        ask(
          formatAddCheckpoint({ oldSize: from, proof, note: signCheckpoint(suite, checkpointOf(leaves, size), LOG) }),
        );
      }
      const sizes = cosigned.map(({ size }) => size);
      assert.deepEqual(
        sizes,
        sizes.toSorted((a, b) => a - b),
      );
      const largest = cosigned.at(-1);
      if (largest === undefined) return;
      const truth = [LEAVES, FORKED].filter(
        (leaves) => toHex(treeHash(leaves.slice(0, largest.size))) === toHex(largest.root),
      );
      const isOneLog = truth.some((leaves) =>
        cosigned.every(({ size, root }) => toHex(treeHash(leaves.slice(0, size))) === toHex(root)),
      );
      assert.ok(isOneLog);
    }),
    { numRuns: 60 },
  );
});

test("a fork of the same size is told from a log that was only slow", () => {
  const { ask } = witness();
  ask(request(LEAVES, 0, 9));
  assert.deepEqual(ask(request(FORKED, 9, 9)), { decision: "conflict", size: 9, forked: true });
  assert.deepEqual(ask(request(LEAVES, 3, 12)), { decision: "conflict", size: 9, forked: false });
});

test("an empty log is cosigned with the root of the empty tree only", () => {
  const { ask } = witness();
  const note = signCheckpoint(suite, { origin: ORIGIN, size: 0, root: new Uint8Array(32) }, LOG);
  assert.deepEqual(ask(formatAddCheckpoint({ oldSize: 0, proof: [], note })), {
    decision: "conflict",
    size: 0,
    forked: true,
  });
  assert.equal(ask(request(LEAVES, 0, 0)).decision, "cosign");
});

test("no text makes the decision throw, and none but a signed one is cosigned", () => {
  const good = request(LEAVES, 0, 9);
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .tuple(fc.nat(good.length), fc.string({ maxLength: 3 }))
      .map(([at, put]) => good.slice(0, at) + put + good.slice(at + 1)),
  );
  fc.assert(
    fc.property(text, (body) => {
      const decided = witness().ask(body);
      if (decided.decision === "cosign") assert.deepEqual(decided.checkpoint, checkpointOf(LEAVES, 9));
    }),
    { numRuns: 400 },
  );
});

test("a log takes no cosignature but the witness's own on its own checkpoint", () => {
  const asked = checkpointOf(LEAVES, 9);
  const line = (of: Checkpoint, by = WITNESS) =>
    witnessReply(suite, by, { decision: "cosign", checkpoint: of }, 1_795_000_000).body;
  const stranger = { name: "stranger.example", seed: new Uint8Array(32).fill(7) };
  assert.equal(cosignatureFrom(suite, asked, line(asked, stranger) + line(asked), WITNESS_KEY).line, line(asked));
  const refused: [string, string][] = [
    [line(asked, stranger), "witness-reply-malformed"],
    [line(checkpointOf(FORKED, 9)), "cosignature-bad-signature"],
    [line(checkpointOf(LEAVES, 8)), "cosignature-bad-signature"],
    ["<html>\n", "cosignature-malformed"],
    ["", "witness-reply-malformed"],
    [line(asked, stranger).repeat(33), "witness-reply-malformed"],
  ];
  for (const [reply, code] of refused) {
    assert.throws(
      () => cosignatureFrom(suite, asked, reply, WITNESS_KEY),
      (error) => isParleyError(error) && error.code === code,
    );
  }
  assert.equal(sizeFrom("9\n"), 9);
  for (const bad of ["9", "09\n", "-1\n", "9\n9\n", "", "9999999999999999\n"]) assert.throws(() => sizeFrom(bad));
});

test("the longest request of the form is within the bytes that are read", () => {
  const proof = Array.from({ length: 63 }, () => new Uint8Array(32));
  const longest = { oldSize: 2 ** 48, proof, note: "\u{1f6f0}".repeat(16 * 1024) };
  const text = formatAddCheckpoint(longest);
  assert.deepEqual(parseAddCheckpoint(text), longest);
  assert.equal(Buffer.byteLength(text), MAX_ADD_CHECKPOINT_BYTES);
});
