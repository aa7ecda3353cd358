/**
 * An entry: a leaf of a log, and the key shares that travel beside it (spec/entry.md). The leaf is the core; it names
 * no kind and holds only the hash of each share, so that a narrow link can carry one recipient's share alone.
 */
import { AES_NONCE_BYTES, AES_TAG_BYTES, hash, type Suite, XWING_ENC_BYTES } from "../crypto/index.ts";
import { type Bytes, compareBytes, concat, equalBytes, utf8 } from "../wire/bytes.ts";
import { type CborValue, decodeCborInPlace, encodeCbor } from "../wire/cbor.ts";
import { ParleyError } from "../wire/error.ts";
import type { LogOrigin } from "../wire/id.ts";
import { asArray, asBytes, asInteger, asRecord } from "../wire/shape.ts";
import { messageError } from "./errors.ts";
import { SUITE } from "./message.ts";
import { BUCKETS } from "./padding.ts";

/** An encoded entry, core and all shares, in bytes. */
export const MAX_ENTRY_BYTES = 65_536;
export const KEY_BYTES = 32;
const KID_BYTES = 8;
const MAX_SHARES = 48;
/** A nonce, the content key, a tag. */
const OWN_BYTES = AES_NONCE_BYTES + KEY_BYTES + AES_TAG_BYTES;

/** Where an entry stands; bound into everything that is sealed for it. */
export interface EntryPlace {
  readonly origin: LogOrigin;
  readonly index: number;
}

/** The content key, sealed to one party's sealing key. */
export interface Share {
  /** First 8 bytes of the labelled hash of that key. */
  readonly kid: Bytes;
  readonly enc: Bytes;
  readonly ct: Bytes;
}

export interface Entry {
  /** The Merkle leaf's very bytes. */
  readonly core: Bytes;
  /** Ascending by kid; on a narrow link only the receiver's own. */
  readonly shares: readonly Share[];
}

export interface Core {
  /** Labelled hash of the content key. */
  readonly commit: Bytes;
  /** The content key under the author's archive key. */
  readonly own: Bytes;
  readonly shares: readonly { readonly kid: Bytes; readonly hash: Bytes }[];
  readonly box: Bytes;
}

/** `["parley/v1/entry", origin, index]`. */
export function entryAad({ origin, index }: EntryPlace): Bytes {
  if (ofLog.origin !== origin) ofLog = { origin, head: encodeCbor(["parley/v1/entry", origin, 0]).subarray(0, -1) };
  return concat(ofLog.head, encodeCbor(index));
}

/** Up to the index. Entries of one log are asked about one after the other. */
let ofLog: { readonly origin: string; readonly head: Bytes } = { origin: "", head: new Uint8Array(0) };

/** Names a sealing key in an entry. */
export function sealingKid(suite: Pick<Suite, "sha256">, sealingKey: Bytes): Bytes {
  return hash(suite, "parley/v1/sealing-key", sealingKey).slice(0, KID_BYTES);
}

export function shareHash(suite: Pick<Suite, "sha256">, { kid, enc, ct }: Share): Bytes {
  return hash(suite, "parley/v1/entry-share", kid, enc, ct);
}

/** What makes an entry open in one way only: the box opens under the one key that hashes to this, or not at all. */
export function commitmentTo(suite: Pick<Suite, "sha256">, contentKey: Bytes): Bytes {
  return hash(suite, "parley/v1/entry-commitment", contentKey);
}

export const SHARE_INFO = utf8("parley/v1/entry-share");

export function encodeCore({ commit, own, shares, box }: Core): Bytes {
  const hashes = shares.map(({ kid, hash: digest }) => [kid, digest]);
  return encodeCbor({ v: 1, suite: SUITE, commit, own, shares: hashes, box });
}

/** Leaves that were read: an entry on its way is asked for the parts of its leaf again and again. */
const read = new WeakMap<Bytes, Core>();

/** The same leaf is read once; nothing may change its bytes after that. @throws entry-malformed, entry-too-large, message-newer */
export function decodeCore(bytes: Bytes): Core {
  const known = read.get(bytes) ?? readCore(bytes);
  read.set(bytes, known);
  return known;
}

/** The same of a leaf that is read once. Its parts are seen in `bytes` itself (decodeCborInPlace). */
export function readCore(bytes: Bytes): Core {
  return declared("The entry's leaf is malformed.", () => {
    const value = decodeCborInPlace(bytes, MAX_ENTRY_BYTES);
    const core = asRecord(value, "core", ["v", "suite", "commit", "own", "shares", "box"]);
    const known = asInteger(core.v, "v", 1, 1000) === 1 && asInteger(core.suite, "suite", 1, 1000) === SUITE;
    if (!known) throw messageError("message-newer", "This entry was written by a newer version of Parley.");
    const shares = asArray(core.shares, "shares", MAX_SHARES).map((share) => {
      const [kid, digest] = exactly(share, 2);
      return { kid: asBytes(kid, "kid", KID_BYTES), hash: asBytes(digest, "hash", 32) };
    });
    const box = asBytes(core.box, "box");
    const fits = (BUCKETS as readonly number[]).includes(box.length - AES_TAG_BYTES);
    if (!fits) throw messageError("entry-malformed", "The box is not of a padded length.");
    const own = asBytes(core.own, "own", OWN_BYTES);
    return { commit: asBytes(core.commit, "commit", 32), own, shares: inOrder(shares), box };
  });
}

/** The form in which an entry travels and is stored: `[core, [[kid, enc, ct], …]]`. @throws entry-too-large */
export function encodeEntry({ core, shares }: Entry): Bytes {
  const bytes = encodeCbor([core, shares.map(({ kid, enc, ct }) => [kid, enc, ct])]);
  if (bytes.length > MAX_ENTRY_BYTES) {
    throw messageError("entry-too-large", `The entry has ${bytes.length} bytes; at most ${MAX_ENTRY_BYTES} are taken.`);
  }
  return bytes;
}

/**
 * Structure only; whether the shares are those of the leaf, `checkShares` says. Its parts are seen in `bytes` itself
 * (decodeCborInPlace). @throws as decodeCore
 */
export function decodeEntry(bytes: Bytes): Entry {
  return declared("The entry is malformed.", () => {
    if (bytes.length > MAX_ENTRY_BYTES) throw messageError("entry-too-large", `The entry has ${bytes.length} bytes.`);
    const [core, list] = exactly(decodeCborInPlace(bytes, MAX_ENTRY_BYTES), 2);
    const shares = asArray(list, "shares", MAX_SHARES).map((share) => {
      const [kid, enc, ct] = exactly(share, 3);
      return {
        kid: asBytes(kid, "kid", KID_BYTES),
        enc: asBytes(enc, "enc", XWING_ENC_BYTES),
        ct: asBytes(ct, "ct", KEY_BYTES + AES_TAG_BYTES),
      };
    });
    const leaf = asBytes(core, "core");
    decodeCore(leaf);
    return { core: leaf, shares: inOrder(shares) };
  });
}

/**
 * Every share that came belongs to the leaf. Some may be missing (a narrow link), none may be another.
 * @throws entry-share-altered, and as decodeCore
 */
export function checkShares(suite: Pick<Suite, "sha256">, { core, shares }: Entry): void {
  const { shares: hashes } = decodeCore(core);
  for (const share of shares) {
    const named = hashes.find(({ kid }) => equalBytes(kid, share.kid));
    if (named === undefined || !equalBytes(named.hash, shareHash(suite, share))) {
      throw messageError("entry-share-altered", "A key share is not the one that the log's leaf names.");
    }
  }
}

function inOrder<T extends { readonly kid: Bytes }>(shares: readonly T[]): readonly T[] {
  const ascending = shares.every((share, i) => i === 0 || compareBytes((shares[i - 1] as T).kid, share.kid) < 0);
  if (!ascending) throw messageError("entry-malformed", "The key shares are not in order, each once.");
  return shares;
}

function exactly(value: CborValue | undefined, length: number): readonly CborValue[] {
  const items = asArray(value, "entry", length);
  if (items.length !== length)
    throw messageError("entry-malformed", `A part of the entry does not have ${length} parts.`);
  return items;
}

/** Faults of the bytes come out as this structure's own. */
function declared<T>(message: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const own = cause instanceof ParleyError && (cause.code.startsWith("entry-") || cause.code === "message-newer");
    throw own ? cause : messageError("entry-malformed", message, { cause });
  }
}
