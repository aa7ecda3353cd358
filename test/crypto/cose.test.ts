import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  COSE_BYTES,
  coseOf,
  coseSignerOf,
  coseToSign,
  hash,
  keyFingerprint,
  seedSigner,
  SIGNATURE_LABELS,
  signCose,
  signCoseWithSeed,
  verifyCose,
} from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { concat, toHex, utf8 } from "../../src/wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { singleByteChanges } from "./change.ts";

const SEED = new Uint8Array(32).fill(1);
const KEY = suite.ed25519PublicKey(SEED);
const PAYLOAD = utf8("the bytes that two officers saw");
const SIGNED = signCoseWithSeed(suite, "parley/v1/released", PAYLOAD, SEED);

test("a signature is COSE_Sign1 in deterministic CBOR, as RFC 9052 has it", () => {
  const signature = SIGNED.subarray(COSE_BYTES - 64);
  const protectedHeader = encodeCbor(
    new Map<number, number | Uint8Array>([
      [1, -8],
      [4, KEY],
    ]),
  );
  assert.deepEqual(SIGNED, encodeCbor([protectedHeader, {}, null, signature]));
  assert.equal(toHex(encodeCbor(decodeCbor(SIGNED, 256))), toHex(SIGNED));
  const structure = encodeCbor(["Signature1", protectedHeader, utf8("parley/v1/released"), PAYLOAD]);
  assert.deepEqual(coseToSign("parley/v1/released", PAYLOAD, KEY), structure);
  assert(suite.ed25519Verify(KEY, structure, signature));
});

test("a signer outside of the program signs the same", async () => {
  assert.deepEqual(await signCose("parley/v1/released", PAYLOAD, seedSigner(suite, SEED)), SIGNED);
  const signature = suite.ed25519Sign(SEED, coseToSign("parley/v1/released", PAYLOAD, KEY));
  assert.deepEqual(coseOf(KEY, signature), SIGNED);
});

test("it verifies for its own label, payload and key, and for no other", () => {
  for (const label of SIGNATURE_LABELS) {
    assert.equal(verifyCose(suite, label, PAYLOAD, SIGNED, KEY), label === "parley/v1/released");
  }
  const otherSeed = new Uint8Array(32).fill(2);
  const otherKey = suite.ed25519PublicKey(otherSeed);
  assert(!verifyCose(suite, "parley/v1/released", concat(PAYLOAD, Uint8Array.of(0)), SIGNED, KEY));
  assert(!verifyCose(suite, "parley/v1/released", PAYLOAD, SIGNED, otherKey));
  // Another's signature under this key's name.
  const forged = suite.ed25519Sign(otherSeed, coseToSign("parley/v1/released", PAYLOAD, KEY));
  assert(!verifyCose(suite, "parley/v1/released", PAYLOAD, coseOf(KEY, forged), KEY));
});

test("no single-byte change of a signature verifies, nor one that is cut or longer", () => {
  for (const changed of singleByteChanges(SIGNED)) {
    assert(!verifyCose(suite, "parley/v1/released", PAYLOAD, changed, KEY));
    // Not even for the key that it then names.
    const named = named32(changed);
    if (named !== null) assert(!verifyCose(suite, "parley/v1/released", PAYLOAD, changed, named));
  }
  for (let end = 0; end < SIGNED.length; end++) {
    assert(!verifyCose(suite, "parley/v1/released", PAYLOAD, SIGNED.subarray(0, end), KEY));
  }
  assert(!verifyCose(suite, "parley/v1/released", PAYLOAD, concat(SIGNED, Uint8Array.of(0)), KEY));
});

test("a tagged, attached, unordered or otherwise different COSE_Sign1 is refused", () => {
  const signature = SIGNED.subarray(COSE_BYTES - 64);
  const good = header([
    [1, -8],
    [4, KEY],
  ]);
  for (const other of [
    concat(Uint8Array.of(0xd2), SIGNED),
    encodeCbor([good, {}, PAYLOAD, signature]),
    encodeCbor([good, new Map([[4, KEY]]), null, signature]),
    encodeCbor([
      header([
        [1, -7],
        [4, KEY],
      ]),
      {},
      null,
      signature,
    ]),
    encodeCbor([header([[1, -8]]), new Map([[4, KEY]]), null, signature]),
    encodeCbor([good, {}, null, signature, null]),
  ]) {
    assert.throws(
      () => coseSignerOf(other),
      (error) => isParleyError(error, "cose-malformed"),
    );
    assert(!verifyCose(suite, "parley/v1/released", PAYLOAD, other, KEY));
  }
});

test("arbitrary bytes give only the declared error", () => {
  const head = SIGNED.subarray(0, 9);
  const input = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ minLength: 100, maxLength: 100 }).map((tail) => concat(head, tail)),
  );
  fc.assert(
    fc.property(input, (bytes) => {
      assert(!verifyCose(suite, "parley/v1/released", PAYLOAD, bytes, KEY));
      try {
        assert.deepEqual(coseOf(coseSignerOf(bytes), bytes.subarray(45)), bytes);
      } catch (error) {
        assert(isParleyError(error, "cose-malformed"));
      }
    }),
  );
});

test("labels and lengths keep hashes apart", () => {
  const seen = new Set<string>();
  const parts = [[], [utf8("")], [utf8("ab")], [utf8("a"), utf8("b")], [utf8("b"), utf8("a")], [utf8("ab"), utf8("")]];
  for (const label of ["parley/v1/message", "parley/v1/messag"]) {
    for (const list of parts) seen.add(toHex(hash(suite, label, ...list)));
  }
  assert.equal(seen.size, 2 * parts.length);
  assert.throws(() => hash(suite, ""), RangeError);
  assert.throws(() => hash(suite, "x".repeat(256)), RangeError);
});

test("a fingerprint is forty digits in groups of four", () => {
  assert.match(keyFingerprint(suite, KEY), /^(?:[0-9a-f]{4} ){9}[0-9a-f]{4}$/);
  assert.notEqual(keyFingerprint(suite, KEY), keyFingerprint(suite, SEED));
});

function header(entries: [number, number | Uint8Array][]): Uint8Array {
  return encodeCbor(new Map(entries));
}

function named32(cose: Uint8Array): Uint8Array | null {
  try {
    return coseSignerOf(cose);
  } catch {
    return null;
  }
}
