/** What a verifier has learnt from an evidence file so far. */
import { type Suite, keyFingerprint } from "../../crypto/index.ts";
import {
  type Checkpoint,
  emptyFrontier,
  type Frontier,
  parseNote,
  type Policy,
  receiptKeyName,
  type RootHash,
  verifyCosignature,
} from "../../log/index.ts";
import type { Message } from "../../message/index.ts";
import { isParleyError } from "../../wire/error.ts";
import {
  type LineId,
  type LogOrigin,
  logOrigin,
  type MessageHash,
  parseLogOrigin,
  type PartyId,
} from "../../wire/id.ts";
import { toHex } from "../../wire/bytes.ts";
import {
  type Charter,
  charterHash,
  lineIdOf,
  originOf,
  type SignedCharter,
  verifyCharterSignatures,
} from "../terms/charter.ts";
import { decodeClosing, type SignedClosing, verifyClosing } from "../terms/closing.ts";
import type { Place } from "../terms/declaration.ts";
import { type CarriedStep, type Declarations, identitiesOf, identityAt } from "../terms/declared.ts";
import type { MessageContext } from "../check-message.ts";
import { lineError, type LineErrorCode } from "../errors.ts";
import type { Said } from "./look.ts";
import type { Names } from "./names.ts";
import type { EvidenceRecord } from "./records.ts";
import type {
  CosignedUnder,
  EvidenceFault,
  EvidenceMessage,
  EvidenceParty,
  FoundReceipt,
  Uncounted,
} from "./report.ts";
import type { Targets } from "./targets.ts";
import type { Fingerprint } from "../terms/pairing.ts";
import { beginHistory, type RosterHistory, type RosterOwner, verifyRoster } from "../terms/roster.ts";

/** A party's identity key as somebody compared it, by voice or in person. */
export type Pin = Pick<Fingerprint, "party" | "fingerprint">;

/** A log while its records come. */
export interface Section {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  readonly form: "whole" | "proofs";
  readonly owner: RosterOwner;
  /** Adopted in this log so far. */
  charter: Charter;
  charterHash: string;
  signedCharter: SignedCharter;
  /** whole: entries so far. proofs: one above the last entry. */
  next: number;
  frontier: Frontier;
  entries: number;
  opened: number;
  readonly unopened: { from: number; to: number }[];
  /** The largest that was verified. */
  checkpoint: Checkpoint | null;
  readonly receipts: FoundReceipt[];
  readonly cosigned: CosignedUnder[];
  /** proofs: the receipts over checkpoints that the entry at an index is proven to be under, and no others. */
  readonly over: Map<number, FoundReceipt[]>;
  /** Roots by size that the log's key signed. */
  readonly roots: Map<number, RootHash>;
  /** proofs: checked when all rosters of the section were seen. */
  readonly proofs: { readonly index: number; readonly core: Uint8Array; readonly texts: readonly string[] }[];
}

export interface LineFacts {
  readonly id: LineId;
  readonly about: MessageHash | null;
  readonly charter: Charter;
  readonly charterHash: string;
  readonly signed: SignedCharter;
  readonly parties: readonly EvidenceParty[];
}

/** A receipt by a key that a roster further on may name. */
interface LateReceipt {
  readonly section: Section;
  readonly under: Under;
  readonly line: string;
}

/** A verified checkpoint, and which entry was proven to be under it; null where all of them are shown. */
export interface Under {
  readonly checkpoint: Checkpoint;
  readonly index: number | null;
}

/** A message that refers to one that has not come yet. It is read again then: so it takes less room meanwhile. */
export interface Waiting {
  readonly section: Section;
  readonly index: number;
  readonly said: Said;
  /** To what it refers. */
  readonly re: MessageHash;
  /** As the log had it there. */
  readonly context: MessageContext;
}

/** What a node's notice says it opened. */
export interface OpenedRange {
  readonly party: PartyId;
  readonly at: number;
  readonly origin: LogOrigin;
  readonly from: number;
  readonly to: number;
}

export type Found = Omit<EvidenceMessage, "receipts" | "cosigned" | "opened" | "replies" | "rendered">;
/** One that is kept for the report. */
export type FoundInFull = Found & Pick<EvidenceMessage, "rendered">;

export interface Verification {
  readonly suite: Suite;
  readonly pins: readonly Pin[];
  /** Whose cosignatures the verifier believes, and how many it wants; null where it was given none. */
  readonly policy: Policy | null;
  readonly onMessage: ((found: Found, message: Message) => void) | null;
  readonly faults: EvidenceFault[];
  readonly uncounted: Uncounted[];
  line: LineFacts | null;
  /** By log: every generation has its own. */
  readonly histories: Map<LogOrigin, RosterHistory>;
  /** What each party declared, as far as the file has shown it. */
  readonly declarations: Map<PartyId, Declarations>;
  /** Successions that came with closings: the log in which they stand may not be in the file. */
  readonly carried: Map<PartyId, CarriedStep[]>;
  /** Closings by an identity key that no succession shown so far has put in place. */
  readonly lateClosings: SignedClosing[];
  /** Where its party says that a log ends. */
  readonly ends: Map<LogOrigin, number>;
  readonly sections: Section[];
  readonly late: LateReceipt[];
  readonly waiting: Waiting[];
  /** Those that each party used. */
  readonly ids: Map<PartyId, Names>;
  readonly targets: Targets;
  readonly messages: FoundInFull[];
  /** Those that count and refer to another; null where the file is read again and they are known. */
  readonly replies: Found[] | null;
  /** The one message that the file is for, where it was found to count. */
  about: Found | null;
  /** Of replies to whole lists: what their authors' nodes had. */
  readonly listReplies: Map<MessageHash, Message["heads"]>;
  readonly openedRanges: OpenedRange[];
  readonly limits: Set<string>;
  /** Officers' keys are few and named often. */
  readonly fingerprintOf: (key: Uint8Array) => string;
}

export function fault(state: Verification, code: LineErrorCode, where: string, message: string): void {
  state.faults.push({ code, where, message });
}

/** Runs `check`; a declared error becomes a fault there. */
export function check<T>(state: Verification, code: LineErrorCode, where: string, run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (!isParleyError(error)) throw error;
    fault(state, code, where, error.message);
    return null;
  }
}

export function whereOf({ party }: Section, index?: number): string {
  return index === undefined ? `log of ${party}` : `log of ${party}, entry ${index}`;
}

const WHERE = "the line's charter and rosters";

/** Takes the first record: whose line it is, and by which keys everything else is signed. False where that fails. */
export function beginLine(state: Verification, record: Extract<EvidenceRecord, { type: "line" }>): boolean {
  const { suite } = state;
  const charter = check(state, "evidence-charter", WHERE, () => verifyCharterSignatures(suite, record.charter));
  const id = charter && check(state, "evidence-charter", WHERE, () => lineIdOf(suite, record.charter.bytes));
  if (charter === null || id === null) return false;
  const parties = charter.parties.map((party): EvidenceParty => {
    const fingerprint = keyFingerprint(suite, party.identity);
    const pinned = state.pins.some((pin) => pin.party === party.id && plain(pin.fingerprint) === plain(fingerprint));
    if (!pinned) {
      const isGiven = state.pins.some((pin) => pin.party === party.id);
      const why = isGiven ? "which is not the fingerprint given for it" : "and no fingerprint was given for it";
      const message = `The identity key of ${party.id} is ${fingerprint}, ${why}.`;
      fault(state, "evidence-pins", WHERE, message);
    }
    return { party: party.id, name: party.name, fingerprint, pinned };
  });
  const facts = { id, about: record.about, charter, charterHash: charterHash(suite, record.charter.bytes) };
  state.line = { ...facts, signed: record.charter, parties };
  const whole = record.rosters.length === charter.parties.length;
  if (!whole) fault(state, "evidence-roster", WHERE, "There is not one founding roster of each party.");
  for (const [i, { id: party, identity }] of charter.parties.entries()) {
    const signed = record.rosters[i];
    const begun = check(state, "evidence-roster", WHERE, () => {
      if (signed?.party !== party) return null;
      return beginHistory(suite, verifyRoster(suite, { line: id, party, identity }, signed), signed.bytes);
    });
    if (begun !== null) state.histories.set(originOf(id, party), begun);
  }
  if (whole && state.histories.size === charter.parties.length) return true;
  if (whole)
    fault(state, "evidence-roster", WHERE, "The founding rosters are not those of the charter's parties, in order.");
  return false;
}

function plain(fingerprint: string): string {
  return fingerprint.replaceAll(" ", "").toLowerCase();
}

export function beginSection(
  state: Verification,
  line: LineFacts,
  record: Extract<EvidenceRecord, { type: "log" }>,
): Section | null {
  const { origin, form } = record;
  const party = state.histories.has(origin)
    ? line.charter.parties.find(({ id }) => id === parseLogOrigin(origin).party)
    : undefined;
  if (party === undefined || state.sections.some((section) => section.origin === origin)) {
    fault(state, "evidence-log", origin, "The log is not one of this line, or comes twice.");
    return null;
  }
  const section: Section = {
    origin,
    party: party.id,
    form,
    owner: { line: line.id, party: party.id, identity: party.identity },
    charter: line.charter,
    charterHash: line.charterHash,
    signedCharter: line.signed,
    next: 0,
    frontier: emptyFrontier(),
    entries: 0,
    opened: 0,
    unopened: [],
    checkpoint: null,
    receipts: [],
    cosigned: [],
    over: new Map(),
    roots: new Map(),
    proofs: [],
  };
  state.sections.push(section);
  return section;
}

export function historyOf(state: Verification, origin: LogOrigin): RosterHistory {
  return state.histories.get(origin) as RosterHistory;
}

export function declarationsOf(state: Verification, party: PartyId): Declarations {
  return state.declarations.get(party) ?? [];
}

export function carriedBy(state: Verification, party: PartyId): readonly CarriedStep[] {
  return state.carried.get(party) ?? [];
}

export function placeOf(origin: LogOrigin, index: number): Place {
  return { generation: parseLogOrigin(origin).generation, index };
}

/** Whose roster stands there: a party's identity key may have been succeeded before it. */
export function ownerAt(state: Verification, { owner, origin }: Section, index: number): RosterOwner {
  const declared = declarationsOf(state, owner.party);
  const carried = carriedBy(state, owner.party);
  return { ...owner, identity: identityAt(owner.identity, declared, placeOf(origin, index), carried) };
}

/** A generation that was closed, and the roster with which the next one begins. `late`: a succession may come. */
export function takeClosing(
  state: Verification,
  line: LineFacts,
  signed: SignedClosing,
  when: "now" | "at the end" = "now",
): void {
  check(state, "evidence-closing", WHERE, () => {
    const { party: named, generation } = decodeClosing(signed.bytes);
    const party = line.charter.parties.find(({ id }) => id === named);
    if (party === undefined) throw lineError("evidence-closing", `The line has no party ${named}.`);
    const found = verifiedBy(state, { line: line.id, party: named, identity: party.identity }, signed);
    if (found === null && when === "now") return void state.lateClosings.push(signed);
    if (found === null) throw lineError("closing-signature", `A closing is not signed by an identity key of ${named}.`);
    const { closing, origin, history, steps } = found;
    if (state.histories.has(origin)) throw lineError("evidence-closing", `${origin} begins twice.`);
    const carried = steps.map((step) => ({ ...step, next: closing.next }));
    state.carried.set(named, [...carriedBy(state, named), ...carried]);
    state.histories.set(origin, history);
    state.ends.set(logOrigin(line.id, named, generation), closing.size);
  });
}

/** By any identity key that the party has had; null where it is by none that is known so far. */
function verifiedBy(state: Verification, owner: RosterOwner, signed: SignedClosing) {
  const { party } = owner;
  for (const identity of identitiesOf(owner.identity, declarationsOf(state, party), carriedBy(state, party))) {
    try {
      return verifyClosing(state.suite, { ...owner, identity }, signed);
    } catch (error) {
      if (!isParleyError(error, "closing-signature")) throw error;
    }
  }
  return null;
}

/** After a succession, and once more at the end. */
export function takeLateClosings(state: Verification, line: LineFacts, when: "now" | "at the end"): void {
  for (const signed of state.lateClosings.splice(0)) takeClosing(state, line, signed, when);
}

/**
 * A cosignature over a verified checkpoint that is no known witness's (cosigned.ts): a receipt by a party of the line.
 * Anything else in an evidence file is a fault.
 */
export function takeReceipt(
  state: Verification,
  section: Section,
  under: Under,
  line: string,
  when: "now" | "at the end",
): void {
  const { checkpoint, index } = under;
  const name = /^\u2014 (\S{1,512}) /.exec(line)?.[1] ?? "";
  const own = [...state.histories.keys()].find((origin) => receiptKeyName(origin) === name);
  const by = own === undefined ? undefined : parseLogOrigin(own).party;
  if (own === undefined || by === undefined || by === section.party) {
    return fault(state, "evidence-receipt", whereOf(section), `A cosignature by ${name} is no receipt on this log.`);
  }
  const keys = new Map(historyOf(state, own).map(({ roster }) => [toHex(roster.node.receipt), roster.node.receipt]));
  for (const publicKey of keys.values()) {
    try {
      const { at } = verifyCosignature(state.suite, checkpoint, line, { name, publicKey });
      const receipt = { party: by, size: checkpoint.size, at };
      section.receipts.push(receipt);
      if (index !== null) section.over.set(index, [...(section.over.get(index) ?? []), receipt]);
      return;
    } catch (error) {
      if (!isParleyError(error)) throw error;
      if (error.code !== "cosignature-other-key")
        return fault(state, "evidence-receipt", whereOf(section), error.message);
    }
  }
  if (when === "now") state.late.push({ section, under, line });
  else fault(state, "evidence-receipt", whereOf(section), `The receipt by ${by} is by no key that its rosters name.`);
}

/** The cosignature lines of a note, its log's own line left out. */
export function cosignaturesOf(note: string, origin: string): string[] {
  const lines = note.slice(parseNote(note).body.length + 1).match(/[^\n]*\n/g) ?? [];
  return lines.filter((line) => !line.startsWith(`\u2014 ${origin} `));
}
