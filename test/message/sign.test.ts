import assert from "node:assert/strict";
import { test } from "node:test";
import { seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite } from "../../src/crypto/native.ts";
import { signDrafted, signReleased, toBeSigned, verifySigned, withReleased } from "../../src/message/index.ts";
import { sample } from "./samples.ts";
import { changedOnce, refuses } from "./support.ts";

const drafter = seedSigner(nativeSuite, new Uint8Array(32).fill(1));
const releaser = seedSigner(nativeSuite, new Uint8Array(32).fill(2));

async function released() {
  const tbs = toBeSigned(nativeSuite, sample("movement"));
  return signReleased(nativeSuite, await signDrafted(nativeSuite, tbs, drafter), releaser);
}

test("two officers sign the same bytes, and both keys are read back", async () => {
  const { signed, hash } = await released();
  const verified = verifySigned(nativeSuite, signed);
  assert.deepEqual(verified.drafter, drafter.publicKey);
  assert.deepEqual(verified.releaser, releaser.publicKey);
  assert.equal(verified.hash, hash);
  assert.deepEqual(verified.message, sample("movement"));
});

test("one officer's message has no drafter", async () => {
  const { signed } = await signReleased(nativeSuite, toBeSigned(nativeSuite, sample("alert")), releaser);
  assert.equal(verifySigned(nativeSuite, signed).drafter, null);
});

test("a draft's signature does not release, nor a release's draft", async () => {
  const { signed } = await released();
  const { bytes, drafted, released: cose } = signed;
  assert.ok(drafted !== null);
  refuses(() => verifySigned(nativeSuite, { bytes, drafted: cose, released: drafted }), "signature-invalid");
  refuses(() => verifySigned(nativeSuite, { bytes, drafted, released: drafted }), "signature-invalid");
  refuses(() => withReleased(nativeSuite, toBeSigned(nativeSuite, sample("movement")), drafted), "signature-invalid");
});

test("every single-byte change of a signed message is refused", async () => {
  const { signed } = await released();
  const codes = ["signature-invalid", "cbor-malformed", "cbor-not-canonical", "cbor-wrong-shape", "cbor-too-deep"];
  const more = ["text-refused", "value-refused", "id-malformed", "message-newer", "message-expiry", "message-heads"];
  for (const part of ["bytes", "drafted", "released"] as const) {
    for (const { changed } of changedOnce(signed[part] ?? new Uint8Array())) {
      refuses(() => verifySigned(nativeSuite, { ...signed, [part]: changed }), ...codes, ...more, "message-relation");
    }
  }
});
