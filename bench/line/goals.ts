/** Every figure of this bench: its name, which stays, its unit, and what is asked of it. */
import { besidePeer, type Measure, missed, number } from "../report.ts";

export const LINE_PARTS = ["one", "pipelined"] as const;
export type LinePart = (typeof LINE_PARTS)[number];

interface Asked {
  readonly part: LinePart;
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** How many times better than the peer. */
  readonly times?: number;
}

export const ASKED = {
  "one-beside-prosody": { part: "one", unit: "receipts/s", better: "higher", times: 3 },
  "one-beside-postfix": { part: "one", unit: "receipts/s", better: "higher", times: 10 },
  "one-beside-bound": { part: "one", unit: "receipts/s", better: "higher" },
  "pipelined-beside-prosody": { part: "pipelined", unit: "receipts/s", better: "higher", times: 20 },
  "pipelined-beside-bound": { part: "pipelined", unit: "receipts/s", better: "higher", times: 0.5 },
} as const satisfies Readonly<Record<string, Asked>>;

export type MeasureName = keyof typeof ASKED;

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

function goalOf({ times }: Asked): string | null {
  return times === undefined ? null : `at least ${number(times)} times`;
}
