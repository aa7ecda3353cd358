import { createContext, use, useCallback, useMemo } from "react";
import type { Status } from "../../api/index.ts";

/** The node's own summary, kept current by the frame; null until it has come. */
export const StatusContext = createContext<Status | null>(null);

/** A party's place in the line's order of ids: its colour, the same on every side's screens. */
export function usePartyPlace(): (party: string) => number {
  const status = use(StatusContext);
  const parties = status === null ? "" : partiesOf(status).join(" ");
  return useCallback((party) => placeAmong(parties.split(" "), party), [parties]);
}

/** The parties of the line, this node's own first, and their names. */
export function useParties(): {
  readonly all: readonly { readonly id: string; readonly name: string }[];
  readonly nameOf: (party: string) => string;
} {
  const status = use(StatusContext);
  return useMemo(() => {
    const all =
      status === null
        ? []
        : [
            { id: status.party, name: status.name },
            ...status.peers.map(({ party, name }) => ({ id: party as string, name })),
          ];
    return { all, nameOf: (party) => all.find(({ id }) => id === party)?.name ?? party };
  }, [status]);
}

export function placeIn(status: Status, party: string): number {
  return placeAmong(partiesOf(status), party);
}

const partiesOf = (status: Status): readonly string[] =>
  [status.party, ...status.peers.map((peer) => peer.party)].toSorted();

function placeAmong(parties: readonly string[], party: string): number {
  const place = parties.indexOf(party);
  return place < 0 ? 3 : place;
}
