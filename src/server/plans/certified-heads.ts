/** The line's logs as far as this node has looked at them: what a check of a plan was made against. */
import type { CertifiedHead } from "../../deconflict/index.ts";
import { frontierFrom, rootOf } from "../../log/index.ts";
import type { LineStore } from "../../store/index.ts";
import { toHex } from "../../wire/bytes.ts";
import type { PartyId } from "../../wire/id.ts";
import type { LineState } from "../exchange/line-state.ts";

export function certifiedHeads({ suite }: LineState, store: LineStore): CertifiedHead[] {
  return store.logs().map(({ origin, size: held }) => {
    const { size, unopened } = store.openedUpTo(origin);
    const root = toHex(rootOf(suite, frontierFrom(size, store.hashReader(origin))));
    const known = Math.max(held, store.checkpoint(origin)?.size ?? 0);
    return { origin, size, root, known, unopened: Math.min(unopened, size) };
  });
}

export interface Behind {
  readonly party: PartyId;
  /** Entries that are here, and that nobody has looked at yet. */
  readonly waiting: number;
  /** Entries that this node knows of, and that have not come. */
  readonly missing: number;
}

/** The logs that a check made now would not cover in full. */
export function logsBehind(store: LineStore): Behind[] {
  return store.logs().flatMap(({ origin, party, size }) => {
    const waiting = size - store.openedUpTo(origin).size;
    const missing = Math.max(0, (store.checkpoint(origin)?.size ?? 0) - size);
    return waiting + missing === 0 ? [] : [{ party, waiting, missing }];
  });
}
