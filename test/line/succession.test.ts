/** What leads from one identity key to the next goes with a closing: who holds nothing of that log believes it, and no more than it says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyFingerprint, seedSigner, type Signer } from "../../src/crypto/index.ts";
import {
  type CarriedStep,
  type Declarations,
  type Declared,
  declare,
  exportEvidence,
  identityAt,
  identityNow,
  nextRoster,
  periodEvidence,
  rosterHash,
  signClosing,
  type SignedClosing,
  signDeclaration,
  type SignedDeclaration,
  type SignedSuccession,
  signRoster,
  successionsOf,
  verifyClosing,
  verifyEvidence,
} from "../../src/line/index.ts";
import { closingFrom, closingToCbor } from "../../src/line/parcel/parcel.ts";
import { MAX_SUCCESSIONS } from "../../src/line/terms/succession.ts";
import type { Bytes } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { singleByteChanges } from "../crypto/change.ts";
import { appointmentsOf, AT, newSeeds } from "./sides.ts";
import { sourceOf } from "./telling.ts";
import { newWorld, type Node, suite, textOn } from "./world.ts";

const signerOf = (n: number): Signer => seedSigner(suite, new Uint8Array(32).fill(n));
const coded =
  (...codes: string[]) =>
  (error: unknown) =>
    isParleyError(error, ...codes) || assert.fail(String(error));

const [north, relief] = (await newWorld()).nodes;
const founding = north.side.identity;
const [second, third, thief] = [signerOf(2), signerOf(3), signerOf(4)] as [Signer, Signer, Signer];
const owner = { line: north.line, party: north.side.id, identity: founding.publicKey };

const made = (declared: Declared, by: Signer, rest: object = {}): Promise<SignedDeclaration> =>
  signDeclaration({ line: owner.line, party: owner.party, issued_at: AT, ...declared, ...rest }, by);
const naming = (of: Signer, by: Signer, rest?: object) =>
  made({ declares: "successor", identity: of.publicKey }, by, rest);
const takeover = (by: Signer, rest?: object) => made({ declares: "succession" }, by, rest);
const from = async (by: Signer, to: Signer, rest?: object): Promise<SignedSuccession> => {
  return { naming: await naming(to, by, rest), succession: await takeover(to, rest) };
};
const nextOf = (node: Node) => nextRoster(node.log().rosters, appointmentsOf(node.side, newSeeds(), AT));
/** Of generation 0, by `by`. */
const closing = async (by: Signer, successions: readonly SignedSuccession[]): Promise<SignedClosing> => {
  const roster = await signRoster(nextOf(north), by);
  const ends = { ...owner, generation: 0, size: 9, root: new Uint8Array(32), next: 1, cause: "node-lost" as const };
  const { identity: _, ...names } = ends;
  return signClosing({ ...names, roster: rosterHash(suite, roster.bytes), issued_at: AT }, roster, by, successions);
};
const steps = (known: Bytes, signed: SignedClosing) =>
  verifyClosing(suite, { ...owner, identity: known }, signed).steps;
const [first, then] = [await from(founding, second), await from(second, third)];

test("from whichever key its reader knows, the way leads to the one that signed the closing", async () => {
  const signed = await closing(third, [first, then]);
  const [a, b] = [
    { from: founding.publicKey, to: second.publicKey },
    { from: second.publicKey, to: third.publicKey },
  ];
  assert.deepEqual(steps(founding.publicKey, signed), [a, b]);
  assert.deepEqual(steps(second.publicKey, signed), [b]);
  assert.deepEqual(steps(third.publicKey, signed), []);
  assert.deepEqual(closingFrom(closingToCbor(signed)), signed);
  const plain = await closing(founding, []);
  assert.equal(closingToCbor(plain).length, 4, "as it was written before");
  assert.deepEqual(closingFrom(closingToCbor(plain)), plain);
});

test("a way with a gap, by another key, of another party or back to a former key leads nowhere", async () => {
  const others = parsePartyId(relief.side.id);
  const ways: Record<string, SignedSuccession[]> = {
    none: [],
    "its first step missing": [then],
    "its last step missing": [first],
    "in the wrong order": [then, first],
    "named by a thief": [{ ...first, naming: await naming(second, thief) }, then],
    "taken over by another than the named": [{ ...first, succession: await takeover(thief) }, then],
    "taken over by the key before it": [{ ...first, succession: await takeover(founding) }, then],
    "of another party": [await from(founding, second, { party: others }), then],
    "named twice and never taken over": [{ ...first, succession: first.naming }, then],
    "taken over without being named": [{ ...first, naming: first.succession }, then],
  };
  for (const [why, successions] of Object.entries(ways)) {
    const signed = await closing(third, successions);
    assert.throws(() => steps(founding.publicKey, signed), coded("closing-signature", "closing-malformed"), why);
    // Nor is it taken where nobody would have to look at it; who named the first key is not for that reader to know.
    if (successions.length > 0 && why !== "its first step missing" && why !== "named by a thief") {
      assert.throws(() => steps(third.publicKey, signed), coded("closing-signature", "closing-malformed"), why);
    }
  }
  const back = await closing(founding, [await from(second, founding)]);
  const knowing = { ...owner, identity: second.publicKey };
  const former = [founding.publicKey];
  assert.throws(() => verifyClosing(suite, knowing, back, former), coded("closing-signature"), "a lost key stays lost");
  const stolen = await closing(founding, [first]);
  assert.throws(() => steps(second.publicKey, stolen), coded("closing-signature"), "nor does a thief of it");
  const whole = await closing(third, [first, then]);
  const roster = { ...whole.roster, signature: (await closing(founding, [])).roster.signature };
  assert.throws(
    () => steps(founding.publicKey, { ...whole, roster }),
    coded("roster-signature"),
    "its roster by another",
  );
});

test("no byte of what leads to the key can be changed", async () => {
  const signed = await closing(second, [first]);
  for (const part of ["naming", "succession"] as const) {
    for (const field of ["bytes", "signature"] as const) {
      for (const changed of singleByteChanges(first[part][field])) {
        const successions = [{ ...first, [part]: { ...first[part], [field]: changed } }];
        assert.throws(
          () => steps(founding.publicKey, { ...signed, successions }),
          coded("closing-signature", "closing-malformed"),
        );
      }
    }
  }
});

test("no more of them are read than may go with a closing, and none that is larger than any can be", async () => {
  const large = { ...first, naming: { ...first.naming, bytes: new Uint8Array(513) } };
  const longer = { ...first, succession: { ...first.succession, signature: new Uint8Array(110) } };
  for (const each of [large, longer]) {
    const whole = closingToCbor(await closing(second, [each]));
    assert.throws(() => closingFrom(whole), coded("closing-malformed"));
  }
  const none = [...closingToCbor(await closing(founding, [])), []];
  assert.throws(() => closingFrom(none), coded("closing-malformed"), "one way to write that there is none");
  const signed = await closing(
    second,
    Array.from({ length: MAX_SUCCESSIONS + 1 }, () => first),
  );
  assert.throws(() => closingFrom(closingToCbor(signed)), Error);
  const keys = Array.from({ length: MAX_SUCCESSIONS + 3 }, (_, i) => signerOf(20 + i));
  let known: Declarations = [];
  for (const [i, key] of keys.entries()) {
    const [by, at] = [keys[i - 1] ?? founding, { generation: 0, index: 2 + 2 * i }];
    known = declare(suite, owner, known, { place: at, signed: await naming(key, by) });
    known = declare(suite, owner, known, { place: { ...at, index: at.index + 1 }, signed: await takeover(key) });
  }
  const sent = successionsOf(known);
  assert.equal(sent.length, MAX_SUCCESSIONS);
  const last = keys.at(-1) as Signer;
  assert.equal(steps((keys[2] as Signer).publicKey, await closing(last, sent)).length, MAX_SUCCESSIONS, "the latest");
});

test("what is declared in the next log counts before the closed one is held, and the same when it is", async () => {
  const carried: CarriedStep[] = [{ next: 1, from: founding.publicKey, to: second.publicKey }];
  const revoked: Declared = {
    declares: "revocation",
    key: thief.publicKey,
    from: { generation: 1, index: 2 },
    reason: null,
  };
  const logs = [
    [
      [0, 3, first.naming],
      [0, 4, first.succession],
    ],
    [
      [1, 2, then.naming],
      [1, 3, await made(revoked, second)],
      [1, 4, then.succession],
    ],
  ] as [number, number, SignedDeclaration][][];
  const take = (known: Declarations, [generation, index, signed]: [number, number, SignedDeclaration]) =>
    declare(suite, owner, known, { place: { generation, index }, signed }, carried);
  const expected = logs.flat().reduce<Declarations>(take, []);
  assert.equal(expected.length, 5);
  for (const order of interleaved(logs[0] ?? [], logs[1] ?? [])) {
    assert.deepEqual(order.reduce<Declarations>(take, []), expected);
  }
  const late = (logs[1] ?? []).reduce<Declarations>(take, []);
  assert.deepEqual(identityNow(founding.publicKey, late, carried), { identity: third.publicKey, successor: null });
  const at = (generation: number, index: number) =>
    identityAt(founding.publicKey, late, { generation, index }, carried);
  assert.deepEqual(
    [at(0, 99), at(1, 1), at(1, 5)],
    [founding, second, third].map(({ publicKey }) => publicKey),
  );
  // Where the log says otherwise, the log is believed: its first naming stands.
  const other = [await naming(thief, founding), await takeover(thief)].reduce<Declarations>(
    (known, signed, i) => declare(suite, owner, known, { place: { generation: 0, index: 2 + i }, signed }, carried),
    [],
  );
  assert.deepEqual(identityNow(founding.publicKey, other, carried).identity, thief.publicKey);
});

test("evidence that lacks the log that ended takes the next one by the key to which its closing leads", async () => {
  const [author] = (await newWorld()).nodes;
  const { identity, officers } = author.side;
  const of = { line: author.line, party: author.side.id };
  await author.close("node-lost", second, [await from(identity, second, of)]);
  await author.say(textOn(author, "After."), { drafted: officers.drafter, released: officers.releaser });
  author.append({ type: "roster", ...(await signRoster(nextOf(author), second)) });
  const next = [...author.logs.keys()].indexOf(author.origin);
  const source = sourceOf(author, [next]);
  const pins = author.file.charter.parties.map(({ id, identity: key }) => {
    return { party: id, fingerprint: keyFingerprint(suite, key) };
  });
  const reported = (closings: readonly SignedClosing[]) => {
    const records = periodEvidence({ ...source, closings }, () => true);
    return verifyEvidence(suite, exportEvidence(suite, records), pins);
  };
  const { faults, uncounted, messages } = reported(source.closings);
  assert.deepEqual([faults, uncounted, messages.length], [[], [], 1]);
  const without = reported(source.closings.map((each) => ({ ...each, successions: [] })));
  assert.deepEqual(
    without.faults.map(({ code }) => code),
    ["evidence-log"],
    "nobody has begun it",
  );
});

/** Every order of both in which each keeps its own. */
function interleaved<T>(a: readonly T[], b: readonly T[]): T[][] {
  if (a.length === 0 || b.length === 0) return [[...a, ...b]];
  const [x, y] = [a[0] as T, b[0] as T];
  return [
    ...interleaved(a.slice(1), b).map((rest) => [x, ...rest]),
    ...interleaved(a, b.slice(1)).map((rest) => [y, ...rest]),
  ];
}
