/** The area of interest: what lies outside is doubted, and the slip that would bring it inside is proposed. */
import type { Position } from "../geo/index.ts";
import { type Finding, finding } from "./codes.ts";
import { suggested, wholeSlips } from "./find/slips.ts";
import type { Outline } from "./gazetteer/outline.ts";

/** A box, or what somebody drew: a country, a district, a sector. */
export type Area = AreaBox | { readonly outlines: readonly Outline[] };

/** Degrees WGS 84, closed; where `west` is greater than `east`, it crosses the antimeridian. */
interface AreaBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function outsideOf(at: Position, area: Area | undefined): Finding[] {
  if (area === undefined || isInside(at, area)) return [];
  const home = wholeSlips(at).find((slip) => isInside(slip.at, area));
  return [finding("outside-area", "position", { at: { at } }, home === undefined ? {} : suggested(home))];
}

/** Outlines are drawn so coarsely, metres. */
const SLACK_M = 1000;

function isInside(at: Position, area: Area): boolean {
  if ("outlines" in area) return area.outlines.some((outline) => outline.holds(at, SLACK_M));
  const { lat, lon } = at;
  const { west, south, east, north } = area;
  const between = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
  return between && lat >= south && lat <= north;
}
