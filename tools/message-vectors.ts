/**
 * Writes vectors/message.json, vectors/kinds.json and vectors/entry.json: `node tools/message-vectors.ts`. Sealing is random, so
 * every run gives other sealed bytes of the same meaning.
 */
import { writeFileSync } from "node:fs";
import { seedSigner } from "../src/crypto/index.ts";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import * as message from "../src/message/index.ts";
import type { Message, OpenEntry } from "../src/message/index.ts";
import { type Bytes, toHex } from "../src/wire/bytes.ts";
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from "../src/wire/cbor.ts";
import { isParleyError } from "../src/wire/error.ts";
import { logOrigin } from "../src/wire/id.ts";
import { LINE, NORTHERN, NOTICE, sample, sampleBody, SOUTHERN } from "../test/message/samples.ts";

const BODY = 17;
const seed = (value: number): Bytes => new Uint8Array(32).fill(value);

function write(page: string, content: object): void {
  const text = JSON.stringify({ spec: `spec/${page}.md`, ...content }, null, 2);
  writeFileSync(new URL(`../vectors/${page}.json`, import.meta.url), `${text}\n`);
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isParleyError(error)) return error.code;
    throw error;
  }
  throw new Error("An invalid vector was taken.");
}

const partsOf = (of: Message): CborValue[] => [...(decodeCbor(message.encodeMessage(of), 1 << 16) as CborValue[])];

/** A message's bytes with one part exchanged, and the code with which they are refused. */
function refused(why: string, bytes: Bytes): object {
  return { why, bytes: toHex(bytes), code: codeOf(() => message.decodeMessage(bytes)) };
}

function withPart(of: Message, at: number, value: CborValue): Bytes {
  return encodeCbor(partsOf(of).with(at, value));
}

function withBody(of: Message, changes: CborMap): Bytes {
  const parts = partsOf(of);
  return encodeCbor(parts.with(BODY, { ...(parts[BODY] as CborMap), ...changes }));
}

async function writeMessages(): Promise<void> {
  const valid = message.KINDS.map((kind) => {
    const bytes = message.encodeMessage(sample(kind));
    return { message: sample(kind), bytes: toHex(bytes), hash: message.messageHash(suite, bytes) };
  });
  const text = sample("text");
  const bytes = message.encodeMessage(text);
  const [relief, southern] = partsOf(text)[11] as readonly CborValue[];
  const invalid = [
    refused("a byte follows", Uint8Array.of(...bytes, 0)),
    refused("the last byte is missing", bytes.slice(0, -1)),
    refused(
      "an integer is longer than it must be",
      Uint8Array.of(bytes[0] as number, 0x18, 0x01, ...bytes.subarray(2)),
    ),
    refused("a part is missing", encodeCbor(partsOf(text).slice(0, -1))),
    refused("a later version", withPart(text, 0, 2)),
    refused("another suite", withPart(text, 1, 2)),
    refused("a kind that is not known here", withPart(text, 6, "weather")),
    refused("a later version of the kind", withPart(text, 7, 2)),
    refused("the line's id is short", withPart(text, 2, new Uint8Array(31))),
    refused("the author's name begins with a digit", withPart(text, 4, "1northern")),
    refused("the subject is empty", withPart(text, 8, "")),
    refused("the subject has two lines", withPart(text, 8, "two\nlines")),
    refused("the subject turns its direction", withPart(text, 8, "a\u202eb")),
    refused("the subject has 201 characters", withPart(text, 8, "a".repeat(201))),
    refused("a read without what was read", withPart(sample("read"), 9, null)),
    refused("a text that answers", withPart(text, 9, ["answers", new Uint8Array(32)])),
    refused(
      "the place in the list lies beyond it",
      withPart(sample("site"), 10, [new Uint8Array(16), "Camps", 40, 40]),
    ),
    refused("heads out of order", withPart(text, 11, [southern as CborValue, relief as CborValue])),
    refused("a head twice", withPart(text, 11, [relief as CborValue, relief as CborValue])),
    refused("stale when it was written", withPart(text, 13, text.at)),
    refused("a site that becomes stale", withPart(sample("site"), 13, text.at + 1)),
    refused("an alert that becomes stale", withPart(sample("alert"), 13, text.at + 1)),
    refused("a language that is none", withPart(text, 14, "English")),
    refused("an empty reason for a sole release", withPart(text, 16, "")),
  ];
  const [one, two] = [seedSigner(suite, seed(1)), seedSigner(suite, seed(2))];
  const tbs = message.toBeSigned(suite, sample("movement"));
  const { signed } = await message.signReleased(suite, await message.signDrafted(suite, tbs, one), two);
  const drafted = signed.drafted ?? new Uint8Array();
  const hex = { bytes: toHex(signed.bytes), drafted: toHex(drafted), released: toHex(signed.released) };
  const signers = { drafter: toHex(one.publicKey), releaser: toHex(two.publicKey) };
  const signatures = [
    { why: "as it was signed", valid: true, ...hex, ...signers },
    { why: "the signatures are exchanged", valid: false, ...hex, drafted: hex.released, released: hex.drafted },
    {
      why: "a draft's signature in place of the release's",
      valid: false,
      ...hex,
      drafted: null,
      released: hex.drafted,
    },
    { why: "over other bytes", valid: false, ...hex, bytes: toHex(bytes) },
  ];
  write("message", { valid, invalid, signatures });
}

function writeKinds(): void {
  const valid = message.KINDS.map((kind) => {
    const cbor = partsOf(sample(kind))[BODY] as CborValue;
    return { kind, json: sampleBody(kind), cbor: toHex(encodeCbor(cbor)) };
  });
  const site = sample("site");
  const answer = sample("answer");
  const square = [
    [0, 0],
    [0, 1],
    [1, 1],
  ];
  const invalid = [
    refused("a field more", withBody(site, { extra: 1 })),
    refused("a code that is not in its list", withBody(site, { category: "barracks" })),
    refused("a latitude of 91", withBody(site, { footprint: ["point", [91_000_000_000, 0]] })),
    refused("a ring of two", withBody(site, { footprint: ["polygon", [square.slice(0, 2)]] })),
    refused("a circle without its radius", withBody(site, { footprint: ["circle", [0, 0]] })),
    refused("an upper height below the lower", withBody(site, { height: ["AGL", 2000, 1000] })),
    refused("heights of an unknown datum", withBody(site, { height: ["MSL", null, null] })),
    refused("no volume", withBody(sample("alert"), { volumes: [] })),
    refused(
      "a window that ends before it starts",
      withBody(sample("alert"), { volumes: [[["point", [0, 0]], null, [2, 1]]] }),
    ),
    refused("an answer without its reason", withBody(answer, { reason: "" })),
    refused("NOTED with words of one officer", withBody(answer, { answer: "NOTED" })),
    refused("STANDBY without until", withBody(answer, { answer: "STANDBY", reason: "" })),
    refused("a read-back that says same and differs", withBody(sample("readback"), { result: "same" })),
    refused("a query about a message that names none", withBody(sample("query"), { about: "message" })),
    refused("a day that there is not", withBody(sample("assessment"), { day: "2026-02-30" })),
    refused("a call that ends before it begins", withBody(sample("call"), { ended_at: 0 })),
    refused("words with a control character", withBody(sample("text"), { words: "a\u0007b" })),
  ];
  const crossing = [square[0], square[2], [1, 0], [0, 1]].map((at) => ({ lat: at?.[0], lon: at?.[1] }));
  const invalid_json = [
    {
      why: "a ring that crosses itself",
      kind: "site",
      json: { ...sampleBody("site"), footprint: { type: "polygon", rings: [crossing] } },
    },
    { why: "a field more", kind: "read", json: { scope: "message", extra: 1 } },
    { why: "a number as text", kind: "site", json: { ...sampleBody("site"), people: "1240" } },
    { why: "no route", kind: "movement", json: { ...sampleBody("movement"), route: [] } },
  ];
  write("kinds", { codes: message.CODES, rules: message.KIND_RULES, valid, invalid, invalid_json });
}

function writeEntries(): void {
  const seeds = [seed(1), seed(2)];
  const archiveKey = seed(9);
  const place = { origin: logOrigin(LINE, NORTHERN, 0), index: 7 };
  const recipients = seeds.map((each) => ({ sealingKey: suite.xwingPublicKey(each) }));
  const content: OpenEntry = { type: "notice", ...message.signNotice(suite, NOTICE, seed(4)) };
  const entry = message.sealEntry(suite, content, { ...place, recipients, archiveKey });
  const sealed = toHex(message.encodeEntry(entry));
  const opener = { sealingSeed: seed(1) };
  const invalid = [
    { why: "opened at another index", entry: sealed, index: 8, code: "entry-unopenable" },
    { why: "a key that it was not sealed to", entry: sealed, seed: toHex(seed(3)), code: "entry-no-share" },
    { why: "another entry's shares", entry: foreign(entry, place, recipients), code: "entry-share-altered" },
    { why: "a byte follows", entry: `${sealed}00`, code: "entry-malformed" },
    { why: "shares out of order", entry: reversed(entry), code: "entry-malformed" },
  ];
  const notices = NOTICE.items.map((item) => {
    const one = { ...NOTICE, items: [item] };
    return { notice: one, bytes: toHex(message.encodeNotice(one)) };
  });
  write("entry", {
    keys: {
      sealing_seeds: seeds.map(toHex),
      kids: recipients.map(({ sealingKey }) => toHex(message.sealingKid(suite, sealingKey))),
      archive_key: toHex(archiveKey),
      notice_key: toHex(suite.ed25519PublicKey(seed(4))),
    },
    buckets: message.BUCKETS,
    valid: {
      ...place,
      entry: sealed,
      leaf: toHex(entry.core),
      content_key: toHex(message.contentKeyOf(suite, entry, place, opener)),
      content: { type: content.type, bytes: toHex(content.bytes), signature: toHex(content.signature) },
    },
    invalid,
    notices,
  });
}

function foreign(entry: message.Entry, place: message.EntryPlace, recipients: { sealingKey: Bytes }[]): string {
  const other: OpenEntry = { type: "roster", bytes: seed(1), signature: seed(2) };
  const { shares } = message.sealEntry(suite, other, { ...place, recipients, archiveKey: seed(9) });
  return toHex(encodeCbor([entry.core, shares.map(({ kid, enc, ct }) => [kid, enc, ct])]));
}

function reversed(entry: message.Entry): string {
  return toHex(encodeCbor([entry.core, entry.shares.toReversed().map(({ kid, enc, ct }) => [kid, enc, ct])]));
}

await writeMessages();
writeKinds();
writeEntries();
console.log(`Wrote the vectors of messages, kinds and entries, by ${NORTHERN} and ${SOUTHERN}.`);
