/**
 * What a side intends, or has in a place, and has not told. It is a file of its own (`private.sqlite`), so that what
 * is copied, exported or carried of a line cannot hold any of it.
 */
import type { AnyVolume, Footprint } from "../geo/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { OfficerId, PlanId } from "../wire/id.ts";
import type { WatchReads, WatchWrite } from "./watch-records.ts";

export type PrivateKind = "plan" | "holding";

/** It may recur, move and fly by levels. */
export type PrivateVolume = AnyVolume & { readonly footprint: Footprint };

export interface PrivateItem {
  readonly id: PlanId;
  readonly name: string;
  readonly category: string;
  readonly volumes: readonly PrivateVolume[];
  readonly remarks: string;
}

/** A conflict of a private item, as JSON of the node's own making; the two keys are its identity. */
export interface ConflictRecord {
  readonly kind: PrivateKind;
  readonly id: PlanId;
  /** A message's hash; `holding:` and its id where it is a holding of this side's own. */
  readonly against: string;
  readonly conflict: string;
  /** When it was first found, milliseconds since the epoch. */
  readonly since: number;
}

/** What a plan was last certified for; it ends with the plan. */
export interface CertificateRecord {
  readonly plan: PlanId;
  readonly salt: Bytes;
  readonly bytes: Bytes;
  readonly signature: Bytes;
  /** When the one before it lapsed, and its outcome as JSON; null where none has since the plan was put. */
  readonly lapsed: { readonly at: number; readonly outcome: string } | null;
}

/** GO or NO GO, with the certificate on which it rests. It stays, also when the plan is gone. */
export interface DecisionRecord {
  readonly plan: PlanId;
  readonly decision: "GO" | "NO GO";
  readonly by: OfficerId;
  readonly at: number;
  readonly reason: string;
  readonly certificate: Pick<CertificateRecord, "salt" | "bytes" | "signature"> | null;
  /** When a GO ended by itself; null while it stands. */
  readonly lapsedAt: number | null;
}

/** That an officer takes a conflict upon himself. It stays; `endedAt` says when it stopped to count. */
export interface OverrideRecord {
  readonly plan: PlanId;
  /** As a conflict's. */
  readonly against: string;
  /** How grave the conflict was then: a graver one is not overridden. */
  readonly grave: string;
  readonly by: OfficerId;
  readonly at: number;
  readonly reason: string;
  readonly endedAt: number | null;
}

export type PrivateWrite =
  | {
      /** One with the id of another replaces it. */
      readonly write: "put";
      readonly kind: PrivateKind;
      readonly items: readonly PrivateItem[];
      readonly by: OfficerId;
      readonly at: number;
    }
  | { readonly write: "remove"; readonly kind: PrivateKind; readonly id: PlanId }
  | ({ readonly write: "conflict" } & ConflictRecord)
  | ({ readonly write: "conflict-ended" } & Pick<ConflictRecord, "kind" | "id" | "against">)
  | ({ readonly write: "certificate" } & CertificateRecord)
  | ({ readonly write: "decision" } & Omit<DecisionRecord, "lapsedAt">)
  /** A GO that stands for the plan ends. */
  | { readonly write: "go-lapsed"; readonly plan: PlanId; readonly at: number }
  | ({ readonly write: "override" } & Omit<OverrideRecord, "endedAt">)
  | { readonly write: "overrides-ended"; readonly plan: PlanId; readonly at: number }
  /** Of every plan: what they were against is another now. */
  | { readonly write: "overrides-against-ended"; readonly against: string; readonly at: number }
  | WatchWrite;

export interface PrivateStore extends WatchReads {
  /** One transaction. */
  commit(writes: readonly PrivateWrite[]): void;
  items(kind: PrivateKind): PrivateItem[];
  /** When it was last put; null where it is not there. */
  putAt(kind: PrivateKind, id: PlanId): number | null;
  item(kind: PrivateKind, id: PlanId): PrivateItem | null;
  count(kind: PrivateKind): number;
  /** As they stood when the node last wrote. */
  conflicts(): ConflictRecord[];
  certificate(plan: PlanId): CertificateRecord | null;
  /** The last one of a plan. */
  decision(plan: PlanId): DecisionRecord | null;
  /** Plans whose newest decision is a GO that has lapsed. */
  lapsedGo(): readonly PlanId[];
  /** Those of a plan that count. */
  overrides(plan: PlanId): OverrideRecord[];
  close(): void;
}
