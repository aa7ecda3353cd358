import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  type Closing,
  closingHash,
  compose,
  decodeClosing,
  type Effect,
  newestReceipt,
  originOf,
  type SignedClosing,
  verifyClosing,
  verifyEvidence,
  exportEvidence,
  periodEvidence,
} from "../../src/line/index.ts";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { closingFrom, closingToCbor } from "../../src/line/parcel/parcel.ts";
import { encodeClosing } from "../../src/line/terms/closing.ts";
import { decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { sourceOf } from "./telling.ts";
import { AT, exchange, newWorld, Node, suite, textOn } from "./world.ts";

const say = (node: Node, words: string) =>
  node.say(textOn(node, words), { drafted: node.side.officers.drafter, released: node.side.officers.releaser });
const codes = (effects: readonly Effect[]): string[] =>
  effects.map((effect) => (effect.type === "unverified" ? effect.code : effect.type));
const coded = (code: string) => (error: unknown) => isParleyError(error) && error.code === code;

/** The same node as its disk has it now: a copied machine. */
function twinOf(node: Node): Node {
  const twin = new Node(node.side, node.file);
  for (const [origin, log] of node.logs) {
    const held = twin.logs.get(origin);
    if (held === undefined) continue;
    held.entries.push(...log.entries);
    for (const [key, hash] of log.nodes) held.nodes.set(key, hash);
    for (const [size, note] of log.checkpoints) held.checkpoints.set(size, note);
    Object.assign(held, { rosters: log.rosters, frontier: log.frontier });
  }
  twin.receipts.push(...node.receipts);
  twin.seeds = node.seeds;
  return twin;
}

const ownerOf = (node: Node) => {
  const party = node.file.charter.parties.find(({ id }) => id === node.side.id);
  if (party === undefined) throw new Error("no party");
  return { line: node.line, party: party.id, identity: party.identity };
};

test("a closing counts only whole, by its party's identity key, with the roster that it names", async () => {
  const { nodes } = await newWorld();
  const [north, relief] = nodes;
  const signed = await north.close();
  assert.deepEqual(encodeClosing(decodeClosing(signed.bytes)), signed.bytes);
  verifyClosing(suite, ownerOf(north), signed);
  const parts = ["bytes", "signature"] as const;
  for (const part of parts) {
    for (let i = 0; i < signed[part].length; i++) {
      const changed = Uint8Array.from(signed[part]);
      changed[i] = (changed[i] as number) ^ 1;
      assert.throws(
        () => verifyClosing(suite, ownerOf(north), { ...signed, [part]: changed }),
        (error) => isParleyError(error) && ["closing-malformed", "closing-signature"].includes(error.code),
      );
    }
  }
  assert.throws(() => verifyClosing(suite, ownerOf(relief), signed), coded("closing-malformed"));
  const other = await relief.close();
  const swapped: SignedClosing = { ...signed, roster: other.roster };
  assert.throws(() => verifyClosing(suite, ownerOf(north), swapped), isParleyError);
  const forged: SignedClosing = { ...signed, signature: other.signature };
  assert.throws(() => verifyClosing(suite, ownerOf(north), forged), coded("closing-signature"));
});

test("after a close the party goes on, what it stood by is had in full, and nobody is accused", async () => {
  const { nodes } = await newWorld();
  const [north, relief, south] = nodes;
  await say(north, "Before");
  exchange(north, south);
  // The backup, and what is said after it reaches relief alone.
  const restored = twinOf(north);
  await say(north, "Lost");
  exchange(north, relief);
  await restored.close();
  await say(restored, "Afterwards");
  for (const peer of [south, relief]) {
    for (let i = 0; i < 3; i++) exchange(restored, peer);
    assert.equal(peer.log(north.side.id).size, 3);
    assert.equal(peer.log(north.side.id).origin, restored.origin);
    assert.ok(newestReceipt(restored.view(), restored.origin, peer.side.id) !== null);
    for (const { split } of peer.logs.values()) assert.equal(split, null);
  }
  const first = originOf(north.line, north.side.id);
  assert.equal(south.logs.get(first)?.size, 3);
  assert.equal(relief.logs.get(first)?.size, 4, "what relief was told is not taken from it");
  for (const { split } of restored.logs.values()) assert.equal(split, null);
  // Relief hands on only what its author stands by.
  for (let i = 0; i < 3; i++) exchange(relief, south, { logs: "all" });
  assert.equal(south.logs.get(first)?.size, 3);

  const pins = north.file.charter.parties.map(({ id, identity }) => {
    return { party: id, fingerprint: keyFingerprint(suite, identity) };
  });
  const file = exportEvidence(
    suite,
    periodEvidence(sourceOf(relief), () => true),
  );
  const report = verifyEvidence(suite, file, pins);
  assert.deepEqual(report.faults, []);
  assert.ok(report.limits.some((limit) => limit.includes("beyond the end")));
  assert.deepEqual(
    report.logs.filter(({ party }) => party === north.side.id).map(({ size }) => size),
    [4, 3],
  );
});

test("a copied machine speaks for nobody after the close: not by parcel, not by an entry, not by another's hand", async () => {
  const { nodes } = await newWorld();
  const [north, relief, south] = nodes;
  await say(north, "Before");
  exchange(north, south);
  const twin = twinOf(north);
  twin.have.set(south.side.id, [{ origin: twin.origin, size: 3, term: 0 }]);
  await north.close("node-lost");
  exchange(north, south);
  await say(twin, "By the thief");
  const parcel = twin.parcelFor(south);
  assert.equal(parcel.segments.filter(({ origin }) => origin === twin.origin).length, 1);
  assert.throws(() => south.open(twin.sealFor(south, parcel)), coded("parcel-signature"));
  // Relief does not know yet, takes it, and hands it on.
  relief.receive(relief.open(twin.sealFor(relief, twin.parcelFor(relief))));
  assert.equal(relief.log(north.side.id).size, 4);
  assert.deepEqual(codes(south.receive({ ...parcel, from: relief.side.id })).includes("unverified-closed"), true);
  const first = originOf(north.line, north.side.id);
  assert.equal(south.logs.get(first)?.size, 3);
  exchange(south, relief);
  assert.throws(() => relief.open(twin.sealFor(relief, twin.parcelFor(relief))), coded("parcel-signature"));
  for (const { split } of [...south.logs.values(), ...relief.logs.values()]) assert.equal(split, null);
});

test("after a split its author closes that log, and the others sign receipts for the next", async () => {
  const { nodes } = await newWorld();
  const [north, relief, south] = nodes;
  exchange(north, south);
  const twin = twinOf(north);
  await say(north, "One history");
  await say(twin, "Another history");
  exchange(north, south);
  relief.receive(relief.open(twin.sealFor(relief, twin.parcelFor(relief))));
  exchange(relief, south, { logs: "all" });
  const first = originOf(north.line, north.side.id);
  assert.ok(south.logs.get(first)?.split !== null, "both bear one key");
  const before = newestReceipt(south.view(), first, south.side.id)?.size;
  await say(north, "Nobody receipts this");
  exchange(north, south);
  assert.equal(newestReceipt(south.view(), first, south.side.id)?.size, before);
  await north.close("split");
  await say(north, "The way back");
  for (let i = 0; i < 2; i++) for (const peer of [south, relief]) exchange(north, peer);
  for (const peer of [south, relief]) {
    assert.equal(newestReceipt(north.view(), north.origin, peer.side.id)?.size, 3);
    assert.equal(peer.log(north.side.id).split, null);
  }
  assert.ok(south.logs.get(first)?.split !== null, "the evidence stays");
});

test("a closing that comes again, of a generation that is closed, changes nothing", async () => {
  const { nodes } = await newWorld();
  const [north, , south] = nodes;
  const signed = await north.close();
  exchange(north, south);
  exchange(north, south);
  const before = JSON.stringify([...south.logs.values()].map(({ origin, size }) => [origin, size]));
  const parcel = { ...north.parcelFor(south), closings: [signed, signed] };
  south.receive(south.open(north.sealFor(south, parcel)));
  assert.equal(JSON.stringify([...south.logs.values()].map(({ origin, size }) => [origin, size])), before);
  assert.deepEqual(north.parcelFor(south).closings, [], "who knows it is not told again");
  assert.equal(decodeClosing(signed.bytes).issued_at, AT);
});

interface Vectors {
  readonly identity: { readonly public_key: string };
  readonly roster: { readonly bytes: string; readonly signature: string };
  readonly valid: readonly {
    readonly why: string;
    readonly value: Omit<Closing, "root"> & { readonly root: string };
    readonly bytes: string;
    readonly signature: string;
    readonly hash: string;
  }[];
  readonly led: { readonly why: string; readonly to: string; readonly signed_closing: string };
  readonly invalid: readonly { readonly why: string; readonly bytes: string; readonly code: string }[];
}

test("a peer of which only receipts are known gets the closings that it lacks, however many there were", async () => {
  const { nodes } = await newWorld();
  const [north, , south] = nodes;
  for (let i = 0; i < 9; i++) {
    await north.close();
    await say(north, `In ${i + 1}.`);
    for (let round = 0; round < 3; round++) exchange(north, south);
  }
  assert.equal(south.log(north.side.id).origin, north.origin);
  const newestOnes = [await north.close(), await north.close()];
  const parcel = compose(north.view(), north.reader(), { to: south.side.id, at: AT, have: null });
  assert.deepEqual(parcel.closings, newestOnes);
});

test("the vectors of a closing hold, byte for byte", () => {
  const vectors = JSON.parse(readFileSync(new URL("../../vectors/closing.json", import.meta.url), "utf8")) as Vectors;
  const { bytes: rosterBytes, signature: rosterSignature } = vectors.roster;
  const roster = { bytes: fromHex(rosterBytes), signature: fromHex(rosterSignature) };
  for (const { why, value, bytes, signature, hash } of vectors.valid) {
    const closing: Closing = { ...value, root: fromHex(value.root) };
    assert.equal(toHex(encodeClosing(closing)), bytes, why);
    assert.deepEqual(decodeClosing(fromHex(bytes)), closing, why);
    assert.equal(closingHash(suite, fromHex(bytes)), hash, why);
    const owner = { line: closing.line, party: closing.party, identity: fromHex(vectors.identity.public_key) };
    const signed = { bytes: fromHex(bytes), signature: fromHex(signature), roster, successions: [] };
    assert.deepEqual(verifyClosing(suite, owner, signed).closing, closing, why);
  }
  const { why, to, signed_closing } = vectors.led;
  const led = closingFrom(decodeCbor(fromHex(signed_closing), 64 * 1024));
  const { line, party } = decodeClosing(led.bytes);
  const { steps } = verifyClosing(suite, { line, party, identity: fromHex(vectors.identity.public_key) }, led);
  assert.deepEqual(
    steps.map((step) => toHex(step.to)),
    [to],
    why,
  );
  assert.equal(toHex(encodeCbor(closingToCbor(led))), signed_closing, why);
  for (const { why, bytes, code } of vectors.invalid) {
    assert.throws(() => decodeClosing(fromHex(bytes)), coded(code), why);
  }
});
