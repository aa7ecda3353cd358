/** The health of the line to each party, from facts alone: nothing is tried here (`doctor` tries). */
import type { LineHealth } from "../../api/index.ts";
import { decodeNotice } from "../../message/index.ts";
import type { LineStore } from "../../store/index.ts";
import type { PartyId } from "../../wire/id.ts";
import { sizeHeldBy } from "../exchange/exchange.ts";
import type { Node } from "../node.ts";

type HealthOf = Pick<Node, "state" | "store" | "peers" | "now">;

export function lineHealth(node: HealthOf): LineHealth[] {
  const calls = lastTestCalls(node.store);
  return node.state.others.map(({ id }) => healthOf(node, id, calls.get(id) ?? null));
}

function healthOf({ state, store, peers }: HealthOf, id: PartyId, lastTestCallAt: number | null): LineHealth {
  const origin = state.originOf(id);
  const log = store.log(origin);
  const held = log?.size ?? 0;
  const known = Math.max(held, store.checkpoint(origin)?.size ?? 0);
  const own = store.log(state.origin)?.size ?? 0;
  const receipted = sizeHeldBy(store, state.origin, id);
  const receipt = store.newestReceipts(state.origin).find(({ party }) => party === id);
  const { lastExchangeAt, lastFault, clockAheadMs } = peers.facts(id);
  const opened = store.openedUpTo(origin);
  return {
    party: id,
    name: state.party(id).name,
    state: state.roster(id).standing.state,
    // A receipt is the last signed word that outlives a restart of this node.
    last_heard_at: lastExchangeAt ?? receipt?.signedAt ?? null,
    last_test_call_at: lastTestCallAt,
    clock_ahead_ms: clockAheadMs,
    fault: lastFault,
    to_fetch: known - held,
    to_open: held - opened.size,
    unopened: opened.unopened,
    receipts_owed_to_us: Math.max(0, own - receipted),
    receipts_owed_by_us: Math.max(0, held - sizeHeldBy(store, origin, state.self)),
    split: log?.split ?? false,
  };
}

/** Among the newest notices: a test call that has been answered within so many is not lost for long. */
const LOOKED_AT = 500;

/** Kept while no notice has come since: this is asked for at every exchange, by every open page. */
const known = new WeakMap<LineStore, { readonly newest: string; readonly calls: ReadonlyMap<PartyId, number> }>();

/** When each party's node last echoed a test call of this one, by when the echo was stored here. */
function lastTestCalls(store: LineStore): ReadonlyMap<PartyId, number> {
  const [last] = store.notices({ limit: 1 });
  const newest = last === undefined ? "" : `${last.origin} ${last.index}`;
  const kept = known.get(store);
  if (kept?.newest === newest) return kept.calls;
  const calls = readTestCalls(store);
  known.set(store, { newest, calls });
  return calls;
}

function readTestCalls(store: LineStore): ReadonlyMap<PartyId, number> {
  const found = new Map<PartyId, number>();
  for (const { from, bytes, storedAt } of store.notices({ limit: LOOKED_AT })) {
    if (found.has(from)) continue;
    if (decodeNotice(bytes).items.some((item) => item.code === "test-call" && item.echo)) found.set(from, storedAt);
  }
  return found;
}
