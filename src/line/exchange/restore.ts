/**
 * How a node that was restored from a backup finds its place again (spec/parcel.md, "After a restore"). It has forgotten
 * what it said since the backup. Were it to say something new at a place that it had filled already, it would have
 * signed two histories. And what it said may still be on its way, with a courier, when it asks the others what they hold.
 *
 * So it goes through four rounds, and in each it must hear from every other party anew. It *asks* which term they know;
 * it writes in the next term, until all have *promised* to take nothing older; it waits until all others are *settled*
 * so too, should they have been restored at the same time; and only then it *counts* what they hold, which nothing that
 * is still on its way can add to.
 */
import type { PartyId } from "../../wire/id.ts";

const RESTORE_ROUNDS = ["asking", "promising", "settling", "counting", "done"] as const;
export type RestoreRound = (typeof RESTORE_ROUNDS)[number];

export interface Restore {
  readonly round: RestoreRound;
  /** In which this node writes its log; raised once all have been asked. */
  readonly term: number;
  /** Every other party of the line. */
  readonly others: readonly PartyId[];
  /** Who has been heard in this round, and which term of this node's log each knows. */
  readonly heard: ReadonlyMap<PartyId, number>;
}

/** A fresh parcel of another party. One that is not fresh says nothing here and must not be given. */
export interface RestoreHeard {
  readonly party: PartyId;
  /** The term of this node's log that the party knows; null where it has forgotten. */
  readonly term: number | null;
  readonly settled: boolean;
}

/** `term` is what the backup says. Without other parties there is nobody to ask. */
export function beginRestore(others: readonly PartyId[], term: number): Restore {
  return { round: others.length === 0 ? "done" : "asking", term, others, heard: new Map() };
}

/**
 * The next state. Where the round has changed, the node makes `term` durable and draws a new run before it sends
 * anything, so that what is fresh from then on was written in the new round.
 */
export function hearAfterRestore(state: Restore, { party, term, settled }: RestoreHeard): Restore {
  const { round, others } = state;
  if (round === "done" || !others.includes(party)) return state;
  const counts = round === "asking" || (term !== null && term >= state.term && (round === "promising" || settled));
  if (!counts) return state;
  const heard = new Map(state.heard).set(party, believed(state.term, term));
  if (heard.size < others.length) return { ...state, heard };
  const next = RESTORE_ROUNDS[RESTORE_ROUNDS.indexOf(round) + 1] as RestoreRound;
  const raised = round === "asking" ? Math.max(state.term, ...heard.values()) + 1 : state.term;
  return { round: next, term: raised, others, heard: new Map() };
}

/**
 * A term is one more for each restore, and whoever names one signs nothing: a hostile party must not make this node skip
 * to a term after which there is none.
 */
const MOST_SKIPPED = 65_536;

function believed(own: number, term: number | null): number {
  return term === null || term > own + MOST_SKIPPED ? 0 : term;
}

/** What it says it holds is final: nobody takes anything any more that it wrote before its restore. */
export function isSettled({ round }: Restore): boolean {
  return round !== "asking" && round !== "promising";
}
