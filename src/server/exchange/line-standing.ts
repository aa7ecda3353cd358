/** Whether the line stands open for what is said on it: its charter's end, and what its parties have suspended. */
import { reasonWords, type Suspended } from "../../line/index.ts";
import { formatTime } from "../../geo/index.ts";
import { ALWAYS_ALLOWED, type Kind } from "../../message/index.ts";
import type { PartyId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { LineState } from "./line-state.ts";

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
    return standing.state === "suspended" ? [{ party: id, name, since: standing.since, reason: standing.reason }] : [];
  });
}

export function lineStateName(state: LineState, now: number): "open" | "suspended" | "expired" {
  const { expires_at } = state.charter;
  if (expires_at !== null && now > expires_at) return "expired";
  return suspensionsOf(state).length > 0 ? "suspended" : "open";
}

/** Why the line is not open, as an error to throw or to show; null where it is. */
export function closedBecause(state: LineState, now: number): ReturnType<typeof serverError> | null {
  switch (lineStateName(state, now)) {
    case "open":
      return null;
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

/** Sites, alerts and replies outlive a suspension and an expiry. @throws line-expired, line-suspended */
export function requireOpenFor(state: LineState, kind: Kind, now: number): void {
  const because = ALWAYS_ALLOWED.includes(kind) ? null : closedBecause(state, now);
  if (because !== null) throw because;
}
