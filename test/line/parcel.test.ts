import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hash, hpkeSeal, signCoseWithSeed } from "../../src/crypto/index.ts";
import { MAX_SEALED_BYTES, openParcel, type Parcel, type ParcelReader, sealParcel } from "../../src/line/index.ts";
import { decodeParcel, encodeParcel, MAX_PARCEL_BYTES, MAX_PARCEL_ENTRIES } from "../../src/line/parcel/parcel.ts";
import { concat, utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parseLineId } from "../../src/wire/id.ts";
import { newSeeds, newWorld, suite } from "./world.ts";

const { nodes } = await newWorld();
const [north, relief, south] = nodes;
const parcel = north.parcelFor(south);
const sealed = north.sealFor(south, parcel);

const readerOf = (node: typeof south, rest: Partial<ParcelReader> = {}): ParcelReader => ({
  transportSeeds: [node.seeds.transport],
  partyOn: (line) => (line === node.line ? node.side.id : null),
  parcelKeys: (_, from) =>
    nodes.filter(({ side }) => side.id === from).map(({ seeds }) => suite.ed25519PublicKey(seeds.parcel)),
  ...rest,
});
const code = (codes: string | readonly string[]) => (error: unknown) => isParleyError(error, ...[codes].flat());
const keysTo = (node: typeof south) => ({
  parcelSeed: north.seeds.parcel,
  transportKey: suite.xwingPublicKey(node.seeds.transport),
});

test("a parcel comes out as it went in, and what was signed is kept", () => {
  const opened = openParcel(suite, sealed, readerOf(south));
  assert.deepEqual(opened.parcel, parcel);
  assert.deepEqual(encodeParcel(opened.parcel), opened.bytes);
  const older = readerOf(south, { transportSeeds: [newSeeds().transport, south.seeds.transport] });
  assert.deepEqual(openParcel(suite, sealed, older).parcel, parcel);
});

test("a small parcel after a large one, and a large one after it, hold nothing of each other", () => {
  const small = { ...parcel, segments: [], heads: [], receipts: [] };
  const [segment] = parcel.segments;
  assert.ok(segment !== undefined);
  const entries = Array.from({ length: 40 }, (_, i) => new Uint8Array(50_000).fill(i + 1));
  const large = { ...parcel, segments: [{ ...segment, entries }] };
  const sent = [large, small, large, small];
  const all = sent.map((each) => sealParcel(suite, each, keysTo(south)));
  assert.ok((all[0]?.length ?? 0) > 2_000_000 && (all[1]?.length ?? 0) < 10_000);
  // What stood behind the small one would not be padding.
  assert.deepEqual(
    all.map((each) => openParcel(suite, each, readerOf(south)).parcel),
    sent,
  );
});

test("a parcel says nothing outside but its length, in few sizes", () => {
  const names = [utf8("northern"), utf8("southern"), utf8(north.line)];
  const text = Buffer.from(sealed).toString("latin1");
  for (const name of names) assert.ok(!text.includes(Buffer.from(name).toString("latin1")));
  const small = { ...parcel, segments: [], heads: [], receipts: [] };
  const lengths = new Set(
    [0, 1, 5, 9].map((n) => sealParcel(suite, { ...small, heads: parcel.heads.slice(0, n) }, keysTo(south)).length),
  );
  assert.equal(lengths.size, 1);
  // Two parcels to one receiver have nothing in common that a stranger could see.
  const again = sealParcel(suite, small, keysTo(south));
  assert.notDeepEqual(again.subarray(18, 60), sealed.subarray(18, 60));
});

test("what is not for this node, from no party, or of no line is named", () => {
  assert.throws(() => openParcel(suite, sealed, readerOf(relief)), code("parcel-not-for-us"));
  assert.throws(() => openParcel(suite, sealed, readerOf(south, { partyOn: () => null })), code("parcel-unknown-line"));
  assert.throws(
    () => openParcel(suite, sealed, readerOf(south, { parcelKeys: () => [] })),
    code("parcel-unknown-sender"),
  );
  const misled = sealParcel(suite, parcel, keysTo(relief));
  assert.throws(
    () => openParcel(suite, misled, readerOf(relief)),
    code("parcel-not-for-us"),
    "sealed to one and addressed to another",
  );
  const reflected = sealParcel(
    suite,
    { ...parcel, from: south.side.id },
    { ...keysTo(south), parcelSeed: south.seeds.parcel },
  );
  assert.throws(() => openParcel(suite, reflected, readerOf(south)), code("parcel-unknown-sender"), "one's own parcel");
  const forged = sealParcel(suite, parcel, { ...keysTo(south), parcelSeed: relief.seeds.parcel });
  assert.throws(() => openParcel(suite, forged, readerOf(south)), code("parcel-signature"));
});

test("every single-byte change and every cut of a sealed parcel is refused", () => {
  const codes = new Set<string>();
  const stride = Math.ceil(sealed.length / 1500);
  for (let at = 0; at < sealed.length; at += at < 1200 ? 1 : stride) {
    const changed = sealed.with(at, (sealed[at] as number) ^ 1);
    assert.throws(
      () => openParcel(suite, changed, readerOf(south)),
      (error) => isParleyError(error) && codes.add(error.code) !== null,
      `byte ${at}`,
    );
  }
  for (const expected of ["parcel-malformed", "parcel-not-for-us", "parcel-altered"])
    assert.ok(codes.has(expected), expected);
  assert.deepEqual(
    [...codes].filter((each) => !each.startsWith("parcel-")),
    [],
  );
  for (let length = 0; length < sealed.length; length += 37) {
    assert.throws(
      () => openParcel(suite, sealed.subarray(0, length), readerOf(south)),
      code("parcel-truncated"),
      `${length} bytes`,
    );
  }
  assert.throws(() => openParcel(suite, concat(sealed, Uint8Array.of(0)), readerOf(south)), code("parcel-malformed"));
  assert.throws(
    () => openParcel(suite, new Uint8Array(MAX_SEALED_BYTES + 1), readerOf(south)),
    code("parcel-too-large"),
  );
});

test("what a stranger seals to a known key is refused, whatever is in it", () => {
  const key = suite.xwingPublicKey(south.seeds.transport);
  const signature = signCoseWithSeed(suite, "parley/v1/parcel", utf8("x"), relief.seeds.parcel);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (plain) => {
      const { enc, ct } = hpkeSeal(
        suite,
        key,
        utf8("parley/v1/parcel"),
        utf8("parley-parcel/v1\n"),
        concat(plain, signature),
      );
      const hint = hintOf(enc);
      const file = concat(
        utf8("parley-parcel/v1\n"),
        Uint8Array.of(0x83, 0x48),
        hint,
        Uint8Array.of(0x59, 0x04, 0x60),
        enc,
        headOf(ct),
        ct,
      );
      assert.throws(() => openParcel(suite, file, readerOf(south)), code(["parcel-malformed", "parcel-unknown-line"]));
    }),
    { numRuns: 60 },
  );
});

/** As everybody can compute it who knows the receiver's transport key. */
function hintOf(enc: Uint8Array): Uint8Array {
  return hash(suite, "parley/v1/parcel-hint", suite.xwingPublicKey(south.seeds.transport), enc).subarray(0, 8);
}

function headOf(ct: Uint8Array): Uint8Array {
  return ct.length < 256 ? Uint8Array.of(0x58, ct.length) : Uint8Array.of(0x59, ct.length >> 8, ct.length & 255);
}

test("arbitrary bytes give only the declared errors", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), (bytes, begun) => {
      const file = begun ? concat(utf8("parley-parcel/v1\n"), bytes) : bytes;
      const declared = ["parcel-malformed", "parcel-truncated", "parcel-not-for-us"];
      assert.throws(() => openParcel(suite, file, readerOf(south)), code(declared));
      assert.throws(() => decodeParcel(bytes), code("parcel-malformed"));
    }),
    { numRuns: 300 },
  );
});

test("caps hold where a parcel is written and where it is read", () => {
  const [segment] = parcel.segments;
  assert.ok(segment);
  const entry = segment.entries[0] as Uint8Array;
  const of = (entries: readonly Uint8Array[]): Parcel => ({ ...parcel, segments: [{ ...segment, entries }] });
  assert.throws(
    () => encodeParcel(of(Array.from({ length: MAX_PARCEL_ENTRIES + 1 }, () => Uint8Array.of(1)))),
    code("parcel-malformed"),
  );
  const two = { ...segment, entries: Array.from({ length: 600 }, () => Uint8Array.of(1)) };
  assert.throws(() => encodeParcel({ ...parcel, segments: [two, two] }), code("parcel-too-large"));
  assert.throws(() => encodeParcel(of([new Uint8Array(65_537)])), code("parcel-too-large"));
  assert.throws(
    () => encodeParcel(of(Array.from({ length: 70 }, () => new Uint8Array(65_000)))),
    code("parcel-too-large"),
  );
  assert.throws(() => encodeParcel(of([])), code("parcel-malformed"));
  assert.throws(() => encodeParcel({ ...parcel, have: parcel.have.toReversed() }), code("parcel-malformed"));
  assert.throws(() => encodeParcel({ ...parcel, line: parseLineId("00".repeat(32)) }), code("parcel-malformed"));
  const full = of(Array.from({ length: 60 }, () => new Uint8Array(65_000)));
  const large = sealParcel(suite, full, keysTo(south));
  assert.ok(large.length < MAX_PARCEL_BYTES + 70_000 && large.length <= MAX_SEALED_BYTES);
  assert.equal(openParcel(suite, large, readerOf(south)).parcel.segments[0]?.entries.length, 60);
  assert.ok(entry.length > 0);
});
