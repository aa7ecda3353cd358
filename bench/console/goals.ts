/** Every figure of this bench: its name, which stays, its unit, and what is asked of it. */
import { alone, besideBound, type Measure, missed, number } from "../report.ts";

export const CONSOLE_PARTS = ["first-page", "release", "catch-up", "map", "typing", "shift"] as const;
export type ConsolePart = (typeof CONSOLE_PARTS)[number];

interface Asked {
  readonly part: ConsolePart;
  readonly unit: string;
  /** In the measure's own unit. */
  readonly atMost?: number;
}

export const ASKED = {
  messages: { part: "first-page", unit: "messages" },
  "first-usable-page": { part: "first-page", unit: "s", atMost: 1.5 },
  "script-before-map": { part: "first-page", unit: "kB", atMost: 600 },
  "release-to-pixels-p95": { part: "release", unit: "ms", atMost: 250 },
  "catch-up-entries": { part: "catch-up", unit: "entries" },
  "alerts-in-catch-up": { part: "catch-up", unit: "alerts" },
  "alert-to-pixels-p99": { part: "catch-up", unit: "ms", atMost: 500 },
  shapes: { part: "map", unit: "shapes" },
  "frame-median-base-map": { part: "map", unit: "ms" },
  "frame-p99-base-map": { part: "map", unit: "ms" },
  "frame-median-all": { part: "map", unit: "ms" },
  "frame-median-ratio": { part: "map", unit: "times", atMost: 3 },
  "frame-p99-all": { part: "map", unit: "ms", atMost: 250 },
  "typing-p95": { part: "typing", unit: "ms", atMost: 50 },
  "tab-memory": { part: "shift", unit: "MB" },
  "tab-memory-growth": { part: "shift", unit: "%", atMost: 20 },
  "tab-heap-growth": { part: "shift", unit: "%" },
} as const satisfies Readonly<Record<string, Asked>>;

export type MeasureName = keyof typeof ASKED;

export function measured(measure: MeasureName, value: number, why?: string): Measure {
  const { unit, atMost }: Asked = ASKED[measure];
  const figure = { measure, unit, value, ...(why === undefined ? {} : { why }) };
  return atMost === undefined ? alone(figure) : besideBound({ ...figure, atMost });
}

/** In the table's order; what was asked for and not measured is missed, and why. */
export function complete(
  told: readonly Measure[],
  asked: readonly string[],
  failures: ReadonlyMap<string, string>,
): readonly Measure[] {
  return (Object.keys(ASKED) as MeasureName[]).flatMap((name) => {
    const found = told.find(({ measure }) => measure === name);
    if (found !== undefined) return [found];
    const { part, unit, atMost }: Asked = ASKED[name];
    if (atMost === undefined || !asked.includes(part)) return [];
    return [missed(name, unit, `at most ${number(atMost)} ${unit}`, failures.get(part) ?? "it did not come to it")];
  });
}
