/**
 * A parcel as it travels: signed by its sender's parcel key inside, sealed to its receiver's transport key outside, so
 * that a go-between or a courier learns nothing but sizes and times.
 *
 *     "parley-parcel/v1\n"                 17 bytes
 *     83                                   array of 3
 *       48 <hint>                          8 bytes: labelled hash of the receiver's transport key and enc
 *       59 0460 <enc>                      1120 bytes: the encapsulated key
 *       59 or 5a <ct>                      HPKE ciphertext
 */
import {
  hash,
  hpkeOpen,
  hpkeSealAfter,
  signCoseWithSeed,
  type Suite,
  verifyCose,
  XWING_ENC_BYTES,
} from "../../crypto/index.ts";
import { type Bytes, concat, equalBytes, utf8 } from "../../wire/bytes.ts";
import { bytesHead, decodeCborInPlace, encodeCbor } from "../../wire/cbor.ts";
import type { LineId, PartyId } from "../../wire/id.ts";
import { asArray, asBytes } from "../../wire/shape.ts";
import { malformed } from "../terms/charter.ts";
import { lineError } from "../errors.ts";
import type { SignedClosing } from "../terms/closing.ts";
import { decodeParcel, encodeParcelOnce, MAX_PARCEL_BYTES, type Parcel } from "./parcel.ts";

const MAGIC = utf8("parley-parcel/v1\n");
const LABEL = "parley/v1/parcel";
const INFO = utf8(LABEL);
const HINT_BYTES = 8;
/** Where the ciphertext's own head begins: everything before it has a fixed length. */
const CT_AT = MAGIC.length + 1 + (1 + HINT_BYTES) + (3 + XWING_ENC_BYTES);
/** A parcel's bytes, their signature, the padding's mark. */
const MAX_PLAIN = MAX_PARCEL_BYTES + 65_536;
/** The largest sealed parcel, in bytes: what a carrier must take. */
export const MAX_SEALED_BYTES = MAX_PLAIN + 2048;

/** Names the receiver's key to those who know it, and nothing to others: it is another one each time. */
function hintOf(suite: Suite, transportKey: Bytes, enc: Bytes): Bytes {
  return hash(suite, "parley/v1/parcel-hint", transportKey, enc).slice(0, HINT_BYTES);
}

/**
 * Run by the sender. `parcelSeed` is of its node's parcel key, in the newest roster that the receiver holds;
 * `transportKey` is the receiver's.
 * @throws parcel-malformed, parcel-too-large; key-malformed
 */
export function sealParcel(
  suite: Suite,
  parcel: Parcel,
  keys: { readonly parcelSeed: Bytes; readonly transportKey: Bytes },
): Bytes {
  const bytes = encodeParcelOnce(parcel);
  const signature = signCoseWithSeed(suite, LABEL, bytes, keys.parcelSeed);
  const plain = paddedOnce(bytes, signature);
  return hpkeSealAfter(suite, { publicKey: keys.transportKey, info: INFO, aad: MAGIC }, plain, (enc) => {
    const hint = hintOf(suite, keys.transportKey, enc);
    return concat(MAGIC, ARRAY_OF_3, encodeCbor(hint), encodeCbor(enc), bytesHead(plain.length + TAG_BYTES));
  });
}

/** What a receiver needs to know to open what was made for it. */
export interface ParcelReader {
  /** This node's transport seeds, the current one and those before it. */
  readonly transportSeeds: readonly Bytes[];
  /** Saves deriving the public keys from the seeds, in the same order. */
  readonly transportKeys?: readonly Bytes[];
  /** This party's name on the line; null where the line is not known here. */
  partyOn(line: LineId): PartyId | null;
  /**
   * Closings that came with the parcel. They bear their party's own signature, and may name the very key that signed
   * the parcel: so they are looked at before it.
   */
  takeClosings?(closings: readonly SignedClosing[]): void;
  /** The parcel keys of a party, the newest first: empty where it is not one of the line. */
  parcelKeys(line: LineId, from: PartyId): readonly Bytes[];
  /** Those of generations that the party has closed: whoever still signs with one speaks for it no more. */
  closedKeys?(line: LineId, from: PartyId): readonly Bytes[];
}

export interface OpenedParcel {
  readonly parcel: Parcel;
  /** What the signature is over. */
  readonly bytes: Bytes;
  readonly signature: Bytes;
}

/**
 * Run by the receiver. Whoever sealed it, only a parcel that a party of the line signed for this party is taken.
 * @throws parcel-malformed, parcel-truncated, parcel-too-large, parcel-not-for-us, parcel-altered,
 * parcel-unknown-line, parcel-unknown-sender, parcel-signature
 */
export function openParcel(suite: Suite, sealed: Bytes, reader: ParcelReader): OpenedParcel {
  const { hint, enc, ct } = takeApart(sealed);
  const keys = reader.transportKeys ?? reader.transportSeeds.map((seed) => suite.xwingPublicKey(seed));
  const seed = reader.transportSeeds.find((_, i) => equalBytes(hint, hintOf(suite, keys[i] as Bytes, enc)));
  if (seed === undefined) throw lineError("parcel-not-for-us", "The parcel is not sealed to a key of this node.");
  const plain = hpkeOpen(suite, seed, enc, INFO, MAGIC, ct);
  if (plain === null) throw lineError("parcel-altered", "The parcel does not open: it was changed on its way.");
  const { bytes, signature } = malformed("parcel-malformed", "The parcel is malformed", () => {
    const [first, second, ...more] = asArray(decodeCborInPlace(unpad(plain), MAX_PLAIN), "parcel", 2);
    if (more.length > 0) throw lineError("parcel-malformed", "The parcel has too many parts.");
    return { bytes: asBytes(first, "parcel.bytes"), signature: asBytes(second, "parcel.signature", 109) };
  });
  const parcel = decodeParcel(bytes);
  const self = reader.partyOn(parcel.line);
  if (self === null) throw lineError("parcel-unknown-line", "The parcel is of a line that this node does not know.");
  if (parcel.to !== self) throw lineError("parcel-not-for-us", `The parcel is for ${parcel.to}, and this is ${self}.`);
  reader.takeClosings?.(parcel.closings);
  const senders = parcel.from === self ? [] : reader.parcelKeys(parcel.line, parcel.from);
  if (senders.length === 0) throw lineError("parcel-unknown-sender", `${parcel.from} is no other party of this line.`);
  const isBy = (key: Bytes): boolean => verifyCose(suite, LABEL, bytes, signature, key);
  if (!senders.some(isBy)) {
    if (reader.closedKeys?.(parcel.line, parcel.from).some(isBy) === true) {
      const message = `The parcel is signed by a node that ${parcel.from} has replaced.`;
      throw lineError("parcel-closed", message, { detail: { from: parcel.from } });
    }
    throw lineError("parcel-signature", `The parcel is not signed by the parcel key of ${parcel.from}.`);
  }
  return { parcel, bytes, signature };
}

function takeApart(sealed: Bytes): { readonly hint: Bytes; readonly enc: Bytes; readonly ct: Bytes } {
  if (sealed.length > MAX_SEALED_BYTES) throw lineError("parcel-too-large", `The parcel has ${sealed.length} bytes.`);
  const begun = sealed.subarray(0, MAGIC.length);
  if (!equalBytes(begun, MAGIC.subarray(0, sealed.length))) {
    throw lineError("parcel-malformed", "This is not a parcel of Parley.");
  }
  const declared = declaredLength(sealed);
  if (declared === null || sealed.length < declared) {
    throw lineError("parcel-truncated", `The parcel ends after ${sealed.length} bytes, before its end.`);
  }
  return malformed("parcel-malformed", "The parcel is malformed", () => {
    const value = decodeCborInPlace(sealed.subarray(MAGIC.length), MAX_SEALED_BYTES);
    const [hint, enc, ct, ...more] = asArray(value, "parcel", 3);
    if (more.length > 0) throw lineError("parcel-malformed", "The parcel has too many parts.");
    return {
      hint: asBytes(hint, "hint", HINT_BYTES),
      enc: asBytes(enc, "enc", XWING_ENC_BYTES),
      ct: asBytes(ct, "ct"),
    };
  });
}

const TAG_BYTES = 16;

/**
 * By which a sealed parcel is known again, where it was opened: the encapsulated key, which is another one each time, and
 * the ciphertext's tag. Only its own sender can make another of the same mark, and gains that it passes for a repetition.
 */
export function parcelMark(suite: Suite, sealed: Bytes): Bytes {
  return suite.sha256(concat(sealed.subarray(0, CT_AT), sealed.subarray(-TAG_BYTES)));
}

/** So many bytes from a parcel's beginning say how long it is. */
export const PARCEL_HEAD_BYTES = CT_AT + 5;

/**
 * How long the parcel is that begins so; null where the bytes end before that can be read.
 * @throws parcel-malformed, parcel-too-large
 */
export function sealedLength(head: Bytes): number | null {
  if (!equalBytes(head.subarray(0, MAGIC.length), MAGIC.subarray(0, head.length))) {
    throw lineError("parcel-malformed", "This is not a parcel of Parley.");
  }
  const length = declaredLength(head);
  if (length === 0) throw lineError("parcel-malformed", "The parcel is not of the form of one.");
  if (length !== null && length > MAX_SEALED_BYTES) throw lineError("parcel-too-large", `It says ${length} bytes.`);
  return length;
}

/** How long a parcel that begins so must be; null where not even that can be read yet, 0 where it is none. */
function declaredLength(sealed: Bytes): number | null {
  const width = [2, 4][(sealed[CT_AT] ?? 0) - 0x59];
  if (sealed.length <= CT_AT) return null;
  if (width === undefined) return 0;
  if (sealed.length < CT_AT + 1 + width) return null;
  const length = sealed.subarray(CT_AT + 1, CT_AT + 1 + width).reduce((sum, byte) => sum * 256 + byte, 0);
  return CT_AT + 1 + width + length;
}

const ARRAY_OF_2 = Uint8Array.of(0x82);
const ARRAY_OF_3 = Uint8Array.of(0x83);
const PAD_MARK = Uint8Array.of(0x80);
/** Written into again and again; what is in it is sealed at once. */
let plaintext = new Uint8Array(65_536);

/** `[bytes, signature]`, 0x80, zeros: to a power of two from 2 KiB to 64 KiB, then to a multiple of 64 KiB. */
function paddedOnce(bytes: Bytes, signature: Bytes): Bytes {
  const parts = [ARRAY_OF_2, bytesHead(bytes.length), bytes, bytesHead(signature.length), signature, PAD_MARK];
  const end = parts.reduce((sum, { length }) => sum + length, 0);
  const padded = bucketFor(end - PAD_MARK.length);
  if (plaintext.length < padded) plaintext = new Uint8Array(padded);
  let at = 0;
  for (const part of parts) {
    plaintext.set(part, at);
    at += part.length;
  }
  return plaintext.fill(0, end, padded).subarray(0, padded);
}

function bucketFor(length: number): number {
  for (let bucket = 2048; bucket <= 65_536; bucket *= 2) if (bucket > length) return bucket;
  return (Math.floor(length / 65_536) + 1) * 65_536;
}

function unpad(plain: Bytes): Bytes {
  let end = plain.length - 1;
  // Tens of thousands of zeros: a callback for each takes longer than to decipher them.
  while (end >= 0 && plain[end] === 0) end -= 1;
  if (end < 0 || plain[end] !== 0x80 || bucketFor(end) !== plain.length) {
    throw lineError("parcel-malformed", "The parcel is not padded as it must be.");
  }
  return plain.subarray(0, end);
}
