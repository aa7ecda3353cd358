/** The suite for browsers, on the audited @noble packages. Imports nothing of Node. */
import { gcm } from "@noble/ciphers/aes.js";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { hmac } from "@noble/hashes/hmac.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { sha3_256, shake256 } from "@noble/hashes/sha3.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { type Bytes, concat, equalBytes, ofLength } from "../wire/bytes.ts";
import { isHonestKey } from "./ed25519-key.ts";
import { cryptoError } from "./errors.ts";
import { recent } from "./recent.ts";
import {
  AES_KEY_BYTES,
  AES_NONCE_BYTES,
  AES_TAG_BYTES,
  ED25519_SIGNATURE_BYTES,
  SEED_BYTES,
  type Suite,
  XWING_ENC_BYTES,
} from "./suite.ts";
import { combinerInput, splitEnc, splitExpanded, splitPublicKey, XWING_EXPANDED_BYTES } from "./xwing.ts";

function littleEndian(bytes: Bytes): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/**
 * RFC 8032 section 5.1.7 without the cofactor, as OpenSSL has it: `encode([S]B - [k]A)` must be R, byte by byte.
 * The library's own verification multiplies by the cofactor and so accepts more.
 */
function ed25519Verify(publicKey: Bytes, message: Bytes, signature: Bytes): boolean {
  if (!isHonestKey(publicKey) || signature.length !== ED25519_SIGNATURE_BYTES) return false;
  const order = ed25519.Point.Fn.ORDER;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  if (s >= order) return false;
  try {
    const a = ed25519.Point.fromBytes(publicKey, false);
    const k = littleEndian(sha512(concat(r, publicKey, message))) % order;
    return equalBytes(ed25519.Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).toBytes(), r);
  } catch {
    return false;
  }
}

const xwingSeed = recent(16, (seed) => {
  const expanded = shake256(ofLength(seed, SEED_BYTES), { dkLen: XWING_EXPANDED_BYTES });
  const { mlkemSeed, x25519Secret } = splitExpanded(expanded);
  const mlkem = ml_kem768.keygen(mlkemSeed);
  const x25519Public = x25519.getPublicKey(x25519Secret);
  return { mlkem: mlkem.secretKey, x25519Secret, x25519Public, publicKey: concat(mlkem.publicKey, x25519Public) };
});

/** Null where the other's point is of small order. */
function sharedX25519(secret: Bytes, other: Bytes): Bytes | null {
  try {
    return x25519.getSharedSecret(secret, other);
  } catch {
    return null;
  }
}

function encapsulateMlkem(publicKey: Bytes): { cipherText: Bytes; sharedSecret: Bytes } {
  try {
    return ml_kem768.encapsulate(publicKey);
  } catch (cause) {
    throw cryptoError("key-malformed", "This is not an X-Wing public key.", { cause });
  }
}

function xwingEncapsulate(publicKey: Bytes): { shared: Bytes; enc: Bytes } {
  const parts = splitPublicKey(publicKey);
  const { cipherText, sharedSecret } = encapsulateMlkem(parts.mlkem);
  const ephemeral = x25519.utils.randomSecretKey();
  const ephemeralPublic = x25519.getPublicKey(ephemeral);
  const x25519Shared = sharedX25519(ephemeral, parts.x25519);
  if (x25519Shared === null) throw cryptoError("key-malformed", "The X25519 part of this key is of small order.");
  const shared = sha3_256(combinerInput(sharedSecret, x25519Shared, ephemeralPublic, parts.x25519));
  return { shared, enc: concat(cipherText, ephemeralPublic) };
}

function xwingDecapsulate(seed: Bytes, enc: Bytes): Bytes | null {
  const secrets = xwingSeed(seed);
  if (enc.length !== XWING_ENC_BYTES) return null;
  const parts = splitEnc(enc);
  const x25519Shared = sharedX25519(secrets.x25519Secret, parts.x25519);
  if (x25519Shared === null) return null;
  const mlkemShared = ml_kem768.decapsulate(parts.mlkem, secrets.mlkem);
  return sha3_256(combinerInput(mlkemShared, x25519Shared, parts.x25519, secrets.x25519Public));
}

function aesGcmOpen(key: Bytes, nonce: Bytes, aad: Bytes, sealed: Bytes): Bytes | null {
  const cipher = gcm(ofLength(key, AES_KEY_BYTES), ofLength(nonce, AES_NONCE_BYTES), aad);
  if (sealed.length < AES_TAG_BYTES) return null;
  try {
    return cipher.decrypt(sealed);
  } catch {
    return null;
  }
}

export const nobleSuite: Suite = {
  sha256: (data) => sha256(data),
  hmacSha256: (key, data) => hmac(sha256, key, data),
  ed25519PublicKey: (seed) => ed25519.getPublicKey(ofLength(seed, SEED_BYTES)),
  ed25519Sign: (seed, message) => ed25519.sign(message, ofLength(seed, SEED_BYTES)),
  ed25519Verify,
  aesGcmSeal: (key, nonce, aad, plain, before) => {
    const sealed = gcm(ofLength(key, AES_KEY_BYTES), ofLength(nonce, AES_NONCE_BYTES), aad).encrypt(plain);
    return before === undefined ? sealed : concat(before, sealed);
  },
  aesGcmOpen,
  scrypt: (password, salt, n, r, p, length) =>
    scrypt(password, salt, { N: n, r, p, dkLen: length, maxmem: 128 * r * (n + p) + 2 ** 20 }),
  xwingPublicKey: (seed) => xwingSeed(seed).publicKey.slice(),
  xwingEncapsulate,
  xwingDecapsulate,
  randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};
