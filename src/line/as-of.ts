/**
 * A ladder as it was known at a moment on the node that asks. Each fact has two times: the one that its signer claims,
 * and the one at which this node came to hold it; only the second decides what was known.
 */
import type { LadderFacts } from "./ladder.ts";

/** A fact, and when this node came to hold it, by its own clock: milliseconds since the epoch. */
export type Known<Fact> = Fact & { readonly known_at: number };

/** The facts of a ladder with when each became known. */
export interface LadderHistory extends Omit<LadderFacts, "sent" | "receipts" | "notices" | "replies" | "reached"> {
  readonly sent: readonly Known<LadderFacts["sent"][number]>[];
  readonly receipts: readonly Known<LadderFacts["receipts"][number]>[];
  readonly notices: readonly Known<LadderFacts["notices"][number]>[];
  readonly replies: readonly Known<LadderFacts["replies"][number]>[];
  readonly reached: readonly Known<LadderFacts["reached"][number]>[];
}

/** What was known by `at`, that moment included. `due` and `standing` must be those of that moment already. */
export function ladderFactsAsOf(history: LadderHistory, at: number): LadderFacts {
  const known = <Fact>(facts: readonly Known<Fact>[]): readonly Known<Fact>[] =>
    facts.filter(({ known_at }) => known_at <= at);
  return {
    ...history,
    sent: known(history.sent),
    receipts: known(history.receipts),
    notices: known(history.notices),
    replies: known(history.replies),
    reached: known(history.reached),
  };
}
