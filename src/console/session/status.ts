import { createContext, use } from "react";
import type { Status } from "../../api/index.ts";

/** The node's own summary, kept current by the frame; null until it has come. */
export const StatusContext = createContext<Status | null>(null);

/** A party's place in the line's order of ids: its colour, the same on every side's screens. */
export function usePartyPlace(): (party: string) => number {
  const status = use(StatusContext);
  return (party) => (status === null ? 0 : placeIn(status, party));
}

export function placeIn(status: Status, party: string): number {
  const place = [status.party, ...status.peers.map((peer) => peer.party)].toSorted().indexOf(party as never);
  return place < 0 ? 3 : place;
}
