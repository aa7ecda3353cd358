/**
 * X-Wing (draft-connolly-cfrg-xwing-kem): ML-KEM-768 beside X25519. What is the same on every platform stands here:
 * the layout of keys and of `enc`, and what the combiner hashes.
 */
import { type Bytes, concat } from "../wire/bytes.ts";
import { cryptoError } from "./errors.ts";
import { XWING_PUBLIC_KEY_BYTES } from "./suite.ts";

/** ASCII `\.//^\`. */
const LABEL = Uint8Array.of(0x5c, 0x2e, 0x2f, 0x2f, 0x5e, 0x5c);
const MLKEM_PUBLIC_KEY_BYTES = 1184;
const MLKEM_CIPHERTEXT_BYTES = 1088;
/** SHAKE256 of a seed: ML-KEM's d and z, then X25519's secret. */
export const XWING_EXPANDED_BYTES = 96;

export interface XwingSecrets {
  /** d || z, 64 bytes. */
  readonly mlkemSeed: Bytes;
  /** 32 bytes. */
  readonly x25519Secret: Bytes;
}

export function splitExpanded(expanded: Bytes): XwingSecrets {
  return { mlkemSeed: expanded.slice(0, 64), x25519Secret: expanded.slice(64) };
}

/** Throws `key-malformed` for any other length; what the parts hold is for the platform to check. */
export function splitPublicKey(publicKey: Bytes): { readonly mlkem: Bytes; readonly x25519: Bytes } {
  if (publicKey.length !== XWING_PUBLIC_KEY_BYTES) {
    throw cryptoError("key-malformed", `An X-Wing public key has ${XWING_PUBLIC_KEY_BYTES} bytes.`);
  }
  return { mlkem: publicKey.slice(0, MLKEM_PUBLIC_KEY_BYTES), x25519: publicKey.slice(MLKEM_PUBLIC_KEY_BYTES) };
}

export function splitEnc(enc: Bytes): { readonly mlkem: Bytes; readonly x25519: Bytes } {
  return { mlkem: enc.slice(0, MLKEM_CIPHERTEXT_BYTES), x25519: enc.slice(MLKEM_CIPHERTEXT_BYTES) };
}

/** What SHA3-256 turns into the shared secret: `ss_M || ss_X || ct_X || pk_X || label`. */
export function combinerInput(
  mlkemShared: Bytes,
  x25519Shared: Bytes,
  ephemeral: Bytes,
  x25519PublicKey: Bytes,
): Bytes {
  return concat(mlkemShared, x25519Shared, ephemeral, x25519PublicKey, LABEL);
}
