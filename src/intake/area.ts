/** The area of interest: what lies outside is doubted, and the slip that would bring it inside is proposed. */
import type { Position } from "../geo/index.ts";
import { type Finding, finding } from "./codes.ts";

/** Degrees WGS 84, closed; where `west` is greater than `east`, it crosses the antimeridian. */
export interface Area {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function outsideOf(at: Position, area: Area | undefined): Finding[] {
  if (area === undefined || isInside(at, area)) return [];
  const { lat, lon } = at;
  const message = `${lat}, ${lon} lies outside the area of interest. Check the position against the source.`;
  const slips: readonly (readonly [Position, string])[] = [
    [{ lat: lon, lon: lat }, "Latitude and longitude exchanged."],
    [{ lat: -lat, lon }, "The sign of the latitude."],
    [{ lat, lon: -lon }, "The sign of the longitude."],
  ];
  const home = slips.find(([slip]) => isInside(slip, area));
  if (home === undefined) return [finding("outside-area", "position", message)];
  const [slip, because] = home;
  const suggestion = { latitude: slip.lat, longitude: slip.lon };
  return [finding("outside-area", "position", message, { suggestion, because })];
}

function isInside({ lat, lon }: Position, { west, south, east, north }: Area): boolean {
  const between = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
  return between && lat >= south && lat <= north;
}
