/** Makes `vectors/narrow.json` anew: `node tools/vectors-narrow.ts`. Sealing is random, so the entry differs each time. */
import { writeFileSync } from "node:fs";
import { datagramAt, doneDatagram, encodeSaidProof, narrowKey, narrowKeys, sealSet } from "../src/line/index.ts";
import { type Bytes, fromHex, toHex } from "../src/wire/bytes.ts";
import { suite } from "../test/line/world.ts";
import { setOf, toldAlert } from "../test/narrow/link.ts";

const told = await toldAlert();
const { line } = told.from;
const sender = told.from.side.id;
const { transport, sealing } = told.to.seeds;
const key = narrowKey(suite, transport, line, sender);
const keys = narrowKeys(suite, key);
const changed = (bytes: Bytes, at: number): string => {
  const other = bytes.slice();
  other[at] = (other[at] as number) ^ 1;
  return toHex(other);
};

function setVector(why: string, plain: Bytes, maxShard: number) {
  const set = sealSet(suite, keys, plain, maxShard);
  const k = set.data.length;
  const datagrams = [0, k - 1, k, k + 1, 100, 254].map((index) => toHex(datagramAt(suite, keys, set, index)));
  return { why, said: toHex(plain), max_shard: maxShard, k, id: toHex(set.id), datagrams };
}

const proof = encodeSaidProof({ generation: 0, index: 5, checkpoint: "a note\n", proof: [fromHex("07".repeat(32))] });
const first = datagramAt(suite, keys, setOf(told), 0);
const done = doneDatagram(suite, keys, setOf(told).id);
const vectors = {
  keys: {
    transport_seed: toHex(transport),
    line,
    sender,
    key: toHex(key),
    hint: toHex(keys.hint),
    tag: toHex(keys.tag),
    set: toHex(keys.set),
  },
  entry: {
    said: toHex(told.plain),
    origin: told.from.origin,
    index: told.said.index,
    core: toHex(told.entry.core),
    sealing_seed: toHex(sealing),
    refused: [
      {
        why: "the last byte of the tag is another",
        said: changed(told.plain, told.plain.length - 1),
        code: "entry-unopenable",
      },
      {
        why: "the last byte of the content is another",
        said: changed(told.plain, told.plain.length - 17),
        code: "entry-unopenable",
      },
      { why: "another index", said: changed(told.plain, 3), code: "entry-unopenable" },
    ],
  },
  sets: [
    setVector("an alert over IPv4", told.plain, 205),
    setVector("the same over IPv6", told.plain, 185),
    setVector("a proof in shards of 11 bytes", proof, 11),
  ],
  done: toHex(done),
  no_datagram: [
    { why: "another type", bytes: changed(first, 0) },
    { why: "another key's hint", bytes: changed(first, 1) },
    { why: "another set", bytes: changed(first, 6) },
    { why: "another count", bytes: changed(first, 13) },
    { why: "another index", bytes: changed(first, 14) },
    { why: "another shard", bytes: changed(first, 40) },
    { why: "another tag", bytes: changed(first, first.length - 1) },
    { why: "cut", bytes: toHex(first.slice(0, -1)) },
    { why: "bytes after it", bytes: `${toHex(done)}00` },
    { why: "nothing", bytes: "" },
  ],
  refused: [
    { why: "no CBOR", bytes: "ff", code: "narrow-malformed" },
    { why: "an unknown type", bytes: changed(proof, 1), code: "narrow-malformed" },
    { why: "bytes after it", bytes: `${toHex(proof)}00`, code: "narrow-malformed" },
    { why: "an entry that is cut", bytes: toHex(told.plain.slice(0, -1)), code: "narrow-malformed" },
  ],
};
writeFileSync(new URL("../vectors/narrow.json", import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
