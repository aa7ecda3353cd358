/** What is read from a notice, and the account of which of its words were understood. */
import type { AnyHeightBand, Footprint, TimeWindow } from "../../geo/index.ts";
import type { RecordVolume, WrittenPosition } from "../record.ts";
import type { NoticeShape } from "./notice-shapes.ts";

export interface ReadNotice {
  /** Its own number, such as "HYDROPAC 2209/26"; null where it has none. */
  readonly id: string | null;
  /** Its first words, for a subject. */
  readonly title: string;
  readonly volumes: readonly RecordVolume[];
  readonly positions: readonly WrittenPosition[];
  /** The notices that it ends, and itself where it says when. */
  readonly cancels: readonly string[];
  readonly lapses: number | null;
  /** What was not understood, in its own words. */
  readonly leftover: string;
  /** Lines that were told without a width. */
  readonly widthless: number;
  /** So many windows that they were told as one. */
  readonly joined: boolean;
  /** What is written as a time and is none. */
  readonly unreadTimes: readonly string[];
  /** What is written as a latitude or longitude and no position was made of. */
  readonly unreadPositions: readonly string[];
  /** It tells an area that has fewer than three of its corners. */
  readonly partial: boolean;
  /** What lies outside the circle that it gives as well, and how far; null: nothing. */
  readonly contradicts: { readonly text: string; readonly metres: number } | null;
  readonly issued: number | null;
}

/** As many volumes as a message holds; beyond that each shape holds for the span of all its windows. */
const MOST_VOLUMES = 1000;

export function volumesOf(
  shapes: readonly Pick<NoticeShape, "footprint">[],
  windows: readonly TimeWindow[],
  height: AnyHeightBand | null,
): RecordVolume[] {
  const held = shapes.length * windows.length > MOST_VOLUMES ? [spanOf(windows)] : windows;
  return shapes.flatMap(({ footprint }: { footprint: Footprint }) =>
    held.map((window) => ({ footprint, height, window, recurs: null })),
  );
}

function spanOf(windows: readonly TimeWindow[]): TimeWindow {
  const starts = windows.map(({ start }) => start);
  const ends = windows.map(({ end }) => end);
  const start = starts.includes(null) ? null : Math.min(...(starts as number[]));
  return { start, end: ends.includes(null) ? null : Math.max(...(ends as number[])) };
}

/** Keeps account of the parts of a text that were understood. */
export class Understood {
  readonly #text: string;
  readonly #spans: (readonly [number, number])[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  add(from: number, to: number): void {
    this.#spans.push([from, to]);
  }

  match(match: RegExpMatchArray | null): void {
    if (match?.index !== undefined) this.add(match.index, match.index + match[0].length);
  }

  /** The text with what was understood as spaces, so that places in it stay the same. */
  blanked(): string {
    let text = this.#text;
    for (const [from, to] of this.#spans) text = text.slice(0, from) + " ".repeat(to - from) + text.slice(to);
    return text;
  }

  rest(): string {
    return this.blanked()
      .replaceAll(/(?<=^|[\s.,])(?:\d{1,2}|[A-Z])[.)](?=\s|$)/g, " ")
      .replaceAll(/\s+/g, " ")
      .replaceAll(/(?:[ ,.:;-]+(?=[,.:;]))/g, "")
      .replaceAll(/^[\s,.:;]+|[\s,:;]+$/g, "");
  }
}
