/**
 * What tells a party's word of now from one that somebody recorded. Each party has a memory of its own: none can make
 * this node forget what it knows of another's parcels by sending many.
 */
import type { PartyId } from "../../wire/id.ts";

export interface Freshness {
  /** This very parcel came before; `mark` is what it is known by. */
  isRepeated(from: PartyId, mark: string): boolean;
  asked(peer: PartyId, ask: string): void;
  /** It was asked, in this round, and nothing has answered it yet. */
  isAsked(peer: PartyId, ask: string): boolean;
  /** It is durable: the parcel is a repetition from now on, and what it answers is asked no more. */
  took(from: PartyId, mark: string, answered: string | null): void;
}

/** Of each party; a restart forgets them. */
const REMEMBERED = 16_384;

/** What was asked in an earlier `round` is not what is asked now. */
export function freshness(round: () => string, max = REMEMBERED): Freshness {
  const [seen, asks] = [memories(max), memories(max)];
  const inRound = (ask: string): string => `${round()} ${ask}`;
  return {
    isRepeated: (from, mark) => seen.has(from, mark),
    asked: (peer, ask) => asks.add(peer, inRound(ask)),
    isAsked: (peer, ask) => asks.has(peer, inRound(ask)),
    took: (from, mark, answered) => {
      seen.add(from, mark);
      if (answered !== null) asks.delete(from, inRound(answered));
    },
  };
}

/** The newest `max` texts of each party. */
function memories(max: number) {
  const kept = new Map<PartyId, Set<string>>();
  return {
    has: (party: PartyId, text: string): boolean => kept.get(party)?.has(text) === true,
    delete: (party: PartyId, text: string): void => void kept.get(party)?.delete(text),
    add: (party: PartyId, text: string): void => {
      const own = kept.get(party) ?? new Set();
      kept.set(party, own.add(text));
      if (own.size > max) own.delete(own.values().next().value as string);
    },
  };
}
