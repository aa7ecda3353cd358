/** What one exchange moves: entries of logs with a checkpoint at exactly their end, heads and receipts (spec/parcel.md). */
import { MAX_ENTRY_BYTES } from "../../message/index.ts";
import { type Bytes, fromHex, toHex } from "../../wire/bytes.ts";
import { type CborValue, decodeCborInPlace, encodeCborOnce } from "../../wire/cbor.ts";
import {
  type LineId,
  type LogOrigin,
  logOrigin,
  type PartyId,
  parseLineId,
  parseLogOrigin,
  parsePartyId,
} from "../../wire/id.ts";
import { asArray, asBoolean, asBytes, asInteger, asMap, asRecord, asText } from "../../wire/shape.ts";
import { malformed, MAX_PARTIES } from "../terms/charter.ts";
import type { SignedClosing } from "../terms/closing.ts";
import { successionsFrom, successionsToCbor } from "../terms/succession.ts";
import { lineError } from "../errors.ts";
import { MAX_SAID_BYTES } from "../narrow/set.ts";

/** Caps of one parcel. */
export const MAX_PARCEL_ENTRIES = 1000;
export const MAX_PARCEL_BYTES = 4_194_304;
export const ASK_BYTES = 16;
const MAX_SEGMENTS = 64;
const MAX_HEADS = 64;
export const MAX_RECEIPTS = MAX_PARTIES * MAX_PARTIES;
/** Each brings a roster, and one parcel must hold them beside everything else. */
export const MAX_CLOSINGS = 8;
/** So many does a node take that has not said that it knows `successions`. */
export const MAX_CLOSINGS_BEFORE = 4;
/** An entry and its proof each, of the few that cannot wait. */
export const MAX_AHEAD = 8;
const MAX_NOTE = 2048;
const MAX_TIME = 253_402_300_799_999;
const MAX_SIZE = 2 ** 48;
/** More restores than this no node lives to see; a party that claims more is refused. */
const MAX_TERM = 2 ** 32;

/** How much of a log its holder has, durably. */
export interface Have {
  readonly origin: LogOrigin;
  readonly size: number;
  /** The highest term that the log's author has said it writes in; null where the holder was restored and has not heard. */
  readonly term: number | null;
}

/** Entries `from` up to the size of the checkpoint. */
export interface Segment {
  readonly origin: LogOrigin;
  readonly from: number;
  /** At least one, each in its transport form (encodeEntry). */
  readonly entries: readonly Bytes[];
  /** Signed note at exactly `from + entries.length`. */
  readonly checkpoint: string;
}

/** A cosignature by a party's receipt key, and the checkpoint that it is over. */
export interface Receipt {
  /** Signed note by the log's own key. */
  readonly checkpoint: string;
  /** One signature line with its newline. */
  readonly line: string;
}

export interface Parcel {
  readonly line: LineId;
  readonly from: PartyId;
  readonly to: PartyId;
  /** By the sender's clock, milliseconds since the epoch. */
  readonly at: number;
  /** In which the sender writes its own log: one more after each restore from a backup. */
  readonly term: number;
  /** Everybody has said that nothing older than `term` is taken from this sender: what it says it holds is final. */
  readonly settled: boolean;
  /** Of every log of the line, by origin: what to send next follows from it. */
  readonly have: readonly Have[];
  readonly segments: readonly Segment[];
  /** The newest checkpoint that the sender knows of each log. */
  readonly heads: readonly string[];
  readonly receipts: readonly Receipt[];
  /** Generations of logs that their parties closed, which the receiver seems not to know of. */
  readonly closings: readonly SignedClosing[];
  /** The sender holds more for this receiver. */
  readonly more: boolean;
  /** 32 hexadecimal digits, random: the receiver's next parcel is asked to repeat them. Null where nothing is asked. */
  readonly ask: string | null;
  /** What the receiver asked: it shows that this parcel was made after that. */
  readonly answer: string | null;
  /** How the sender is reached by a narrow link, where it has one. */
  readonly narrow?: NarrowOffer | undefined;
  /** Of the sender's own log, what does not wait for what lies before it, as it is said over narrow links. */
  readonly ahead?: readonly Bytes[] | undefined;
}

/** Where the sender takes datagrams, and the key of what the receiver sends there (spec/narrow.md). */
export interface NarrowOffer {
  /** An address or a name, and a port. */
  readonly address: string;
  /** 32 bytes. */
  readonly key: Bytes;
}

/** What the sender's parcel key signs. @throws parcel-malformed, parcel-too-large */
export function encodeParcel(parcel: Parcel): Bytes {
  return encodeParcelOnce(parcel).slice();
}

/** The same, to be looked at once (encodeCborOnce). */
export function encodeParcelOnce(parcel: Parcel): Bytes {
  const { line, from, to, at, term, settled, have, segments, heads, receipts, closings, more, ask, answer, narrow } =
    parcel;
  const { ahead = [] } = parcel;
  const bytes = encodeCborOnce({
    v: 1,
    line: fromHex(line, 32),
    from,
    to,
    at,
    term,
    settled,
    have: have.map((each) => [...originToCbor(each.origin, line), each.size, each.term]),
    segments: segments.map((segment) => ({
      origin: originToCbor(segment.origin, line),
      from: segment.from,
      entries: [...segment.entries],
      checkpoint: segment.checkpoint,
    })),
    heads: [...heads],
    receipts: receipts.map(({ checkpoint, line: cosignature }) => [checkpoint, cosignature]),
    more,
    ...(closings.length === 0 ? {} : { closings: closings.map(closingToCbor) }),
    ...(ask === null ? {} : { ask: fromHex(ask, ASK_BYTES) }),
    ...(answer === null ? {} : { answer: fromHex(answer, ASK_BYTES) }),
    ...(narrow === undefined ? {} : { narrow: { address: narrow.address, key: narrow.key } }),
    ...(ahead.length === 0 ? {} : { ahead: [...ahead] }),
  });
  decodeParcel(bytes);
  return bytes;
}

/**
 * Strict in structure; entries, notes and receipts are looked at one by one in the exchange. The entries are seen in
 * `bytes` itself (decodeCborInPlace): nobody keeps one, but copied to the disk. @throws parcel-malformed
 */
export function decodeParcel(bytes: Bytes): Parcel {
  return malformed("parcel-malformed", "The parcel is malformed", () => {
    if (bytes.length > MAX_PARCEL_BYTES) throw tooLarge(`${bytes.length} bytes; at most ${MAX_PARCEL_BYTES} are taken`);
    const { ask, answer, closings, narrow, ahead, ...rest } = asMap(
      decodeCborInPlace(bytes, MAX_PARCEL_BYTES),
      "parcel",
    );
    const map = asRecord(rest, "parcel", FIELDS);
    asInteger(map.v, "v", 1, 1);
    const line = parseLineId(toHex(asBytes(map.line, "line", 32)));
    const have = asArray(map.have, "have", MAX_SEGMENTS).map((item) => haveFrom(item, line));
    const ordered = have.every(({ origin }, i) => i === 0 || (have[i - 1] as Have).origin < origin);
    if (!ordered)
      throw lineError("parcel-malformed", "The logs held are not each once and in the order of their origins.");
    const segments = asArray(map.segments, "segments", MAX_SEGMENTS).map((item) => segmentFrom(item, line));
    const count = segments.reduce((sum, { entries }) => sum + entries.length, 0);
    if (count > MAX_PARCEL_ENTRIES) throw tooLarge(`${count} entries; at most ${MAX_PARCEL_ENTRIES} are taken`);
    return {
      line,
      from: parsePartyId(asText(map.from, "from", 32)),
      to: parsePartyId(asText(map.to, "to", 32)),
      at: asInteger(map.at, "at", 0, MAX_TIME),
      term: asInteger(map.term, "term", 0, MAX_TERM),
      settled: asBoolean(map.settled, "settled"),
      have,
      segments,
      heads: asArray(map.heads, "heads", MAX_HEADS).map((note) => asText(note, "heads", MAX_NOTE)),
      receipts: asArray(map.receipts, "receipts", MAX_RECEIPTS).map(receiptFrom),
      closings: closings === undefined ? [] : asArray(closings, "closings", MAX_CLOSINGS).map(closingFrom),
      more: asBoolean(map.more, "more"),
      ask: askFrom(ask, "ask"),
      answer: askFrom(answer, "answer"),
      ...(narrow === undefined ? {} : { narrow: narrowFrom(narrow) }),
      ...(ahead === undefined ? {} : { ahead: aheadFrom(ahead) }),
    };
  });
}

const FIELDS = [
  "v",
  "line",
  "from",
  "to",
  "at",
  "term",
  "settled",
  "have",
  "segments",
  "heads",
  "receipts",
  "more",
] as const;

/** Absent, or 16 bytes; null is not written. */
function askFrom(value: CborValue | undefined, what: string): string | null {
  return value === undefined ? null : toHex(asBytes(value, what, ASK_BYTES));
}

const PLACE = /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\]):[1-9][0-9]{0,4}$/;

function narrowFrom(value: CborValue): NarrowOffer {
  const map = asRecord(value, "narrow", ["address", "key"]);
  const address = asText(map.address, "narrow.address", 300);
  if (!PLACE.test(address) || Number(address.slice(address.lastIndexOf(":") + 1)) > 65_535) {
    throw lineError("parcel-malformed", "The narrow link's address is not an address and a port.");
  }
  return { address, key: asBytes(map.key, "narrow.key", 32).slice() };
}

/** What each says is looked at when it is taken. */
function aheadFrom(value: CborValue): readonly Bytes[] {
  const all = asArray(value, "ahead", MAX_AHEAD).map((each) => asBytes(each, "ahead").slice());
  if (all.length === 0)
    throw lineError("parcel-malformed", "Nothing goes ahead, and the parcel says that something does.");
  if (all.some(({ length }) => length > MAX_SAID_BYTES)) {
    throw tooLarge(`more than ${MAX_SAID_BYTES} bytes in one thing that goes ahead`);
  }
  return all;
}

function tooLarge(what: string) {
  return lineError("parcel-too-large", `The parcel has ${what}.`);
}

/** Origins leave out the line, which the parcel names already: [party, generation]. */
function originToCbor(origin: LogOrigin, line: LineId): [string, number] {
  const parsed = parseLogOrigin(origin);
  if (parsed.line !== line) throw lineError("parcel-malformed", "The parcel holds a log of another line.");
  return [parsed.party, parsed.generation];
}

function originFrom(party: CborValue | undefined, generation: CborValue | undefined, line: LineId): LogOrigin {
  return logOrigin(
    line,
    parsePartyId(asText(party, "origin.party", 32)),
    asInteger(generation, "origin.generation", 0, 999_999),
  );
}

function parts(value: CborValue, what: string, length: number): readonly CborValue[] {
  const items = asArray(value, what, length);
  if (items.length !== length) throw lineError("parcel-malformed", `${what} does not have ${length} parts.`);
  return items;
}

function haveFrom(value: CborValue, line: LineId): Have {
  const [party, generation, size, term = null] = parts(value, "have", 4);
  return {
    origin: originFrom(party, generation, line),
    size: asInteger(size, "have.size", 0, MAX_SIZE),
    term: term === null ? null : asInteger(term, "have.term", 0, MAX_TERM),
  };
}

function segmentFrom(value: CborValue, line: LineId): Segment {
  const map = asRecord(value, "segment", ["origin", "from", "entries", "checkpoint"]);
  const [party, generation] = parts(map.origin, "segment.origin", 2);
  const entries = asArray(map.entries, "segment.entries", MAX_PARCEL_ENTRIES).map((entry) => asBytes(entry, "entry"));
  if (entries.length === 0) throw lineError("parcel-malformed", "A segment has no entries.");
  const large = entries.find(({ length }) => length > MAX_ENTRY_BYTES);
  if (large !== undefined) throw tooLarge(`an entry of ${large.length} bytes; at most ${MAX_ENTRY_BYTES} are taken`);
  return {
    origin: originFrom(party, generation, line),
    from: asInteger(map.from, "segment.from", 0, MAX_SIZE),
    entries,
    checkpoint: asText(map.checkpoint, "segment.checkpoint", MAX_NOTE),
  };
}

/** Where no identity key was succeeded, it is written as it was before anything could go with it. */
export function closingToCbor({ bytes, signature, roster, successions }: SignedClosing): CborValue[] {
  const own = [bytes, signature, roster.bytes, roster.signature];
  return successions.length === 0 ? own : [...own, successionsToCbor(successions)];
}

export function closingFrom(value: CborValue): SignedClosing {
  const [bytes, signature, roster, rosterSignature, successions] = asArray(value, "closing", 5);
  return {
    bytes: asBytes(bytes, "closing").slice(),
    signature: asBytes(signature, "closing.signature").slice(),
    roster: {
      bytes: asBytes(roster, "closing.roster").slice(),
      signature: asBytes(rosterSignature, "closing.roster").slice(),
    },
    successions: successions === undefined ? [] : successionsFrom(successions),
  };
}

function receiptFrom(value: CborValue): Receipt {
  const [checkpoint, line] = parts(value, "receipt", 2);
  return {
    checkpoint: asText(checkpoint, "receipt.checkpoint", MAX_NOTE),
    line: asText(line, "receipt.line", MAX_NOTE),
  };
}
