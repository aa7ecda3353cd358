/**
 * A party's standing on the line. Any party may suspend it and take it up again, alone, by its next roster; what
 * protects people outlives that (spec/roster.md, "Standing").
 */
import type { CborValue } from "../wire/cbor.ts";
import { asInteger, asNullable, asOneOf, asRecord } from "../wire/shape.ts";

/** Why a party suspends, where it says so: codes, and no free text. */
export const SUSPENSION_REASONS = [
  "terms-not-kept",
  "misuse",
  "key-compromised",
  "node-out-of-service",
  "under-review",
] as const;
export type SuspensionReason = (typeof SUSPENSION_REASONS)[number];

export interface Suspended {
  readonly state: "suspended";
  /** By the party's clock, milliseconds since the epoch. What counts is the roster's place in the log. */
  readonly since: number;
  /** Null where it gives none. */
  readonly reason: SuspensionReason | null;
}

export type PartyStanding = { readonly state: "active" } | Suspended;

export const ACTIVE: PartyStanding = { state: "active" };
const MAX_TIME = 253_402_300_799_999;

/** The member of a roster's map; none for a party that is active. */
export function standingToCbor(standing: PartyStanding): Readonly<Record<string, CborValue>> {
  if (standing.state === "active") return {};
  const { state, since, reason } = standing;
  return { standing: { state, since, reason } };
}

/** `value` is undefined where the roster has no such member. @throws cbor-wrong-shape */
export function standingFromCbor(value: CborValue | undefined): PartyStanding {
  if (value === undefined) return ACTIVE;
  const map = asRecord(value, "standing", ["state", "since", "reason"]);
  return {
    state: asOneOf(map.state, "standing.state", ["suspended"]),
    since: asInteger(map.since, "standing.since", 0, MAX_TIME),
    reason: asNullable(map.reason, (reason) => asOneOf(reason, "standing.reason", SUSPENSION_REASONS)),
  };
}

const REASON_WORDS: Readonly<Record<SuspensionReason, string>> = {
  "terms-not-kept": "the line's terms were not kept",
  misuse: "what was told was misused",
  "key-compromised": "a key was compromised",
  "node-out-of-service": "its node is out of service",
  "under-review": "the line is under review",
};

/** What a suspension says of its reason. */
export function reasonWords(reason: SuspensionReason | null): string {
  return reason === null ? "no reason given" : REASON_WORDS[reason];
}
