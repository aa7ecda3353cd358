/**
 * What an entry of an evidence file shows by itself: its leaf, what is under its key, and by which keys that is signed.
 * Nothing here asks what came before, and it is nearly all of the work: any thread can do it, and hand over what it saw.
 */
import { leafHash } from "../../log/index.ts";
import type { Suite } from "../../crypto/index.ts";
import {
  decodeContent,
  encodeContent,
  messageDigest,
  type OpenEntry,
  openWithContentKey,
  type Signatures,
  verifySignatures,
} from "../../message/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type CborValue, decodeCborInPlace, encodeCbor } from "../../wire/cbor.ts";
import { isParleyError } from "../../wire/error.ts";
import type { LogOrigin } from "../../wire/id.ts";
import { asArray, asBytes, asNullable, asOneOf, asText } from "../../wire/shape.ts";
import { decodeRecordInPlace, type EvidenceRecord } from "./records.ts";

/** Entries of one log that follow each other in a file, as their records came. */
export interface EntryRun {
  /** Null where no log has begun: then nothing can be opened, and the file says nothing more. */
  readonly origin: LogOrigin | null;
  readonly entries: readonly { readonly index: number; readonly record: Bytes }[];
}

export type Look =
  /** Its record cannot be read: why. */
  | { readonly seen: "malformed"; readonly why: string }
  | { readonly seen: "closed"; readonly leaf: Bytes }
  /** It does not open under the key beside it: why. */
  | { readonly seen: "unopened"; readonly leaf: Bytes; readonly why: string }
  | { readonly seen: "content"; readonly leaf: Bytes; readonly content: Exclude<OpenEntry, { type: "message" }> }
  | { readonly seen: "message"; readonly leaf: Bytes; readonly said: Said }
  /** A message whose signatures do not hold: why. */
  | { readonly seen: "unsigned"; readonly leaf: Bytes; readonly bytes: Bytes; readonly why: string };

/** A message's bytes, their hash, and the keys that signed them. Whose they are, the roster says. */
export interface Said extends Signatures {
  readonly bytes: Bytes;
  readonly hash: Bytes;
}

export function* lookInto(suite: Suite, { origin, entries }: EntryRun): Generator<Look> {
  for (const { index, record } of entries) yield lookIntoOne(suite, origin, index, record);
}

function lookIntoOne(suite: Suite, origin: LogOrigin | null, index: number, record: Bytes): Look {
  let entry: EvidenceRecord;
  try {
    entry = decodeRecordInPlace(record);
  } catch (error) {
    return { seen: "malformed", why: whyOf(error) };
  }
  if (entry.type !== "entry") throw new TypeError("A run holds entries and no other records.");
  return lookIntoEntry(suite, { origin, index }, entry.core, entry.key);
}

/** `key`: null where the entry stays closed. */
export function lookIntoEntry(
  suite: Suite,
  { origin, index }: { readonly origin: LogOrigin | null; readonly index: number },
  core: Bytes,
  key: Bytes | null,
): Look {
  const leaf = leafHash(suite, core);
  if (key === null || origin === null) return { seen: "closed", leaf };
  let content: OpenEntry;
  try {
    content = openWithContentKey(suite, core, { origin, index }, key);
  } catch (error) {
    return { seen: "unopened", leaf, why: whyOf(error) };
  }
  if (content.type !== "message") return { seen: "content", leaf, content };
  const { bytes } = content.message;
  try {
    const said = { bytes, hash: messageDigest(suite, bytes), ...verifySignatures(suite, content.message) };
    return { seen: "message", leaf, said };
  } catch (error) {
    return { seen: "unsigned", leaf, bytes, why: whyOf(error) };
  }
}

function whyOf(error: unknown): string {
  if (!isParleyError(error)) throw error;
  return error.message;
}

const SEEN = ["malformed", "closed", "unopened", "content", "message", "unsigned"] as const satisfies Look["seen"][];

/** What one thread saw, for another. */
export function encodeLooks(looks: Iterable<Look>): Bytes {
  return encodeCbor(Array.from(looks, (look) => [look.seen, ...partsOf(look)]));
}

function partsOf(look: Look): CborValue[] {
  switch (look.seen) {
    case "malformed":
      return [look.why];
    case "closed":
      return [look.leaf];
    case "unopened":
      return [look.leaf, look.why];
    case "content":
      return [look.leaf, encodeContent(look.content)];
    case "message":
      return [look.leaf, look.said.bytes, look.said.hash, look.said.drafter, look.said.releaser];
    case "unsigned":
      return [look.leaf, look.bytes, look.why];
  }
}

/** Read when the first is asked for. Byte strings are seen in `bytes` itself. */
export function* decodeLooks(bytes: Bytes): Generator<Look> {
  for (const item of asArray(decodeCborInPlace(bytes, bytes.length), "looks", bytes.length)) {
    const [seen, ...parts] = asArray(item, "look", 6);
    yield lookFrom(asOneOf(seen, "seen", SEEN), parts);
  }
}

function lookFrom(seen: Look["seen"], [a, b, c, d, e]: readonly (CborValue | undefined)[]): Look {
  if (seen === "malformed") return { seen, why: asText(a, "why", Infinity) };
  const leaf = asBytes(a, "leaf", 32);
  switch (seen) {
    case "closed":
      return { seen, leaf };
    case "unopened":
      return { seen, leaf, why: asText(b, "why", Infinity) };
    case "content":
      return {
        seen,
        leaf,
        content: decodeContent(asBytes(b, "content")) as Extract<Look, { seen: "content" }>["content"],
      };
    case "message": {
      const drafter = asNullable(d, (key) => asBytes(key, "drafter", 32));
      const [hash, releaser] = [asBytes(c, "hash", 32), asBytes(e, "releaser", 32)];
      return { seen, leaf, said: { bytes: asBytes(b, "bytes"), hash, drafter, releaser } };
    }
    case "unsigned":
      return { seen, leaf, bytes: asBytes(b, "bytes"), why: asText(c, "why", Infinity) };
  }
}

/** A run as it goes to another thread: its records one after the other, and where each of them ends. */
export interface PackedRun {
  readonly origin: LogOrigin | null;
  readonly indices: readonly number[];
  readonly ends: readonly number[];
  readonly bytes: Bytes;
}

export function packRun({ origin, entries }: EntryRun): PackedRun {
  const ends: number[] = [];
  let end = 0;
  for (const { record } of entries) ends.push((end += record.length));
  const bytes = new Uint8Array(end);
  for (const [i, { record }] of entries.entries()) bytes.set(record, ends[i - 1] ?? 0);
  return { origin, indices: entries.map(({ index }) => index), ends, bytes };
}

export function unpackRun({ origin, indices, ends, bytes }: PackedRun): EntryRun {
  return {
    origin,
    entries: indices.map((index, i) => ({ index, record: bytes.subarray(ends[i - 1] ?? 0, ends[i]) })),
  };
}
