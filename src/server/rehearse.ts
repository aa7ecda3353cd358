/**
 * What a restored node would find in its directory, tried on a copy: nothing is sent, and nobody hears of it. A backup
 * that was never tried is a hope.
 */
import type { Suite } from "../crypto/index.ts";
import { appendLeaf, emptyFrontier, type Frontier, leafHash, rootOf } from "../log/index.ts";
import { decodeEntry, openEntry, openOwnEntry } from "../message/index.ts";
import { type LineStore, openLineStore, openPrivateStore, storeError } from "../store/index.ts";
import { equalBytes } from "../wire/bytes.ts";
import type { LogOrigin, PartyId } from "../wire/id.ts";
import { type AtRest, PLAIN } from "./at-rest/at-rest.ts";
import { type LineState, recallTerms } from "./exchange/line-state.ts";
import { lineStateOf } from "./exchange/state-of.ts";
import { nodePaths, readNodeConfig, requireOwnKeys } from "./node-dir.ts";
import { sealingFor } from "./own-keys.ts";

export interface Rehearsed {
  readonly party: PartyId;
  readonly logs: readonly { readonly origin: LogOrigin; readonly party: PartyId; readonly entries: number }[];
  readonly messages: number;
  /** When its newest entry was stored: what was said since is not in it. Null where there is none. */
  readonly newestAt: number | null;
}

/** @throws store-corrupt, keys-not-in-roster, node-locked, entry-…, and as the reading of each file */
export function rehearse(suite: Suite, dir: string, rest: AtRest = PLAIN): Rehearsed {
  const { party } = readNodeConfig(dir);
  const state = lineStateOf(suite, dir, party, rest);
  const paths = nodePaths(dir);
  openPrivateStore(paths.privateStore, rest.pageKey("private.sqlite")).close();
  const store = openLineStore(paths.lineStore, { line: state.line, party }, rest.pageKey("line.sqlite"));
  try {
    recallTerms(state, store);
    state.requireUnlocked();
    requireOwnKeys(state.roster(party), state.keys);
    const logs = store.logs().map(({ origin, party: author, size }) => {
      requireRoot(suite, store, origin, size);
      openNewest(state, store, origin, size);
      return { origin, party: author, entries: size, at: size === 0 ? null : store.entry(origin, size - 1)?.storedAt };
    });
    const times = logs.flatMap(({ at }) => at ?? []);
    return {
      party,
      logs: logs.map(({ origin, party: author, entries }) => ({ origin, party: author, entries })),
      messages: store.messages({}, { order: "oldest-first" }).length,
      newestAt: times.length === 0 ? null : Math.max(...times),
    };
  } finally {
    store.close();
  }
}

const PAGE = { count: 1000, bytes: 64 * 1024 * 1024 };

/** The entries give the root that the log's key signed: none is missing, none is another. */
function requireRoot(suite: Suite, store: LineStore, origin: LogOrigin, size: number): void {
  let frontier: Frontier = emptyFrontier();
  while (frontier.size < size) {
    for (const { bytes } of store.entries(origin, frontier.size, PAGE)) {
      frontier = appendLeaf(suite, frontier, leafHash(suite, decodeEntry(bytes).core)).frontier;
    }
  }
  const checkpoint = store.checkpointAt(origin, size);
  const holds = size === 0 || (checkpoint !== null && equalBytes(checkpoint.root, rootOf(suite, frontier)));
  if (!holds) throw storeError("store-corrupt", `The entries of ${origin} do not give its checkpoint's root.`);
}

/** The keys in the backup are those that open what is in it. */
function openNewest({ suite, keys, self }: LineState, store: LineStore, origin: LogOrigin, size: number): void {
  for (let index = size - 1; index >= 0; index--) {
    const entry = store.entry(origin, index);
    if (entry === null || entry.type === "unopened") continue;
    const sealed = decodeEntry(entry.bytes);
    const own = store.log(origin)?.party === self;
    if (own) openOwnEntry(suite, sealed, { origin, index }, keys.archive);
    else
      openEntry(
        suite,
        sealed,
        { origin, index },
        sealingFor(
          keys.sealing(),
          sealed.shares.map(({ kid }) => kid),
        ),
      );
    return;
  }
}
