/**
 * A node that was restored from a backup does not know what it has said since: the rounds of `Restore` tell it, and until
 * they are through it says nothing. What they lead to is durable before anybody is told: the term in the store, and the
 * file that `parley restore` leaves, which goes only at the end.
 */
import { existsSync, rmSync } from "node:fs";
import {
  beginRestore,
  type Have,
  hearAfterRestore,
  isSettled,
  type Restore,
  type RestoreRound,
} from "../../line/index.ts";
import type { LineStore } from "../../store/index.ts";
import type { PartyId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { NodePaths } from "../node-dir.ts";
import { forgottenIn } from "./forgotten.ts";
import type { LineState } from "./line-state.ts";
import type { Standing } from "./line-view.ts";
import type { Logger } from "../logger.ts";

export interface Heard {
  readonly party: PartyId;
  readonly have: readonly Have[];
  readonly settled: boolean;
}

export interface Restored {
  /** How this node stands now, for what it takes and what it says. */
  standing(): Standing;
  /** A parcel that answers this node's question of this round was taken, and is on the disk. */
  heard(parcel: Heard): void;
  /** Which terms these have said counts no more: they have closed their logs. Nothing is taken from them until they answer. @throws disk-full */
  forget(parties: readonly PartyId[]): void;
  /** Whom this node must hear anew before it takes anything from them. */
  forgotten(): readonly PartyId[];
  /** Others handed this node entries of its own log, which it had lost. */
  tookBack(entries: number): void;
  /** How many of them came though nobody had said that this node was restored: it runs from an old copy, or its disk lost them. */
  unannounced(): number;
  /** What is asked in one round is not answered in another. */
  round(): RestoreRound;
  /** @throws log-behind while the rounds are not through */
  requireHeard(): void;
}

export interface RestoredContext {
  readonly store: LineStore;
  readonly logger: Logger;
  /** The file that `parley restore` leaves, and that of whom it must hear anew. */
  readonly paths: Pick<NodePaths, "restored" | "forgotten">;
  /** Everybody is to be asked anew. */
  readonly onRound: () => void;
}

export function restored(state: LineState, { store, logger, paths, onRound }: RestoredContext): Restored {
  const { self } = state;
  const mark = paths.restored;
  const forgotten = forgottenIn(paths.forgotten);
  const others = state.others.map(({ id }) => id);
  const begun = existsSync(mark) ? beginRestore(others, store.term(self)) : null;
  let restore: Restore | null = begun;
  if (begun !== null) forgotten.add(others);
  let unannounced = 0;
  const advance = (next: Restore): void => {
    if (next.round !== restore?.round) {
      logger.info("restore-round", { round: next.round, term: next.term });
      if (next.term !== restore?.term) store.commit([{ write: "term", party: self, term: next.term }]);
      if (next.round === "done") rmSync(mark, { force: true });
      restore = next;
      onRound();
    }
    restore = next;
  };
  return {
    standing: () => ({
      settled: restore === null || isSettled(restore),
      isForgotten: (party) => forgotten.has(party),
    }),
    heard: ({ party, have, settled }) => {
      forgotten.answered(party);
      if (restore === null) return;
      const term = have.find(({ origin }) => origin === state.origin)?.term ?? null;
      advance(hearAfterRestore(restore, { party, term, settled }));
    },
    forget: (parties) => forgotten.add(parties),
    forgotten: () => forgotten.all(),
    tookBack: (entries) => {
      if (begun === null) unannounced += entries;
    },
    unannounced: () => unannounced,
    round: () => restore?.round ?? "done",
    requireHeard: () => {
      if (restore === null || restore.round === "done") return;
      const who = restore.others.filter((party) => !restore?.heard.has(party)).join(" and ");
      throw serverError("log-behind", `This node was restored, and waits for ${who} to say how far its log went.`);
    },
  };
}
