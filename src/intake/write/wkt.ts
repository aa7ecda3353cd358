/** Areas and lines as well-known text (OGC Simple Features 1.2.1), which spreadsheets carry and map software reads. */
import type { Footprint, Position } from "../../geo/index.ts";
import { closed, decimal } from "./told.ts";

export function wktOf(footprint: Extract<Footprint, { type: "polygon" | "corridor" }>): string {
  if (footprint.type === "corridor") return `LINESTRING (${pairs(footprint.line)})`;
  return `POLYGON (${footprint.rings.map((ring) => `(${pairs(closed(ring))})`).join(", ")})`;
}

function pairs(line: readonly Position[]): string {
  return line.map(({ lat, lon }) => `${decimal(lon)} ${decimal(lat)}`).join(", ");
}
