/**
 * A box without the ciphertext of its padding, as a narrow link carries it (spec/narrow.md). The padding is known, so
 * whoever has the entry's key makes the whole box again, and the tag says whether it is the author's.
 */
import { AES_TAG_BYTES, type Suite } from "../crypto/index.ts";
import { type Bytes, concat, equalBytes } from "../wire/bytes.ts";
import { type Core, entryAad, type EntryPlace } from "./entry.ts";
import { messageError } from "./errors.ts";
import { pad, unpad } from "./padding.ts";
import { boxKey, ZERO_NONCE } from "./seal.ts";

/** The content's ciphertext and the tag of the whole box. Run by the author. @throws entry-unopenable, entry-content */
export function shortenBox(suite: Suite, { box }: Pick<Core, "box">, place: EntryPlace, contentKey: Bytes): Bytes {
  const padded = suite.aesGcmOpen(boxKey(suite, contentKey), ZERO_NONCE, entryAad(place), box);
  if (padded === null) throw messageError("entry-unopenable", "The entry's box does not open under its own key.");
  return concat(box.subarray(0, unpad(padded).length), box.subarray(-AES_TAG_BYTES));
}

/**
 * The whole box, byte by byte. Run by a recipient, before anything of the content is read.
 * @throws entry-unopenable where the tag is not that of the content with its padding; entry-too-large
 */
export function restoreBox(suite: Suite, short: Bytes, place: EntryPlace, contentKey: Bytes): Bytes {
  const [key, aad] = [boxKey(suite, contentKey), entryAad(place)];
  const length = short.length - AES_TAG_BYTES;
  // What zeros are sealed to is AES-GCM's key stream. It stays here: the key and nonce serve one box on any wire.
  const stream = suite.aesGcmSeal(key, ZERO_NONCE, aad, new Uint8Array(Math.max(0, length)));
  const content = short.subarray(0, Math.max(0, length)).map((byte, i) => byte ^ (stream[i] as number));
  const box = suite.aesGcmSeal(key, ZERO_NONCE, aad, pad(content));
  if (length < 0 || !equalBytes(box.subarray(-AES_TAG_BYTES), short.subarray(length))) {
    throw messageError("entry-unopenable", "The entry's box does not open under its own key.");
  }
  return box;
}
