/** What a form for a kind is: its empty values, and the way from what was typed to a body or to what is missing. */
import type { ComponentType } from "react";
import type { Plan } from "../../api/index.ts";
import { type Footprint, formatCoordinate, formatTime, type Position, type Volume } from "../../geo/index.ts";
import type { BodyOf, Kind } from "../../message/index.ts";
import type { Said } from "../words/types.ts";
import { Missing } from "../view/problem.ts";
import { type Read, readNumber, readPosition, readTime } from "./place-fields.tsx";

export interface FieldsProps<V> {
  readonly value: V;
  readonly set: (change: Partial<V>) => void;
}

export interface Form<V, K extends Kind = Kind> {
  /** Times in it are proposed from `now`, in milliseconds since the epoch; `drawn` comes from the map. */
  empty(now: number, about: string | null, drawn: Footprint | null): V;
  /** What would have to be typed for a message that was told; of several volumes, vehicles or names the first. */
  of(body: BodyOf<K>): V;
  readonly Fields: ComponentType<FieldsProps<V>>;
  /** A body in the JSON form of its kind. Throws a Missing for what is not there yet or cannot be read. */
  body(value: V): Record<string, unknown>;
}

/** The value of a field that must be there. */
export function need<T>(read: Read<T>, missing: Said): T {
  if (read.value === null) throw new Missing(read.error ?? missing);
  return read.value;
}

/** Null where nothing was typed; a Missing where it cannot be read. */
export function optional<T>(read: Read<T>): T | null {
  if (read.error !== null) throw new Missing(read.error);
  return read.value;
}

export const wordsOrNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

export const wholeOrNull = (text: string, max: number): number | null => {
  const value = optional(readNumber(text, 0, max));
  return value === null ? null : Math.round(value);
};

/** The typed parts of a footprint: which of them count depends on its shape. */
export interface ShapeText {
  readonly shape: ShapeName;
  readonly centre: string;
  readonly radius: string;
  /** One coordinate a line, in any notation. */
  readonly points: string;
  readonly width: string;
}

export const SHAPES = ["circle", "point", "polygon", "corridor"] as const;
export type ShapeName = (typeof SHAPES)[number];

/** The typed parts of a footprint with a time window and a height band: a circle until another shape is chosen. */
export interface CircleText extends ShapeText, HeightText {
  readonly start: string;
  readonly end: string;
}

/** The typed parts of a height band. */
export interface HeightText {
  readonly lower: string;
  readonly upper: string;
  readonly datum: "AGL" | "AMSL" | "WGS84";
}

export const EMPTY_SHAPE: ShapeText = { shape: "circle", centre: "", radius: "", points: "", width: "" };

export const EMPTY_CIRCLE: CircleText = {
  ...EMPTY_SHAPE,
  start: "",
  end: "",
  lower: "",
  upper: "",
  datum: "AGL",
};

export const MAX_RADIUS_M = 500_000;

/** As the node takes it. */
type VolumeBody = Plan["volumes"][number];

export function footprintOf(text: ShapeText): VolumeBody["footprint"] {
  switch (text.shape) {
    case "point":
      return { type: "point", at: need(readPosition(text.centre), (t) => t("missing.position")) };
    case "circle":
      return {
        type: "circle",
        centre: need(readPosition(text.centre), (t) => t("missing.centre")),
        radius_m: need(readNumber(text.radius, 1, MAX_RADIUS_M), (t) => t("missing.radius")),
      };
    case "polygon":
      return { type: "polygon", rings: [pointsOf(text.points, 3)] };
    case "corridor":
      return {
        type: "corridor",
        line: pointsOf(text.points, 2),
        width_m: need(readNumber(text.width, 1, MAX_RADIUS_M), (t) => t("missing.width")),
      };
  }
}

function pointsOf(text: string, least: number): Position[] {
  const lines = text.split(/\n/).filter((line) => line.trim() !== "");
  if (lines.length < least) throw new Missing((t) => t("missing.points", { least, found: lines.length }));
  return lines.map((line, i) => need(readPosition(line), (t) => t("missing.point", { number: i + 1 })));
}

const typed = (at: Position): string => formatCoordinate(at, "decimal");

/** What would have to be typed for a footprint; of a polygon its outline. */
export function shapeText(footprint: Footprint): ShapeText {
  switch (footprint.type) {
    case "point":
      return { ...EMPTY_SHAPE, shape: "point", centre: typed(footprint.at) };
    case "circle":
      return { ...EMPTY_SHAPE, centre: typed(footprint.centre), radius: String(Math.round(footprint.radius_m)) };
    case "polygon":
      return { ...EMPTY_SHAPE, shape: "polygon", points: (footprint.rings[0] ?? []).map(typed).join("\n") };
    case "corridor":
      return {
        ...EMPTY_SHAPE,
        shape: "corridor",
        points: footprint.line.map(typed).join("\n"),
        width: String(Math.round(footprint.width_m)),
      };
  }
}

/** What would have to be typed for a volume; of none the empty one. */
export function circleText(volume: Volume | undefined): CircleText {
  if (volume === undefined) return EMPTY_CIRCLE;
  const { footprint, height, window } = volume;
  return {
    ...EMPTY_CIRCLE,
    ...shapeText(footprint),
    start: timeText(window.start),
    end: timeText(window.end),
    lower: numberText(height?.lower_m),
    upper: numberText(height?.upper_m),
    datum: height?.datum ?? EMPTY_CIRCLE.datum,
  };
}

export const timeText = (at: number | null): string => (at === null ? "" : formatTime(at));
export const numberText = (value: number | null | undefined): string =>
  value === null || value === undefined ? "" : String(value);

/** A shape from the map in place of the empty one. */
export const drawnText = (drawn: Footprint | null): Partial<ShapeText> => (drawn === null ? {} : shapeText(drawn));

export function circleVolume(text: CircleText): VolumeBody {
  const footprint = footprintOf(text);
  const start = optional(readTime(text.start));
  const end = optional(readTime(text.end));
  if (start !== null && end !== null && end < start) throw new Missing((t) => t("missing.ends-before-start"));
  return { footprint, height: heightOf(text), window: { start, end } };
}

/** null: all heights. */
export function heightOf(text: HeightText) {
  const lower_m = optional(readNumber(text.lower, -1000, 100_000));
  const upper_m = optional(readNumber(text.upper, -1000, 100_000));
  if (lower_m !== null && upper_m !== null && upper_m < lower_m)
    throw new Missing((t) => t("missing.upper-below-lower"));
  return lower_m === null && upper_m === null ? null : { datum: text.datum, lower_m, upper_m };
}
