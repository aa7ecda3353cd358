/** Every figure of this bench: its name, which stays, its unit, and what is asked of it. */
import { alone, besideBound, type Measure, missed, number } from "../report.ts";

interface Asked {
  readonly unit: string;
  /** In the measure's own unit. */
  readonly atMost?: number;
}

export const ASKED = {
  messages: { unit: "messages" },
  shapes: { unit: "shapes" },
  "first-usable-page": { unit: "s", atMost: 1.5 },
  "script-before-map": { unit: "kB", atMost: 600 },
  "release-to-pixels-p95": { unit: "ms", atMost: 250 },
  "frame-median-base-map": { unit: "ms" },
  "frame-p99-base-map": { unit: "ms" },
  "frame-median-all": { unit: "ms" },
  "frame-median-ratio": { unit: "times", atMost: 3 },
  "frame-p99-all": { unit: "ms", atMost: 250 },
  "typing-p95": { unit: "ms", atMost: 50 },
} as const satisfies Readonly<Record<string, Asked>>;

export type MeasureName = keyof typeof ASKED;

export function measured(measure: MeasureName, value: number, why?: string): Measure {
  const { unit, atMost }: Asked = ASKED[measure];
  const figure = { measure, unit, value, ...(why === undefined ? {} : { why }) };
  return atMost === undefined ? alone(figure) : besideBound({ ...figure, atMost });
}

/** In the table's order; what was not measured is missed, and why. */
export function complete(told: readonly Measure[], why: string): readonly Measure[] {
  return (Object.keys(ASKED) as MeasureName[]).flatMap((name) => {
    const found = told.find(({ measure }) => measure === name);
    if (found !== undefined) return [found];
    const { unit, atMost }: Asked = ASKED[name];
    return atMost === undefined ? [] : [missed(name, unit, `at most ${number(atMost)} ${unit}`, why)];
  });
}
