/**
 * The one set of algorithms that Parley uses (`spec/crypto-suite.md`), behind an interface with two implementations:
 * `native.ts` for Node and `noble.ts` for browsers. Both give the same verdict on the same bytes.
 */
import { type Bytes, ofLength } from "../wire/bytes.ts";

/** Lengths in bytes. */
export const SEED_BYTES = 32;
export const ED25519_KEY_BYTES = 32;
export const ED25519_SIGNATURE_BYTES = 64;
export const XWING_PUBLIC_KEY_BYTES = 1216;
export const XWING_ENC_BYTES = 1120;
export const AES_KEY_BYTES = 32;
export const AES_NONCE_BYTES = 12;
export const AES_TAG_BYTES = 16;

/** Nobody keeps an argument after its call: its memory may be written over. */
export interface Suite {
  sha256(data: Bytes): Bytes;
  hmacSha256(key: Bytes, data: Bytes): Bytes;

  /** RFC 8032. A seed is 32 secret bytes and never leaves its owner's device. */
  ed25519PublicKey(seed: Bytes): Bytes;
  ed25519Sign(seed: Bytes, message: Bytes): Bytes;
  /**
   * Strict, and never throws: false for a public key that is not canonical or of small order, for S not below the
   * group's order, and for anything that fails the equation without the cofactor.
   */
  ed25519Verify(publicKey: Bytes, message: Bytes, signature: Bytes): boolean;

  /**
   * AES-256-GCM: ciphertext, then the 16-byte tag. One key must never see the same nonce twice. `before`: what stands
   * before it, as it is, in the bytes that are returned: what is a megabyte long is not copied once more for that.
   */
  aesGcmSeal(key: Bytes, nonce: Bytes, aad: Bytes, plain: Bytes, before?: Bytes): Bytes;
  /** Null where the tag does not verify. */
  aesGcmOpen(key: Bytes, nonce: Bytes, aad: Bytes, sealed: Bytes): Bytes | null;

  /** RFC 7914. `n` is the cost, a power of two; takes about `128 * n * r` bytes of memory. */
  scrypt(password: Bytes, salt: Bytes, n: number, r: number, p: number, length: number): Bytes;

  /** X-Wing, draft-connolly-cfrg-xwing-kem. A seed is 32 secret bytes. */
  xwingPublicKey(seed: Bytes): Bytes;
  /** Run by a sender. Throws `key-malformed` where nobody could hold the key's secret. */
  xwingEncapsulate(publicKey: Bytes): { readonly shared: Bytes; readonly enc: Bytes };
  /** Run by the receiver. Null where `enc` is of a wrong length or its X25519 part is of small order. */
  xwingDecapsulate(seed: Bytes, enc: Bytes): Bytes | null;

  /** From the platform's secure generator. */
  randomBytes(length: number): Bytes;
}

/** A key that signs, wherever it is kept: a file under a passphrase, a token, an officer's browser. */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Bytes;
  /** An Ed25519 signature of 64 bytes. */
  sign(message: Bytes): Promise<Bytes>;
}

/** A signer for a key whose seed is at hand. */
export function seedSigner(suite: Suite, seed: Bytes): Signer {
  const kept = Uint8Array.from(ofLength(seed, SEED_BYTES));
  return {
    publicKey: suite.ed25519PublicKey(kept),
    sign: async (message) => suite.ed25519Sign(kept, message),
  };
}
