/** What the node tells a Prometheus of its own operator: numbers, parties' ids and codes, and nothing of what is said. */
import { statSync } from "node:fs";
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import { isParleyError } from "../wire/error.ts";
import type { Node } from "./node.ts";
import { nodePaths } from "./node-dir.ts";
import { VERSION } from "./version.ts";
import { lineHealth } from "./watch/health.ts";

export interface Metrics {
  /** In the text form of Prometheus, as it is now. */
  text(): Promise<string>;
  readonly contentType: string;
  stop(): void;
}

export function metrics(node: Node): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "parley_" });
  const exchanges = new Counter({
    name: "parley_exchanges_total",
    help: "Parcels that were moved or failed, by party, carrier and the fault's code (none: it went well)",
    labelNames: ["party", "carrier", "fault"],
    registers: [registry],
  });
  const stop = node.events.listen((event) => {
    if (event.type !== "exchange") return;
    exchanges.inc({ party: event.party, carrier: event.carrier, fault: event.fault ?? "none" });
  });
  const set = gauges(registry);
  return {
    text: () => {
      collect(node, set);
      return registry.metrics();
    },
    contentType: registry.contentType,
    stop,
  };
}

/** By name, help and labels; the tables in docs/operations.md say what each means and when it is an alarm. */
const GAUGES = {
  parley_build_info: ["Always 1; its label is the version", "version"],
  parley_ready: ["1 where the node can say something in its log, and its disk takes and gives what it should"],
  parley_log_entries: ["Entries held of each party's log", "party"],
  parley_log_entries_to_fetch: ["Entries that are known of and have not come", "party"],
  parley_log_entries_to_open: ["Entries that came and wait to be opened", "party"],
  parley_log_entries_unopened: ["Entries that cannot be opened", "party"],
  parley_receipts_owed_to_us: ["Entries of our log for which the party has signed no receipt", "party"],
  parley_receipts_owed_by_us: ["Entries of the party's log for which we have signed no receipt", "party"],
  parley_last_heard_timestamp_seconds: ["When a signed parcel of the party last came", "party"],
  parley_clock_ahead_seconds: ["How far the party's clock was ahead at its last parcel", "party"],
  parley_carrier_fault: ["1 where the carrier's last attempt for the party failed", "party", "carrier"],
  parley_test_call_missed: ["1 where the party has not echoed a test call in time", "party"],
  parley_split: ["1 where there is a split record of the party's current log", "party"],
  parley_suspended: ["1 where the party has suspended the line", "party"],
  parley_quota_taken_bytes: ["Bytes of the party's log that came today", "party"],
  parley_quota_allowed_bytes: ["Bytes of the party's log that may come today", "party"],
  parley_quota_exceeded: ["1 where something of the party's log was left today", "party"],
  parley_siren_failures: ["Attempts to ring the siren that failed in a row"],
  parley_store_bytes: ["Size of each store, with its journal", "store"],
} as const satisfies Readonly<Record<string, readonly [help: string, ...labels: string[]]>>;
type GaugeName = keyof typeof GAUGES;

type SetGauge = (name: GaugeName, value: number, labels?: Readonly<Record<string, string>>) => void;

function gauges(registry: Registry): SetGauge {
  const all = new Map<string, Gauge>();
  for (const [name, [help, ...labelNames]] of Object.entries(GAUGES)) {
    all.set(name, new Gauge({ name, help, labelNames, registers: [registry] }));
  }
  return (name, value, labels = {}) => all.get(name)?.set(labels, value);
}

function collect(node: Node, set: SetGauge): void {
  const { store, state, peers, quota, siren, dir } = node;
  set("parley_build_info", 1, { version: VERSION });
  set("parley_ready", notReady(node) === null ? 1 : 0);
  set("parley_log_entries", store.log(state.origin)?.size ?? 0, { party: state.self });
  for (const line of lineHealth(node)) {
    const { party } = line;
    set("parley_log_entries", store.log(state.originOf(party))?.size ?? 0, { party });
    set("parley_log_entries_to_fetch", line.to_fetch, { party });
    set("parley_log_entries_to_open", line.to_open, { party });
    set("parley_log_entries_unopened", line.unopened, { party });
    set("parley_receipts_owed_to_us", line.receipts_owed_to_us, { party });
    set("parley_receipts_owed_by_us", line.receipts_owed_by_us, { party });
    set("parley_last_heard_timestamp_seconds", (line.last_heard_at ?? 0) / 1000, { party });
    set("parley_clock_ahead_seconds", (line.clock_ahead_ms ?? 0) / 1000, { party });
    set("parley_test_call_missed", line.test_call.state === "missed" ? 1 : 0, { party });
    set("parley_split", line.split ? 1 : 0, { party });
    set("parley_suspended", line.state === "suspended" ? 1 : 0, { party });
    const { taken, allowed, until } = quota.facts(party);
    set("parley_quota_taken_bytes", taken, { party });
    set("parley_quota_allowed_bytes", allowed, { party });
    set("parley_quota_exceeded", until === null ? 0 : 1, { party });
    for (const { carrier, reaches, lastFault } of peers.facts(party).ways) {
      if (reaches) set("parley_carrier_fault", lastFault === null ? 0 : 1, { party, carrier });
    }
  }
  set("parley_siren_failures", siren.facts().fault?.failures ?? 0);
  const paths = nodePaths(dir);
  for (const [name, path] of [
    ["line", paths.lineStore],
    ["private", paths.privateStore],
    ["witness", paths.witness],
    ["cosignatures", paths.cosignatures],
  ] as const) {
    set("parley_store_bytes", bytesOf(path), { store: name });
  }
}

/** What it takes on the disk: its journal may be larger than itself. */
function bytesOf(store: string): number {
  const files = [store, `${store}-wal`, `${store}-shm`];
  return files.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/**
 * Why this node cannot do its work now, as a code; null where it can: nothing may be said in its log, its disk takes
 * nothing, or what it has cannot be read.
 */
export function notReady({ outbound, fitness }: Pick<Node, "outbound" | "fitness">): string | null {
  try {
    outbound.requireOpen();
    return fitness.fault();
  } catch (error) {
    if (isParleyError(error)) return error.code;
    throw error;
  }
}
