import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  cosign,
  formatPolicy,
  formatProof,
  formatVkey,
  inclusionProof,
  meetsQuorum,
  parsePolicy,
  parseProof,
  type Policy,
  signCheckpoint,
  verifyProof,
} from "../../src/log/index.ts";
import { fromUtf8, utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { singleByteChanges } from "../crypto/change.ts";
import { oracleReader, someLeaves, treeHash } from "./oracle.ts";

const ORIGIN = `parley/${"ab".repeat(32)}/northern/0`;
const seedOf = (n: number) => new Uint8Array(32).fill(n);
const keyOf = (name: string, n: number) => ({ name, publicKey: suite.ed25519PublicKey(seedOf(n)) });
const WITNESSES = ["southern", "relief", "observer"].map((name, i) => ({
  name,
  key: keyOf(`${ORIGIN.replace("northern", name)}/receipt`, i + 2),
  url: null,
}));
const POLICY: Policy = {
  logs: [{ key: keyOf(ORIGIN, 1), url: "http://127.0.0.1:7101/api/log/northern" }],
  witnesses: WITNESSES,
  groups: [{ name: "two-of-three", threshold: 2, members: WITNESSES.map(({ name }) => name) }],
  quorum: "two-of-three",
};
const LEAVES = someLeaves(21);
const INDEX = 13;
const LEAF = LEAVES[INDEX] as Uint8Array;
const CHECKPOINT = { origin: ORIGIN, size: LEAVES.length, root: treeHash(LEAVES) };

function proofText(cosigners: readonly number[], extra: Uint8Array | null = null): string {
  const note = signCheckpoint(suite, CHECKPOINT, { name: ORIGIN, seed: seedOf(1) });
  const lines = cosigners.map((i) => {
    const name = (WITNESSES[i] as (typeof WITNESSES)[0]).key.name;
    return cosign(suite, CHECKPOINT, { name, seed: seedOf(i + 2) }, 1_795_000_000 + i);
  });
  const proof = inclusionProof(suite, LEAVES.length, INDEX, oracleReader(LEAVES));
  return formatProof({ extra, index: INDEX, proof, checkpointNote: note + lines.join("") });
}

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert(isParleyError(error), String(error));
    return error.code;
  }
  return "none";
}

test("a proof verifies with the leaf and a policy alone, and says who cosigned when", () => {
  const verified = verifyProof(suite, proofText([0, 2]), LEAF, POLICY);
  assert.deepEqual(verified, {
    index: INDEX,
    checkpoint: CHECKPOINT,
    cosigned: [
      { witness: "southern", at: 1_795_000_000_000 },
      { witness: "observer", at: 1_795_000_002_000 },
    ],
  });
});

test("another leaf, an unknown log and too few witnesses are refused, each by its name", () => {
  const text = proofText([0, 2]);
  assert.equal(
    code(() => verifyProof(suite, text, LEAVES[0] as Uint8Array, POLICY)),
    "proof-not-included",
  );
  assert.equal(
    code(() => verifyProof(suite, text, LEAF, { ...POLICY, logs: [] })),
    "proof-unknown-log",
  );
  const otherKey = { ...POLICY, logs: [{ key: keyOf(ORIGIN, 9), url: null }] };
  assert.equal(
    code(() => verifyProof(suite, text, LEAF, otherKey)),
    "checkpoint-unsigned",
  );
  assert.equal(
    code(() => verifyProof(suite, proofText([1]), LEAF, POLICY)),
    "proof-quorum-missing",
  );
  assert.equal(
    code(() => verifyProof(suite, proofText([1, 1]), LEAF, POLICY)),
    "proof-quorum-missing",
  );
  assert.equal(verifyProof(suite, proofText([]), LEAF, { ...POLICY, quorum: "none" }).cosigned.length, 0);
  const turnedOver = { ...POLICY, logs: [{ key: keyOf(ORIGIN, 9), url: null }, ...POLICY.logs] };
  assert.equal(verifyProof(suite, text, LEAF, turnedOver).index, INDEX);
});

test("no single-byte change of a proof is taken", () => {
  const expected = [
    "text-not-utf8",
    "proof-malformed",
    "proof-not-included",
    "proof-unknown-log",
    "proof-quorum-missing",
    "checkpoint-unsigned",
    "checkpoint-bad-signature",
    "cosignature-malformed",
    "cosignature-bad-signature",
  ];
  const found = new Set<string>();
  for (const changed of singleByteChanges(utf8(proofText([0, 2])))) {
    const fault = code(() => verifyProof(suite, fromUtf8(changed), LEAF, POLICY));
    assert(expected.includes(fault), fault);
    found.add(fault);
  }
  assert(found.size >= 7, [...found].join(" "));
});

test("a proof comes back as it was written, with extra data and without", () => {
  const proofs = fc.record(
    {
      extra: fc.option(fc.uint8Array()),
      index: fc.nat(),
      proof: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 48 }),
      checkpointNote: fc.constant(signCheckpoint(suite, CHECKPOINT, { name: ORIGIN, seed: seedOf(1) })),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(proofs, (proof) => assert.deepEqual(parseProof(formatProof(proof)), proof)),
    { numRuns: 50 },
  );
  // What parses writes the same text again, also after any one character is put in.
  const text = proofText([0], utf8("extra"));
  fc.assert(
    fc.property(fc.nat(text.length), fc.string({ maxLength: 3 }), (at, put) => {
      const changed = text.slice(0, at) + put + text.slice(at);
      const fault = code(() => assert.equal(formatProof(parseProof(changed)), changed));
      assert(["none", "proof-malformed"].includes(fault));
    }),
  );
  fc.assert(
    fc.property(fc.string(), (junk) =>
      assert.equal(
        code(() => parseProof(junk)),
        "proof-malformed",
      ),
    ),
  );
});

test("a policy comes back, and means what it says", () => {
  const text = formatPolicy(suite, POLICY);
  assert.deepEqual(parsePolicy(suite, text), POLICY);
  assert.equal(formatPolicy(suite, parsePolicy(suite, text)), text);
  assert(meetsQuorum(POLICY, new Set(["southern", "observer"])));
  assert(!meetsQuorum(POLICY, new Set(["southern", "somebody else", "two-of-three"])));
  assert(meetsQuorum({ ...POLICY, quorum: "relief" }, new Set(["relief"])));
  assert(meetsQuorum({ ...POLICY, quorum: "none" }, new Set()));
});

function vkey(i: number): string {
  return formatVkey(suite, "cosignature", keyOf(`w${i}`, i));
}

test("groups within groups, comments and white space are read as the specification has them", () => {
  const policy = parsePolicy(
    suite,
    `# whom we believe\n\n\twitness  a ${vkey(1)}\nwitness b ${vkey(2)} https://b.example/\n  # two more\n` +
      `witness c ${vkey(3)}\ngroup x any a b\ngroup all-of all x c\nquorum all-of \n`,
  );
  assert.deepEqual(
    policy.groups.map(({ threshold }) => threshold),
    [1, 2],
  );
  assert.equal(policy.witnesses[1]?.url, "https://b.example/");
  assert(meetsQuorum(policy, new Set(["b", "c"])));
  assert(!meetsQuorum(policy, new Set(["a", "b"])));
});

test("a policy that could be read in two ways is refused", () => {
  const log = `log ${formatVkey(suite, "note", keyOf("l", 1))}`;
  const a = `witness a ${formatVkey(suite, "cosignature", keyOf("wa", 2))}`;
  const b = `witness b ${formatVkey(suite, "cosignature", keyOf("wb", 3))}`;
  for (const lines of [
    [],
    [log],
    ["quorum none", "quorum none"],
    ["quorum a", a],
    ["quorum a b"],
    [log, log, "quorum none"],
    [log.replace("log ", "witness a "), "quorum none"],
    [a.replace("witness a ", "log "), "quorum none"],
    [a, a.replace(" a ", " c "), "quorum none"],
    [a, b.replace(" b ", " a "), "quorum none"],
    [a.replace(" a ", " none "), "quorum none"],
    [a, "group g 2 a", "quorum g"],
    [a, "group g 0 a", "quorum g"],
    [a, "group g 01 a", "quorum g"],
    [a, "group g any", "quorum none"],
    [a, "group g any none", "quorum g"],
    [a, "group g any g", "quorum g"],
    [a, "group g all a a", "quorum g"],
    [a, b, "group g all a", "group h all a b", "quorum h"],
    [a, "group a all a", "quorum a"],
    ["frobnicate", "quorum none"],
    ["quorum none\r"],
    ["quorum\u00a0none"],
  ]) {
    assert.equal(
      code(() => parsePolicy(suite, lines.map((line) => `${line}\n`).join(""))),
      "policy-malformed",
      lines.join("|"),
    );
  }
  assert.equal(
    code(() => parsePolicy(suite, "quorum none")),
    "policy-malformed",
  );
  const unwritable = { ...POLICY, witnesses: [{ ...WITNESSES[0], name: "two words" }] } as Policy;
  assert.equal(
    code(() => formatPolicy(suite, unwritable)),
    "policy-malformed",
  );
});

test("arbitrary text gives only the declared error", () => {
  const word = fc.constantFrom(
    "log",
    "witness",
    "group",
    "quorum",
    "none",
    "a",
    "1",
    "all",
    "#",
    "\t",
    "x+00000000+AA",
  );
  const input = fc.oneof(
    fc.string(),
    fc.array(fc.array(word).map((words) => `${words.join(" ")}\n`)).map((l) => l.join("")),
  );
  fc.assert(
    fc.property(input, (text) => {
      assert(["none", "policy-malformed"].includes(code(() => parsePolicy(suite, text))));
    }),
    { numRuns: 300 },
  );
});
