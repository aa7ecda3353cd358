/** Whether the line stands open for what is said on it: its charter's end, and what its parties have suspended. */
import { reasonWords, type Suspended } from "../../line/index.ts";
import { formatTime } from "../../geo/index.ts";
import { ALWAYS_ALLOWED, type Kind } from "../../message/index.ts";
import type { PartyId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { LineState } from "./line-state.ts";

export interface Departure {
  readonly party: PartyId;
  readonly name: string;
  /** By its clock. */
  readonly at: number;
  readonly reason: Suspended["reason"];
}

export interface Suspension {
  readonly party: PartyId;
  readonly name: string;
  readonly since: number;
  readonly reason: Suspended["reason"];
}

/** By the newest roster that is known of each party, this one included. */
export function suspensionsOf(state: LineState): Suspension[] {
  return state.charter.parties.flatMap(({ id, name }) => {
    const { standing } = state.roster(id);
    return standing.state === "suspended" && state.left(id) === null
      ? [{ party: id, name, since: standing.since, reason: standing.reason }]
      : [];
  });
}

/** Who has left the line, this party included. */
export function leavingsOf(state: LineState): Departure[] {
  return state.charter.parties.flatMap(({ id, name }) => {
    const left = state.left(id);
    return left === null ? [] : [{ party: id, name, at: left.declaration.issued_at, reason: left.declaration.reason }];
  });
}

/** Nothing can be said: this party has left, or everybody else has. */
function isOver(state: LineState): boolean {
  return state.left(state.self) !== null || state.present().length === 0;
}

export function lineStateName(state: LineState, now: number): "open" | "suspended" | "expired" | "left" {
  if (isOver(state)) return "left";
  const { expires_at } = state.charter;
  if (expires_at !== null && now > expires_at) return "expired";
  return suspensionsOf(state).length > 0 ? "suspended" : "open";
}

/** Why the line is not open, as an error to throw or to show; null where it is. */
export function closedBecause(state: LineState, now: number): ReturnType<typeof serverError> | null {
  switch (lineStateName(state, now)) {
    case "open":
      return null;
    case "left": {
      const who = state.left(state.self) === null ? "Every other party has" : "This party has";
      return serverError("line-left", `${who} left the line: nothing more is said on it.`);
    }
    case "expired":
      return serverError("line-expired", "The charter of this line has expired: only sites, alerts and replies flow.");
    case "suspended":
      break;
  }
  const who = suspensionsOf(state);
  const each = who.map(({ name, since, reason }) => {
    return `${name} has suspended the line since ${formatTime(since)} (${reasonWords(reason)})`;
  });
  return serverError("line-suspended", `${each.join("; ")}: only sites, alerts and replies flow.`, {
    detail: { party: who[0]?.party ?? null, since: who[0]?.since ?? null, reason: who[0]?.reason ?? null },
  });
}

/** Sites, alerts and replies outlive a suspension and an expiry. @throws line-expired, line-suspended, line-left */
export function requireOpenFor(state: LineState, kind: Kind, now: number): void {
  const because = !isOver(state) && ALWAYS_ALLOWED.includes(kind) ? null : closedBecause(state, now);
  if (because !== null) throw because;
}
