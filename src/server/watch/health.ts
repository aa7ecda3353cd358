/** The health of the line to each party, from facts alone: nothing is tried here (`doctor` tries). */
import type { LineHealth } from "../../api/index.ts";
import type { LineStore } from "../../store/index.ts";
import type { PartyId } from "../../wire/id.ts";
import { sizeHeldBy } from "../exchange/exchange.ts";
import type { Node } from "../node.ts";
import { patienceMs, readTestCalls, type TestCallFacts, testCallFacts, type TestCallsHeard } from "./test-calls.ts";

type HealthOf = Pick<Node, "state" | "store" | "peers" | "now">;

export function lineHealth(node: HealthOf): LineHealth[] {
  return node.state.others.map(({ id }) => healthOf(node, id));
}

function healthOf(node: HealthOf, id: PartyId): LineHealth {
  const { state, store, peers } = node;
  const testCall = testCallOf(node, id);
  const origin = state.originOf(id);
  const log = store.log(origin);
  const held = log?.size ?? 0;
  const known = Math.max(held, store.checkpoint(origin)?.size ?? 0);
  const own = store.log(state.origin)?.size ?? 0;
  const receipted = sizeHeldBy(store, state.origin, id);
  const receipt = store.newestReceipts(state.origin).find(({ party }) => party === id);
  const { lastExchangeAt, lastFault, clockAheadMs } = peers.facts(id);
  const opened = store.openedUpTo(origin);
  const left = state.left(id) !== null;
  return {
    party: id,
    name: state.party(id).name,
    state: left ? "left" : state.roster(id).standing.state,
    // A receipt is the last signed word that outlives a restart of this node.
    last_heard_at: lastExchangeAt ?? receipt?.signedAt ?? null,
    last_test_call_at: testCall.lastEchoAt,
    test_call: { state: left ? "none" : testCall.state, called_at: testCall.calledAt },
    clock_ahead_ms: clockAheadMs,
    fault: left ? null : lastFault,
    to_fetch: known - held,
    to_open: held - opened.size,
    unopened: opened.unopened,
    receipts_owed_to_us: left ? 0 : Math.max(0, own - receipted),
    receipts_owed_by_us: Math.max(0, held - sizeHeldBy(store, origin, state.self)),
    split: log?.split ?? false,
  };
}

/** Kept while no notice has come since: this is asked for at every exchange, by every open page. */
const known = new WeakMap<LineStore, { readonly newest: string; readonly heard: TestCallsHeard }>();

function testCallsOf({ state, store }: Pick<Node, "state" | "store">): TestCallsHeard {
  const [last] = store.notices({ limit: 1 });
  const newest = last === undefined ? "" : `${last.origin} ${last.index}`;
  const kept = known.get(store);
  if (kept?.newest === newest) return kept.heard;
  const heard = readTestCalls(store, state.self);
  known.set(store, { newest, heard });
  return heard;
}

export function testCallOf(node: HealthOf, id: PartyId): TestCallFacts {
  const { exchange_interval_s, test_call_interval_s } = node.state.charter;
  const reached = node.peers.facts(id).ways.some(({ carrier, reaches }) => carrier !== "courier" && reaches);
  const patience = patienceMs(exchange_interval_s, test_call_interval_s);
  return testCallFacts(testCallsOf(node), id, { now: node.now(), patience, reached });
}

/** Whose last test call was not echoed in time. */
export function missedTestCalls(node: HealthOf): PartyId[] {
  return node.state
    .present()
    .filter(({ id }) => testCallOf(node, id).state === "missed")
    .map(({ id }) => id);
}
