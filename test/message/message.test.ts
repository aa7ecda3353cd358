import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { bodySchema, decodeMessage, encodeMessage, KINDS, messageHash, parseBody } from "../../src/message/index.ts";
import type { Message } from "../../src/message/index.ts";
import { nativeSuite } from "../../src/crypto/native.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { logOrigin, parseLineId } from "../../src/wire/id.ts";
import { message } from "./arbitrary.ts";
import { AT, LINE, NORTHERN, sample, sampleBody, TARGET } from "./samples.ts";
import { refuses } from "./support.ts";

/** All that decoding a message may throw. */
const DECLARED = [
  "cbor-too-large",
  "cbor-too-deep",
  "cbor-malformed",
  "cbor-not-canonical",
  "cbor-wrong-shape",
  "id-malformed",
  "text-refused",
  "value-refused",
  "message-newer",
  "message-relation",
  "message-expiry",
  "message-heads",
];

test("a message of every kind comes back as it was written", () => {
  for (const kind of KINDS) {
    const written: Message = sample(kind);
    assert.deepEqual(decodeMessage(encodeMessage(written)), written, kind);
  }
});

test("any message comes back as it was written, and encodes to the same bytes again", () => {
  fc.assert(
    fc.property(message, (written) => {
      const bytes = encodeMessage(written);
      const read = decodeMessage(bytes);
      assert.deepEqual(read, written);
      assert.deepEqual(encodeMessage(read), bytes);
    }),
    { numRuns: 300 },
  );
});

test("arbitrary bytes give only the declared errors", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => refuses(() => decodeMessage(bytes), ...DECLARED)),
    { numRuns: 1000 },
  );
});

test("a part exchanged for anything else is refused, or is another message that encodes to the same bytes", () => {
  const parts = decodeCbor(encodeMessage(sample("movement")), 1 << 16) as CborValue[];
  const other = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.uint8Array(), fc.constant([]), fc.boolean());
  fc.assert(
    fc.property(fc.nat(parts.length - 1), other, (at, value) => {
      const bytes = encodeCbor(parts.with(at, value));
      try {
        assert.deepEqual(encodeMessage(decodeMessage(bytes)), bytes);
      } catch {
        refuses(() => decodeMessage(bytes), ...DECLARED);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a body's fields are all needed, and no other is taken", () => {
  for (const kind of KINDS) {
    const parts = decodeCbor(encodeMessage(sample(kind)), 1 << 16) as CborValue[];
    const body = parts[17] as Record<string, CborValue>;
    for (const name of Object.keys(body)) {
      const { [name]: _, ...rest } = body;
      refuses(() => decodeMessage(encodeCbor(parts.with(17, rest))), "cbor-wrong-shape");
    }
    refuses(() => decodeMessage(encodeCbor(parts.with(17, { ...body, extra: 1 }))), "cbor-wrong-shape");
  }
});

test("JSON takes the same bodies, fills in what may be unsaid, and takes no other field", () => {
  for (const kind of KINDS) {
    const body = sampleBody(kind);
    assert.deepEqual(parseBody(kind, structuredClone(body)), body, kind);
    refuses(() => parseBody(kind, { ...body, extra: 1 }), "body-invalid");
    assert.equal(bodySchema(kind).safeParse(null).success, false);
  }
  assert.deepEqual(parseBody("read", {}), { scope: "message" });
});

const site = (rings: unknown): unknown => ({ ...sampleBody("site"), footprint: { type: "polygon", rings } });

test("every body's schema can be written as JSON Schema, for the API's document", () => {
  for (const kind of KINDS) {
    const schema = z.toJSONSchema(bodySchema(kind), { io: "input" });
    assert.equal(schema.additionalProperties, false, kind);
  }
});

test("what an author's JSON may not say: rings that cross themselves, latitudes of 91, two positions in a ring", () => {
  const [a, b, c, d] = [
    { lat: 0, lon: 0 },
    { lat: 1, lon: 1 },
    { lat: 1, lon: 0 },
    { lat: 0, lon: 1 },
  ];
  parseBody("site", site([[a, d, b, c]]));
  refuses(() => parseBody("site", site([[a, b, c, d]])), "body-invalid");
  refuses(() => parseBody("site", site([[a, b]])), "body-invalid");
  refuses(() => parseBody("site", site([[a, { lat: 91, lon: 0 }, c]])), "body-invalid");
});

test("a receiver keeps a site whose ring crosses itself: the engine calls it undecided, nobody unprotects it", () => {
  const rings = [[0, 1, 1, 0].map((lat, i) => ({ lat, lon: [0, 1, 0, 1][i] as number }))];
  const crossing = sample("site", { body: { ...sampleBody("site"), footprint: { type: "polygon", rings } } });
  assert.deepEqual(decodeMessage(encodeMessage(crossing)), crossing);
});

test("positions keep nanodegrees, lengths millimetres; what is finer is rounded, and minus zero is zero", () => {
  const at = { lat: -0.000_000_000_4, lon: 43.123_456_789_4 };
  const fine = sample("site", { body: { ...sampleBody("site"), footprint: { type: "point", at } } });
  const read = decodeMessage(encodeMessage(fine));
  assert.deepEqual(read.kind === "site" && read.body.footprint, {
    type: "point",
    at: { lat: 0, lon: 43.123_456_789 },
  });
});

test("words that could disguise something are refused, in bodies and in subjects", () => {
  for (const bad of ["a\u202eb", "a\u2066b", "a\u0000b", "a\u0085b", "a\u2028b", "a\rb", "a\u{e0041}b"]) {
    refuses(() => encodeMessage(sample("text", { subject: bad })), "text-refused");
    refuses(() => encodeMessage(sample("text", { body: { words: bad } })), "text-refused");
    refuses(() => parseBody("text", { words: bad }), "body-invalid");
  }
  refuses(() => parseBody("text", { words: "a\ud800b" }), "body-invalid");
  refuses(() => encodeMessage(sample("text", { subject: "two\nlines" })), "text-refused");
  for (const good of ["مخيم سميل", "می‌خواهیم", "e\u0301", "two\nlines", "👩‍⚕️"]) {
    encodeMessage(sample("text", { body: { words: good } }));
  }
});

test("relations, expiry and heads must fit the kind", () => {
  refuses(() => encodeMessage(sample("read", { re: null })), "message-relation");
  refuses(() => encodeMessage(sample("site", { re: { relation: "answers", message: TARGET } })), "message-relation");
  encodeMessage(sample("site", { re: { relation: "supersedes", message: TARGET } }));
  refuses(() => encodeMessage(sample("text", { expires: AT })), "message-expiry");
  refuses(() => encodeMessage(sample("site", { expires: AT + 1 })), "message-expiry");
  refuses(() => encodeMessage(sample("alert", { expires: AT + 1 })), "message-expiry");
  const { heads } = sample("text");
  refuses(() => encodeMessage(sample("text", { heads: heads.toReversed() })), "message-heads");
  refuses(() => encodeMessage(sample("text", { heads: [...heads, ...heads] })), "message-heads");
  const elsewhere = logOrigin(parseLineId("99".repeat(32)), NORTHERN, 0);
  refuses(
    () => encodeMessage(sample("text", { heads: [{ origin: elsewhere, size: 1, root: "00".repeat(32) }] })),
    "message-heads",
  );
});

test("a newer version, suite or kind is said to be newer, not wrong", () => {
  const parts = decodeCbor(encodeMessage(sample("text")), 1 << 16) as CborValue[];
  refuses(() => decodeMessage(encodeCbor(parts.with(0, 2))), "message-newer");
  refuses(() => decodeMessage(encodeCbor(parts.with(1, 2))), "message-newer");
  refuses(() => decodeMessage(encodeCbor(parts.with(6, "weather"))), "message-newer");
  refuses(() => decodeMessage(encodeCbor(parts.with(7, 2))), "message-newer");
  refuses(() => decodeMessage(encodeCbor([3, 9, "what comes then"])), "message-newer");
});

test("its hash is that of its bytes under a label", () => {
  const bytes = encodeMessage(sample("text"));
  assert.match(messageHash(nativeSuite, bytes), /^[0-9a-f]{64}$/);
  assert.notEqual(messageHash(nativeSuite, bytes), messageHash(nativeSuite, encodeMessage(sample("read"))));
  assert.equal(LINE, sample("text").line);
});
