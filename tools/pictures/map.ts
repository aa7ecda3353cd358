/** A piece of the map: metres round a middle, north up, and what the engine says is within a distance of something. */
import { destination, distanceM, type Footprint, type Position } from "../../src/geo/index.ts";
import { label, type Pixel, polyline } from "./svg.ts";

const METRES_PER_DEGREE = 111_195;

export interface MapView {
  readonly at: (position: Position) => Pixel;
  readonly scale: number;
}

/** `middle` lies at `pixel`; `scale` pixels a metre. */
export function mapView(middle: Position, pixel: Pixel, scale: number): MapView {
  const across = METRES_PER_DEGREE * Math.cos((middle.lat * Math.PI) / 180);
  return {
    scale,
    at: ({ lat, lon }) => [
      pixel[0] + scale * across * (lon - middle.lon),
      pixel[1] - scale * METRES_PER_DEGREE * (lat - middle.lat),
    ],
  };
}

/** Metres east and north of a place. */
export function offset(from: Position, east_m: number, north_m: number): Position {
  const azimuth = (Math.atan2(east_m, north_m) * 180) / Math.PI;
  const { lat, lon } = destination(from, azimuth, Math.hypot(east_m, north_m));
  return { lat, lon };
}

const DIRECTIONS = 180;

/** The line at which the engine measures `limit_m` metres to the footprint, looked for from `middle` all round. */
export function within(footprint: Footprint, middle: Position, limit_m: number, widest_m: number): readonly Position[] {
  return Array.from({ length: DIRECTIONS }, (_, i) => {
    const azimuth = (360 * i) / DIRECTIONS;
    let [low, high] = [0, widest_m];
    while (high - low > 0.5) {
      const metres = (low + high) / 2;
      const { lat, lon } = destination(middle, azimuth, metres);
      if (distanceM({ type: "point", at: { lat, lon } }, footprint).distance_m > limit_m) high = metres;
      else low = metres;
    }
    const { lat, lon } = destination(middle, azimuth, low);
    return { lat, lon };
  });
}

export function scaleBar([x, y]: Pixel, { scale }: MapView, metres: number, text: string): string {
  const end = x + scale * metres;
  const bar = [
    [x, y - 4],
    [x, y],
    [end, y],
    [end, y - 4],
  ] as const;
  return [polyline(bar, "thin grey"), label([(x + end) / 2, y - 6], "muted small", text, "middle")].join("\n");
}
