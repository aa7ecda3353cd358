/**
 * Makes `vectors/parcel.json` anew: `node tools/vectors-parcel.ts`, then `node tools/vectors-direct.ts`, which adds `asks`.
 * Keys are random, so the file differs each time.
 */
import { writeFileSync } from "node:fs";
import { type Parcel, sealParcel } from "../src/line/index.ts";
import { decodeParcel, encodeParcel, MAX_PARCEL_BYTES } from "../src/line/parcel/parcel.ts";
import { encodeEntry, sealEntry } from "../src/message/index.ts";
import { type Bytes, toBase64, toHex, utf8 } from "../src/wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../src/wire/cbor.ts";
import { History } from "../test/attack/hostile.ts";
import { accepted } from "../test/line/apply.ts";
import { AT, suite } from "../test/line/sides.ts";
import { exchange, newSeeds, newWorld, type Node } from "../test/line/world.ts";

const world = await newWorld();
const [north, relief, south] = world.nodes;
const FIRST = { term: 0, settled: true, ask: null, answer: null } as const;
const EMPTY = { at: AT, segments: [], heads: [], receipts: [], closings: [], more: false, ...FIRST };

const held = (node: Node) =>
  [...node.logs.values()]
    .map(({ origin, size }) => ({ origin, size, term: 0 }))
    .toSorted((x, y) => (x.origin < y.origin ? -1 : 1));
const from = (sender: Node, to: Node, parts: Partial<Parcel>): Parcel => ({
  line: sender.line,
  from: sender.side.id,
  to: to.side.id,
  have: held(sender),
  ...EMPTY,
  ...parts,
});

type Fields = Record<string, unknown>;
const plain: Parcel = from(north, relief, {});
const fieldsOf = (parcel: Parcel) => decodeCbor(encodeParcel(parcel), MAX_PARCEL_BYTES) as Fields;
const changed = (change: (map: Fields) => Fields): string => toHex(encodeCbor(change(fieldsOf(plain)) as never));
const { more: _, ...short } = fieldsOf(plain);
const json = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (inner instanceof Uint8Array ? toHex(inner) : inner)));
const valid = (why: string, parcel: Parcel) => {
  const bytes = encodeParcel(parcel);
  return { why, bytes: toHex(bytes), parcel: json(decodeParcel(bytes)) };
};
const refused = (why: string, bytes: string) => ({ why, bytes, code: "parcel-malformed" });

const parcels = [
  valid("nothing but what is held", plain),
  valid("after a restore, in answer to a question", {
    ...plain,
    term: 3,
    settled: false,
    answer: toHex(suite.randomBytes(16)),
  }),
  valid("a restored node has forgotten the others' terms", {
    ...plain,
    have: plain.have.map((each) => (each.origin === north.origin ? each : { ...each, term: null })),
  }),
  refused(
    "a later version",
    changed((map) => ({ ...map, v: 2 })),
  ),
  refused("a missing field", toHex(encodeCbor(short as never))),
  refused(
    "logs held out of order",
    changed((map) => ({ ...map, have: (map["have"] as unknown[]).toReversed() })),
  ),
  refused(
    "a segment without entries",
    changed((map) => ({ ...map, segments: [{ origin: ["northern", 0], from: 0, entries: [], checkpoint: "" }] })),
  ),
  refused(
    "a party's name in no form",
    changed((map) => ({ ...map, from: "Northern Command" })),
  ),
  refused(
    "a term below nothing",
    changed((map) => ({ ...map, term: -1 })),
  ),
  refused("cut", toHex(encodeParcel(plain)).slice(0, -2)),
];

/** One history of the northern log: the founding entries, and texts. */
const text = (words: string) => {
  const content = { type: "notice", bytes: utf8(words), signature: new Uint8Array(64) } as const;
  const recipients = [relief, south].map(({ seeds }) => ({ sealingKey: suite.xwingPublicKey(seeds.sealing) }));
  const at = { origin: north.origin, index: 0, recipients, archiveKey: north.seeds.archive };
  return sealEntry(suite, content, at);
};
const history = new History(north.origin, north.seeds.log, ["a", "b", "c", "d"].map(text));
const first = history.fork(2);
const other = first.fork();
other.push(text("another c"));
const { entries } = history;
const note = (size: number) => history.fork(size).note();
const segment = (start: number, end: number, checkpoint = note(end)) => ({
  origin: north.origin,
  from: start,
  entries: entries.slice(start, end).map((entry) => encodeEntry(entry)),
  checkpoint,
});
const stranger = new History(north.origin, newSeeds().log, entries.slice(0, 4));
const forged = new History(north.origin, north.seeds.log, [...entries.slice(0, 2), text("x"), text("y")]);
const told = (parts: Partial<Parcel>): Parcel => from(north, relief, { have: [], ...parts });
const rest = segment(2, 4);
exchange(north, relief);
exchange(south, relief);
const reply = relief.parcelFor(north);

const bytesOf: Readonly<Record<string, Parcel>> = {
  first: told({ segments: [segment(0, 2)] }),
  rest: told({ segments: [rest] }),
  whole: told({ segments: [segment(0, 4)] }),
  ahead: told({ segments: [segment(3, 4)] }),
  forged: told({ segments: [{ ...rest, checkpoint: forged.note() }] }),
  stranger: told({ segments: [{ ...rest, checkpoint: stranger.note() }] }),
  reordered: told({ segments: [{ ...rest, entries: rest.entries.toReversed() }] }),
  short: told({ segments: [{ ...rest, entries: rest.entries.slice(0, 1) }] }),
  garbage: told({ segments: [{ ...rest, entries: [utf8("nothing"), ...rest.entries.slice(1)] }] }),
  other: told({ segments: [other.segment(0)] }),
  restored: told({ segments: [segment(0, 2)], term: 1 }),
  reply,
};

const STORIES: readonly (readonly [why: string, self: Node, parcels: readonly string[]])[] = [
  ["in order, then again", relief, ["first", "rest", "rest", "first"]],
  ["the later one first", relief, ["rest", "first", "rest"]],
  ["what overlaps is taken once", relief, ["first", "whole"]],
  ["beyond what is held", relief, ["first", "ahead"]],
  ["a root that the entries do not give, signed by their author", relief, ["first", "forged", "rest"]],
  ["a checkpoint by another key", relief, ["first", "stranger", "rest"]],
  ["entries in another order", relief, ["first", "reordered", "rest"]],
  ["fewer entries than the checkpoint says", relief, ["first", "short", "rest"]],
  ["an entry that is none", relief, ["first", "garbage", "rest"]],
  ["a smaller branch, proven by what is held", relief, ["first", "rest", "other"]],
  ["a larger branch, proven by its entries", relief, ["first", "other", "whole"]],
  ["a larger branch, from where it differs", relief, ["first", "other", "rest"]],
  ["after a restore, nothing from before it", relief, ["restored", "rest", "first"]],
  ["receipts and heads in a reply", north, ["reply", "reply"]],
];

const stories = STORIES.map(([why, self, names]) => {
  const take = accepted(world.file, self.side.id);
  const steps = names.map((parcel) => ({
    parcel,
    effects: take(bytesOf[parcel] as Parcel).map((effect) =>
      effect.type === "unverified" ? effect.code : effect.type,
    ),
  }));
  return { why, self: self.side.id, steps };
});

const transportKey = suite.xwingPublicKey(relief.seeds.transport);
const seal = (parcel: Parcel, parcelSeed = north.seeds.parcel): Bytes =>
  sealParcel(suite, parcel, { parcelSeed, transportKey });
const sample = bytesOf["first"] as Parcel;
const sealed = seal(sample);
const flip = (at: number): Bytes => sealed.with(at, (sealed[at] as number) ^ 1);
const [HINT_AT, ENC_AT] = [20, 40];
const file = (why: string, bytes: Bytes, code: string | null) => ({ why, file: toBase64(bytes), code });
const files = [
  { ...file("a parcel", sealed, null), bytes: toBase64(encodeParcel(sample)) },
  file("signed by another key", seal(sample, newSeeds().parcel), "parcel-signature"),
  file("for another party inside", seal({ ...sample, to: south.side.id }), "parcel-not-for-us"),
  file("one bit of the ciphertext changed", flip(sealed.length - 1), "parcel-altered"),
  file("one bit of the hint changed", flip(HINT_AT), "parcel-not-for-us"),
  file("one bit of enc changed", flip(ENC_AT), "parcel-not-for-us"),
  file("another first line", flip(3), "parcel-malformed"),
  file("cut", sealed.subarray(0, 2000), "parcel-truncated"),
  file("a byte too many", new Uint8Array([...sealed, 0]), "parcel-malformed"),
];

const page = {
  spec: "spec/parcel.md",
  line_file: world.texts.line,
  parcels,
  sealed: {
    receiver: { party: relief.side.id, transport_seed: toHex(relief.seeds.transport) },
    parcel_keys: { northern: toHex(suite.ed25519PublicKey(north.seeds.parcel)) },
    files,
  },
  exchange: {
    parcels: Object.fromEntries(
      Object.entries(bytesOf).map(([name, parcel]) => [name, toBase64(encodeParcel(parcel))]),
    ),
    stories,
  },
};
writeFileSync(new URL("../vectors/parcel.json", import.meta.url), `${JSON.stringify(page, null, 2)}\n`);
