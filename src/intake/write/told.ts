/** What is written into files of other software: drafts and messages, as volumes with words. */
import { type Footprint, formatRfc3339, type Position, type Volume } from "../../geo/index.ts";
import type { RecordFix } from "../record.ts";

export interface Told {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly remarks: string;
  readonly volumes: readonly Volume[];
  /** Of a movement, its fixes; empty of others. */
  readonly route: readonly RecordFix[];
}

export interface WrittenFile {
  readonly content: string | Uint8Array<ArrayBuffer>;
  /** What the format cannot hold, each named; nothing is dropped in silence. */
  readonly left: readonly string[];
}

export function timeOf(at: number | null): string {
  return at === null ? "" : formatRfc3339(at);
}

/** A ring that repeats its first position, as files have it. */
export function closed(ring: readonly Position[]): readonly Position[] {
  const [first] = ring;
  return first === undefined ? [] : [...ring, first];
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
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
