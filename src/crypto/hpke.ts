/**
 * HPKE, RFC 9180, base mode, one message a context: KEM X-Wing (0x647A), HKDF-SHA256 (0x0001), AES-256-GCM (0x0002).
 */
import { type Bytes, concat, utf8 } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import { AES_KEY_BYTES, AES_NONCE_BYTES, type Suite } from "./suite.ts";

export interface HpkeSealed {
  /** The encapsulated key, 1120 bytes. */
  readonly enc: Bytes;
  /** Ciphertext and its 16-byte tag. */
  readonly ct: Bytes;
}

const NONE = new Uint8Array(0);
const MODE_BASE = Uint8Array.of(0);
const HPKE_V1 = utf8("HPKE-v1");
/** "HPKE", then the identifiers of KEM, KDF and AEAD. */
const SUITE_ID = concat(utf8("HPKE"), Uint8Array.of(0x64, 0x7a, 0x00, 0x01, 0x00, 0x02));

/** RFC 5869 section 2.2. */
export function hkdfExtract(suite: Pick<Suite, "hmacSha256">, salt: Bytes, input: Bytes): Bytes {
  return suite.hmacSha256(salt.length === 0 ? new Uint8Array(32) : salt, input);
}

/** RFC 5869 section 2.3; `length` is at most 8160. */
export function hkdfExpand(suite: Pick<Suite, "hmacSha256">, key: Bytes, info: Bytes, length: number): Bytes {
  if (length > 255 * 32) throw new RangeError("HKDF-SHA256 gives at most 8160 bytes.");
  const blocks: Bytes[] = [];
  for (let i = 1; (i - 1) * 32 < length; i++) {
    blocks.push(suite.hmacSha256(key, concat(blocks.at(-1) ?? NONE, info, Uint8Array.of(i))));
  }
  return concat(...blocks).slice(0, length);
}

function labeledExtract(suite: Suite, salt: Bytes, label: string, input: Bytes): Bytes {
  return hkdfExtract(suite, salt, concat(HPKE_V1, SUITE_ID, utf8(label), input));
}

function labeledExpand(suite: Suite, key: Bytes, label: string, info: Bytes, length: number): Bytes {
  const labeled = concat(Uint8Array.of(length >> 8, length & 255), HPKE_V1, SUITE_ID, utf8(label), info);
  return hkdfExpand(suite, key, labeled, length);
}

/** Of the few purposes that there are, each a constant. */
const contexts = new WeakMap<Bytes, Bytes>();

function contextOf(suite: Suite, info: Bytes): Bytes {
  const pskIdHash = labeledExtract(suite, NONE, "psk_id_hash", NONE);
  return concat(MODE_BASE, pskIdHash, labeledExtract(suite, NONE, "info_hash", info));
}

/** RFC 9180 section 5.1, without a pre-shared key. The nonce serves the context's one and only message. */
function keySchedule(suite: Suite, shared: Bytes, info: Bytes): { key: Bytes; nonce: Bytes } {
  const context = contexts.get(info) ?? contextOf(suite, info);
  contexts.set(info, context);
  const secret = labeledExtract(suite, shared, "secret", NONE);
  return {
    key: labeledExpand(suite, secret, "key", context, AES_KEY_BYTES),
    nonce: labeledExpand(suite, secret, "base_nonce", context, AES_NONCE_BYTES),
  };
}

/** False for an X-Wing key under which nothing can be sealed: whoever names it for itself would stop its senders. */
export function isSealable(suite: Pick<Suite, "xwingEncapsulate">, publicKey: Bytes): boolean {
  try {
    suite.xwingEncapsulate(publicKey);
    return true;
  } catch (error) {
    if (isParleyError(error, "key-malformed")) return false;
    throw error;
  }
}

/** Run by a sender. `info` and `aad` are not secret and must be the same at opening. Throws `key-malformed`. */
export function hpkeSeal(suite: Suite, publicKey: Bytes, info: Bytes, aad: Bytes, plain: Bytes): HpkeSealed {
  const { shared, enc } = suite.xwingEncapsulate(publicKey);
  const { key, nonce } = keySchedule(suite, shared, info);
  return { enc, ct: suite.aesGcmSeal(key, nonce, aad, plain) };
}

/** The same in one piece: what `before` makes of the encapsulated key, and right after it the ciphertext. */
export function hpkeSealAfter(
  suite: Suite,
  { publicKey, info, aad }: { readonly publicKey: Bytes; readonly info: Bytes; readonly aad: Bytes },
  plain: Bytes,
  before: (enc: Bytes) => Bytes,
): Bytes {
  const { shared, enc } = suite.xwingEncapsulate(publicKey);
  const { key, nonce } = keySchedule(suite, shared, info);
  return suite.aesGcmSeal(key, nonce, aad, plain, before(enc));
}

/** Run by the receiver, whose `seed` stays secret. Null for anything that was not sealed so, whatever is wrong. */
export function hpkeOpen(suite: Suite, seed: Bytes, enc: Bytes, info: Bytes, aad: Bytes, ct: Bytes): Bytes | null {
  const shared = suite.xwingDecapsulate(seed, enc);
  if (shared === null) return null;
  const { key, nonce } = keySchedule(suite, shared, info);
  return suite.aesGcmOpen(key, nonce, aad, ct);
}
