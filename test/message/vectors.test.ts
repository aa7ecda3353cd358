import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { nativeSuite } from "../../src/crypto/native.ts";
import { nobleSuite } from "../../src/crypto/noble.ts";
import * as message from "../../src/message/index.ts";
import type { Message, Notice } from "../../src/message/index.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { parseLogOrigin } from "../../src/wire/id.ts";
import { sample } from "./samples.ts";
import { refuses } from "./support.ts";

const read = (page: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../vectors/${page}.json`, import.meta.url), "utf8"));
const invalid = z.array(z.object({ why: z.string(), bytes: z.string(), code: z.string() }));

test("vectors/message.json: bytes, hashes, refusals", () => {
  const page = z
    .object({ valid: z.array(z.object({ message: z.unknown(), bytes: z.string(), hash: z.string() })), invalid })
    .parse(read("message"));
  assert.equal(page.valid.length, message.KINDS.length);
  for (const { message: json, bytes, hash } of page.valid) {
    assert.deepEqual(message.decodeMessage(fromHex(bytes)), json);
    assert.equal(toHex(message.encodeMessage(json as Message)), bytes);
    assert.equal(message.messageHash(nativeSuite, fromHex(bytes)), hash);
  }
  for (const { bytes, code } of page.invalid) refuses(() => message.decodeMessage(fromHex(bytes)), code);
});

test("vectors/message.json: signatures", () => {
  const text = z.string();
  const one = z.object({ valid: z.boolean(), bytes: text, drafted: text.nullable(), released: text });
  const signers = { drafter: text.optional(), releaser: text.optional() };
  const page = z.object({ signatures: z.array(one.extend(signers)) }).parse(read("message"));
  for (const { valid, bytes, drafted, released, drafter, releaser } of page.signatures) {
    const cose = drafted === null ? null : fromHex(drafted);
    const signed = { bytes: fromHex(bytes), drafted: cose, released: fromHex(released) };
    for (const suite of [nativeSuite, nobleSuite]) {
      if (!valid) {
        refuses(() => message.verifySigned(suite, signed), "signature-invalid");
        continue;
      }
      const verified = message.verifySigned(suite, signed);
      assert.equal(verified.drafter === null ? undefined : toHex(verified.drafter), drafter);
      assert.equal(toHex(verified.releaser), releaser);
    }
  }
});

test("vectors/kinds.json: bodies in JSON and CBOR, refusals, the table", () => {
  const kind = z.enum(message.KINDS);
  const valid = z.array(z.object({ kind, json: z.unknown(), cbor: z.string() }));
  const invalid_json = z.array(z.object({ kind, json: z.unknown() }));
  const page = z.object({ codes: z.unknown(), rules: z.unknown(), valid, invalid, invalid_json }).parse(read("kinds"));
  assert.deepEqual(page.codes, message.CODES);
  assert.deepEqual(page.rules, message.KIND_RULES);
  for (const each of page.valid) {
    const body = message.parseBody(each.kind, each.json);
    const parts = decodeCbor(message.encodeMessage({ ...sample(each.kind), body } as Message), 1 << 16);
    assert.equal(toHex(encodeCbor(Array.isArray(parts) ? parts[17] : null)), each.cbor);
  }
  for (const { bytes, code } of page.invalid) refuses(() => message.decodeMessage(fromHex(bytes)), code);
  for (const each of page.invalid_json) refuses(() => message.parseBody(each.kind, each.json), "body-invalid");
});

const entryPage = z.object({
  keys: z.object({
    sealing_seeds: z.array(z.string()),
    kids: z.array(z.string()),
    archive_key: z.string(),
    notice_key: z.string(),
  }),
  buckets: z.array(z.int()),
  valid: z.object({
    origin: z.string(),
    index: z.int(),
    entry: z.string(),
    leaf: z.string(),
    content_key: z.string(),
    content: z.object({ type: z.literal("notice"), bytes: z.string(), signature: z.string() }),
  }),
  invalid: z.array(
    z.object({ entry: z.string(), code: z.string(), index: z.int().optional(), seed: z.string().optional() }),
  ),
  notices: z.array(z.object({ notice: z.unknown(), bytes: z.string() })),
});

test("vectors/entry.json: opening by every key, refusals, notices", () => {
  const { keys, buckets, valid, invalid: wrong, notices } = entryPage.parse(read("entry"));
  const place = { origin: parseLogOrigin(valid.origin).origin, index: valid.index };
  assert.deepEqual(buckets, message.BUCKETS);
  const entry = message.decodeEntry(fromHex(valid.entry));
  assert.equal(toHex(entry.core), valid.leaf);
  for (const suite of [nativeSuite, nobleSuite]) {
    const opened = [
      ...keys.sealing_seeds.map((seed) => message.openEntry(suite, entry, place, { sealingSeed: fromHex(seed) })),
      message.openOwnEntry(suite, entry, place, fromHex(keys.archive_key)),
      message.openWithContentKey(suite, entry.core, place, fromHex(valid.content_key)),
    ];
    for (const content of opened) {
      assert.ok(content.type === "notice" && toHex(content.bytes) === valid.content.bytes);
      message.verifyNotice(suite, content, fromHex(keys.notice_key));
    }
    const kids = keys.sealing_seeds.map((seed) =>
      toHex(message.sealingKid(suite, suite.xwingPublicKey(fromHex(seed)))),
    );
    assert.deepEqual(kids, keys.kids);
  }
  for (const { entry: bytes, code, index, seed } of wrong) {
    const sealingSeed = fromHex(seed ?? keys.sealing_seeds[0] ?? "");
    const at = { ...place, index: index ?? place.index };
    refuses(() => message.openEntry(nativeSuite, message.decodeEntry(fromHex(bytes)), at, { sealingSeed }), code);
  }
  for (const { notice, bytes } of notices) {
    assert.deepEqual(message.decodeNotice(fromHex(bytes)), notice);
    assert.equal(toHex(message.encodeNotice(notice as Notice)), bytes);
  }
});
