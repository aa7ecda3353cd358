/** Arcs of circles, as airspaces have them, as corners that lie on them or outside: the chord of an arc is inside. */
import { destination, pointDistanceM, type Position } from "../../geo/index.ts";

/** Degrees of an arc between two corners. */
const STEP = 3;

/** The corners between `from` and `to`, both left out, clockwise or against it, round `centre`. */
export function arcBetween(centre: Position, from: Position, to: Position, clockwise: boolean): Position[] {
  const [begin, end] = [bearing(centre, from), bearing(centre, to)];
  const turn = clockwise ? (((end - begin) % 360) + 360) % 360 : (((begin - end) % 360) + 360) % 360;
  const sweep = turn === 0 ? 360 : turn;
  const [first, last] = [pointDistanceM(centre, from), pointDistanceM(centre, to)];
  const steps = Math.max(1, Math.ceil(sweep / STEP));
  const outwards = 1 / Math.cos(((sweep / steps / 2) * Math.PI) / 180);
  return Array.from({ length: steps - 1 }, (_, i) => {
    const part = (i + 1) / steps;
    const radius = (first + (last - first) * part) * outwards;
    return destination(centre, begin + (clockwise ? 1 : -1) * sweep * part, radius);
  });
}

/** Airspaces are written to the second and the mile. */
const SLACK = { metres: 400, share: 0.05 } as const;

/** False where the two ends lie so differently far from the centre that one of the three is mistyped. */
export function isArcAround(centre: Position, from: Position, to: Position): boolean {
  const [first, last] = [pointDistanceM(centre, from), pointDistanceM(centre, to)];
  return Math.abs(first - last) <= Math.max(SLACK.metres, SLACK.share * Math.min(first, last));
}

/** The initial bearing on a sphere, degrees: near enough for where an arc begins and ends. */
function bearing(from: Position, to: Position): number {
  const [phi1, phi2] = [(from.lat * Math.PI) / 180, (to.lat * Math.PI) / 180];
  const lambda = ((to.lon - from.lon) * Math.PI) / 180;
  const y = Math.sin(lambda) * Math.cos(phi2);
  const x = Math.cos(phi1) * Math.sin(phi2) - Math.sin(phi1) * Math.cos(phi2) * Math.cos(lambda);
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}
