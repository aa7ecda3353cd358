/** What a form for a kind is: its empty values, and the way from what was typed to a body or to what is missing. */
import type { ComponentType } from "react";
import type { Said } from "../words/types.ts";
import { Missing } from "../view/problem.ts";
import { type Read, readNumber, readPosition, readTime } from "./place-fields.tsx";

export interface FieldsProps<V> {
  readonly value: V;
  readonly set: (change: Partial<V>) => void;
}

export interface Form<V> {
  /** Times in it are proposed from `now`, in milliseconds since the epoch. */
  empty(now: number, about: string | null): V;
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

/** The typed parts of a circle with a time window and a height band: what most volumes are drawn from. */
export interface CircleText {
  readonly centre: string;
  readonly radius: string;
  readonly start: string;
  readonly end: string;
  readonly lower: string;
  readonly upper: string;
  readonly datum: "AGL" | "AMSL" | "WGS84";
}

export const EMPTY_CIRCLE: CircleText = {
  centre: "",
  radius: "",
  start: "",
  end: "",
  lower: "",
  upper: "",
  datum: "AGL",
};

export function circleVolume(text: CircleText) {
  const centre = need(readPosition(text.centre), (t) => t("missing.centre"));
  const radius_m = need(readNumber(text.radius, 1, 500_000), (t) => t("missing.radius"));
  const start = optional(readTime(text.start));
  const end = optional(readTime(text.end));
  if (start !== null && end !== null && end < start) throw new Missing((t) => t("missing.ends-before-start"));
  const lower_m = optional(readNumber(text.lower, -1000, 100_000));
  const upper_m = optional(readNumber(text.upper, -1000, 100_000));
  if (lower_m !== null && upper_m !== null && upper_m < lower_m)
    throw new Missing((t) => t("missing.upper-below-lower"));
  const height = lower_m === null && upper_m === null ? null : { datum: text.datum, lower_m, upper_m };
  return { footprint: { type: "circle" as const, centre, radius_m }, height, window: { start, end } };
}
