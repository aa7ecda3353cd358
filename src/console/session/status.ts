import { createContext, use } from "react";
import type { Status } from "../../api/index.ts";

/** The node's own summary, kept current by the frame; null until it has come. */
export const StatusContext = createContext<Status | null>(null);

/** A party's place in the line's fixed order: its colour. Our own side is always 0. */
export function usePartyPlace(): (party: string) => number {
  const status = use(StatusContext);
  return (party) => {
    if (status === null || party === status.party) return 0;
    const place = status.peers.map((peer) => peer.party).toSorted().indexOf(party as never);
    return place < 0 ? 3 : place + 1;
  };
}
