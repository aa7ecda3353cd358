/** Mistakes in positions, class by class. */
import type { ImportOptions } from "../../src/intake/index.ts";
import { pointDistanceM } from "../../src/geo/index.ts";
import type { Random } from "../deconflict/random.ts";
import { columnOf, type List } from "./lists.ts";
import * as mutate from "./mutate.ts";
import type { Part } from "./split.ts";
import { type Change, gravely, type Outcome, trial } from "./trial.ts";

/** How far a mistake moves a position, metres. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

export interface PositionClass {
  readonly name: string;
  readonly mutation: mutate.Mutation;
  readonly band: Band;
  /** There is one right correction that could be proposed. */
  readonly correctable: boolean;
}

const ANY: Band = { from: 100, to: Infinity };
export const FAR: Band = { from: 30_000, to: Infinity };
export const MIDDLE: Band = { from: 10_000, to: 30_000 };
export const NEAR: Band = { from: 1000, to: 10_000 };
export const CLOSE: Band = { from: 100, to: 1000 };

const digits = (name: string, band: Band): PositionClass => ({
  name,
  mutation: mutate.wrongDigit,
  band,
  correctable: true,
});

export const DIGITS = {
  far: digits("digit-over-30-km", FAR),
  middle: digits("digit-10-to-30-km", MIDDLE),
  near: digits("digit-1-to-10-km", NEAR),
  close: digits("digit-100-m-to-1-km", CLOSE),
} as const;

export const WHOLE: readonly PositionClass[] = [
  { name: "swapped", mutation: mutate.swapped, band: ANY, correctable: true },
  { name: "sign", mutation: mutate.wrongSign, band: ANY, correctable: true },
  { name: "hemispheres", mutation: mutate.wrongHemispheres, band: ANY, correctable: true },
  { name: "zone", mutation: mutate.wrongZone, band: ANY, correctable: true },
  { name: "zero", mutation: mutate.zero, band: ANY, correctable: false },
];

export const OTHER: readonly PositionClass[] = [
  { name: "digit-missing", mutation: mutate.missingDigit, band: FAR, correctable: true },
  // A doubled digit moves a position by more than 30 km only where it leaves the earth.
  { name: "digit-doubled", mutation: mutate.doubledDigit, band: ANY, correctable: true },
  { name: "digits-transposed", mutation: mutate.transposedDigits, band: FAR, correctable: true },
  { name: "minutes-as-decimals", mutation: mutate.minutesAsDecimals, band: ANY, correctable: true },
  { name: "truncated", mutation: mutate.truncated, band: ANY, correctable: false },
  { name: "capital", mutation: mutate.capital, band: FAR, correctable: false },
];

export interface Asked {
  readonly wanted: number;
  readonly part: Part;
  readonly options?: Partial<ImportOptions>;
}

export function positionTrial(list: List, kind: PositionClass, asked: Asked): Outcome[] {
  const [lat, lon] = columnsOf(list);
  const change: Change = (cells, random) => {
    const before = { lat: cells[lat] as string, lon: cells[lon] as string };
    if (before.lat === "" || before.lon === "") return null;
    const after = within(kind, before, random);
    return after === null ? null : cells.with(lat, after.lat).with(lon, after.lon);
  };
  return trial(list, change, { name: kind.name, ...asked });
}

function within({ mutation, band }: PositionClass, before: mutate.Cells, random: Random): mutate.Cells | null {
  for (let tries = 0; tries < 40; tries++) {
    const after = mutation(before, random);
    const metres = after === null ? -1 : pointDistanceM(positionOf(before), positionOf(after));
    if (metres > band.from && metres <= band.to) return after;
  }
  return null;
}

function columnsOf(list: List): readonly [number, number] {
  const upper = list.headers.includes("Latitude");
  return [columnOf(list, upper ? "Latitude" : "latitude"), columnOf(list, upper ? "Longitude" : "longitude")];
}

const positionOf = ({ lat, lon }: mutate.Cells) => ({ lat: Number(lat), lon: Number(lon) });

export function isFound({ findings }: Outcome): boolean {
  return gravely(findings).length > 0;
}

/** Whether a correction was proposed, and whether it is what stood there before, within 100 m. */
export function proposal(list: List, { before, findings }: Outcome): "none" | "right" | "wrong" {
  const [lat, lon] = columnsOf(list);
  const right = { lat: Number(before[lat]), lon: Number(before[lon]) };
  const given = findings
    .map(({ suggestion }) => suggestion)
    .find((suggestion) => typeof suggestion?.["latitude"] === "number" && typeof suggestion["longitude"] === "number");
  if (given === undefined || given === null) return "none";
  const at = { lat: given["latitude"] as number, lon: given["longitude"] as number };
  return pointDistanceM(right, at) <= 100 ? "right" : "wrong";
}
