/** The suite on node:crypto. Prepared keys are kept for a while, which makes repeated use of one key several times faster. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomBytes,
  scryptSync,
  sign,
  verify,
} from "node:crypto";
import { type Bytes, concat, ofLength } from "../wire/bytes.ts";
import { isHonestKey } from "./ed25519-key.ts";
import { cryptoError } from "./errors.ts";
import { recent, rememberTrue } from "./recent.ts";
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

const SHA256_BYTES = 32;
const X25519_BYTES = 32;
type PrivateType = "ed25519" | "x25519";
type PublicType = PrivateType | "ml-kem-768";

/** Keys of each sort that are kept ready. */
const KEPT = 512;
/** Signatures that are known to be good: those of a few long lists. */
const VERIFIED = 32_768;
/** What is longer comes once, and to hash it takes as long as to check it. */
const LONG = 65_536;

/** A Buffer that may share its memory, as bytes of their own. */
function own(buffer: Buffer): Bytes {
  return new Uint8Array(buffer);
}

/** Through a string of one letter a byte: a Buffer has memory of its own, which takes longer than the hash. */
function sha256(data: Bytes): Bytes {
  const letters = hash("sha256", data, "binary");
  const bytes = new Uint8Array(SHA256_BYTES);
  for (let i = 0; i < SHA256_BYTES; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

const BLOCK_BYTES = 64;

/** RFC 2104 by hand: two one-shot hashes take a quarter of the time of `createHmac`. */
function hmacSha256(key: Bytes, data: Bytes): Bytes {
  const short = key.length > BLOCK_BYTES ? sha256(key) : key;
  const inner = new Uint8Array(BLOCK_BYTES + data.length);
  const outer = new Uint8Array(BLOCK_BYTES + 32);
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = short[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  inner.set(data, BLOCK_BYTES);
  outer.set(sha256(inner), BLOCK_BYTES);
  return sha256(outer);
}

function privateKey(type: PrivateType, secret: Bytes): KeyObject {
  return createPrivateKey({ key: Buffer.from(secret), format: "raw-private", asymmetricKeyType: type });
}

function publicKey(type: PublicType, key: Bytes): KeyObject {
  return createPublicKey({ key: Buffer.from(key), format: "raw-public", asymmetricKeyType: type });
}

const X25519_SPKI = Buffer.from("302a300506032b656e032100", "hex");

/** An ephemeral key, as PEM: of a text Node asks nothing (see `secretKey`). RFC 8410 section 4. */
function x25519Once(key: Bytes): KeyObject {
  const spki = Buffer.concat([X25519_SPKI, ofLength(key, X25519_BYTES)]).toString("base64");
  return createPublicKey(`-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`);
}

function rawPublic(key: KeyObject): Bytes {
  return own(key.export({ format: "raw-public" }));
}

const ed25519Seed = recent(KEPT, (seed) => {
  const key = privateKey("ed25519", ofLength(seed, SEED_BYTES));
  return { key, publicKey: rawPublic(createPublicKey(key)) };
});

const ed25519Key = recent(KEPT, (key) => (isHonestKey(key) ? publicKey("ed25519", key) : null));

/**
 * A node checks the same signature at several doors: when an officer signs, at the release, and before it goes out. A
 * check takes thirty times as long as the hash of all that goes into it. Only what was found good is remembered.
 */
const verifiedOnce = rememberTrue(VERIFIED);

const xwingSeed = recent(KEPT, (seed) => {
  const expanded = createHash("shake256", { outputLength: XWING_EXPANDED_BYTES }).update(ofLength(seed, SEED_BYTES));
  const { mlkemSeed, x25519Secret } = splitExpanded(own(expanded.digest()));
  const mlkem = createPrivateKey({ key: Buffer.from(mlkemSeed), format: "raw-seed", asymmetricKeyType: "ml-kem-768" });
  const x25519 = privateKey("x25519", x25519Secret);
  const x25519Public = rawPublic(createPublicKey(x25519));
  return { mlkem, x25519, x25519Public, publicKey: concat(rawPublic(createPublicKey(mlkem)), x25519Public) };
});

const xwingKey = recent(KEPT, (key) => {
  const parts = splitPublicKey(key);
  try {
    return { mlkem: publicKey("ml-kem-768", parts.mlkem), x25519: publicKey("x25519", parts.x25519), parts };
  } catch (cause) {
    throw cryptoError("key-malformed", "This is not an X-Wing public key.", { cause });
  }
});

function combine(mlkemShared: Bytes, x25519Shared: Bytes, ephemeral: Bytes, x25519Public: Bytes): Bytes {
  return own(hash("sha3-256", combinerInput(mlkemShared, x25519Shared, ephemeral, x25519Public), "buffer"));
}

/** Null where the other's point is of small order: OpenSSL refuses the all-zero secret. */
function sharedX25519(secret: KeyObject, other: KeyObject): Bytes | null {
  try {
    return diffieHellman({ privateKey: secret, publicKey: other });
  } catch {
    return null;
  }
}

function xwingEncapsulate(key: Bytes): { shared: Bytes; enc: Bytes } {
  const { mlkem, x25519, parts } = xwingKey(key);
  const ephemeral = generateKeyPairSync("x25519");
  const ephemeralPublic = rawPublic(ephemeral.publicKey);
  const x25519Shared = sharedX25519(ephemeral.privateKey, x25519);
  if (x25519Shared === null) throw cryptoError("key-malformed", "The X25519 part of this key is of small order.");
  const { sharedKey, ciphertext } = encapsulate(mlkem);
  return {
    shared: combine(sharedKey, x25519Shared, ephemeralPublic, parts.x25519),
    enc: concat(ciphertext, ephemeralPublic),
  };
}

function xwingDecapsulate(seed: Bytes, enc: Bytes): Bytes | null {
  const secrets = xwingSeed(seed);
  if (enc.length !== XWING_ENC_BYTES) return null;
  const parts = splitEnc(enc);
  const x25519Shared = sharedX25519(secrets.x25519, x25519Once(parts.x25519));
  if (x25519Shared === null) return null;
  return combine(decapsulate(secrets.mlkem, parts.mlkem), x25519Shared, parts.x25519, secrets.x25519Public);
}

/** Node asks of a bare key whether it is an object of its own by an exception, which takes longer than all the rest. */
function secretKey(key: Bytes): KeyObject {
  return createSecretKey(ofLength(key, AES_KEY_BYTES));
}

const NOTHING = new Uint8Array(0);

function aesGcmSeal(key: Bytes, nonce: Bytes, aad: Bytes, plain: Bytes, before: Bytes = NOTHING): Bytes {
  const cipher = createCipheriv("aes-256-gcm", secretKey(key), ofLength(nonce, AES_NONCE_BYTES));
  cipher.setAAD(aad);
  return concat(before, cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

function aesGcmOpen(key: Bytes, nonce: Bytes, aad: Bytes, sealed: Bytes): Bytes | null {
  const options = { authTagLength: AES_TAG_BYTES };
  const decipher = createDecipheriv("aes-256-gcm", secretKey(key), ofLength(nonce, AES_NONCE_BYTES), options);
  if (sealed.length < AES_TAG_BYTES) return null;
  const end = sealed.length - AES_TAG_BYTES;
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(end));
  try {
    const plain = decipher.update(sealed.subarray(0, end));
    // In this mode the last piece is empty: it says whether the tag is right.
    decipher.final();
    return new Uint8Array(plain.buffer, plain.byteOffset, plain.length);
  } catch {
    return null;
  }
}

function isSignature(key: Bytes, message: Bytes, signature: Bytes): boolean {
  const prepared = ed25519Key(key);
  return (
    prepared !== null && signature.length === ED25519_SIGNATURE_BYTES && verify(null, message, prepared, signature)
  );
}

export const nativeSuite: Suite = {
  sha256,
  hmacSha256,
  ed25519PublicKey: (seed) => ed25519Seed(seed).publicKey.slice(),
  ed25519Sign: (seed, message) => own(sign(null, message, ed25519Seed(seed).key)),
  ed25519Verify: (key, message, signature) => {
    if (message.length > LONG) return isSignature(key, message, signature);
    return verifiedOnce(sha256(concat(key, signature, message)), () => isSignature(key, message, signature));
  },
  aesGcmSeal,
  aesGcmOpen,
  scrypt: (password, salt, n, r, p, length) =>
    own(scryptSync(password, salt, length, { N: n, r, p, maxmem: 128 * r * (n + p) + 2 ** 20 })),
  xwingPublicKey: (seed) => xwingSeed(seed).publicKey.slice(),
  xwingEncapsulate,
  xwingDecapsulate,
  randomBytes: (length) => own(randomBytes(length)),
};

/** The same for who meets each signature once, as a thread does that works off a backlog: it remembers none. */
export const threadSuite: Suite = { ...nativeSuite, ed25519Verify: isSignature };
