/** Every figure of this bench: its name, which stays, its unit, and what is asked of it. */
import { alone, besideBound, besidePeer, type Measure, missed, number } from "../report.ts";

export const LINE_PARTS = ["one", "pipelined", "catch-up", "verify", "restart", "lines"] as const;
export type LinePart = (typeof LINE_PARTS)[number];

interface Asked {
  readonly part: LinePart;
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** How many times better than the peer. */
  readonly times?: number;
  /** In the measure's own unit. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

export const ASKED = {
  "one-beside-prosody": { part: "one", unit: "receipts/s", better: "higher", times: 3 },
  "one-beside-postfix": { part: "one", unit: "receipts/s", better: "higher", times: 10 },
  "one-beside-bound": { part: "one", unit: "receipts/s", better: "higher" },
  "pipelined-beside-prosody": { part: "pipelined", unit: "receipts/s", better: "higher", times: 20 },
  "pipelined-beside-bound": { part: "pipelined", unit: "receipts/s", better: "higher", times: 0.5 },
  "catch-up-entries": { part: "catch-up", unit: "entries", better: "higher" },
  "catch-up-stored": { part: "catch-up", unit: "entries/s", better: "higher", atLeast: 10_000 },
  "catch-up-opened": { part: "catch-up", unit: "entries/s", better: "higher", times: 0.6 },
  "catch-up-cpu": { part: "catch-up", unit: "µs/entry", better: "lower" },
  "stop-p50": { part: "catch-up", unit: "ms", better: "lower" },
  "stop-p99": { part: "catch-up", unit: "ms", better: "lower", atMost: 250 },
  "verify-entries": { part: "verify", unit: "entries", better: "higher" },
  "verify-tree": { part: "verify", unit: "s", better: "lower", atMost: 60 },
  "verify-signatures": { part: "verify", unit: "s", better: "lower", times: 1 / 1.3 },
  "verify-cpu": { part: "verify", unit: "µs/entry", better: "lower", times: 1 / 1.3 },
  "verify-memory": { part: "verify", unit: "MB", better: "lower", atMost: 500 },
  "restart-entries": { part: "restart", unit: "entries", better: "higher" },
  restart: { part: "restart", unit: "s", better: "lower", atMost: 3 },
  "lines-cpu": { part: "lines", unit: "cores", better: "lower", atMost: 0.5 },
} as const satisfies Readonly<Record<string, Asked>>;

export type MeasureName = keyof typeof ASKED;

/** The figure beside its bound, or by itself where nothing is asked of it. */
export function measured(measure: MeasureName, value: number, why?: string): Measure {
  const { unit, atMost, atLeast }: Asked = ASKED[measure];
  const figure = { measure, unit, value, ...(why === undefined ? {} : { why }) };
  if (atLeast !== undefined) {
    const goal = `at least ${number(atLeast)} ${unit}`;
    return {
      ...alone(figure),
      peer: "bound",
      peer_value: atLeast,
      ratio: value / atLeast,
      goal,
      met: value >= atLeast,
    };
  }
  return atMost === undefined ? alone(figure) : besideBound({ ...figure, atMost });
}

/** What the other side reached, or why there is none. */
export type PeerSide = { readonly name: string; readonly value: number } | { readonly why: string };

/** The figure beside the peer's. */
export function compared(measure: MeasureName, value: number, peer: PeerSide, why?: string): Measure {
  const { unit, better, times }: Asked = ASKED[measure];
  const figure = { measure, unit, value, better, times: times ?? null, ...(why === undefined ? {} : { why }) };
  return "why" in peer
    ? besidePeer({ ...figure, peer: null, peerValue: null, why: peer.why })
    : besidePeer({ ...figure, peer: peer.name, peerValue: peer.value });
}

/** In the table's order. What an asked part did not reach is missed, and why; what was not asked for was not tried. */
export function complete(
  told: readonly Measure[],
  asked: readonly string[],
  failures: ReadonlyMap<string, string>,
): readonly Measure[] {
  return (Object.keys(ASKED) as MeasureName[]).flatMap((name) => {
    const found = told.find(({ measure }) => measure === name);
    if (found !== undefined) return [found];
    const { part, unit }: Asked = ASKED[name];
    const goal = goalOf(ASKED[name]);
    if (goal === null) return [];
    if (!asked.includes(part))
      return [{ ...missed(name, unit, goal, "not among the parts that were asked for"), met: null }];
    return [missed(name, unit, goal, failures.get(part) ?? "it was not reached")];
  });
}

function goalOf({ unit, times, atMost, atLeast }: Asked): string | null {
  if (times !== undefined) return `at least ${number(times)} times`;
  if (atLeast !== undefined) return `at least ${number(atLeast)} ${unit}`;
  return atMost === undefined ? null : `at most ${number(atMost)} ${unit}`;
}
