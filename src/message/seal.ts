/** Sealing an entry, and the three ways to its content key: a recipient's share, the author's own wrap, evidence. */
import { AES_NONCE_BYTES, hpkeOpen, hpkeSeal, hash, type Suite } from "../crypto/index.ts";
import { type Bytes, compareBytes, concat, equalBytes } from "../wire/bytes.ts";
import { decodeContent, encodeContent, type OpenEntry } from "./content.ts";
import * as entry from "./entry.ts";
import { messageError } from "./errors.ts";
import { pad, unpad } from "./padding.ts";

export interface SealOptions extends entry.EntryPlace {
  /** Every other party's current sealing key (X-Wing public key, 1216 bytes). */
  readonly recipients: readonly { readonly sealingKey: Bytes }[];
  /** The author's own secret key for reading its log again, 32 bytes. */
  readonly archiveKey: Bytes;
}

/** A content key serves one box, so the nonce is fixed. */
export const ZERO_NONCE = new Uint8Array(AES_NONCE_BYTES);

/**
 * Seals `content` for the place in the log that it will have. Run by the author's node, with a fresh key each time.
 * @throws entry-too-large, entry-recipients; key-malformed from a recipient's key
 */
export function sealEntry(suite: Suite, content: OpenEntry, options: SealOptions): entry.Entry {
  const aad = entry.entryAad(options);
  const contentKey = suite.randomBytes(entry.KEY_BYTES);
  const shares = options.recipients
    .map(({ sealingKey }) => {
      const { enc, ct } = hpkeSeal(suite, sealingKey, entry.SHARE_INFO, aad, contentKey);
      return { kid: entry.sealingKid(suite, sealingKey), enc, ct };
    })
    .toSorted((a, b) => compareBytes(a.kid, b.kid));
  if (shares.some(({ kid }, i) => i > 0 && equalBytes(kid, (shares[i - 1] as entry.Share).kid))) {
    throw messageError("entry-recipients", "Two recipients have the same sealing key.");
  }
  const nonce = suite.randomBytes(AES_NONCE_BYTES);
  const core = entry.encodeCore({
    commit: entry.commitmentTo(suite, contentKey),
    own: concat(nonce, suite.aesGcmSeal(options.archiveKey, nonce, aad, contentKey)),
    shares: shares.map((share) => ({ kid: share.kid, hash: entry.shareHash(suite, share) })),
    box: suite.aesGcmSeal(boxKey(suite, contentKey), ZERO_NONCE, aad, pad(encodeContent(content))),
  });
  const sealed = { core, shares };
  entry.encodeEntry(sealed);
  return sealed;
}

export function boxKey(suite: Suite, contentKey: Bytes): Bytes {
  return hash(suite, "parley/v1/entry-box", contentKey);
}

type WithoutBox = Omit<entry.Core, "box">;

/** A recipient's key, or the author's. */
export type EntryOpener =
  | { readonly sealingSeed: Bytes; /** Saves deriving it from the seed. */ readonly kid?: Bytes }
  | { readonly archiveKey: Bytes };

/**
 * The key that opens this one entry and no other: what evidence discloses to an arbiter. It is checked against the
 * leaf's commitment.
 * @throws entry-no-share, entry-share-altered, entry-unopenable, entry-commitment, and as decodeCore
 */
export function contentKeyOf(suite: Suite, sealed: entry.Entry, place: entry.EntryPlace, opener: EntryOpener): Bytes {
  return contentKeyIn(suite, { parts: entry.decodeCore(sealed.core), shares: sealed.shares }, place, opener);
}

/** The same where the leaf's box is not there yet. @throws as contentKeyOf, but what decodeCore throws */
export function contentKeyIn(
  suite: Suite,
  { parts, shares }: { readonly parts: WithoutBox; readonly shares: readonly entry.Share[] },
  place: entry.EntryPlace,
  opener: EntryOpener,
): Bytes {
  const aad = entry.entryAad(place);
  const key =
    "archiveKey" in opener
      ? unwrapOwn(suite, parts, aad, opener.archiveKey)
      : unwrapShare(suite, parts, shares, aad, opener);
  if (key === null || key.length !== entry.KEY_BYTES) {
    throw messageError("entry-unopenable", "The entry's key cannot be taken out of what was sent.");
  }
  return committed(suite, parts, key);
}

function unwrapOwn(suite: Suite, core: WithoutBox, aad: Bytes, archiveKey: Bytes): Bytes | null {
  const nonce = core.own.subarray(0, AES_NONCE_BYTES);
  return suite.aesGcmOpen(archiveKey, nonce, aad, core.own.subarray(AES_NONCE_BYTES));
}

function unwrapShare(
  suite: Suite,
  core: WithoutBox,
  shares: readonly entry.Share[],
  aad: Bytes,
  opener: { readonly sealingSeed: Bytes; readonly kid?: Bytes },
): Bytes | null {
  const kid = opener.kid ?? entry.sealingKid(suite, suite.xwingPublicKey(opener.sealingSeed));
  const named = core.shares.find((share) => equalBytes(share.kid, kid));
  const share = shares.find((each) => equalBytes(each.kid, kid));
  if (named === undefined || share === undefined) {
    throw messageError("entry-no-share", "The entry was not sealed to this key.");
  }
  if (!equalBytes(named.hash, entry.shareHash(suite, share))) {
    throw messageError("entry-share-altered", "The key share is not the one that the log's leaf names.");
  }
  return hpkeOpen(suite, opener.sealingSeed, share.enc, entry.SHARE_INFO, aad, share.ct);
}

function committed(suite: Suite, core: WithoutBox, contentKey: Bytes): Bytes {
  if (equalBytes(core.commit, entry.commitmentTo(suite, contentKey))) return contentKey;
  throw messageError("entry-commitment", "This key is not the one that the log's leaf commits to.");
}

/** Run by a recipient. @throws the codes of contentKeyOf, and entry-unopenable, entry-content, message-newer */
export function openEntry(
  suite: Suite,
  sealed: entry.Entry,
  place: entry.EntryPlace,
  opener: { readonly sealingSeed: Bytes; readonly kid?: Bytes },
): OpenEntry {
  return openRead(suite, entry.decodeCore(sealed.core), place, contentKeyOf(suite, sealed, place, opener));
}

/** Run by the author. @throws as openEntry */
export function openOwnEntry(suite: Suite, sealed: entry.Entry, place: entry.EntryPlace, archiveKey: Bytes): OpenEntry {
  return openRead(suite, entry.decodeCore(sealed.core), place, contentKeyOf(suite, sealed, place, { archiveKey }));
}

/** Run by anyone to whom the entry's key was disclosed. @throws as openEntry */
export function openWithContentKey(suite: Suite, core: Bytes, place: entry.EntryPlace, contentKey: Bytes): OpenEntry {
  return openRead(suite, entry.readCore(core), place, contentKey);
}

function openRead(suite: Suite, parsed: entry.Core, place: entry.EntryPlace, contentKey: Bytes): OpenEntry {
  const key = boxKey(suite, committed(suite, parsed, contentKey));
  const padded = suite.aesGcmOpen(key, ZERO_NONCE, entry.entryAad(place), parsed.box);
  if (padded === null) throw messageError("entry-unopenable", "The entry's box does not open under its own key.");
  return decodeContent(unpad(padded));
}
