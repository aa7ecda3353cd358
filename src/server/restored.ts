/**
 * A node that was restored from a backup does not know what it has said since. Were it to say something new at a place
 * that it had filled already, it would sign two histories, and whoever held the first could show it. So it says nothing
 * before every other party has told how far this node's own log went.
 */
import { existsSync, rmSync } from "node:fs";
import type { PartyId } from "../wire/id.ts";
import { serverError } from "./errors.ts";
import type { LineState } from "./line-state.ts";

export interface Restored {
  /** `party` has sent a parcel, with the heads that it knows. */
  heard(party: PartyId): void;
  /** @throws log-behind while somebody has not been heard */
  requireHeard(): void;
}

/** `mark` is the file that `parley restore` leaves, and that is taken away once all were heard. */
export function restored({ others }: LineState, mark: string): Restored {
  const waiting = new Set(existsSync(mark) ? others.map(({ id }) => id) : []);
  return {
    heard: (party) => {
      if (waiting.delete(party) && waiting.size === 0) rmSync(mark, { force: true });
    },
    requireHeard: () => {
      if (waiting.size === 0) return;
      const who = [...waiting].join(" and ");
      throw serverError("log-behind", `This node was restored, and ${who} has not said yet how far its log went.`);
    },
  };
}
