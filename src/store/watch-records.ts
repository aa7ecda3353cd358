/** What the watch keeps for its own side: it is never told to anybody by itself. */
import type { AlertDeed } from "../line/index.ts";
import type { ContentKind } from "../message/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { HandoverId, MessageHash, OfficerId, PartyId, StatementId } from "../wire/id.ts";

/** A watch handed over: the signed bytes (spec/handover.md), and both signatures. */
export interface HandoverRecord {
  /** The cursor that pages are cut by: larger is newer. */
  readonly seq: number;
  readonly id: HandoverId;
  readonly bytes: Bytes;
  readonly given: Bytes;
  /** Null until another officer has taken it. */
  readonly taken: { readonly signature: Bytes; readonly by: OfficerId; readonly at: number } | null;
}

/** What a party has said in public, as far as this side has noted it. It stays; `removed` says when it stopped to count. */
export interface StatementRecord {
  readonly id: StatementId;
  readonly party: PartyId;
  /** Milliseconds since the epoch. */
  readonly saidAt: number;
  /** Where it was said. */
  readonly source: string;
  readonly subject: string;
  readonly kind: ContentKind;
  /** The fields that were made public, as JSON. */
  readonly body: string;
  readonly by: OfficerId;
  readonly at: number;
  readonly removed: { readonly by: OfficerId; readonly at: number } | null;
}

export type WatchWrite =
  | {
      /** What was done about an alert that `party` must answer. */
      readonly write: "alert-deed";
      readonly message: MessageHash;
      readonly party: PartyId;
      readonly deed: AlertDeed;
    }
  | { readonly write: "handover"; readonly id: HandoverId; readonly bytes: Bytes; readonly given: Bytes }
  /** Refused (`handover-moved`) where somebody else has taken it. */
  | {
      readonly write: "handover-taken";
      readonly id: HandoverId;
      readonly taken: Bytes;
      readonly by: OfficerId;
      readonly at: number;
    }
  | ({ readonly write: "statement" } & Omit<StatementRecord, "removed">)
  | { readonly write: "statement-removed"; readonly id: StatementId; readonly by: OfficerId; readonly at: number };

export interface WatchReads {
  /** In the order in which they were recorded. */
  alertDeeds(message: MessageHash, party: PartyId): AlertDeed[];
  /** Newest first; those before the one with this `seq`. */
  handovers(page: { readonly limit: number; readonly before?: number | undefined }): HandoverRecord[];
  handover(id: HandoverId): HandoverRecord | null;
  /** By when they were said; also those that were removed. */
  statements(): StatementRecord[];
}
