import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nobleSuite } from "../../src/crypto/noble.ts";
import { nativeSuite } from "../../src/crypto/native.ts";
import * as message from "../../src/message/index.ts";
import type { Entry, OpenEntry } from "../../src/message/index.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { fromHex } from "../../src/wire/bytes.ts";
import { logOrigin } from "../../src/wire/id.ts";
import { LINE, NORTHERN, RELIEF, SOUTHERN } from "./samples.ts";
import { changedOnce, refuses } from "./support.ts";

const suite = nativeSuite;
const seeds = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)] as const;
const recipients = seeds.map((seed) => ({ sealingKey: suite.xwingPublicKey(seed) }));
const [sealingSeed] = seeds;
const archiveKey = new Uint8Array(32).fill(9);
const place = { origin: logOrigin(LINE, NORTHERN, 0), index: 7 };
const notice: OpenEntry = { type: "notice", bytes: fromHex("aabb"), signature: new Uint8Array(109).fill(3) };

function seal(content: OpenEntry = notice): Entry {
  return message.sealEntry(suite, content, { ...place, recipients, archiveKey });
}

const SIGNED = { bytes: fromHex("01"), drafted: null, released: fromHex("02") };
const CONTENTS: readonly OpenEntry[] = [
  notice,
  { type: "message", message: SIGNED },
  { type: "message", message: { ...SIGNED, drafted: fromHex("03") } },
  { type: "roster", bytes: new Uint8Array(9000).fill(5), signature: fromHex("04") },
  { type: "charter", bytes: fromHex("05"), signatures: [{ party: SOUTHERN, signature: fromHex("06") }] },
];

test("each recipient, the author, and whoever is given its one key open the same content", () => {
  for (const content of CONTENTS) {
    const entry = message.decodeEntry(message.encodeEntry(seal(content)));
    message.checkShares(suite, entry);
    for (const seed of seeds) assert.deepEqual(message.openEntry(suite, entry, place, { sealingSeed: seed }), content);
    assert.deepEqual(message.openOwnEntry(suite, entry, place, archiveKey), content);
    const key = message.contentKeyOf(suite, entry, place, { sealingSeed });
    assert.deepEqual(message.contentKeyOf(suite, entry, place, { archiveKey }), key);
    assert.deepEqual(message.openWithContentKey(suite, entry.core, place, key), content);
    assert.deepEqual(message.openEntry(nobleSuite, entry, place, { sealingSeed }), content);
  }
});

test("it opens at its own place only", () => {
  const entry = seal();
  for (const elsewhere of [
    { ...place, index: 8 },
    { ...place, origin: logOrigin(LINE, RELIEF, 0) },
    { ...place, origin: logOrigin(LINE, NORTHERN, 1) },
  ]) {
    refuses(() => message.openEntry(suite, entry, elsewhere, { sealingSeed }), "entry-unopenable");
    refuses(() => message.openOwnEntry(suite, entry, elsewhere, archiveKey), "entry-unopenable");
    const key = message.contentKeyOf(suite, entry, place, { sealingSeed });
    refuses(() => message.openWithContentKey(suite, entry.core, elsewhere, key), "entry-unopenable");
  }
});

test("an author cannot give two recipients two keys: what does not match the commitment opens nothing", () => {
  const one = seal();
  const two = seal({ type: "message", message: SIGNED });
  const core = message.decodeCore(one.core);
  const other = message.decodeCore(two.core);
  const key = message.contentKeyOf(suite, two, place, { sealingSeed });
  refuses(() => message.openWithContentKey(suite, one.core, place, key), "entry-commitment");
  const mixed = encodeCbor({
    v: 1,
    suite: 1,
    commit: core.commit,
    own: other.own,
    shares: other.shares.map(({ kid, hash }) => [kid, hash]),
    box: core.box,
  });
  const forged = { core: mixed, shares: two.shares };
  message.checkShares(suite, forged);
  refuses(() => message.openEntry(suite, forged, place, { sealingSeed }), "entry-commitment");
  refuses(() => message.openOwnEntry(suite, forged, place, archiveKey), "entry-commitment");
});

test("one share is enough for its recipient, and another's does not stand in for it", () => {
  const entry = seal();
  const kid = message.sealingKid(suite, suite.xwingPublicKey(sealingSeed));
  const mine = entry.shares.filter((share) => Buffer.from(share.kid).equals(kid));
  const narrow = message.decodeEntry(message.encodeEntry({ core: entry.core, shares: mine }));
  message.checkShares(suite, narrow);
  assert.deepEqual(message.openEntry(suite, narrow, place, { sealingSeed, kid }), notice);
  refuses(() => message.openEntry(suite, narrow, place, { sealingSeed: seeds[1] }), "entry-no-share");
  refuses(() => message.openEntry(suite, entry, place, { sealingSeed: new Uint8Array(32) }), "entry-no-share");
  const foreign = { core: entry.core, shares: seal().shares };
  refuses(() => message.checkShares(suite, foreign), "entry-share-altered");
  refuses(() => message.openEntry(suite, foreign, place, { sealingSeed }), "entry-share-altered");
});

test("every single-byte change of a sealed entry is refused", () => {
  const whole = message.encodeEntry(seal());
  const codes = ["entry-malformed", "entry-share-altered", "entry-commitment", "entry-unopenable", "entry-no-share"];
  for (const { changed } of changedOnce(whole)) {
    refuses(
      () => {
        const entry = message.decodeEntry(changed);
        message.checkShares(suite, entry);
        message.openEntry(suite, entry, place, { sealingSeed });
        message.openOwnEntry(suite, entry, place, archiveKey);
      },
      ...codes,
      "message-newer",
    );
  }
});

test("arbitrary bytes, and arbitrary structures, give only the declared errors", () => {
  const declared = ["entry-malformed", "entry-too-large", "message-newer"];
  const parts = decodeCbor(message.encodeEntry(seal()), 1 << 16) as CborValue[];
  const junk = fc.oneof(fc.constant(null), fc.integer(), fc.string(), fc.constant([]), fc.uint8Array());
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => refuses(() => message.decodeEntry(bytes), ...declared)),
  );
  fc.assert(
    fc.property(fc.nat(1), junk, (at, value) => {
      const bytes = encodeCbor(parts.with(at, value));
      try {
        assert.deepEqual(message.encodeEntry(message.decodeEntry(bytes)), bytes);
      } catch {
        refuses(() => message.decodeEntry(bytes), ...declared);
      }
    }),
  );
});

const sized = (size: number): Entry =>
  seal({ type: "roster", bytes: new Uint8Array(size), signature: new Uint8Array(0) });

test("it weighs what its bucket weighs, and more than 64 KiB is never made or taken", () => {
  assert.equal(sized(10).core.length, sized(480).core.length);
  assert.notEqual(sized(480).core.length, sized(600).core.length);
  refuses(() => sized(49_152), "entry-too-large");
  const many = Array.from({ length: 30 }, (_, i) => ({ sealingKey: suite.xwingPublicKey(new Uint8Array(32).fill(i)) }));
  const content: OpenEntry = { type: "roster", bytes: new Uint8Array(40_000), signature: new Uint8Array(0) };
  refuses(() => message.sealEntry(suite, content, { ...place, recipients: many, archiveKey }), "entry-too-large");
  refuses(() => message.decodeEntry(new Uint8Array(65_537)), "entry-too-large");
});

test("an alert to one recipient leaves a narrow link room to spare", () => {
  const alert: OpenEntry = {
    type: "message",
    message: { ...SIGNED, bytes: new Uint8Array(390), released: new Uint8Array(109) },
  };
  const { core, shares } = seal(alert);
  assert.ok(message.encodeEntry({ core, shares: shares.slice(0, 1) }).length < 1960);
});

test("two recipients with one key are refused", () => {
  const twice = [recipients[0], recipients[0]] as { sealingKey: Uint8Array }[];
  refuses(() => message.sealEntry(suite, notice, { ...place, recipients: twice, archiveKey }), "entry-recipients");
});
