/** Both suites against each other, against published vectors, and against libraries that we did not write. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ml_kem768_x25519 as XWing } from "@noble/post-quantum/hybrid.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { isHonestKey, type Suite } from "../../src/crypto/index.ts";
import { nativeSuite } from "../../src/crypto/native.ts";
import { rememberTrue } from "../../src/crypto/recent.ts";
import { nobleSuite } from "../../src/crypto/noble.ts";
import { concat, fromHex, utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";

const SUITES: readonly (readonly [string, Suite])[] = [
  ["native", nativeSuite],
  ["noble", nobleSuite],
];
const PAIRS = SUITES.flatMap(([a, first]) => SUITES.map(([b, second]) => [`${a} to ${b}`, first, second] as const));
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

for (const [name, suite] of SUITES) {
  test(`${name}: hashes, codes and derivations are those of their RFCs`, () => {
    assert.deepEqual(
      suite.sha256(utf8("abc")),
      fromHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    );
    // RFC 4231, cases 1 and 6: a short key, and one longer than a block.
    assert.deepEqual(
      suite.hmacSha256(new Uint8Array(20).fill(0x0b), utf8("Hi There")),
      fromHex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    );
    assert.deepEqual(
      suite.hmacSha256(new Uint8Array(131).fill(0xaa), utf8("Test Using Larger Than Block-Size Key - Hash Key First")),
      fromHex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    );
    // RFC 7914 section 12.
    assert.deepEqual(
      suite.scrypt(utf8("password"), utf8("NaCl"), 1024, 8, 16, 32),
      fromHex("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"),
    );
    // RFC 8032 section 7.1, test 2.
    const seed = fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    const publicKey = fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const signature = fromHex(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    assert.deepEqual(suite.ed25519PublicKey(seed), publicKey);
    assert.deepEqual(suite.ed25519Sign(seed, fromHex("72")), signature);
    assert(suite.ed25519Verify(publicKey, fromHex("72"), signature));
  });
}

/** draft-connolly-cfrg-xwing-kem-08, appendix C: seed, seed of the encapsulation, shared secret. */
const XWING_VECTORS = [
  [
    "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
    "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2",
    "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384",
  ],
  [
    "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea",
    "17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdefaee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d",
    "f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150",
  ],
  [
    "ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9",
    "22a96188d032675c8ac850933c7aff1533b94c834adbb69c6115bad4692d8619f90b0cdf8a7b9c264029ac185b70b83f2801f2f4b3f70c593ea3aeeb613a7f1b",
    "953f7f4e8c5b5049bdc771d1dffada0dd961477d1a2ae0988baa7ea6898d893f",
  ],
] as const;

test("X-Wing gives the draft's secrets for the draft's seeds", () => {
  for (const [seedHex, encapsulationHex, sharedHex] of XWING_VECTORS) {
    const seed = fromHex(seedHex);
    for (const [, suite] of SUITES) {
      const publicKey = suite.xwingPublicKey(seed);
      assert.deepEqual(publicKey, XWing.keygen(seed).publicKey);
      // The library takes the encapsulation's randomness as an argument; the suites decapsulate what it made.
      const { cipherText, sharedSecret } = XWing.encapsulate(publicKey, fromHex(encapsulationHex));
      assert.deepEqual(sharedSecret, fromHex(sharedHex));
      assert.deepEqual(suite.xwingDecapsulate(seed, cipherText), fromHex(sharedHex));
    }
  }
});

for (const [name, sender, receiver] of PAIRS) {
  test(`${name}: what one encapsulates the other decapsulates, and the library too`, () => {
    const seed = receiver.randomBytes(32);
    const { shared, enc } = sender.xwingEncapsulate(receiver.xwingPublicKey(seed));
    assert.deepEqual(receiver.xwingDecapsulate(seed, enc), shared);
    assert.deepEqual(XWing.decapsulate(enc, seed), shared);
  });

  test(`${name}: AES-256-GCM opens what was sealed, and nothing else`, () => {
    fc.assert(
      fc.property(bytes(32), bytes(12), fc.uint8Array(), fc.uint8Array(), fc.nat(), (key, nonce, aad, plain, at) => {
        const sealed = sender.aesGcmSeal(key, nonce, aad, plain);
        assert.deepEqual(receiver.aesGcmOpen(key, nonce, aad, sealed), plain);
        assert.deepEqual(sender.aesGcmSeal(key, nonce, aad, plain, aad), concat(aad, sealed));
        assert.equal(receiver.aesGcmOpen(key, nonce, concat(aad, Uint8Array.of(0)), sealed), null);
        assert.equal(receiver.aesGcmOpen(key, nonce, aad, sealed.subarray(1)), null);
        assert.equal(receiver.aesGcmOpen(key, nonce, aad, sealed.subarray(0, at % 16)), null);
        sealed[at % sealed.length] = (sealed[at % sealed.length] as number) ^ 1;
        assert.equal(receiver.aesGcmOpen(key, nonce, aad, sealed), null);
      }),
      { numRuns: 30 },
    );
  });
}

/** Points of small order: the eight canonical encodings, those with a sign where there is none, those not below p. */
const SMALL_ORDER = [
  `01${"00".repeat(31)}`,
  `01${"00".repeat(30)}80`,
  `ec${"ff".repeat(30)}7f`,
  `ec${"ff".repeat(31)}`,
  "00".repeat(32),
  `${"00".repeat(31)}80`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  `ed${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(31)}`,
  `ee${"ff".repeat(30)}7f`,
  `ee${"ff".repeat(31)}`,
].map((hex) => fromHex(hex));

test("the list of keys of small order is complete", () => {
  const { Point } = ed25519;
  const eighth = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
  for (let i = 0n; i < 8n; i++) assert(!isHonestKey(eighth.multiplyUnsafe(i).toBytes()), `${i}`);
  for (const key of SMALL_ORDER) assert(!isHonestKey(key));
  for (let low = 0xed; low <= 0xff; low++) assert(!isHonestKey(fromHex(`${low.toString(16)}${"ff".repeat(30)}7f`)));
  assert(isHonestKey(ed25519.getPublicKey(new Uint8Array(32))));
});

test("no signature verifies under a key of small order", () => {
  // With S = 0 and R = A the equation holds for one message in a few, in a lenient verifier.
  for (const [name, suite] of SUITES) {
    for (const key of SMALL_ORDER) {
      for (const r of SMALL_ORDER) {
        const signature = concat(r, new Uint8Array(32));
        for (let i = 0; i < 8; i++) assert(!suite.ed25519Verify(key, Uint8Array.of(i), signature), name);
      }
    }
  }
});

test("both suites refuse a signature that only holds when multiplied by the cofactor", () => {
  const { Point } = ed25519;
  const torsion = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
  const seed = new Uint8Array(32).fill(3);
  const { point, scalar } = ed25519.utils.getExtendedPublicKey(seed);
  const mixed = point.add(torsion).toBytes();
  let refused = 0;
  for (let i = 0; i < 16; i++) {
    const message = Uint8Array.of(i);
    const r = Point.BASE.multiply(BigInt(i + 5)).toBytes();
    const k = littleEndian(sha512(concat(r, mixed, message))) % Point.Fn.ORDER;
    const s = (BigInt(i + 5) + k * scalar) % Point.Fn.ORDER;
    const signature = concat(r, littleEndianBytes(s));
    const verdicts = SUITES.map(([, suite]) => suite.ed25519Verify(mixed, message, signature));
    assert.equal(verdicts[0], verdicts[1]);
    assert(ed25519.verify(signature, message, mixed, { zip215: true }), "the cofactor hides the difference");
    if (verdicts[0] === false) refused += 1;
  }
  assert(refused >= 8, `${refused} of 16 refused`);
});

test("S is below the order, in both suites", () => {
  const seed = new Uint8Array(32).fill(9);
  const publicKey = nativeSuite.ed25519PublicKey(seed);
  const signature = nativeSuite.ed25519Sign(seed, utf8("m"));
  const s = littleEndian(signature.subarray(32)) + ed25519.Point.Fn.ORDER;
  const malleated = concat(signature.subarray(0, 32), littleEndianBytes(s));
  for (const [name, suite] of SUITES) {
    assert(suite.ed25519Verify(publicKey, utf8("m"), signature), name);
    assert(!suite.ed25519Verify(publicKey, utf8("m"), malleated), name);
  }
});

test("both suites give the same verdict on any key, message and signature", () => {
  const seed = new Uint8Array(32).fill(4);
  const publicKey = nativeSuite.ed25519PublicKey(seed);
  const message = utf8("same bytes, same verdict");
  const signature = nativeSuite.ed25519Sign(seed, message);
  const key = fc.oneof(bytes(32), fc.constantFrom(...SMALL_ORDER), fc.constant(publicKey), fc.uint8Array());
  const sig = fc.oneof(bytes(64), fc.constant(signature), fc.uint8Array({ maxLength: 70 }));
  fc.assert(
    fc.property(key, sig, (anyKey, anySignature) => {
      const [native, noble] = SUITES.map(([, suite]) => suite.ed25519Verify(anyKey, message, anySignature));
      assert.equal(native, noble);
    }),
    { numRuns: 150 },
  );
  for (let at = 0; at < 64; at++) {
    const changed = Uint8Array.from(signature);
    changed[at] = (changed[at] as number) ^ (1 << (at % 8));
    for (const [name, suite] of SUITES) assert(!suite.ed25519Verify(publicKey, message, changed), `${name} ${at}`);
  }
});

test("sealing keys that nobody can hold are refused, and encapsulations that nobody made give null", () => {
  const seed = new Uint8Array(32).fill(5);
  const publicKey = nativeSuite.xwingPublicKey(seed);
  const { enc } = nativeSuite.xwingEncapsulate(publicKey);
  const smallOrder = concat(publicKey.subarray(0, 1184), new Uint8Array(32));
  const notReduced = concat(new Uint8Array(1184).fill(0xff), publicKey.subarray(1184));
  for (const [name, suite] of SUITES) {
    for (const key of [smallOrder, notReduced]) {
      assert.throws(
        () => suite.xwingEncapsulate(key),
        (error) => isParleyError(error, "key-malformed"),
        name,
      );
    }
    assert.throws(
      () => suite.xwingEncapsulate(publicKey.subarray(1)),
      (error) => isParleyError(error, "key-malformed"),
    );
    assert.equal(suite.xwingDecapsulate(seed, enc.subarray(1)), null);
    assert.equal(suite.xwingDecapsulate(seed, concat(enc.subarray(0, 1088), new Uint8Array(32))), null);
    // A changed ML-KEM part gives another secret (implicit rejection), in both suites the same.
    const changed = Uint8Array.from(enc);
    changed[7] = (changed[7] as number) ^ 1;
    assert.deepEqual(suite.xwingDecapsulate(seed, changed), XWing.decapsulate(changed, seed));
  }
});

function littleEndian(value: Uint8Array): bigint {
  return value.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function littleEndianBytes(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

test("of what was verified only what was good is remembered, and only the newest of it", () => {
  const asked: number[] = [];
  const ask = (name: number, is: boolean) => () => {
    asked.push(name);
    return is;
  };
  const once = rememberTrue(2);
  const name = (of: number) => Uint8Array.of(of);
  assert.deepEqual([once(name(1), ask(1, true)), once(name(1), ask(1, false))], [true, true]);
  assert.deepEqual([once(name(2), ask(2, false)), once(name(2), ask(2, true))], [false, true]);
  once(name(3), ask(3, true));
  once(name(1), ask(1, true));
  assert.deepEqual(asked, [1, 2, 2, 3, 1]);
});

test("a signature that was found good does not make another message, key or signature good", () => {
  const seed = nativeSuite.randomBytes(32);
  const key = nativeSuite.ed25519PublicKey(seed);
  const message = utf8("the bridge is closed");
  const signature = nativeSuite.ed25519Sign(seed, message);
  const otherKey = nativeSuite.ed25519PublicKey(nativeSuite.randomBytes(32));
  for (let i = 0; i < 2; i++) {
    assert.equal(nativeSuite.ed25519Verify(key, message, signature), true);
    assert.equal(nativeSuite.ed25519Verify(otherKey, message, signature), false);
    assert.equal(nativeSuite.ed25519Verify(key, utf8("the bridge is open"), signature), false);
    assert.equal(
      nativeSuite.ed25519Verify(
        key,
        message,
        signature.map((byte, i) => (i === 3 ? byte ^ 1 : byte)),
      ),
      false,
    );
  }
});
