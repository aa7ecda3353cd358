import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { keyFingerprint, seedSigner, type Signer } from "../../src/crypto/index.ts";
import {
  type Declarations,
  type Declared,
  declare,
  decodeDeclaration,
  encodeDeclaration,
  exportEvidence,
  hasLeftBefore,
  identitiesOf,
  identityAt,
  isRevoked,
  leavingOf,
  messageEvidence,
  periodEvidence,
  signDeclaration,
  type SignedDeclaration,
  verifyEvidence,
} from "../../src/line/index.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parseLineId, parsePartyId } from "../../src/wire/id.ts";
import { singleByteChanges } from "../crypto/change.ts";
import { hashOf, judge, sourceOf } from "./telling.ts";
import { AT, newSeeds, newWorld, type Node, suite, textOn } from "./world.ts";

const signerOf = (n: number): Signer => seedSigner(suite, new Uint8Array(32).fill(n));
const [identity, next, thief, officer] = [signerOf(1), signerOf(2), signerOf(3), signerOf(4)] as [
  Signer,
  Signer,
  Signer,
  Signer,
];
const owner = { line: parseLineId("ab".repeat(32)), party: parsePartyId("northern"), identity: identity.publicKey };
const place = (index: number, generation = 0) => ({ generation, index });
const made = (declared: Declared, by: Signer = identity, rest: object = {}): Promise<SignedDeclaration> =>
  signDeclaration({ line: owner.line, party: owner.party, issued_at: AT, ...declared, ...rest }, by);
const revocation = (index: number, key = officer.publicKey): Declared => {
  return { declares: "revocation", key, from: place(index), reason: "key-compromised" };
};
const successor = (of: Signer): Declared => ({ declares: "successor", identity: of.publicKey });
const leaving: Declared = { declares: "leaving", reason: null };
const coded =
  (...codes: string[]) =>
  (error: unknown) =>
    isParleyError(error, ...codes) || assert.fail(String(error));
const take = (known: Declarations, index: number, signed: SignedDeclaration, generation = 0) =>
  declare(suite, owner, known, { place: place(index, generation), signed });

const takeover = await made({ declares: "succession" }, next);

test("a declaration is one encoding, and no byte of it or of its signature can be changed", async () => {
  for (const declared of [revocation(4), successor(next), { declares: "succession" } as const, leaving]) {
    const signed = await made(declared, declared.declares === "succession" ? next : identity);
    assert.deepEqual(encodeDeclaration(decodeDeclaration(signed.bytes)), signed.bytes);
    const known = declared.declares === "succession" ? take([], 2, await made(successor(next))) : [];
    assert.equal(take(known, 9, signed).length, known.length + 1);
    for (const part of ["bytes", "signature"] as const) {
      for (const changed of singleByteChanges(signed[part])) {
        const codes = ["declaration-malformed", "declaration-newer", "declaration-signature"];
        assert.throws(() => take(known, 9, { ...signed, [part]: changed }), coded(...codes));
      }
    }
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      assert.throws(() => decodeDeclaration(bytes), coded("declaration-malformed", "declaration-newer"));
    }),
  );
});

test("nobody declares for another: not another party, not an officer, not for another line", async () => {
  for (const by of [next, thief, officer]) {
    for (const declared of [revocation(1), successor(thief), leaving]) {
      const signed = await made(declared, by);
      assert.throws(() => take([], 5, signed), coded("declaration-signature"));
    }
  }
  const others = await made(leaving, identity, { party: parsePartyId("southern") });
  assert.throws(() => take([], 5, others), coded("declaration-malformed"));
  const elsewhere = await made(leaving, identity, { line: parseLineId("cd".repeat(32)) });
  assert.throws(() => take([], 5, elsewhere), coded("declaration-malformed"));
});

test("a key is revoked from its entry on, there and in every later log, and nowhere before", async () => {
  const known = take([], 9, await made(revocation(4)));
  const at = (index: number, generation = 0, key = officer.publicKey) =>
    isRevoked(known, key, place(index, generation));
  assert.deepEqual([at(3), at(4), at(9), at(10_000), at(0, 1)], [false, true, true, true, true]);
  assert.equal(at(4, 0, next.publicKey), false);
  // Two revocations of one key: the earlier entry counts, whichever was declared first.
  const both = take(known, 12, await made(revocation(2)));
  assert.equal(isRevoked(both, officer.publicKey, place(2)), true);
  // Not of what is not said yet: that is for a roster, which can be seen to come before.
  const ahead = await made(revocation(10));
  assert.throws(() => take([], 9, ahead), coded("declaration-refused"));
});

test("the named successor takes over, and the key before it is worth nothing; a thief's naming comes too late", async () => {
  const named = take([], 3, await made(successor(next)));
  const second = await made(successor(thief));
  assert.throws(() => take(named, 4, second), coded("declaration-refused"));
  assert.throws(() => take([], 5, takeover), coded("declaration-refused"), "nobody was named");
  const wrong = await made({ declares: "succession" }, thief);
  assert.throws(() => take(named, 5, wrong), coded("declaration-signature"));
  const own = await made({ declares: "succession" }, identity);
  assert.throws(() => take(named, 5, own), coded("declaration-signature"));
  const succeeded = take(named, 6, takeover);
  assert.deepEqual(identityAt(owner.identity, succeeded, place(6)), identity.publicKey);
  assert.deepEqual(identityAt(owner.identity, succeeded, place(7)), next.publicKey);
  for (const declared of [leaving, revocation(1), successor(thief)]) {
    const old = await made(declared, identity);
    assert.throws(() => take(succeeded, 8, old), coded("declaration-signature"));
  }
  // Nor back to a key that was in force once: whoever lost it does not know who has it.
  const back = await made(successor(identity), next);
  assert.throws(() => take(succeeded, 8, back), coded("declaration-refused"));
  const onward = take(succeeded, 8, await made(successor(thief), next));
  const third = take(onward, 9, await made({ declares: "succession" }, thief));
  assert.deepEqual(
    identitiesOf(owner.identity, third),
    [identity, next, thief].map(({ publicKey }) => publicKey),
  );
});
test("who has left says nothing more: no declaration, and nothing that is logged behind it", async () => {
  const left = take([], 5, await made(leaving));
  assert.deepEqual(
    [place(4), place(5), place(6), place(0, 1)].map((each) => hasLeftBefore(left, each)),
    [false, false, true, true],
  );
  const late = await made(revocation(1));
  assert.throws(() => take(left, 6, late), coded("declaration-refused"));
});

test("in whatever order the entries come, the same is declared", async () => {
  const all: [number, SignedDeclaration][] = [
    [3, await made(successor(next))],
    [5, takeover],
    [6, await made(revocation(4), next)],
    [7, await made(leaving, next)],
  ];
  const expected = all.reduce<Declarations>((known, [index, each]) => take(known, index, each), []);
  // What comes too early is refused and looked at when its turn is here: a receiver opens a log in its order.
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
      let known: Declarations = [];
      for (let round = 0; round < all.length; round++) {
        for (const [index, each] of order) {
          try {
            known = take(known, index, each);
          } catch (error) {
            coded("declaration-refused", "declaration-signature")(error);
          }
        }
      }
      assert.deepEqual(known, expected);
    }),
  );
});

const say = (node: Node, words: string, by: "releaser" | "watch" = "releaser") =>
  node.say(textOn(node, words), { drafted: node.side.officers.drafter, released: node.side.officers[by] });
const declaredOn = async (node: Node, declared: Declared, by = node.side.identity) => {
  const content = { line: node.line, party: node.side.id, issued_at: AT, ...declared };
  node.append({ type: "declaration", ...(await signDeclaration(content, by)) });
};

test("a receiver refuses what a revoked key signed, and names its cause; everything else about it must hold too", async () => {
  const [north, south] = (await newWorld()).nodes;
  const said = await say(north, "Words.");
  const isKey = (key: Uint8Array) =>
    keyFingerprint(suite, key) === keyFingerprint(suite, north.side.officers.releaser.publicKey);
  const refused = judge(south, north, said, { isRevoked: isKey });
  assert(!refused.ok);
  assert.equal(refused.fault, "officer-revoked");
  assert.equal(refused.signers?.releaser.id, "releaser-1");
  const drafter = judge(south, north, said, { isRevoked: (key) => !isKey(key) });
  assert.equal(drafter.ok ? null : drafter.fault, "officer-revoked", "whoever drafted it is a signer too");
  const left = judge(south, north, said, { hasLeft: true });
  assert.equal(left.ok ? null : left.fault, "party-left");
});

test("evidence shows a revoked officer's messages without effect, wherever in the file the revocation stands", async () => {
  const [north] = (await newWorld()).nodes;
  const [early, late] = [await say(north, "Before."), await say(north, "After.")];
  const other = await say(north, "Another officer.", "watch");
  const key = north.side.officers.releaser.publicKey;
  await declaredOn(north, { declares: "revocation", key, from: place(3), reason: null });
  const pins = north.file.charter.parties.map(({ id, identity: of }) => {
    return { party: id, fingerprint: keyFingerprint(suite, of) };
  });
  const source = sourceOf(north);
  const report = verifyEvidence(
    suite,
    exportEvidence(
      suite,
      periodEvidence(source, () => true),
    ),
    pins,
  );
  assert.deepEqual(report.faults, []);
  const counts = new Map(report.messages.map(({ hash, counts: does, why }) => [hash, does ? null : why]));
  assert.deepEqual(
    [early, late, other].map((each) => counts.get(hashOf(each))),
    [null, "officer-revoked", null],
  );
  assert.deepEqual(
    report.uncounted.map(({ where, why }) => [where, why]),
    [["log of northern, entry 3", "officer-revoked"]],
  );
  assert.deepEqual(
    report.declarations.map(({ party, index, declares, fingerprint, from }) => [
      party,
      index,
      declares,
      fingerprint,
      from?.index,
    ]),
    [["northern", 5, "revocation", keyFingerprint(suite, key), 3]],
  );
  // Who is handed the one message alone is handed the revocation with it.
  const one = messageEvidence(suite, source, { origin: north.origin, index: 3, hash: hashOf(late) }, []);
  assert.deepEqual(
    verifyEvidence(suite, exportEvidence(suite, one), pins).faults.map(({ code }) => code),
    ["evidence-missing"],
  );
  const before = messageEvidence(suite, source, { origin: north.origin, index: 2, hash: hashOf(early) }, []);
  assert.equal(verifyEvidence(suite, exportEvidence(suite, before), pins).ok, true);
});

test("an export that hides a revocation says that closed entries may hold one", async () => {
  const [north] = (await newWorld()).nodes;
  const late = await say(north, "After.");
  const key = north.side.officers.releaser.publicKey;
  await declaredOn(north, { declares: "revocation", key, from: place(2), reason: null });
  const pins = north.file.charter.parties.map(({ id, identity: of }) => {
    return { party: id, fingerprint: keyFingerprint(suite, of) };
  });
  const hiding = { ...sourceOf(north), logs: sourceOf(north).logs.map((log) => ({ ...log, declarations: [] })) };
  const message = { origin: north.origin, index: 2, hash: hashOf(late) };
  const some = exportEvidence(suite, messageEvidence(suite, hiding, message, []));
  const whole = exportEvidence(
    suite,
    periodEvidence(hiding, ({ index }) => index === 2),
  );
  for (const file of [some, whole]) {
    const report = verifyEvidence(suite, file, pins);
    assert.deepEqual(report.faults, []);
    assert.equal(report.logs.find(({ party }) => party === "northern")?.unopened, 1);
    assert.ok(report.limits.some((limit) => limit.includes("declarations")));
  }
});

test("evidence takes a roster and a closing by the successor, and nothing by the key that it succeeded", async () => {
  for (const closer of ["successor", "lost key"] as const) {
    const [north] = (await newWorld()).nodes;
    await declaredOn(north, { declares: "successor", identity: next.publicKey });
    await declaredOn(north, { declares: "succession" }, next);
    const pins = north.file.charter.parties.map(({ id, identity: of }) => {
      return { party: id, fingerprint: keyFingerprint(suite, of) };
    });
    const by = closer === "successor" ? next : north.side.identity;
    await north.rotate(newSeeds(), by);
    if (closer === "lost key") assert.equal(north.log().rosters.length, 1, "its own node does not take it either");
    await say(north, "After.");
    const report = verifyEvidence(
      suite,
      exportEvidence(
        suite,
        periodEvidence(sourceOf(north), () => true),
      ),
      pins,
    );
    assert.deepEqual(report.faults, []);
    assert.deepEqual(
      report.uncounted.map(({ why }) => why),
      closer === "successor" ? [] : ["roster-signature"],
    );
  }
});

interface Vectors {
  line: string;
  party: string;
  identity: string;
  key: string;
  valid: { why: string; declares: string; bytes: string }[];
  invalid: { why: string; bytes: string; code: string }[];
  logs: {
    why: string;
    entries: { index: number; code: string | null; bytes: string; signature: string }[];
    revoked: { index: number; is: boolean }[];
    identity: string;
    left: number | null;
  }[];
}

test("the vectors of spec/declaration.md", () => {
  const page = JSON.parse(readFileSync(new URL("../../vectors/declaration.json", import.meta.url), "utf8")) as Vectors;
  const of = { line: parseLineId(page.line), party: parsePartyId(page.party), identity: fromHex(page.identity, 32) };
  for (const { why, declares, bytes } of page.valid) {
    assert.equal(decodeDeclaration(fromHex(bytes)).declares, declares, why);
    assert.equal(toHex(encodeDeclaration(decodeDeclaration(fromHex(bytes)))), bytes, why);
  }
  for (const { why, bytes, code } of page.invalid) {
    assert.throws(() => decodeDeclaration(fromHex(bytes)), coded(code), why);
  }
  for (const { why, entries, revoked, identity: inForce, left } of page.logs) {
    let known: Declarations = [];
    for (const { index, code, bytes, signature } of entries) {
      const each = { place: place(index), signed: { bytes: fromHex(bytes), signature: fromHex(signature) } };
      if (code === null) known = declare(suite, of, known, each);
      else assert.throws(() => declare(suite, of, known, each), coded(code), why);
    }
    for (const { index, is } of revoked) assert.equal(isRevoked(known, fromHex(page.key), place(index)), is, why);
    assert.equal(toHex(identityAt(of.identity, known, place(1000))), inForce, why);
    assert.equal(leavingOf(known)?.place.index ?? null, left, why);
  }
});
