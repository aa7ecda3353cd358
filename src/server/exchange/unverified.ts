/**
 * What each party sent that did not verify, since this node started: nobody is accused by it, and once is mostly nothing.
 * What comes again and again is something that people must look at.
 */
import type { Effect } from "../../line/index.ts";
import type { PartyId } from "../../wire/id.ts";

type Left = Extract<Effect, { readonly type: "unverified" }>;

export interface UnverifiedFacts {
  readonly code: Left["code"];
  readonly message: string;
  readonly times: number;
  readonly lastAt: number;
}

export interface Unverified {
  came(from: PartyId, left: Left): void;
  /** How often that came, of whomever. */
  times(code: Left["code"]): number;
  /** One for each code, the newest first. */
  facts(from: PartyId): readonly UnverifiedFacts[];
}

export function unverified(now: () => number): Unverified {
  const kept = new Map<PartyId, Map<Left["code"], UnverifiedFacts>>();
  return {
    came: (from, { code, message }) => {
      const own = kept.get(from) ?? new Map<Left["code"], UnverifiedFacts>();
      kept.set(from, own.set(code, { code, message, times: (own.get(code)?.times ?? 0) + 1, lastAt: now() }));
    },
    times: (code) => [...kept.values()].reduce((sum, own) => sum + (own.get(code)?.times ?? 0), 0),
    facts: (from) => [...(kept.get(from)?.values() ?? [])].toSorted((a, b) => b.lastAt - a.lastAt),
  };
}
