/**
 * What a node keeps of one line: every log's entries and hashes, checkpoints and receipts, the opened messages with the
 * facts that queries need, drafts. Writes are plain data and a `commit` is one transaction: all of them are on the
 * disk when it returns, or none is (spec/store.md). Reads are synchronous: the implementations live in the node's own process.
 */
import type { CarrierName, SignedClosing } from "../line/index.ts";
import type { HashReader, SubtreeHash } from "../log/index.ts";
import type { Kind, Relation } from "../message/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { DraftId, LineId, ListId, LogOrigin, MessageHash, MessageId, OfficerId, PartyId } from "../wire/id.ts";

export interface LogRecord {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  readonly generation: number;
  /** Entries held here, durably. */
  readonly size: number;
  readonly split: boolean;
}

export interface CheckpointRecord {
  readonly origin: LogOrigin;
  readonly size: number;
  readonly root: Bytes;
  /** The signed note. */
  readonly note: string;
  /** When this node first saw it, milliseconds since the epoch. */
  readonly seenAt: number;
}

/** A cosignature line of `party`'s receipt key over the checkpoint of that size. */
export interface ReceiptRecord {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  readonly size: number;
  /** The signer's claim, milliseconds since the epoch. */
  readonly signedAt: number;
  /** When this node first saw it, milliseconds since the epoch. */
  readonly seenAt: number;
  readonly line: string;
  /** What brought it here; null for this node's own. */
  readonly carrier: CarrierName | null;
}

export const ENTRY_TYPES = ["message", "notice", "roster", "charter", "declaration", "unopened"] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

export interface EntryRecord {
  readonly origin: LogOrigin;
  readonly index: number;
  /** The transport form. */
  readonly bytes: Bytes;
  readonly storedAt: number;
  /** Null until it was looked at. */
  readonly type: EntryType | null;
  /** A code: why it is unopened, or counts for nothing. */
  readonly cause: string | null;
  /** What brought it here; null for this node's own. */
  readonly carrier: CarrierName | null;
}

export interface MessageRecord {
  readonly origin: LogOrigin;
  readonly index: number;
  readonly hash: MessageHash;
  readonly from: PartyId;
  readonly id: MessageId;
  readonly kind: Kind;
  readonly re: { readonly relation: Relation; readonly message: MessageHash } | null;
  readonly list: ListId | null;
  readonly at: number;
  readonly expires: number | null;
  readonly storedAt: number;
  /** The signed bytes and both signatures, as they came. */
  readonly bytes: Bytes;
  readonly drafted: Bytes | null;
  readonly released: Bytes;
  readonly drafter: OfficerId | null;
  readonly releaser: OfficerId | null;
  /** A code: why it counts for nothing; null where it counts. */
  readonly fault: string | null;
}

/** With the cursor that pages of messages are cut by: larger is stored later. */
export type StoredMessage = MessageRecord & { readonly seq: number };

/** What is known of a message that counts without reading it. */
export type StoredFact = Omit<StoredMessage, "bytes" | "drafted" | "released" | "fault">;

export interface NoticeRecord {
  readonly origin: LogOrigin;
  readonly index: number;
  readonly from: PartyId;
  readonly storedAt: number;
  readonly bytes: Bytes;
  readonly signature: Bytes;
}

/** A message that came over a narrow link, ahead of its log. */
export type HeldMessage = StoredMessage & {
  /** The transport form, with this party's share alone. */
  readonly entry: Bytes;
  /** The checkpoint that was shown to hold it; null where none was. */
  readonly proof: string | null;
};

/** `party`'s node says that it holds an entry ahead of the log; milliseconds since the epoch. */
export interface HeldBy {
  readonly party: PartyId;
  readonly at: number;
  readonly knownAt: number;
}

/** The cursor that pages of notices are cut by. */
export type NoticePlace = Pick<NoticeRecord, "storedAt" | "origin" | "index">;

/** `party`'s node says about the entries `first` to `last` of a log: opened (code null) or why not. */
export interface OpeningRecord {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  readonly first: number;
  readonly last: number;
  readonly at: number;
  readonly code: string | null;
  /** Where in that party's log it says so. */
  readonly notice: number;
  /** Of the log that the notice stands in. */
  readonly noticeIn: LogOrigin;
}

/** A closing that was taken up. */
export interface ClosingRecord {
  readonly party: PartyId;
  /** The generation that it begins. */
  readonly next: number;
  readonly signed: SignedClosing;
  readonly seenAt: number;
}

/** With when this node held the notice that says so. */
export type KnownOpening = OpeningRecord & { readonly knownAt: number };

export interface RosterRecord {
  readonly origin: LogOrigin;
  readonly index: number;
  readonly party: PartyId;
  readonly bytes: Bytes;
  readonly signature: Bytes;
}

/** A declaration that was taken up, at its place. */
export type DeclarationRecord = RosterRecord;

export type DraftState = "unsigned" | "signed" | "released" | "refused";

export interface DraftItemRecord {
  readonly hash: MessageHash;
  /** The bytes to be signed. */
  readonly bytes: Bytes;
  /** What intake and the checks found, as JSON. */
  readonly findings: string;
  readonly drafted: Bytes | null;
}

export interface DraftRecord {
  readonly id: DraftId;
  readonly state: DraftState;
  readonly createdAt: number;
  readonly draftedBy: OfficerId;
  readonly needs: 1 | 2;
  readonly listName: string | null;
  readonly soleReason: string | null;
  readonly refused: { readonly by: OfficerId; readonly at: number; readonly reason: string } | null;
  readonly items: readonly DraftItemRecord[];
}

/** With the cursor that pages of drafts are cut by: larger is newer. */
export type StoredDraft = DraftRecord & { readonly seq: number };

/** What an officer has begun to write and not yet drafted. */
export interface ScratchRecord {
  readonly officer: OfficerId;
  /** Chosen by the officer's page. */
  readonly id: string;
  readonly kind: Kind;
  readonly subject: string;
  readonly savedAt: number;
  /** The form's fields, as JSON. */
  readonly form: string;
}

export type LineWrite =
  | { readonly write: "log"; readonly origin: LogOrigin; readonly party: PartyId; readonly generation: number }
  | {
      /** Entries `expect`, `expect + 1`, … of a log: refused (`store-size-changed`) unless its size is `expect`. */
      readonly write: "append";
      readonly origin: LogOrigin;
      readonly expect: number;
      readonly entries: readonly Bytes[];
      readonly nodes: readonly SubtreeHash[];
      readonly at: number;
      /** Null for this node's own. */
      readonly carrier: CarrierName | null;
    }
  /** Changes nothing, and shows whether the disk takes it. */
  | { readonly write: "same-again" }
  | ({ readonly write: "checkpoint" } & CheckpointRecord)
  /** Its root is over the entries that are held now: another note of that size, and receipts over it, make room. */
  | ({ readonly write: "held-checkpoint" } & CheckpointRecord)
  | ({ readonly write: "receipt" } & ReceiptRecord)
  | {
      readonly write: "sent";
      readonly origin: LogOrigin;
      readonly party: PartyId;
      readonly size: number;
      readonly carrier: CarrierName;
      readonly at: number;
    }
  | {
      /** What an entry turned out to be. */
      readonly write: "looked-at";
      readonly origin: LogOrigin;
      readonly index: number;
      readonly type: EntryType;
      readonly cause: string | null;
    }
  | ({ readonly write: "message" } & MessageRecord)
  | {
      /** A message that waited for what it refers to. */
      readonly write: "judged";
      readonly origin: LogOrigin;
      readonly index: number;
      readonly drafter: OfficerId | null;
      readonly releaser: OfficerId | null;
      readonly fault: string | null;
    }
  | ({ readonly write: "held"; readonly entry: Bytes } & MessageRecord)
  | { readonly write: "held-proven"; readonly origin: LogOrigin; readonly index: number; readonly proof: string }
  | ({ readonly write: "held-by"; readonly origin: LogOrigin; readonly index: number } & HeldBy)
  | ({ readonly write: "notice" } & NoticeRecord)
  | ({ readonly write: "opening" } & OpeningRecord)
  | ({ readonly write: "roster" } & RosterRecord)
  /** What a party's node understands, as it said last. */
  | { readonly write: "understood"; readonly party: PartyId; readonly features: readonly string[] }
  /** What an older version could not read is looked at again. */
  | { readonly write: "look-again" }
  | ({ readonly write: "declaration" } & DeclarationRecord)
  | ({ readonly write: "closing" } & ClosingRecord)
  /** Never lowered. Null: its log has ended, and with it its terms. */
  | { readonly write: "term"; readonly party: PartyId; readonly term: number | null }
  | { readonly write: "split"; readonly origin: LogOrigin; readonly evidence: Bytes; readonly at: number }
  | ({ readonly write: "draft" } & DraftRecord)
  | { readonly write: "draft-signed"; readonly id: DraftId; readonly signatures: readonly Bytes[] }
  | { readonly write: "draft-released"; readonly id: DraftId }
  | {
      readonly write: "draft-refused";
      readonly id: DraftId;
      readonly by: OfficerId;
      readonly at: number;
      readonly reason: string;
    }
  | { readonly write: "draft-deleted"; readonly id: DraftId }
  /** The words of a message, folded for searching. */
  | { readonly write: "words"; readonly seq: number; readonly words: string }
  | ({ readonly write: "scratch" } & ScratchRecord)
  | { readonly write: "scratch-deleted"; readonly officer: OfficerId; readonly id: string };

export interface MessageFilter {
  readonly kind?: Kind | undefined;
  readonly from?: PartyId | undefined;
  readonly list?: ListId | undefined;
  /** Messages that are about this one, in any relation. */
  readonly re?: MessageHash | undefined;
  /** Only what was stored here by then. */
  readonly storedBy?: number | undefined;
  /** Also those that count for nothing; left out by default. */
  readonly faults?: "with" | undefined;
}

export interface MessagePage {
  readonly order: "newest-first" | "oldest-first";
  /** A cursor: rows beyond it, in the order asked for. */
  readonly beyond?: number | undefined;
  readonly limit?: number | undefined;
}

/**
 * `now`: on the disk when the commit returns. `soon`: with the next that is, and in its order; a power cut before that
 * takes it away whole. That is enough for what the node would find again by itself.
 */
export type Durable = "now" | "soon";

export interface LineStore {
  commit(writes: readonly LineWrite[], when?: Durable): void;

  logs(): readonly LogRecord[];
  log(origin: LogOrigin): LogRecord | null;
  hashReader(origin: LogOrigin): HashReader;
  /** Bytes of another party's log that came on that UTC day, and the last day before it on which any came. */
  takenOn(origin: LogOrigin, day: number): { readonly taken: number; readonly lastDay: number | null };
  /** Entries from `from` on, as many as stay within both limits, one at least where there is one. */
  entries(origin: LogOrigin, from: number, limits: { readonly count: number; readonly bytes: number }): EntryRecord[];
  entry(origin: LogOrigin, index: number): EntryRecord | null;
  /** What the entries from `from` on turned out to be, up to the first that nobody has looked at yet. */
  lookedAt(origin: LogOrigin, from: number, limit: number): Pick<EntryRecord, "index" | "type" | "cause">[];
  /** How many entries from the first on were looked at, and how many of the log could not be opened. */
  openedUpTo(origin: LogOrigin): { readonly size: number; readonly unopened: number };
  /** Entries that nobody has looked at yet, each log's in their order; the log with the fewest comes first; of the logs `except`, none. */
  entriesToOpen(limit: number, except?: ReadonlySet<LogOrigin>): EntryRecord[];
  /** Those of one log that follow on `last`, at most `limit`: none where somebody has looked at that one, or beyond it. */
  entriesToOpenAfter(origin: LogOrigin, last: number, limit: number): EntryRecord[];
  /**
   * What does not open, and then what was opened and is of a newer version: of each log the newest, so many of either at
   * most, in their order. A peer can write any number of them.
   */
  unopened(ofEachLog: number): Omit<EntryRecord, "bytes" | "carrier">[];
  countUnopened(): number;
  /** Entries of which `party` has said that they are of a newer version, and which it has read since. */
  readSince(party: PartyId): { readonly origin: LogOrigin; readonly index: number }[];

  /** The newest checkpoint, at most `size` large where that is given. */
  checkpoint(origin: LogOrigin, size?: number): CheckpointRecord | null;
  /** The checkpoint at exactly `size`. */
  checkpointAt(origin: LogOrigin, size: number): CheckpointRecord | null;
  /** Those with `from < size <= to`, ascending. */
  checkpointsIn(origin: LogOrigin, from: number, to: number): CheckpointRecord[];
  /** The highest term that was written for a party; 0 where none was. */
  term(party: PartyId): number;
  /** Each party's newest receipt over a log. */
  newestReceipts(origin: LogOrigin): ReceiptRecord[];
  /** Each party's first receipt that covers entry `index`, of those that were seen by `seenBy` where that is given. */
  receiptsOver(origin: LogOrigin, index: number, seenBy?: number): ReceiptRecord[];
  /** When entry `index` was first handed to each peer, by each carrier. */
  sentOver(
    origin: LogOrigin,
    index: number,
  ): { readonly party: PartyId; readonly carrier: CarrierName; readonly at: number }[];
  openingsOf(origin: LogOrigin, index: number): KnownOpening[];
  /** The last entry of a log that `party` has said something about; -1 where none. */
  openingsEnd(origin: LogOrigin, party: PartyId): number;

  messages(filter: MessageFilter, page: MessagePage): StoredMessage[];
  /** Of the messages that count, oldest first, those beyond a cursor. */
  messageFacts(page: { readonly beyond: number; readonly limit: number }): StoredFact[];
  /** What came ahead of its log, also where that has come since; in the order in which it was stored. */
  held(): readonly HeldMessage[];
  heldAt(origin: LogOrigin, index: number): HeldMessage | null;
  /** Of one log, how many are held whose place has not come, or was not looked at yet. */
  heldUntold(origin: LogOrigin): number;
  /** A message of this id is held, and its log does not say otherwise. */
  hasHeldId(from: PartyId, id: MessageId): boolean;
  /** Whose nodes hold entry `index` ahead of the log, as they say. */
  heldBy(origin: LogOrigin, index: number): readonly HeldBy[];
  /** The message that counts under this hash, or else one that is held ahead of its log, or one that counts for nothing. */
  message(hash: MessageHash): StoredMessage | null;
  /** What refers to `hash` and does not count because that was not held, in the order in which it was stored. */
  waitingFor(hash: MessageHash): readonly StoredMessage[];
  hasWaiting(): boolean;
  messageAt(origin: LogOrigin, index: number): StoredMessage | null;
  hasMessageId(from: PartyId, id: MessageId): boolean;
  /** The oldest messages whose words were not taken up yet. */
  withoutWords(limit: number): StoredMessage[];
  /** Messages in whose words each of `beginnings` begins a word: letters and digits, folded. Newest first. */
  withWords(beginnings: readonly string[]): MessageHash[];
  /** Newest first; those before the one given as `before`. All of them where no limit is given. */
  notices(page?: { readonly limit?: number; readonly before?: NoticePlace | undefined }): NoticeRecord[];
  /** Of one log, those from `from` on, in their order. */
  noticesIn(origin: LogOrigin, from: number, limit: number): NoticeRecord[];
  /** By their place in their party's log, oldest first. */
  rosters(): RosterRecord[];
  /** What a party's node last said that it understands; null where it has said nothing. */
  understood(party: PartyId): readonly string[] | null;
  /** By their place in their party's log, oldest first. */
  declarations(): DeclarationRecord[];
  /** Messages that count, from an entry of a log on, which one of these officers drafted or released. */
  signedBy(origin: LogOrigin, from: number, officers: readonly OfficerId[]): StoredMessage[];
  /** A party's messages that count no more, since it revoked the key of one of these officers; oldest first. */
  revoked(party: PartyId, officers: readonly OfficerId[]): StoredMessage[];
  /** In the order in which they came. */
  closings(): ClosingRecord[];
  /** When the closing that begins this generation came; null where none did. */
  closingSeen(party: PartyId, next: number): number | null;
  splits(): { readonly origin: LogOrigin; readonly evidence: Bytes; readonly seenAt: number }[];

  /** Newest first, with items; those before the one with this `seq`. */
  drafts(page: { readonly limit: number; readonly before?: number | undefined }): StoredDraft[];
  /** What this officer has begun to write, the last touched first. */
  scratches(officer: OfficerId): ScratchRecord[];
  /** How many wait to be signed or released. */
  countOpenDrafts(): number;
  draft(id: DraftId): DraftRecord | null;

  close(): void;
}

/** Whose store of which line it is. */
export interface StoreIdentity {
  readonly line: LineId;
  readonly party: PartyId;
}
