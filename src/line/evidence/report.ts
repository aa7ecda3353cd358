/** What a verifier says about an evidence file. */
import type { Kind, Message, Rendered } from "../../message/index.ts";
import type { LineId, LogOrigin, MessageHash, OfficerId, PartyId, PersonId } from "../../wire/id.ts";
import type { LineErrorCode } from "../errors.ts";
import type { Refused } from "../check-message.ts";
import type { Declared } from "../terms/declaration.ts";

export interface EvidenceFault {
  readonly code: LineErrorCode;
  /** Which part of the file: a record, a log, an entry. */
  readonly where: string;
  readonly message: string;
}

export interface EvidenceParty {
  readonly party: PartyId;
  readonly name: string;
  readonly fingerprint: string;
  /** It is the one that the verifier was given for this party. */
  readonly pinned: boolean;
}

/** One party said that it held every entry below `size`, durably. */
export interface FoundReceipt {
  readonly party: PartyId;
  readonly size: number;
  /** By that party's clock, milliseconds since the epoch. */
  readonly at: number;
}

/** A witness said when it saw a tree of `size` entries that has the entry in it, and none that contradicts it. */
export interface FoundCosignature {
  /** The name of its key; whoever has the key chose it. */
  readonly witness: string;
  readonly vkey: string;
  /** In the verifier's own policy; else the charter names it. */
  readonly given: boolean;
  readonly size: number;
  /** By the witness's clock, milliseconds since the epoch. */
  readonly at: number;
}

/** A cosignature over a verified checkpoint, with the entry that was proven to be under it; null where all are shown. */
export interface CosignedUnder extends FoundCosignature {
  readonly index: number | null;
}

export interface EvidenceLogReport {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  /** `whole`: every entry or its hash was seen. `proofs`: some entries, and nothing is said about the others. */
  readonly form: "whole" | "proofs";
  /** Of the largest checkpoint that was verified. */
  readonly size: number;
  /** Its root, 64 hexadecimal digits; null where none was verified. */
  readonly root: string | null;
  /** Entries that were verified to be in the log, open or not. */
  readonly entries: number;
  readonly opened: number;
  /** Entries of the log that this file does not open. */
  readonly unopened: number;
  /** Where they are: the first index, and the one after the last. */
  readonly unopened_ranges: readonly { readonly from: number; readonly to: number }[];
  readonly receipts: readonly FoundReceipt[];
}

export interface EvidenceSigner {
  readonly as: "drafted" | "released";
  readonly officer: OfficerId;
  readonly person: PersonId;
  readonly fingerprint: string;
}

export interface EvidenceReply {
  readonly hash: MessageHash;
  readonly party: PartyId;
  readonly kind: Kind;
  /** The answer's code, or how a read-back compared by the verifier. */
  readonly says: string | null;
  readonly at: number;
}

export interface EvidenceMessage {
  readonly hash: MessageHash;
  readonly origin: LogOrigin;
  readonly index: number;
  readonly from: PartyId;
  readonly kind: Kind;
  readonly subject: string;
  /** By its author's clock. */
  readonly at: number;
  readonly exercise: boolean;
  readonly re: MessageHash | null;
  /** Its place in the list that it belongs to. */
  readonly list: Message["list"];
  /** "list": it is about the whole list of the message that it names. */
  readonly scope: "message" | "list";
  /** An answer's code, or how a read-back compared by the verifier; the claim stands beside it where it differs. */
  readonly says: string | null;
  readonly rendered: Rendered;
  readonly signers: readonly EvidenceSigner[];
  /** Released by one officer where two are asked for. */
  readonly sole: boolean;
  /** It was said as the charter asks. */
  readonly counts: boolean;
  /** Why it does not count. `unknown-target`: what it refers to is not in this file, so that cannot be told. */
  readonly why: Refused["fault"] | null;
  /** Of each party the first that covers it. */
  readonly receipts: readonly FoundReceipt[];
  /** Of each known witness the first that covers it. */
  readonly cosigned: readonly FoundCosignature[];
  /** Parties whose nodes signed that they opened it. */
  readonly opened: readonly { readonly party: PartyId; readonly at: number }[];
  /** Also those to its whole list, whose authors' nodes had it then. */
  readonly replies: readonly EvidenceReply[];
}

/** An entry that its author logged and that breaks the line's rules: authentic, and without effect. */
export interface Uncounted {
  readonly where: string;
  /** A code: why. */
  readonly why: string;
  readonly message: string;
}

/** What a party declared beside its rosters, under its identity key. */
export interface FoundDeclaration {
  readonly origin: LogOrigin;
  readonly index: number;
  readonly party: PartyId;
  readonly declares: Declared["declares"];
  /** Of the key that it revokes, names or goes over to; null where it leaves. */
  readonly fingerprint: string | null;
  /** Of a revocation: the log, and from which entry of it on the key counts for nothing. */
  readonly from: { readonly origin: LogOrigin; readonly index: number } | null;
  readonly reason: string | null;
  /** By the party's clock. */
  readonly at: number;
}

export interface EvidenceReport {
  /** No fault at all. It says that what is shown is authentic, and nothing about what is not shown. */
  readonly ok: boolean;
  readonly line: LineId | null;
  readonly title: string | null;
  readonly exercise: boolean | null;
  /** The one message that the file says it is for. */
  readonly about: MessageHash | null;
  readonly parties: readonly EvidenceParty[];
  readonly logs: readonly EvidenceLogReport[];
  readonly messages: readonly EvidenceMessage[];
  readonly declarations: readonly FoundDeclaration[];
  readonly faults: readonly EvidenceFault[];
  readonly uncounted: readonly Uncounted[];
  /** What this file does not prove, in sentences. */
  readonly limits: readonly string[];
}

export const LIMITS = {
  absence: "What is not in this file may still have been said: it proves nothing about what is absent.",
  clocks: "Every time is its signer's claim.",
  receipts: "A party may hold an entry and keep back its receipt: that none is here proves nothing.",
  rosters:
    "Entries that stay closed may hold rosters and declarations: an officer may have been removed or revoked without this file showing it.",
  targets: "Some messages refer to one that is not in this file: whether they count cannot be told from it.",
  ends: "Some entries lie beyond the end that their author has stated for that log: it no longer stands by them.",
  newer: "Some messages were written by a newer version of Parley and were not read.",
} as const;
