/** What a node says by itself: codes, ids, ranges and times, and no free text (spec/entry.md). */
import { signCoseWithSeed, type Suite, verifyCose } from "../crypto/index.ts";
import { type Bytes, fromHex, toHex } from "../wire/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { ParleyError } from "../wire/error.ts";
import {
  type LineId,
  type LogOrigin,
  type MessageHash,
  type PartyId,
  parseLineId,
  parseLogOrigin,
} from "../wire/id.ts";
import { parseMessageHash, parsePartyId } from "../wire/id.ts";
import { asArray, asBoolean, asBytes, asInteger, asOneOf, asText } from "../wire/shape.ts";
import { messageError } from "./errors.ts";
import { MAX_INSTANT } from "./field.ts";

/** Why an entry stayed shut, or what was in it could not be read. */
export const UNOPENED_WHY = [
  "no-share",
  "share-altered",
  "unopenable",
  "commitment",
  "content",
  "newer-version",
] as const;
export type UnopenedWhy = (typeof UNOPENED_WHY)[number];

/** Why something that was opened does not count as said. */
export const REFUSED_WHY = [
  "malformed",
  "signature",
  "wrong-line",
  "wrong-charter",
  "not-the-author",
  "unknown-officer",
  "role",
  "same-person",
  "second-officer",
  "sole-reason",
  "kind-not-allowed",
  "answer-not-allowed",
  "unknown-target",
  "repeated-id",
  "not-an-exercise",
  "line-suspended",
  "line-expired",
] as const;
export type RefusedWhy = (typeof REFUSED_WHY)[number];

interface At {
  readonly origin: LogOrigin;
  readonly index: number;
}

/** `from` is the first index and `to` the one after the last. */
export type NoticeItem =
  | { readonly code: "opened"; readonly origin: LogOrigin; readonly from: number; readonly to: number }
  /** An alert that came before its backlog. */
  | ({ readonly code: "held"; readonly message: MessageHash } & At)
  | ({ readonly code: "unopened"; readonly why: UnopenedWhy } & At)
  | ({ readonly code: "refused"; readonly why: RefusedWhy } & At)
  /** `party` owes an answer to `message` since `due_at`. */
  | { readonly code: "overdue"; readonly message: MessageHash; readonly party: PartyId; readonly due_at: number }
  /** Two checkpoints of one log cannot both be true; `record` is the hash of the evidence that is kept. */
  | { readonly code: "split"; readonly origin: LogOrigin; readonly size: number; readonly record: string }
  /** `bytes` came from this log since `since`; no more is pulled until `until`. */
  | {
      readonly code: "quota";
      readonly origin: LogOrigin;
      readonly bytes: number;
      readonly since: number;
      readonly until: number;
    }
  /** A test call and its echo bear the same random id. */
  | { readonly code: "test-call"; readonly id: string; readonly echo: boolean; readonly at: number }
  /** What the node understands of parcels and logs beyond what the first ones did. */
  | { readonly code: "understands"; readonly features: readonly string[] }
  /** Of a code that a newer version writes: it is kept, and not understood here. */
  | { readonly code: "newer"; readonly said: string };

export const NOTICE_CODES = [
  "opened",
  "held",
  "unopened",
  "refused",
  "overdue",
  "split",
  "quota",
  "test-call",
  "understands",
] as const;

/** Those of the first version. A notice with any other is of version 2, in which a reader passes over what it does not know. */
const FIRST_CODES: readonly string[] = NOTICE_CODES.filter((code) => code !== "understands");

export interface Notice {
  readonly line: LineId;
  readonly from: PartyId;
  /** By the node's clock. */
  readonly at: number;
  readonly exercise: boolean;
  readonly items: readonly NoticeItem[];
}

export interface SignedNotice {
  readonly bytes: Bytes;
  /** COSE_Sign1 by the node's parcel key. */
  readonly signature: Bytes;
}

const LABEL = "parley/v1/notice";
const MAX_BYTES = 16_384;
const MAX_ITEMS = 256;

/** What a receiver would refuse is refused here. @throws notice-malformed */
export function encodeNotice(notice: Notice): Bytes {
  const { line, from, at, exercise, items } = notice;
  const version = items.every(({ code }) => FIRST_CODES.includes(code)) ? 1 : 2;
  const bytes = encodeCbor([version, fromHex(line, 32), from, at, exercise, items.map(itemToCbor)]);
  decodeNotice(bytes);
  return bytes;
}

function itemToCbor(item: NoticeItem): CborValue {
  switch (item.code) {
    case "opened":
      return [item.code, item.origin, item.from, item.to];
    case "held":
      return [item.code, item.origin, item.index, fromHex(item.message, 32)];
    case "unopened":
    case "refused":
      return [item.code, item.origin, item.index, item.why];
    case "overdue":
      return [item.code, fromHex(item.message, 32), item.party, item.due_at];
    case "split":
      return [item.code, item.origin, item.size, fromHex(item.record, 32)];
    case "quota":
      return [item.code, item.origin, item.bytes, item.since, item.until];
    case "test-call":
      return [item.code, fromHex(item.id, 16), item.echo, item.at];
    case "understands":
      return [item.code, [...item.features]];
    case "newer":
      throw messageError("notice-malformed", "What was not understood is not said again.");
  }
}

/** @throws notice-malformed; message-newer where it is of a later version */
export function decodeNotice(bytes: Bytes): Notice {
  try {
    const parts = asArray(decodeCbor(bytes, MAX_BYTES), "notice", 64);
    const version = asInteger(parts[0], "version", 1, 1000);
    if (version > 2) {
      throw messageError("message-newer", "This notice was written by a newer version of Parley.");
    }
    const [, line, from, at, exercise, items] = exactly(parts, 6);
    const list = asArray(items, "items", MAX_ITEMS);
    if (list.length === 0) throw messageError("notice-malformed", "A notice has at least one item.");
    return {
      line: parseLineId(toHex(asBytes(line, "line", 32))),
      from: parsePartyId(asText(from, "from", 32)),
      at: time(at),
      exercise: asBoolean(exercise, "exercise"),
      items: list.map(version === 1 ? firstItem : laterItem),
    };
  } catch (cause) {
    if (cause instanceof ParleyError && cause.code === "message-newer") throw cause;
    throw messageError("notice-malformed", "The notice is malformed.", { cause });
  }
}

function firstItem(value: CborValue): NoticeItem {
  const item = itemFromCbor(value);
  if (FIRST_CODES.includes(item.code)) return item;
  throw messageError("notice-malformed", `${item.code} has no place in a notice of the first version.`);
}

const CODE = /^[a-z][a-z-]{0,31}$/;

/** One whose code, or whose reason, this version does not know is named and passed over. */
function laterItem(value: CborValue): NoticeItem {
  const parts = asArray(value, "item", 16);
  const said = asText(parts[0], "code", 32);
  const known: readonly string[] = NOTICE_CODES;
  if (!CODE.test(said)) throw messageError("notice-malformed", "An item has no code.");
  if (!known.includes(said)) return { code: "newer", said };
  const reasons: readonly string[] | null =
    said === "refused" ? REFUSED_WHY : said === "unopened" ? UNOPENED_WHY : null;
  if (reasons !== null && typeof parts[3] === "string" && CODE.test(parts[3]) && !reasons.includes(parts[3])) {
    return { code: "newer", said };
  }
  return itemFromCbor(value);
}

const MAX_FEATURES = 64;

function itemFromCbor(value: CborValue): NoticeItem {
  const parts = asArray(value, "item", 8);
  const code = asOneOf(parts[0], "code", NOTICE_CODES);
  const [, a, b, c, d] = exactly(parts, code === "quota" ? 5 : code === "understands" ? 2 : 4);
  switch (code) {
    case "opened": {
      const from = index(b);
      return { code, origin: origin(a), from, to: asInteger(c, "to", from + 1, Number.MAX_SAFE_INTEGER) };
    }
    case "held":
      return { code, origin: origin(a), index: index(b), message: message(c) };
    case "unopened":
      return { code, origin: origin(a), index: index(b), why: asOneOf(c, "why", UNOPENED_WHY) };
    case "refused":
      return { code, origin: origin(a), index: index(b), why: asOneOf(c, "why", REFUSED_WHY) };
    case "overdue":
      return { code, message: message(a), party: parsePartyId(asText(b, "party", 32)), due_at: time(c) };
    case "split":
      return { code, origin: origin(a), size: index(b), record: toHex(asBytes(c, "record", 32)) };
    case "quota":
      return { code, origin: origin(a), bytes: index(b), since: time(c), until: time(d) };
    case "test-call":
      return { code, id: toHex(asBytes(a, "id", 16)), echo: asBoolean(b, "echo"), at: time(c) };
    case "understands":
      return { code, features: asArray(a, "features", MAX_FEATURES).map(feature) };
  }
}

const origin = (value: CborValue | undefined): LogOrigin => parseLogOrigin(asText(value, "origin", 120)).origin;
const index = (value: CborValue | undefined): number => asInteger(value, "index", 0, Number.MAX_SAFE_INTEGER);
const time = (value: CborValue | undefined): number => asInteger(value, "at", 0, MAX_INSTANT);
const message = (value: CborValue | undefined): MessageHash => parseMessageHash(toHex(asBytes(value, "message", 32)));

function feature(value: CborValue): string {
  const name = asText(value, "feature", 32);
  if (CODE.test(name)) return name;
  throw messageError("notice-malformed", "A feature has no name.");
}

function exactly(parts: readonly CborValue[], length: number): readonly CborValue[] {
  if (parts.length !== length) throw messageError("notice-malformed", `A part does not have ${length} parts.`);
  return parts;
}

/** Run by the node, with its parcel key's seed. @throws notice-malformed */
export function signNotice(suite: Suite, notice: Notice, seed: Bytes): SignedNotice {
  const bytes = encodeNotice(notice);
  return { bytes, signature: signCoseWithSeed(suite, LABEL, bytes, seed) };
}

/** @throws signature-invalid where it is not by `publicKey`; notice-malformed; message-newer */
export function verifyNotice(suite: Suite, { bytes, signature }: SignedNotice, publicKey: Bytes): Notice {
  if (!verifyCose(suite, LABEL, bytes, signature, publicKey)) {
    throw messageError("signature-invalid", "The notice is not signed by the node that its roster names.");
  }
  return decodeNotice(bytes);
}
