import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ALERT_SET_BYTES,
  bytesTooMany,
  DATAGRAM_BYTES,
  datagramAt,
  decodeSaid,
  doneDatagram,
  encodeSaidEntry,
  encodeSaidProof,
  narrowKeys,
  openSet,
  outbox,
  readDatagram,
  reassembly,
  restoreEntry,
  sealSet,
  setBytes,
  shardBytes,
  weightOf,
} from "../../src/line/index.ts";
import { AES_TAG_BYTES } from "../../src/crypto/index.ts";
import { restoreData, shardAt } from "../../src/line/narrow/erasure.ts";
import { decodeCore, openEntry, sealingKid } from "../../src/message/index.ts";
import { type Bytes, concat, toHex } from "../../src/wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { suite } from "../line/world.ts";
import { refuses } from "../message/support.ts";
import { LONGEST_REMARKS, restored, seeded, setOf, timeToOpen, toldAlert } from "./link.ts";

const told = await toldAlert();
const longest = await toldAlert({ remarks: "x".repeat(LONGEST_REMARKS) });

function shardsOf(set = setOf(told), keys = told.keys) {
  return (index: number) => {
    const read = readDatagram(suite, keys, datagramAt(suite, keys, set, index));
    assert.ok(read?.type === "shard");
    return read;
  };
}

test("an alert to one recipient has at most 2,048 bytes, and its datagrams at most 256 with their headers", () => {
  for (const each of [told, longest]) {
    for (const ip of [4, 6] as const) {
      const set = setOf(each, ip);
      const k = set.data.length;
      const onLink = k * (set.data[0] as Bytes).length;
      assert.ok(onLink - (k - 1) <= ALERT_SET_BYTES, `${onLink} bytes`);
      for (let i = 0; i < 255; i++) {
        const weight = weightOf(datagramAt(suite, each.keys, set, i), ip);
        assert.ok(weight <= DATAGRAM_BYTES, `${weight} bytes over IPv${ip}`);
      }
      assert.equal(k, ip === 4 ? 10 : 12);
    }
  }
  // Most of it is the receiver's own key share; another party's costs its hash and its key's name.
  assert.equal(told.entry.shares.length, 2);
});

test("the longest remarks that fit are as long as the specification says, in every script by their bytes", async () => {
  assert.equal(setBytes(longest.plain.length), ALERT_SET_BYTES);
  const beyond = await toldAlert({ remarks: "x".repeat(LONGEST_REMARKS + 1) });
  assert.equal(setBytes(beyond.plain.length), 3072);
  const cyrillic = await toldAlert({ remarks: "ж".repeat(LONGEST_REMARKS / 2) });
  assert.equal(setBytes(cyrillic.plain.length), ALERT_SET_BYTES);
});

test("whoever drafts an alert is told before it is signed that it will not fit, and never that one fits which does not", async () => {
  for (const drafted of [false, true]) {
    for (const length of [1, 100, 115, 120, 225, 232, 233, 400]) {
      const alert = { remarks: "x".repeat(length), drafted };
      const { bytes, plain } = await toldAlert(alert);
      const many = bytesTooMany({ bytes, officers: drafted ? 2 : 1, parties: 3 });
      const room = ALERT_SET_BYTES - AES_TAG_BYTES - 1;
      assert.ok(many >= plain.length - room, `${length} characters: ${many}`);
      assert.ok(many - (plain.length - room) <= 8, "no more than the index may grow");
    }
  }
});

test("the air shows whether it is an alert of few words or of many no more than what it says", async () => {
  const terse = await toldAlert({ remarks: "x" });
  const two = await toldAlert({ remarks: "x", drafted: true });
  for (const ip of [4, 6] as const) {
    const lengths = [told, terse, two, longest].map((each) => [...new Set(setOf(each, ip).data.map((d) => d.length))]);
    assert.ok(lengths.every((each) => each.length === 1 && each[0] === lengths[0]?.[0]));
    const counts = new Set([told, terse, two, longest].map((each) => setOf(each, ip).data.length));
    assert.equal(counts.size, 1);
  }
  // What is put behind it is sealed with it: whoever joins the parts sees no run of zeros that tells the true length.
  const joined = concat(...setOf(terse).data).subarray(0, ALERT_SET_BYTES);
  assert.ok(!joined.subarray(-64).every((byte) => byte === 0));
});

test("what comes is the leaf of the sender's log byte by byte, and opens by the receiver's share", async () => {
  for (const each of [told, longest, await toldAlert({ remarks: "x".repeat(1000) })]) {
    const set = setOf(each);
    const shard = shardsOf(set, each.keys);
    const inbox = reassembly();
    const last = set.data.length + 3;
    for (let i = 4; i < last; i++) assert.equal(inbox.put(shard(i)).state, "open");
    const put = inbox.put(shard(200));
    assert.ok(put.state === "complete");
    const said = decodeSaid(suite, openSet(suite, each.keys, put));
    assert.ok(said.type === "entry");
    const entry = restored(each, said);
    assert.equal(entry.shares.length, 1);
    assert.deepEqual(entry.core, each.entry.core);
    const place = { origin: each.from.origin, index: said.index };
    assert.equal(openEntry(suite, entry, place, { sealingSeed: each.to.seeds.sealing }).type, "message");
  }
});

test("no padding is said, and whatever byte of a shortened box is changed, it is none of the author's", () => {
  const said = decodeSaid(suite, told.plain);
  assert.ok(said.type === "entry");
  const { box } = decodeCore(told.entry.core);
  assert.ok(said.box.length < box.length);
  for (let i = 0; i < said.box.length; i++) {
    const changed = said.box.slice();
    changed[i] = (changed[i] as number) ^ 1;
    refuses(() => restored(told, { ...said, box: changed }), "entry-unopenable");
  }
  for (const cut of [0, 1, AES_TAG_BYTES, said.box.length - 1]) {
    refuses(() => restored(told, { ...said, box: said.box.slice(0, cut) }), "entry-unopenable");
  }
  // A zero more, where the mark would be, and an enormous one.
  refuses(() => restored(told, { ...said, box: concat(new Uint8Array(1), said.box) }), "entry-unopenable");
  refuses(() => restored(told, { ...said, box: new Uint8Array(60_000) }), "entry-too-large");
});

test("an entry that is said of another place, under another key or with another's commitment does not open", () => {
  const said = decodeSaid(suite, told.plain);
  assert.ok(said.type === "entry");
  refuses(() => restored(told, { ...said, index: said.index + 1 }), "entry-unopenable");
  refuses(() => restored(told, { ...said, commit: new Uint8Array(32) }), "entry-commitment");
  const stranger = { sealingSeed: new Uint8Array(32).fill(9) };
  refuses(() => restoreEntry(suite, said, told.from.origin, stranger), "entry-no-share");
  // What the author's leaf seals wrongly never comes to be said.
  const other = { ...told.said, contentKey: new Uint8Array(32) };
  refuses(() => encodeSaidEntry(suite, other, said.share.kid), "entry-unopenable");
});

test("any k shards give the data back", () => {
  const data = fc
    .integer({ min: 1, max: 24 })
    .chain((k) =>
      fc.tuple(
        fc.array(fc.uint8Array({ minLength: 9, maxLength: 9 }), { minLength: k, maxLength: k }),
        fc.uniqueArray(fc.integer({ min: 0, max: 254 }), { minLength: k, maxLength: k }),
      ),
    );
  fc.assert(
    fc.property(data, ([shards, indexes]) => {
      const kept = new Map(indexes.map((index) => [index, shardAt(shards, index)]));
      assert.deepEqual(
        restoreData(shards.length, kept).map((each) => [...each]),
        shards.map((each) => [...each]),
      );
    }),
    { numRuns: 150 },
  );
});

test("whatever the pattern of loss, k shards that came suffice, in any order and repeated", () => {
  const small = sealSet(suite, told.keys, told.plain.slice(0, 90), 52);
  const k = small.data.length;
  const shard = shardsOf(small);
  const arrivals = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(arrivals, (indexes) => {
      const inbox = reassembly();
      const states = indexes.map((index) => inbox.put(shard(index)).state);
      const enough = indexes.findIndex((_, i) => new Set(indexes.slice(0, i + 1)).size === k);
      assert.equal(states.indexOf("complete"), enough);
    }),
    { numRuns: 200 },
  );
});

test("over 2.4 kbit/s with one datagram in ten lost it is opened within 15 s in 99 of 100 tries", () => {
  const random = seeded(20_261_126);
  for (const ip of [4, 6] as const) {
    const set = setOf(longest, ip);
    const link = { bitsPerSecond: 2400, loss: 0.1, ip };
    const times = Array.from({ length: 400 }, () => timeToOpen(longest, set, link, random));
    const late = times.filter((ms) => ms > 15_000).length;
    assert.ok(late <= times.length / 100, `${late} of ${times.length} came late over IPv${ip}`);
  }
});

test("every byte of a datagram that is changed makes it none, and noise is none", () => {
  const datagram = datagramAt(suite, told.keys, setOf(told), 3);
  for (let i = 0; i < datagram.length; i++) {
    const changed = datagram.slice();
    changed[i] = (changed[i] as number) ^ 0x40;
    assert.equal(readDatagram(suite, told.keys, changed), null, `byte ${i}`);
  }
  const done = doneDatagram(suite, told.keys, setOf(told).id);
  assert.deepEqual(readDatagram(suite, told.keys, done), { type: "done", set: toHex(setOf(told).id) });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
      assert.equal(readDatagram(suite, told.keys, noise), null);
    }),
  );
});

test("another line, another direction, another party: another key, under which nothing opens", () => {
  const other = narrowKeys(suite, suite.randomBytes(32));
  assert.equal(readDatagram(suite, other, datagramAt(suite, told.keys, setOf(told), 0)), null);
  const shard = shardsOf();
  const shards = new Map(Array.from({ length: setOf(told).data.length }, (_, i) => [i, shard(i).shard] as const));
  const set = { set: toHex(setOf(told).id), k: shards.size, shards };
  refuses(() => openSet(suite, other, set), "narrow-malformed");
  refuses(() => openSet(suite, told.keys, { ...set, set: "00".repeat(8) }), "narrow-malformed");
});

test("a set that was taken is not put together again, and a peer that lies fills no memory", () => {
  const inbox = reassembly();
  const k = setOf(told).data.length;
  const shard = shardsOf();
  for (let i = 0; i < k; i++) inbox.put(shard(i));
  inbox.finish(toHex(setOf(told).id));
  for (let i = 0; i < 40; i++) assert.equal(inbox.put(shard(i)).state, "done");
  assert.equal(inbox.size(), 0);
  for (let i = 0; i < 20_000; i++) {
    const set = i.toString(16).padStart(16, "0");
    inbox.put({ type: "shard", set, k: 64, index: i % 255, shard: new Uint8Array(200) });
  }
  assert.ok(inbox.size() <= 8 * 64, `${inbox.size()} shards`);
  for (let i = 0; i < 255; i++) inbox.put({ type: "shard", set: "ab", k: 64, index: i, shard: new Uint8Array(1) });
  assert.ok(inbox.size() <= 8 * 64);
  // Whoever says two lengths or two counts of one set spoils only his own set.
  inbox.put({ type: "shard", set: "cd", k: 3, index: 0, shard: new Uint8Array(5) });
  assert.equal(inbox.put({ type: "shard", set: "cd", k: 2, index: 1, shard: new Uint8Array(5) }).state, "open");
  assert.equal(inbox.put({ type: "shard", set: "cd", k: 3, index: 1, shard: new Uint8Array(6) }).state, "open");
});

test("what is said decodes to itself, and everything else is refused with its code", () => {
  const proof = { generation: 2, index: 70_000, checkpoint: "parley\n", proof: [new Uint8Array(32).fill(3)] };
  assert.deepEqual(decodeSaid(suite, encodeSaidProof(proof)), { type: "proof", ...proof });
  const parts = decodeCbor(told.plain, 8192) as unknown[];
  const changed = (change: (items: unknown[]) => unknown): Bytes => encodeCbor(change([...parts]) as never);
  const other = (parts[5] as unknown[])[0] as Bytes[];
  const twice = [other, other];
  const own = [[parts[6], other[1]]];
  for (const bytes of [
    changed((items) => items.slice(1)),
    changed((items) => [3, ...items.slice(1)]),
    changed((items) => [...items.slice(0, 5), twice, ...items.slice(6)]),
    changed((items) => [...items.slice(0, 5), own, ...items.slice(6)]),
    changed((items) => [...items.slice(0, 9), "box"]),
    changed((items) => [...items, 1]),
    new Uint8Array(9000),
  ]) {
    refuses(() => decodeSaid(suite, bytes), "narrow-malformed");
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      try {
        decodeSaid(suite, noise);
      } catch (error) {
        assert.ok(isParleyError(error) && error.code === "narrow-malformed");
      }
    }),
  );
  const stranger = sealingKid(suite, suite.xwingPublicKey(new Uint8Array(32).fill(7)));
  refuses(() => encodeSaidEntry(suite, told.said, stranger), "narrow-no-share");
  refuses(() => sealSet(suite, told.keys, new Uint8Array(8176), shardBytes(4)), "narrow-too-large");
  assert.ok(sealSet(suite, told.keys, new Uint8Array(8175), shardBytes(6)).data.length <= 64);
});

test("alerts go before all else, and what nobody acknowledges is sent again ever less often", () => {
  const box = outbox<string>(({ to, set }) => `${to} ${toHex(set.id)}`);
  const other = sealSet(suite, told.keys, told.plain.slice(0, 400), shardBytes(4));
  assert.ok(box.add({ to: "south", set: other, isAlert: false }));
  assert.ok(!box.add({ to: "south", set: other, isAlert: false }));
  const first = box.next(0);
  assert.ok("send" in first && !first.send.isAlert);
  box.add({ to: "south", set: setOf(told), isAlert: true });
  const burst: number[] = [];
  for (let next = box.next(0); "send" in next && next.send.isAlert; next = box.next(0)) burst.push(next.send.index);
  assert.deepEqual(
    burst,
    Array.from({ length: Math.ceil(setOf(told).data.length * 1.7) }, (_, i) => i),
  );
  while ("send" in box.next(0));
  assert.deepEqual(box.next(0), { again: 6000 });
  const second = box.next(6000);
  assert.ok("send" in second && second.send.isAlert && second.send.index === burst.length);
  // A day later the alert is still sent; the other has gone to other carriers.
  for (let now = 6000; now < 86_400_000; now += 1000) box.next(now);
  assert.equal(box.size(), 1);
  box.remove(`south ${toHex(setOf(told).id)}`);
  assert.deepEqual(box.next(86_400_000), { again: null });
});
