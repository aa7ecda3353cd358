/** What is written into files of other software: drafts and messages, as volumes with words. */
import { type Footprint, formatRfc3339, type HeightBand, type Position, type Volume } from "../../geo/index.ts";
import type { RecordFix } from "../record.ts";
import type { Left } from "./left.ts";

export interface Told {
  /** Its number in its author's list; "" where it has none. */
  readonly id: string;
  /** By which other software knows it again, or takes it away. */
  readonly uid: string;
  readonly kind: string;
  readonly name: string;
  readonly remarks: string;
  /** Said in an exercise: every format marks it as such. */
  readonly exercise: boolean;
  /** Its positions were coarsened to this, metres; null: they are as exact as they are written. */
  readonly precision_m: number | null;
  /** What else it says, under names that import reads as columns; nothing is empty. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly volumes: readonly Volume[];
  /** Of a movement, its fixes; empty of others. */
  readonly route: readonly RecordFix[];
  /** Withdrawn: only a format that can delete writes it, and as a deletion. */
  readonly gone: boolean;
}

export interface WrittenFile {
  readonly content: string | Uint8Array<ArrayBuffer>;
  /** What the format cannot hold, each named; nothing is dropped in silence. */
  readonly left: readonly Left[];
}

export function timeOf(at: number | null): string {
  return at === null ? "" : formatRfc3339(at);
}

/** The name as people must see it: what is said in an exercise says so wherever it is shown. */
export function titleOf({ name, uid, exercise }: Told): string {
  return `${exercise ? "EXERCISE " : ""}${name || uid}`;
}

/** Lower and upper limit as import reads them; "" where there is none. */
export function limitsOf(height: HeightBand | null): readonly [lower: string, upper: string] {
  const text = (metres: number | null): string =>
    metres === null || height === null ? "" : `${metres} m ${height.datum === "WGS84" ? "WGS 84" : height.datum}`;
  return [text(height?.lower_m ?? null), text(height?.upper_m ?? null)];
}

/** Degrees as every reader takes them: to nine decimals, and never with an exponent. */
export function decimal(degrees: number): string {
  const text = String(degrees);
  return text.includes("e") ? degrees.toFixed(9).replace(/\.?0+$/, "") : text;
}

/** A ring that repeats its first position, as files have it. */
export function closed(ring: readonly Position[]): readonly Position[] {
  const [first] = ring;
  return first === undefined ? [] : [...ring, first];
}

/** XML 1.0 has no form for these at all, escaped or not; messages refuse them too. */
// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(NOT_XML, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** One position that stands for a footprint where a format asks for one. */
export function anchorOf(footprint: Footprint): Position {
  switch (footprint.type) {
    case "point":
      return footprint.at;
    case "circle":
      return footprint.centre;
    case "polygon":
      return footprint.rings[0]?.[0] ?? { lat: 0, lon: 0 };
    case "corridor":
      return footprint.line[0] ?? { lat: 0, lon: 0 };
  }
}
