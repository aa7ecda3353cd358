/** Every figure of this bench: its name, which stays, and what is asked of it. */
import { alone, type Measure, missed } from "../report.ts";

interface Asked {
  readonly unit: string;
  readonly atLeast?: number;
  readonly below?: number;
}

export const ASKED = {
  "digit-over-30-km": { unit: "%", atLeast: 95 },
  "digit-10-to-30-km": { unit: "%", atLeast: 50 },
  "digit-1-to-10-km": { unit: "%" },
  "digit-100-m-to-1-km": { unit: "%" },
  "since-over-100-m": { unit: "%", atLeast: 99.5 },
  "whole-mistakes": { unit: "%", atLeast: 98 },
  swapped: { unit: "%", atLeast: 98 },
  sign: { unit: "%", atLeast: 98 },
  hemispheres: { unit: "%", atLeast: 98 },
  zone: { unit: "%", atLeast: 98 },
  zero: { unit: "%", atLeast: 98 },
  feet: { unit: "%", atLeast: 98 },
  "day-month": { unit: "%", atLeast: 98 },
  "digit-missing": { unit: "%" },
  "digit-doubled": { unit: "%" },
  "digits-transposed": { unit: "%" },
  "minutes-as-decimals": { unit: "%" },
  truncated: { unit: "%" },
  capital: { unit: "%" },
  "name-of-another-row": { unit: "%" },
  "track-fix": { unit: "%" },
  "suggestion-given-and-right": { unit: "%", atLeast: 80 },
  "suggestion-right-of-given": { unit: "%" },
  "rows-flagged": { unit: "%" },
  "rows-wrongly-flagged": { unit: "%", below: 1 },
  "typing-surviving": { unit: "in 1,000", below: 1 },
  "typing-surviving-bad-paper": { unit: "in 1,000" },
  "warnings-read": { unit: "%", atLeast: 95 },
  "airspaces-read": { unit: "%", atLeast: 95 },
  "airspace-volumes-read": { unit: "%", atLeast: 95 },
  "sample-read-right": { unit: "%", atLeast: 95 },
  "csv-10000-rows": { unit: "s", below: 5 },
} as const satisfies Record<string, Asked>;

export type MeasureName = keyof typeof ASKED;

export function goalOf({ unit, atLeast, below }: Asked): string | null {
  if (atLeast !== undefined) return `at least ${atLeast} ${unit}`;
  return below === undefined ? null : `under ${below} ${unit}`;
}

/** The figure beside its goal, or by itself where nothing is asked of it. */
export function measured(measure: MeasureName, value: number, why?: string): Measure {
  const asked: Asked = ASKED[measure];
  const goal = goalOf(asked);
  const figure = alone({ measure, unit: asked.unit, value, ...(why === undefined ? {} : { why }) });
  if (goal === null) return figure;
  const met = value >= (asked.atLeast ?? -Infinity) && value < (asked.below ?? Infinity);
  return { ...figure, peer: "bound", peer_value: asked.atLeast ?? asked.below ?? null, goal, met };
}

export function untried(measure: MeasureName, why: string): Measure {
  return { ...missed(measure, ASKED[measure].unit, goalOf(ASKED[measure]), why), met: null };
}
