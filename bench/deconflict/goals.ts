/** Every figure of this bench: its name, which stays, its unit, and what is asked of it. */
import { type Part, PARTS } from "../child.ts";
import { alone, besideBound, besidePeer, type Measure, missed, number } from "../report.ts";

interface Asked {
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** How many times better than the peer. */
  readonly times?: number;
  /** In the measure's own unit. */
  readonly atMost?: number;
}

export const ASKED = {
  volumes: { unit: "volumes", better: "higher" },
  "check-throughput": { unit: "checks/s", better: "higher", times: 40 },
  "check-p50": { unit: "µs", better: "lower", times: 20 },
  "check-p99": { unit: "µs", better: "lower", times: 20 },
  "check-inside-peer": { unit: "µs", better: "lower" },
  "check-ids-differing": { unit: "ids", better: "lower", atMost: 0 },
  "check-ids-at-limit": { unit: "ids", better: "lower" },
  "conflict-details": { unit: "µs", better: "lower", atMost: 15 },
  "add-throughput": { unit: "writes/s", better: "higher", times: 20 },
  "change-throughput": { unit: "writes/s", better: "higher", times: 20 },
  "withdraw-throughput": { unit: "writes/s", better: "higher", times: 20 },
  "route-p50": { unit: "ms", better: "lower" },
  "route-p99": { unit: "ms", better: "lower", atMost: 5 },
  "polygon-10000": { unit: "ms", better: "lower", atMost: 5 },
  "polygon-10000-beside-peer": { unit: "ms", better: "lower" },
  "memory-a-volume": { unit: "bytes", better: "lower", atMost: 300 },
  "index-build": { unit: "s", better: "lower", atMost: 10 },
  "growth-from-a-tenth-p50": { unit: "times", better: "lower", atMost: 1.5 },
  "growth-from-a-tenth-p99": { unit: "times", better: "lower", atMost: 1.5 },
  "large-memory": { unit: "GB", better: "lower", atMost: 6 },
  "large-growth-p50": { unit: "times", better: "lower", atMost: 1.5 },
  "large-growth-p99": { unit: "times", better: "lower", atMost: 1.5 },
} as const satisfies Record<string, Asked>;

export type MeasureName = keyof typeof ASKED;

/** Those with a goal that each part tells. */
const MEASURES_OF = {
  memory: ["memory-a-volume", "index-build"],
  checks: ["check-throughput", "check-p50", "check-p99", "check-ids-differing", "conflict-details"],
  growth: ["growth-from-a-tenth-p50", "growth-from-a-tenth-p99"],
  routes: ["route-p99"],
  writes: ["add-throughput", "change-throughput", "withdraw-throughput"],
  polygons: ["polygon-10000"],
  large: ["large-memory", "large-growth-p50", "large-growth-p99"],
} as const satisfies Record<Part, readonly MeasureName[]>;

/** What no part of these tells. */
export function notAsked(parts: readonly Part[]): readonly MeasureName[] {
  return PARTS.filter((part) => !parts.includes(part)).flatMap((part) => MEASURES_OF[part]);
}

/** The figure beside its bound, or by itself where nothing is asked of it. */
export function measured(measure: MeasureName, value: number, why?: string): Measure {
  const { unit, atMost }: Asked = ASKED[measure];
  const figure = { measure, unit, value, ...(why === undefined ? {} : { why }) };
  return atMost === undefined ? alone(figure) : besideBound({ ...figure, atMost });
}

/** What the other side reached, or why there is none. */
export type PeerSide = { readonly name: string; readonly value: number } | { readonly why: string };

/** The figure beside the peer's. */
export function compared(measure: MeasureName, value: number, peer: PeerSide): Measure {
  const { unit, better, times }: Asked = ASKED[measure];
  const figure = { measure, unit, value, better, times: times ?? null };
  return "why" in peer
    ? besidePeer({ ...figure, peer: null, peerValue: null, why: peer.why })
    : besidePeer({ ...figure, peer: peer.name, peerValue: peer.value });
}

/** What cannot be said without a peer. */
export function untried(measure: MeasureName, why: string): Measure {
  return { ...missed(measure, ASKED[measure].unit, goalOf(ASKED[measure]), why), met: null };
}

/** In the table's order; what was not reached is missed where it has a goal. */
export function complete(measures: readonly Measure[], why: string): readonly Measure[] {
  return (Object.keys(ASKED) as MeasureName[]).flatMap((name) => {
    const found = measures.find(({ measure }) => measure === name);
    if (found !== undefined) return [found];
    const goal = goalOf(ASKED[name]);
    return goal === null ? [] : [missed(name, ASKED[name].unit, goal, why)];
  });
}

function goalOf({ unit, times, atMost }: Asked): string | null {
  if (times !== undefined) return `at least ${times} times`;
  return atMost === undefined ? null : `at most ${number(atMost)} ${unit}`;
}
