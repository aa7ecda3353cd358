import { type Footprint, formatCoordinate, type Position } from "../geo/index.ts";
import { metresText } from "./table.ts";

/** A footprint in a few words: what shape it is, where it begins, how large. */
export function footprintText(footprint: Footprint): string {
  switch (footprint.type) {
    case "point":
      return positionText(footprint.at);
    case "circle":
      return `${positionText(footprint.centre)}, ${metresText(footprint.radius_m)} round it`;
    case "polygon":
      return `polygon of ${footprint.rings[0]?.length ?? 0} vertices from ${positionText(footprint.rings[0]?.[0])}`;
    case "corridor":
      return `line of ${footprint.line.length} positions from ${positionText(footprint.line[0])}, ${metresText(footprint.width_m)} wide`;
  }
}

function positionText(position: Position | undefined): string {
  return position === undefined ? "nowhere" : formatCoordinate(position, "decimal");
}
