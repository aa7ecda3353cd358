import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  accept,
  decodeSplitRecord,
  type Effect,
  encodeSplitRecord,
  newestReceipt,
  type Parcel,
  verifySplitRecord,
} from "../../src/line/index.ts";
import { parseCheckpoint, signCheckpoint } from "../../src/log/index.ts";
import { decodeEntry, encodeEntry } from "../../src/message/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { AT, exchange, newSeeds, newWorld, Node, suite, textOn, type World } from "./world.ts";

const say = (node: Node, words: string) =>
  node.say(textOn(node, words), { drafted: node.side.officers.drafter, released: node.side.officers.releaser });

const codes = (effects: readonly Effect[]): string[] =>
  effects.map((effect) => (effect.type === "unverified" ? effect.code : effect.type));

/** `dead` gives the same node, as its disk had it at that moment. */
function copyOf(node: Node): Node {
  const copy = new Node(node.side, node.file);
  for (const [origin, log] of node.logs) {
    const held = copy.logs.get(origin);
    if (held === undefined) throw new Error("no log");
    held.entries.push(...log.entries);
    for (const [key, hash] of log.nodes) held.nodes.set(key, hash);
    for (const [size, note] of log.checkpoints) held.checkpoints.set(size, note);
    Object.assign(held, { rosters: log.rosters, frontier: log.frontier, head: log.head, split: log.split });
  }
  copy.receipts.push(...node.receipts);
  copy.seeds = node.seeds;
  return copy;
}

function held(world: World): string {
  const sizes = world.nodes.map((node) => [...node.logs.values()].map(({ size }) => size));
  return JSON.stringify(sizes);
}

test("what is said reaches every log, once and in order, and comes back receipted", async () => {
  const { nodes } = await newWorld();
  const [north, relief, south] = nodes;
  await say(north, "First");
  await say(south, "Second");
  for (let round = 0; round < 3; round++) {
    exchange(north, south);
    exchange(north, relief);
    exchange(south, relief);
  }
  for (const node of nodes) {
    assert.equal(node.log(north.side.id).size, 3);
    assert.equal(node.log(south.side.id).size, 3);
    assert.equal(node.log(relief.side.id).size, 2);
    assert.deepEqual(node.unverified, []);
    for (const peer of nodes) {
      if (peer === node) continue;
      const receipt = newestReceipt(node.view(), node.origin, peer.side.id);
      assert.equal(receipt?.size, node.log().size, `${peer.side.id} has receipted ${node.side.id}`);
    }
  }
  // The third party's receipts are known to all: north knows that relief holds what south said.
  assert.equal(newestReceipt(north.view(), south.origin, relief.side.id)?.size, 3);
});

test("the same parcel twice changes nothing", async () => {
  const { nodes } = await newWorld();
  const [north, , south] = nodes;
  await say(north, "Once");
  const parcel = north.parcelFor(south);
  assert.deepEqual(codes(south.receive(parcel)), ["store-segment", "heard"]);
  assert.deepEqual(codes(south.receive(parcel)), ["heard"]);
});

test("a parcel that begins beyond what is held is left, and what overlaps is taken once", async () => {
  const { nodes } = await newWorld();
  const [north, , south] = nodes;
  await say(north, "a");
  await say(north, "b");
  const ahead = north.parcelFor(south, { have: [{ origin: north.origin, size: 3, term: 0 }] });
  assert.deepEqual(codes(accept(suite, south.view(), ahead, "fresh")), ["unverified-place", "store-head", "heard"]);
  south.receive(north.parcelFor(south, { have: [{ origin: north.origin, size: 0, term: 0 }], maxEntries: 3 }));
  assert.equal(south.log(north.side.id).size, 3);
  const overlapping = north.parcelFor(south, { have: [{ origin: north.origin, size: 1, term: 0 }] });
  const effects = south.receive(overlapping);
  assert.equal(effects[0]?.type === "store-segment" && effects[0].from, 3);
  assert.equal(south.log(north.side.id).size, 4);
});

test("no parcel, in whatever order, lost, repeated or cut, loses or doubles an entry", async () => {
  const world = await newWorld();
  const { nodes } = world;
  for (const [i, node] of nodes.entries()) for (let k = 0; k <= i; k++) await say(node, `${i}.${k}`);
  const pick = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }));
  const step = fc.record({
    pair: pick,
    fate: fc.constantFrom("deliver", "keep", "old", "cut"),
    room: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const copies = nodes.map(copyOf) as unknown as World["nodes"];
      const late: [Node, Parcel][] = [];
      for (const { pair, fate, room } of steps) {
        const [from, to] = pair.map((i) => copies[i] as Node) as [Node, Node];
        if (from === to) continue;
        const parcel = from.parcelFor(to, { maxEntries: room, have: null });
        if (fate === "keep") late.push([to, parcel]);
        else if (fate === "old") late.splice(0, 1).forEach(([node, old]) => node.receive(old));
        else if (fate === "cut")
          to.receive({ ...parcel, segments: parcel.segments.map((s) => ({ ...s, entries: s.entries.slice(1) })) });
        else to.receive(parcel);
      }
      for (let round = 0; round < 3; round++) {
        for (const [a, b] of [
          [0, 1],
          [0, 2],
          [1, 2],
        ] as const)
          exchange(copies[a], copies[b]);
      }
      for (const node of copies) {
        for (const author of nodes) {
          assert.deepEqual(node.log(author.side.id).entries, author.log().entries);
          assert.equal(node.log(author.side.id).split, null, "nobody is accused");
        }
      }
    }),
    { numRuns: 30 },
  );
});

test("an entry that was altered on its way is left, asked for again, and nobody is accused", async () => {
  const { nodes } = await newWorld();
  const [north, , south] = nodes;
  await say(north, "True");
  const parcel = north.parcelFor(south);
  const [segment] = parcel.segments;
  assert.ok(segment);
  const alter = (change: (bytes: Uint8Array) => Uint8Array): Parcel => ({
    ...parcel,
    segments: [
      { ...segment, entries: [...segment.entries.slice(0, -1), change(segment.entries.at(-1) as Uint8Array)] },
    ],
  });
  const flipped = (at: number) => alter((bytes) => bytes.with(at, (bytes[at] as number) ^ 1));
  const length = (segment.entries.at(-1) as Uint8Array).length;
  for (let at = 0; at < length; at += 97) {
    const effects = accept(suite, south.view(), flipped(at), "fresh");
    assert.ok(
      ["unverified-root", "unverified-entry"].includes(codes(effects)[0] as string),
      `byte ${at}: ${codes(effects)[0]}`,
    );
    assert.ok(!effects.some(({ type }) => type === "store-segment" || type === "split-record"));
  }
  // A share that was taken off is no fault (narrow links), one that was swapped is.
  const swapped = alter((bytes) => {
    const entry = decodeEntry(bytes);
    return encodeEntry({ ...entry, shares: entry.shares.map((share) => ({ ...share, ct: new Uint8Array(48) })) });
  });
  assert.equal(codes(accept(suite, south.view(), swapped, "fresh"))[0], "unverified-entry");
  south.receive(parcel);
  assert.equal(south.log(north.side.id).size, 3);
});

test("an altered repetition of what is held is left, and nobody is accused", async () => {
  const { nodes } = await newWorld();
  const [north, relief, south] = nodes;
  await say(north, "True");
  south.receive(north.parcelFor(south));
  const parcel = north.parcelFor(south, { have: [] });
  const [segment] = parcel.segments;
  assert.ok(segment);
  const other = relief.log().entries[0] as Uint8Array;
  const effects = accept(
    suite,
    south.view(),
    {
      ...parcel,
      segments: [{ ...segment, entries: [segment.entries[0] as Uint8Array, other, ...segment.entries.slice(2)] }],
    },
    "fresh",
  );
  assert.deepEqual(codes(effects), ["unverified-altered", "heard"]);
});

test("a forged checkpoint, another log's checkpoint and a checkpoint with more signatures are left", async () => {
  const { nodes } = await newWorld();
  const [north, relief, south] = nodes;
  const parcel = north.parcelFor(south);
  const [segment] = parcel.segments;
  assert.ok(segment);
  const under = (checkpoint: string): Parcel => ({ ...parcel, heads: [], segments: [{ ...segment, checkpoint }] });
  const { checkpoint } = parseCheckpoint(segment.checkpoint);
  const forged = signCheckpoint(suite, checkpoint, { name: north.origin, seed: south.seeds.log });
  const foreign = relief.log().checkpoints.get(2) as string;
  const doubled = `${segment.checkpoint}${segment.checkpoint.split("\n\n")[1]}`;
  for (const bad of [forged, foreign, doubled, "", "nonsense"]) {
    const effects = accept(suite, south.view(), under(bad), "fresh");
    assert.deepEqual(codes(effects), ["unverified-checkpoint", "heard"], bad);
  }
});

test("an author who signs two branches is caught by whoever holds the longer one, wherever the other is heard", async () => {
  const { nodes } = await newWorld();
  const [north, relief, south] = nodes;
  for (const peer of [relief, south]) peer.receive(north.parcelFor(peer));
  const twin = copyOf(north);
  await say(north, "To relief: no convoy.");
  await say(north, "Nothing else.");
  await say(twin, "To south: a convoy.");
  relief.receive(north.parcelFor(relief));
  south.receive(twin.parcelFor(south));
  // South's head is smaller than what relief holds: relief can prove it at once.
  const effects = relief.receive(south.parcelFor(relief));
  const proof = effects.find((effect) => effect.type === "split-record");
  assert.ok(proof?.type === "split-record" && proof.party === north.side.id);
  assert.ok(verifySplitRecord(suite, proof.record, south.log(north.side.id).rosters), "anybody can verify it");
  assert.ok(!verifySplitRecord(suite, { ...proof.record, larger: proof.record.smaller }, north.log().rosters));
  assert.equal(relief.log(north.side.id).split !== null, true);
  const bytes = encodeSplitRecord(proof.record);
  assert.deepEqual(decodeSplitRecord(bytes), proof.record);
  const believed = bytes.filter((_, at) => {
    try {
      const changed = decodeSplitRecord(bytes.with(at, (bytes[at] as number) ^ 1));
      return verifySplitRecord(suite, changed, south.log(north.side.id).rosters);
    } catch (error) {
      if (isParleyError(error, "split-malformed")) return false;
      throw error;
    }
  });
  assert.equal(believed.length, 0, "no single-byte change of a split record is believed");
  // No more receipts for that log, and the same again is no second record.
  const before = relief.receipts.length;
  await say(north, "More.");
  relief.receive(north.parcelFor(relief));
  assert.equal(
    relief.receipts.filter(({ origin, party }) => origin === north.origin && party === relief.side.id).length <= before,
    true,
  );
  assert.ok(!codes(relief.receive(south.parcelFor(relief))).includes("split-record"));
});

test("equal sizes with different roots, and a whole other branch, are split records too", async () => {
  const { nodes } = await newWorld();
  const [north, relief, south] = nodes;
  const twin = copyOf(north);
  await say(north, "One");
  await say(twin, "Other");
  south.receive(north.parcelFor(south));
  relief.receive(twin.parcelFor(relief));
  const equal = south.receive(relief.parcelFor(south)).find((effect) => effect.type === "split-record");
  assert.ok(equal?.type === "split-record" && equal.record.prefix_root === null);
  assert.ok(verifySplitRecord(suite, equal.record, north.log().rosters));

  await say(north, "More");
  const whole = relief.receive(north.parcelFor(relief, { have: [] })).find((effect) => effect.type === "split-record");
  assert.ok(whole?.type === "split-record" && whole.record.prefix_root !== null);
  assert.ok(verifySplitRecord(suite, whole.record, north.log().rosters));
});

test("a branch that cannot be proven is only unverified", async () => {
  const { nodes } = await newWorld();
  const [north, , south] = nodes;
  const twin = copyOf(north);
  await say(north, "One");
  await say(twin, "Other");
  await say(twin, "And more");
  south.receive(north.parcelFor(south));
  const effects = south.receive(twin.parcelFor(south, { have: [{ origin: north.origin, size: 3, term: 0 }] }));
  assert.deepEqual(codes(effects), ["unverified-root", "store-head", "heard"]);
});

test("a restored node hears that it is behind its own log and takes its entries back", async () => {
  const { nodes } = await newWorld();
  const [north, , south] = nodes;
  const backup = copyOf(north);
  await say(north, "After the backup");
  exchange(north, south);
  const effects = backup.receive(south.parcelFor(backup, { have: [{ origin: north.origin, size: 2, term: 0 }] }));
  assert.deepEqual(codes(effects).slice(0, 1), ["store-segment"]);
  assert.deepEqual(backup.log().entries, north.log().entries);

  const late = copyOf(backup);
  late.log().entries.pop();
  const silent = { ...south.parcelFor(late), segments: [] };
  const behind = accept(
    suite,
    {
      ...late.view(),
      logs: new Map([
        [north.origin, { ...late.log().view(), size: 2, checkpoint: north.log().checkpoints.get(2) as string }],
      ]),
    },
    silent,
    "fresh",
  );
  assert.ok(behind.some((effect) => effect.type === "behind-own-log" && effect.size === 3));
});

test("a receipt counts only by its party's receipt key, over the log's own checkpoint, and never by the log's author", async () => {
  const { nodes } = await newWorld();
  const [north, relief, south] = nodes;
  exchange(north, south);
  const mine = south.receipts.find(({ party, origin }) => party === south.side.id && origin === north.origin);
  assert.ok(mine);
  const empty: Parcel = { ...south.parcelFor(relief), segments: [], heads: [] };
  const take = (receipt: { checkpoint: string; line: string }) =>
    codes(accept(suite, relief.view(), { ...empty, receipts: [receipt] }, "fresh"));
  assert.deepEqual(take(mine), ["store-head", "store-receipt", "heard"]);
  assert.deepEqual(take({ ...mine, line: mine.line.replace("southern", "northern") }), [
    "store-head",
    "unverified-receipt",
    "heard",
  ]);
  assert.deepEqual(take({ ...mine, checkpoint: relief.log().checkpoints.get(2) as string }), [
    "unverified-receipt",
    "heard",
  ]);
  assert.deepEqual(take({ ...mine, line: "\u2014 nobody AAAA\n" }), ["unverified-receipt", "heard"]);
  const [head, signature] = [mine.line.slice(0, -40), mine.line.slice(-40)];
  const flipped = head + (signature.startsWith("A") ? "B" : "A") + signature.slice(1);
  assert.ok(take({ ...mine, line: flipped }).includes("unverified-receipt"));
});

test("keys turn over by roster, and a peer that was away can follow from any point", async () => {
  const world = await newWorld();
  const [north, relief, south] = world.nodes;
  await say(north, "Under the first keys");
  exchange(north, south);
  await north.rotate(newSeeds());
  await say(north, "Under the second keys");
  await north.rotate(newSeeds());
  await say(north, "Under the third keys");
  for (let round = 0; round < 4; round++) {
    for (const peer of [south, relief]) {
      peer.receive(north.parcelFor(peer));
      north.receive(peer.parcelFor(north));
    }
  }
  for (const peer of [south, relief]) {
    assert.deepEqual(peer.log(north.side.id).entries, north.log().entries, peer.side.id);
    assert.equal(peer.log(north.side.id).rosters.length, 3);
    assert.deepEqual(peer.unverified, []);
  }
  exchange(north, south);
  assert.equal(held(world).includes("7"), true);
});

test("a backlog larger than a parcel comes in several, each with its own checkpoint", async () => {
  const { nodes } = await newWorld();
  const [north, , south] = nodes;
  for (let i = 0; i < 7; i++) await say(north, `${i}`);
  const first = north.parcelFor(south, { maxEntries: 4 });
  assert.equal(first.more, true);
  assert.equal(first.segments[0]?.entries.length, 4);
  south.receive(first);
  const small = north.parcelFor(south, { have: [{ origin: north.origin, size: 4, term: 0 }], maxBytes: 1 });
  assert.equal(small.segments[0]?.entries.length, 1, "a parcel is never too small for one entry");
  exchange(north, south);
  exchange(south, north);
  assert.equal(south.log(north.side.id).size, 9);
  assert.ok(AT > 0);
});
