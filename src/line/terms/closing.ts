/**
 * The closing of a log's generation: its party says, with its identity key, up to where it stands by that log, and by
 * which roster its next one begins (spec/closing.md). After a restore that nobody can complete, after a split, or when
 * the node was lost, it is the one way on.
 */
import { hash, type Signer, signCose, type Suite, verifyCose } from "../../crypto/index.ts";
import { type Bytes, equalBytes, fromHex, toHex } from "../../wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import { type LineId, type LogOrigin, logOrigin, type PartyId, parseLineId, parsePartyId } from "../../wire/id.ts";
import { asBytes, asInteger, asOneOf, asRecord, asText } from "../../wire/shape.ts";
import { lineError } from "../errors.ts";
import { malformed } from "./charter.ts";
import {
  type RosterHistory,
  rosterHash,
  type RosterOwner,
  type SignedRoster,
  startHistory,
  verifyRoster,
} from "./roster.ts";
import { areSigned, keysThrough, type KeyStep, type SignedSuccession } from "./succession.ts";

export const CLOSING_CAUSES = ["restored", "split", "node-lost"] as const;
export type ClosingCause = (typeof CLOSING_CAUSES)[number];

export interface Closing {
  readonly line: LineId;
  readonly party: PartyId;
  /** The one that ends. */
  readonly generation: number;
  /** Its party stands by the entries below this, whose root is `root`, and by no other of that generation. */
  readonly size: number;
  readonly root: Bytes;
  /** The one that begins: larger. What lies between ends too. */
  readonly next: number;
  /** Hash of the roster that it begins with. */
  readonly roster: string;
  readonly cause: ClosingCause;
  /** By the party's clock, milliseconds since the epoch. */
  readonly issued_at: number;
}

/** Everything that a party needs to take it up: nothing before it has to be held. */
export interface SignedClosing {
  readonly bytes: Bytes;
  readonly signature: Bytes;
  readonly roster: SignedRoster;
  /** What leads from an identity key that its reader knows to the one that signed it: the latest of what was declared. */
  readonly successions: readonly SignedSuccession[];
}

export interface VerifiedClosing {
  readonly closing: Closing;
  /** Of the generation that begins. */
  readonly origin: LogOrigin;
  readonly history: RosterHistory;
  /** By which its signer's key follows the one that was known. */
  readonly steps: readonly KeyStep[];
}

const LABEL = "parley/v1/closing";
const MAX_BYTES = 512;
const MAX_SIZE = 2 ** 48;
const MAX_GENERATION = 999_999;
const MAX_TIME = 253_402_300_799_999;
const FIELDS = [
  "v",
  "suite",
  "line",
  "party",
  "generation",
  "size",
  "root",
  "next",
  "roster",
  "cause",
  "issued_at",
] as const;

/** @throws closing-malformed */
export function encodeClosing(closing: Closing): Bytes {
  const { line, roster, root, party, generation, size, next, cause, issued_at } = closing;
  const rest = { party, generation, size, root, next, cause, issued_at };
  const bytes = encodeCbor({ v: 1, suite: 1, line: fromHex(line, 32), roster: fromHex(roster, 32), ...rest });
  decodeClosing(bytes);
  return bytes;
}

/** Strict; nothing is verified. @throws closing-malformed */
export function decodeClosing(bytes: Bytes): Closing {
  return malformed("closing-malformed", "The closing is malformed", () => {
    const map = asRecord(decodeCbor(bytes, MAX_BYTES), "closing", FIELDS);
    asInteger(map.v, "v", 1, 1);
    asInteger(map.suite, "suite", 1, 1);
    const generation = asInteger(map.generation, "generation", 0, MAX_GENERATION - 1);
    return {
      line: parseLineId(toHex(asBytes(map.line, "line", 32))),
      party: parsePartyId(asText(map.party, "party", 32)),
      generation,
      size: asInteger(map.size, "size", 0, MAX_SIZE),
      root: asBytes(map.root, "root", 32),
      next: asInteger(map.next, "next", generation + 1, MAX_GENERATION),
      roster: toHex(asBytes(map.roster, "roster", 32)),
      cause: asOneOf(map.cause, "cause", CLOSING_CAUSES),
      issued_at: asInteger(map.issued_at, "issued_at", 0, MAX_TIME),
    };
  });
}

/** Names a closing. */
export function closingHash(suite: Pick<Suite, "sha256">, bytes: Bytes): string {
  return toHex(hash(suite, LABEL, bytes));
}

/** Run by a party, with its identity key; `roster` is signed by it already. */
export async function signClosing(
  closing: Closing,
  roster: SignedRoster,
  signer: Signer,
  successions: readonly SignedSuccession[] = [],
): Promise<SignedClosing> {
  const bytes = encodeClosing(closing);
  return { bytes, signature: await signCose(LABEL, bytes, signer), roster, successions };
}

/**
 * `owner.identity`: the key in force as far as is known. Where the log that says by whom it was succeeded is not held
 * here, what came with the closing leads on from it, but never back to a `former` one.
 * @throws closing-malformed, closing-signature, and as verifyRoster
 */
export function verifyClosing(
  suite: Suite,
  owner: RosterOwner,
  signed: SignedClosing,
  former: readonly Bytes[] = [],
): VerifiedClosing {
  const closing = decodeClosing(signed.bytes);
  if (closing.line !== owner.line || closing.party !== owner.party) {
    throw lineError("closing-malformed", "The closing is of another party or line.");
  }
  const keys = keysThrough(owner, signed.successions);
  const identity = keys.at(-1) ?? owner.identity;
  const entered = keys.length === 0 ? 0 : keys.findIndex((key) => equalBytes(key, owner.identity));
  const steps = keys.slice(entered + 1).map((to, i): KeyStep => ({ from: keys[entered + i] as Bytes, to }));
  // Whoever is asked without knowing the sender computes nothing for keys that lead nowhere.
  const isOfOwner =
    entered >= 0 &&
    !steps.some(({ to }) => former.some((key) => equalBytes(key, to))) &&
    verifyCose(suite, LABEL, signed.bytes, signed.signature, identity) &&
    areSigned(suite, signed.successions, keys);
  if (!isOfOwner) {
    throw lineError("closing-signature", `The closing is not signed by the identity key of ${owner.party}.`);
  }
  const roster = verifyRoster(suite, { ...owner, identity }, signed.roster);
  const hashed = rosterHash(suite, signed.roster.bytes);
  if (hashed !== closing.roster || roster.seq === 0) {
    throw lineError("closing-malformed", "The closing comes with another roster than the one that it names.");
  }
  return {
    closing,
    origin: logOrigin(closing.line, closing.party, closing.next),
    history: startHistory(suite, roster, signed.roster.bytes),
    steps,
  };
}
