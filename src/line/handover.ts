/**
 * A watch handed over: what was open when an officer left, made by the node, with his own words; signed by him, and by
 * the one who takes the watch (spec/handover.md). It is the own side's paper and never leaves as an entry.
 */
import { hash, type Suite, verifyCose } from "../crypto/index.ts";
import { CODES, KINDS, ONE_LINE, saidText, WORDS } from "../message/index.ts";
import { type Bytes, equalBytes, fromHex, toHex } from "../wire/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { isParleyError } from "../wire/error.ts";
import {
  type HandoverId,
  type LineId,
  type MessageHash,
  type OfficerId,
  parseHandoverId,
  parseLineId,
  parseMessageHash,
  parseOfficerId,
  parsePartyId,
  type PartyId,
} from "../wire/id.ts";
import { asArray, asBoolean, asBytes, asInteger, asNullable, asOneOf, asRecord, asText } from "../wire/shape.ts";
import { ALERT_STATES } from "./alert.ts";
import { lineError } from "./errors.ts";

export interface HandoverAlert {
  readonly message: MessageHash;
  readonly alert: (typeof CODES.alert)[number];
  readonly state: (typeof ALERT_STATES)[number];
  readonly subject: string;
}

/** Something that waits for an officer. */
export interface HandoverItem {
  readonly message: MessageHash;
  readonly kind: (typeof KINDS)[number];
  readonly from: PartyId;
  readonly subject: string;
  readonly due_at: number | null;
}

export interface HandoverLine {
  readonly party: PartyId;
  readonly last_heard_at: number | null;
  readonly clock_ahead_ms: number | null;
  readonly to_fetch: number;
  readonly receipts_owed_to_us: number;
  readonly receipts_owed_by_us: number;
}

/** What the node says of the moment at which the watch was handed over. */
export interface HandoverFacts {
  readonly alerts: readonly HandoverAlert[];
  /** By when they are due; at most `MAX_ITEMS`, and `more` beyond. */
  readonly waiting: readonly HandoverItem[];
  readonly more: number;
  readonly drafts: number;
  readonly conflicts: number;
  readonly unopened: number;
  readonly lines: readonly HandoverLine[];
}

export interface Handover {
  readonly line: LineId;
  readonly party: PartyId;
  readonly exercise: boolean;
  /** By the node's clock, milliseconds since the epoch. */
  readonly at: number;
  /** Whose watch ends. */
  readonly given_by: OfficerId;
  readonly facts: HandoverFacts;
  /** What the facts do not say; in his own words. */
  readonly words: string;
}

export const HANDOVER_GIVEN = "parley/v1/handover-given";
export const HANDOVER_TAKEN = "parley/v1/handover-taken";
export const HANDOVER_LIMITS = { items: 200, words: 4000 } as const;
const MAX_BYTES = 262_144;
const MAX_TIME = 253_402_300_799_999;
const MAX_COUNT = 1_000_000_000;
const KEYS = ["v", "line", "party", "exercise", "at", "given_by", "facts", "words"] as const;
const FACTS = ["alerts", "waiting", "more", "drafts", "conflicts", "unopened", "lines"] as const;

/** What a reader would refuse is refused here. @throws handover-malformed */
export function encodeHandover(handover: Handover): Bytes {
  const { line, party, exercise, at, given_by, facts, words } = handover;
  const bytes = encodeCbor({
    v: 1,
    line: fromHex(line, 32),
    party,
    exercise,
    at,
    given_by,
    facts: factsToCbor(facts),
    words,
  });
  decodeHandover(bytes);
  return bytes;
}

function factsToCbor({ alerts, waiting, more, drafts, conflicts, unopened, lines }: HandoverFacts): CborValue {
  return {
    alerts: alerts.map(({ message, alert, state, subject }) => [fromHex(message, 32), alert, state, subject]),
    waiting: waiting.map(({ message, kind, from, subject, due_at }) => [
      fromHex(message, 32),
      kind,
      from,
      subject,
      due_at,
    ]),
    more,
    drafts,
    conflicts,
    unopened,
    lines: lines.map((each) => [
      each.party,
      each.last_heard_at,
      each.clock_ahead_ms,
      each.to_fetch,
      each.receipts_owed_to_us,
      each.receipts_owed_by_us,
    ]),
  };
}

/** @throws handover-malformed, handover-newer */
export function decodeHandover(bytes: Bytes): Handover {
  try {
    const value = decodeCbor(bytes, MAX_BYTES);
    const read = asRecord(value, "handover", KEYS);
    if (asInteger(read.v, "v", 1, 1000) !== 1) {
      throw lineError("handover-newer", "This handover was written by a newer version of Parley.");
    }
    const handover: Handover = {
      line: parseLineId(toHex(asBytes(read.line, "line", 32))),
      party: parsePartyId(asText(read.party, "party", 32)),
      exercise: asBoolean(read.exercise, "exercise"),
      at: time(read.at, "at"),
      given_by: parseOfficerId(asText(read.given_by, "given_by", 32)),
      facts: factsFrom(read.facts),
      words: saidText(asText(read.words, "words", HANDOVER_LIMITS.words), "words", WORDS, HANDOVER_LIMITS.words),
    };
    return handover;
  } catch (cause) {
    if (!isParleyError(cause) || cause.code.startsWith("handover-")) throw cause;
    throw lineError("handover-malformed", `This is not a handover: ${cause.message}`, { cause });
  }
}

function factsFrom(value: CborValue): HandoverFacts {
  const read = asRecord(value, "facts", FACTS);
  return {
    alerts: asArray(read.alerts, "alerts", HANDOVER_LIMITS.items).map((each): HandoverAlert => {
      const [message, alert, state, subject] = exactly(each, 4);
      return {
        message: hashOf(message),
        alert: asOneOf(alert, "alert", CODES.alert),
        state: asOneOf(state, "state", ALERT_STATES),
        subject: subjectOf(subject),
      };
    }),
    waiting: asArray(read.waiting, "waiting", HANDOVER_LIMITS.items).map((each): HandoverItem => {
      const [message, kind, from, subject, due] = exactly(each, 5);
      return {
        message: hashOf(message),
        kind: asOneOf(kind, "kind", KINDS),
        from: parsePartyId(asText(from, "from", 32)),
        subject: subjectOf(subject),
        due_at: asNullable(due, (at) => time(at, "due_at")),
      };
    }),
    more: count(read.more, "more"),
    drafts: count(read.drafts, "drafts"),
    conflicts: count(read.conflicts, "conflicts"),
    unopened: count(read.unopened, "unopened"),
    lines: asArray(read.lines, "lines", 64).map(lineFrom),
  };
}

function lineFrom(value: CborValue): HandoverLine {
  const [party, heard, ahead, fetch, owedToUs, owedByUs] = exactly(value, 6);
  return {
    party: parsePartyId(asText(party, "party", 32)),
    last_heard_at: asNullable(heard, (at) => time(at, "last_heard_at")),
    clock_ahead_ms: asNullable(ahead, (ms) => asInteger(ms, "clock_ahead_ms", -MAX_TIME, MAX_TIME)),
    to_fetch: count(fetch, "to_fetch"),
    receipts_owed_to_us: count(owedToUs, "receipts_owed_to_us"),
    receipts_owed_by_us: count(owedByUs, "receipts_owed_by_us"),
  };
}

const hashOf = (value: CborValue | undefined): MessageHash => parseMessageHash(toHex(asBytes(value, "message", 32)));
const subjectOf = (value: CborValue | undefined): string =>
  saidText(asText(value, "subject", 200), "subject", ONE_LINE, 200);
const time = (value: CborValue | undefined, what: string): number => asInteger(value, what, 0, MAX_TIME);
const count = (value: CborValue | undefined, what: string): number => asInteger(value, what, 0, MAX_COUNT);

function exactly(value: CborValue, length: number): readonly CborValue[] {
  const parts = asArray(value, "a row", length);
  if (parts.length !== length) throw lineError("handover-malformed", `A row does not have ${length} parts.`);
  return parts;
}

/** By what a handover is called. */
export function handoverId(suite: Pick<Suite, "sha256">, bytes: Bytes): HandoverId {
  return parseHandoverId(toHex(hash(suite, "parley/v1/handover", bytes)));
}

export interface SignedHandover {
  readonly bytes: Bytes;
  readonly given: Bytes;
  readonly taken: Bytes | null;
}

/** The keys of the two officers, from the party's own roster. */
export interface HandoverKeys {
  readonly given: Bytes;
  readonly taken: Bytes | null;
}

/** Both signatures over the very bytes, by two different keys. @throws handover-malformed, handover-newer, handover-signature */
export function verifyHandover(
  suite: Pick<Suite, "ed25519Verify">,
  signed: SignedHandover,
  keys: HandoverKeys,
): Handover {
  const handover = decodeHandover(signed.bytes);
  if (!verifyCose(suite, HANDOVER_GIVEN, signed.bytes, signed.given, keys.given)) {
    throw lineError("handover-signature", `The handover is not signed by ${handover.given_by}.`);
  }
  if (signed.taken === null) return handover;
  const { taken } = keys;
  if (
    taken === null ||
    equalBytes(taken, keys.given) ||
    !verifyCose(suite, HANDOVER_TAKEN, signed.bytes, signed.taken, taken)
  ) {
    throw lineError("handover-signature", "The signature of the officer who took the watch is not in order.");
  }
  return handover;
}
