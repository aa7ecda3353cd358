/** What follows from a parcel: the node makes each durable, in their order, before it says anything. */
import type { RootHash, SubtreeHash } from "../../log/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { LogOrigin, PartyId } from "../../wire/id.ts";
import type { Have } from "../parcel/parcel.ts";
import type { SplitRecord } from "./split.ts";
import type { HeldReceipt } from "./view.ts";

/** Why a part of a parcel was left. */
export type UnverifiedCode =
  | "unverified-log"
  | "unverified-checkpoint"
  | "unverified-place"
  | "unverified-term"
  | "unverified-closed"
  | "unverified-entry"
  | "unverified-altered"
  | "unverified-root"
  | "unverified-receipt";

export type Effect =
  /** From now on nothing is taken from a parcel that the party wrote in an earlier term. */
  | { readonly type: "store-term"; readonly party: PartyId; readonly term: number }
  /** Append to the log where its size is exactly `from`. */
  | {
      readonly type: "store-segment";
      readonly origin: LogOrigin;
      readonly party: PartyId;
      readonly from: number;
      /** In transport form. */
      readonly entries: readonly Bytes[];
      readonly subtrees: readonly SubtreeHash[];
      /** Of the log with them. */
      readonly size: number;
      readonly root: RootHash;
      readonly checkpoint: string;
    }
  /** The newest checkpoint heard of, beyond what is held. */
  | {
      readonly type: "store-head";
      readonly origin: LogOrigin;
      readonly size: number;
      readonly root: RootHash;
      readonly checkpoint: string;
    }
  | ({ readonly type: "store-receipt" } & HeldReceipt)
  /** Keep the evidence, tell every party, sign no more receipts for this log. */
  | { readonly type: "split-record"; readonly origin: LogOrigin; readonly party: PartyId; readonly record: SplitRecord }
  /** Others hold more of this node's own log than it does: it must not append before it has taken that back. */
  | { readonly type: "behind-own-log"; readonly origin: LogOrigin; readonly size: number }
  /** Left as it was; it will be asked for again. */
  | {
      readonly type: "unverified";
      readonly code: UnverifiedCode;
      readonly origin: LogOrigin | null;
      readonly index: number | null;
      readonly message: string;
    }
  /** What the sender says it holds; changes nothing here, and tells what to send it next. */
  | {
      readonly type: "heard";
      readonly party: PartyId;
      readonly at: number;
      readonly have: readonly Have[];
      readonly more: boolean;
      readonly settled: boolean;
    };
