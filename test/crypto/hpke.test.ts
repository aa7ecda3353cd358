import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_MLKEM768_X25519 } from "hpke";
import { hkdfExpand, hkdfExtract, hpkeOpen, hpkeSeal } from "../../src/crypto/index.ts";
import { nativeSuite } from "../../src/crypto/native.ts";
import { nobleSuite } from "../../src/crypto/noble.ts";
import { fromHex, utf8 } from "../../src/wire/bytes.ts";
import { singleByteChanges } from "./change.ts";

const SEED = new Uint8Array(32).fill(7);
const PUBLIC_KEY = nativeSuite.xwingPublicKey(SEED);
const INFO = utf8("parley/v1/entry");
const AAD = utf8("northern, 0, 17");
const PLAIN = utf8("a convoy of six, marked, leaves at 0530Z");

test("HKDF-SHA256 is that of RFC 5869, case 1", () => {
  const salt = fromHex("000102030405060708090a0b0c");
  const key = hkdfExtract(nativeSuite, salt, new Uint8Array(22).fill(0x0b));
  assert.deepEqual(key, fromHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
  assert.deepEqual(
    hkdfExpand(nativeSuite, key, fromHex("f0f1f2f3f4f5f6f7f8f9"), 42),
    fromHex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
  );
});

for (const [name, suite] of [["native", nativeSuite] as const, ["noble", nobleSuite] as const]) {
  test(`${name}: an HPKE library that we did not write opens what we sealed, and we what it sealed`, async () => {
    const library = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
    const ours = hpkeSeal(suite, PUBLIC_KEY, INFO, AAD, PLAIN);
    const secret = await library.DeserializePrivateKey(SEED, false);
    const key = { privateKey: secret, publicKey: await library.DeserializePublicKey(PUBLIC_KEY) };
    assert.deepEqual(await library.Open(key, ours.enc, ours.ct, { info: INFO, aad: AAD }), PLAIN);
    const theirs = await library.Seal(key.publicKey, PLAIN, { info: INFO, aad: AAD });
    assert.deepEqual(hpkeOpen(suite, SEED, theirs.encapsulatedSecret, INFO, AAD, theirs.ciphertext), PLAIN);
  });
}

test("what is sealed comes back, for any info, associated data and text", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), fc.uint8Array({ maxLength: 3000 }), (info, aad, plain) => {
      const { enc, ct } = hpkeSeal(nativeSuite, PUBLIC_KEY, info, aad, plain);
      assert.equal(enc.length, 1120);
      assert.equal(ct.length, plain.length + 16);
      assert.deepEqual(hpkeOpen(nativeSuite, SEED, enc, info, aad, ct), plain);
    }),
    { numRuns: 30 },
  );
});

test("no single-byte change of what was sealed opens, nor with another key, info or associated data", () => {
  const { enc, ct } = hpkeSeal(nativeSuite, PUBLIC_KEY, INFO, AAD, PLAIN);
  const open = (parts: {
    enc?: Uint8Array;
    ct?: Uint8Array;
    info?: Uint8Array;
    aad?: Uint8Array;
    seed?: Uint8Array;
  }) => {
    const all = { enc, ct, info: INFO, aad: AAD, seed: SEED, ...parts };
    return hpkeOpen(nativeSuite, all.seed, all.enc, all.info, all.aad, all.ct);
  };
  assert.deepEqual(open({}), PLAIN);
  for (const changed of singleByteChanges(ct)) assert.equal(open({ ct: changed }), null);
  for (let at = 0; at < enc.length; at++) {
    const changed = Uint8Array.from(enc);
    changed[at] = (changed[at] as number) ^ (1 << (at % 8));
    // X25519 reads over the top bit of a point; the combiner hashes the point as it was sent, so even that is noticed.
    assert.equal(open({ enc: changed }), null, `byte ${at}`);
  }
  const topBit = Uint8Array.from(enc);
  topBit[1119] = (topBit[1119] as number) ^ 0x80;
  assert.equal(open({ enc: topBit }), null);
  assert.equal(open({ seed: new Uint8Array(32).fill(8) }), null);
  assert.equal(open({ info: AAD }), null);
  assert.equal(open({ aad: INFO }), null);
  assert.equal(open({ enc: enc.subarray(0, 1119) }), null);
  assert.equal(open({ ct: new Uint8Array(0) }), null);
});

test("arbitrary bytes open to null", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1300 }), fc.uint8Array({ maxLength: 40 }), (enc, ct) => {
      assert.equal(hpkeOpen(nativeSuite, SEED, enc, INFO, AAD, ct), null);
    }),
    { numRuns: 60 },
  );
});
