/**
 * What a side intends, or has in a place, and has not told. It is a file of its own (`private.sqlite`), so that what
 * is copied, exported or carried of a line cannot hold any of it.
 */
import type { Volume } from "../geo/index.ts";
import type { MessageHash, OfficerId, PlanId } from "../wire/id.ts";

export type PrivateKind = "plan" | "holding";

export interface PrivateItem {
  readonly id: PlanId;
  readonly name: string;
  readonly category: string;
  readonly volumes: readonly Volume[];
  readonly remarks: string;
}

/** A conflict of a private item with a message, as JSON of the node's own making; the two keys are its identity. */
export interface ConflictRecord {
  readonly kind: PrivateKind;
  readonly id: PlanId;
  readonly message: MessageHash;
  readonly conflict: string;
  /** When it was first found, milliseconds since the epoch. */
  readonly since: number;
}

export type PrivateWrite =
  | {
      /** One with the id of another replaces it, and ends the conflicts that it had. */
      readonly write: "put";
      readonly kind: PrivateKind;
      readonly items: readonly PrivateItem[];
      readonly by: OfficerId;
      readonly at: number;
    }
  | { readonly write: "remove"; readonly kind: PrivateKind; readonly id: PlanId }
  | ({ readonly write: "conflict" } & ConflictRecord)
  | { readonly write: "message-ended"; readonly message: MessageHash };

export interface PrivateStore {
  /** One transaction. */
  commit(writes: readonly PrivateWrite[]): void;
  items(kind: PrivateKind): PrivateItem[];
  item(kind: PrivateKind, id: PlanId): PrivateItem | null;
  count(kind: PrivateKind): number;
  conflicts(): ConflictRecord[];
  conflictsOf(message: MessageHash): ConflictRecord[];
  countConflicts(): number;
  /** How many there are by message. */
  conflictCounts(): ReadonlyMap<MessageHash, number>;
  close(): void;
}
