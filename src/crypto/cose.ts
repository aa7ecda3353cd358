/**
 * COSE_Sign1 (RFC 9052 section 4.2), untagged, payload detached, cut down to one form: Ed25519, the signer's public
 * key as `kid`, and a label as `external_aad`, so that a signature for one purpose never serves another. Every byte is
 * fixed but the key and the signature, hence there is one encoding:
 *
 *     84                              array of 4
 *       58 26                         protected: 38 bytes
 *         a2 01 27 04 58 20 <kid>     { 1 (alg): -8 (EdDSA), 4 (kid): the public key }
 *       a0                            unprotected: empty
 *       f6                            payload: null, detached
 *       58 40 <signature>
 */
import { type Bytes, concat, concatOnce, equalBytes, ofLength, utf8 } from "../wire/bytes.ts";
import { bytesHead, encodeCbor } from "../wire/cbor.ts";
import { cryptoError } from "./errors.ts";
import { ED25519_KEY_BYTES, ED25519_SIGNATURE_BYTES, type Signer, type Suite } from "./suite.ts";

/** What a signature can be for. A closed list: a new purpose is a new label. */
export const SIGNATURE_LABELS = [
  "parley/v1/drafted",
  "parley/v1/released",
  "parley/v1/charter",
  "parley/v1/closing",
  "parley/v1/roster",
  "parley/v1/declaration",
  "parley/v1/notice",
  "parley/v1/parcel",
  "parley/v1/session",
  "parley/v1/pairing",
  "parley/v1/certificate",
  "parley/v1/collect",
  "parley/v1/handover-given",
  "parley/v1/handover-taken",
] as const;
export type SignatureLabel = (typeof SIGNATURE_LABELS)[number];

/** Each label's bytes: made once, and looked up for every signature. */
const AAD = Object.fromEntries(SIGNATURE_LABELS.map((label) => [label, encodeCbor(utf8(label))])) as Readonly<
  Record<SignatureLabel, Bytes>
>;

/** Length in bytes of every signature made here. */
export const COSE_BYTES = 109;

const PROTECTED = Uint8Array.of(0xa2, 0x01, 0x27, 0x04, 0x58, 0x20);
const HEAD = concat(Uint8Array.of(0x84, 0x58, 0x26), PROTECTED);
const MIDDLE = Uint8Array.of(0xa0, 0xf6, 0x58, 0x40);
const KID_END = HEAD.length + ED25519_KEY_BYTES;
const SIGNATURE_AT = KID_END + MIDDLE.length;

/** `["Signature1", protected, label, payload]` up to the key. */
const STRUCTURE = concat(Uint8Array.of(0x84), encodeCbor("Signature1"), Uint8Array.of(0x58, 0x26), PROTECTED);

/** The Sig_structure: what Ed25519 signs, for a signer outside of this program. */
export function coseToSign(label: SignatureLabel, payload: Bytes, publicKey: Bytes): Bytes {
  return structureOnce(label, payload, publicKey).slice();
}

/** The same, to be looked at once (concatOnce). */
function structureOnce(label: SignatureLabel, payload: Bytes, publicKey: Bytes): Bytes {
  const key = ofLength(publicKey, ED25519_KEY_BYTES);
  return concatOnce(STRUCTURE, key, AAD[label], bytesHead(payload.length), payload);
}

/** Puts a signature over `coseToSign` into its container. */
export function coseOf(publicKey: Bytes, signature: Bytes): Bytes {
  const kid = ofLength(publicKey, ED25519_KEY_BYTES);
  return concat(HEAD, kid, MIDDLE, ofLength(signature, ED25519_SIGNATURE_BYTES));
}

export async function signCose(label: SignatureLabel, payload: Bytes, signer: Signer): Promise<Bytes> {
  return coseOf(signer.publicKey, await signer.sign(coseToSign(label, payload, signer.publicKey)));
}

/** As `signCose`, for a key whose seed is at hand: a node's. */
export function signCoseWithSeed(suite: Suite, label: SignatureLabel, payload: Bytes, seed: Bytes): Bytes {
  const publicKey = suite.ed25519PublicKey(seed);
  return coseOf(publicKey, suite.ed25519Sign(seed, structureOnce(label, payload, publicKey)));
}

/** The key that this signature says it is by: unproven until `verifyCose`. Throws `cose-malformed`. */
export function coseSignerOf(cose: Bytes): Bytes {
  if (!hasForm(cose)) throw cryptoError("cose-malformed", "This is not a signature of the one form that Parley takes.");
  return cose.slice(HEAD.length, KID_END);
}

/** True where `cose` is by `publicKey`, over exactly `payload`, for exactly `label`. Never throws. */
export function verifyCose(
  suite: Pick<Suite, "ed25519Verify">,
  label: SignatureLabel,
  payload: Bytes,
  cose: Bytes,
  publicKey: Bytes,
): boolean {
  if (!hasForm(cose) || !equalBytes(cose.subarray(HEAD.length, KID_END), publicKey)) return false;
  return suite.ed25519Verify(publicKey, structureOnce(label, payload, publicKey), cose.subarray(SIGNATURE_AT));
}

function hasForm(cose: Bytes): boolean {
  return (
    cose.length === COSE_BYTES &&
    equalBytes(cose.subarray(0, HEAD.length), HEAD) &&
    equalBytes(cose.subarray(KID_END, SIGNATURE_AT), MIDDLE)
  );
}
