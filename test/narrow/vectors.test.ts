import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  datagramAt,
  decodeSaid,
  narrowKey,
  narrowKeys,
  openSet,
  readDatagram,
  reassembly,
  restoreEntry,
  sealSet,
} from "../../src/line/index.ts";
import { openEntry } from "../../src/message/index.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { suite } from "../line/world.ts";
import { refuses } from "../message/support.ts";

const vectors = JSON.parse(readFileSync(new URL("../../vectors/narrow.json", import.meta.url), "utf8"));
const { line, sender, transport_seed: seed } = vectors.keys;
const key = narrowKey(suite, fromHex(seed), line, sender);
const keys = narrowKeys(suite, key);

test("keys, sets and datagrams are those of the vectors", () => {
  const { hint, tag, set } = keys;
  const found = { transport_seed: seed, line, sender, key: toHex(key) };
  assert.deepEqual({ ...found, hint: toHex(hint), tag: toHex(tag), set: toHex(set) }, vectors.keys);
  for (const { said, max_shard, k, id, datagrams } of vectors.sets) {
    const sealed = sealSet(suite, keys, fromHex(said), max_shard);
    assert.equal(sealed.data.length, k);
    assert.equal(toHex(sealed.id), id);
    const indexes = [0, k - 1, k, k + 1, 100, 254];
    assert.deepEqual(
      indexes.map((index) => toHex(datagramAt(suite, keys, sealed, index))),
      datagrams,
    );
    const inbox = reassembly();
    const taken = [...Array.from({ length: k }, (_, i) => i + 3), 254].map((index) => {
      const read = readDatagram(suite, keys, datagramAt(suite, keys, sealed, index));
      return read?.type === "shard" ? inbox.put(read) : null;
    });
    const complete = taken.find((each) => each?.state === "complete");
    assert.ok(complete?.state === "complete");
    assert.equal(toHex(openSet(suite, keys, complete)), said);
  }
});

test("the entry of the vectors is the leaf that it says, and opens at its place", () => {
  const { said, origin, index, core, sealing_seed } = vectors.entry;
  const read = decodeSaid(suite, fromHex(said));
  assert.ok(read.type === "entry");
  const opener = { sealingSeed: fromHex(sealing_seed) };
  const entry = restoreEntry(suite, read, origin, opener);
  assert.equal(toHex(entry.core), core);
  assert.equal(openEntry(suite, entry, { origin, index }, opener).type, "message");
  for (const { said: bytes, code } of vectors.entry.refused) {
    const other = decodeSaid(suite, fromHex(bytes));
    refuses(() => other.type === "entry" && restoreEntry(suite, other, origin, opener), code);
  }
});

test("what is no datagram is passed over, and what is malformed is refused", () => {
  assert.equal(readDatagram(suite, keys, fromHex(vectors.done))?.type, "done");
  for (const { why, bytes } of vectors.no_datagram) assert.equal(readDatagram(suite, keys, fromHex(bytes)), null, why);
  for (const { bytes, code } of vectors.refused) refuses(() => decodeSaid(suite, fromHex(bytes)), code);
});
