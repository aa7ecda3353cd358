import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nativeSuite } from "../../src/crypto/native.ts";
import { decodeNotice, encodeNotice, NOTICE_CODES, signNotice, verifyNotice } from "../../src/message/index.ts";
import { decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { NOTICE, SOUTHERN_LOG as origin } from "./samples.ts";
import { changedOnce, refuses } from "./support.ts";

const seed = new Uint8Array(32).fill(4);
const publicKey = nativeSuite.ed25519PublicKey(seed);

test("a notice of every code comes back as it was written", () => {
  const first = NOTICE_CODES.filter((code) => code !== "understands");
  assert.deepEqual(NOTICE.items.map(({ code }) => code).toSorted(), [...first].toSorted());
  assert.deepEqual(decodeNotice(encodeNotice(NOTICE)), NOTICE);
  assert.deepEqual(verifyNotice(nativeSuite, signNotice(nativeSuite, NOTICE, seed), publicKey), NOTICE);
});

test("what decodes encodes to the same bytes; arbitrary bytes give only the declared errors", () => {
  const bytes = encodeNotice(NOTICE);
  const whole = decodeCbor(bytes, 1 << 14);
  assert.deepEqual(encodeCbor(whole), bytes);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (junk) =>
      refuses(() => decodeNotice(junk), "notice-malformed", "message-newer"),
    ),
  );
  for (const { changed } of changedOnce(bytes)) {
    try {
      assert.deepEqual(encodeNotice(decodeNotice(changed)), changed);
    } catch {
      refuses(() => decodeNotice(changed), "notice-malformed", "message-newer");
    }
  }
});

test("every single-byte change of a signed notice is refused", () => {
  const signed = signNotice(nativeSuite, NOTICE, seed);
  for (const part of ["bytes", "signature"] as const) {
    for (const { changed } of changedOnce(signed[part])) {
      refuses(() => verifyNotice(nativeSuite, { ...signed, [part]: changed }, publicKey), "signature-invalid");
    }
  }
});

test("an empty range, an empty notice and free text have no form", () => {
  refuses(() => encodeNotice({ ...NOTICE, items: [{ code: "opened", origin, from: 3, to: 3 }] }), "notice-malformed");
  refuses(() => encodeNotice({ ...NOTICE, items: [] }), "notice-malformed");
});
