/** Two routes that cross an hour apart, and two that meet. */
import { findConflict, NO_SEPARATION } from "../../src/deconflict/index.ts";
import { formatTime, type Fix, type MovingVolume, movingVolume } from "../../src/geo/index.ts";
import { type MapView, mapView, offset, scaleBar } from "./map.ts";
import { box, dot, label, lines, type Picture, picture, type Pixel, polyline, ring } from "./svg.ts";

const MIDDLE = { lat: 36.2, lon: 37.15 };
const DAY = Date.UTC(2026, 10, 25);
const MINUTE = 60_000;
const WIDTH_M = 200;
const ASKED = { ...NO_SEPARATION, lateral_m: 1000 };

function route(stops: readonly (readonly [east_m: number, north_m: number, minute: number])[]): MovingVolume {
  const fixes: Fix[] = stops.map(([east, north, minute]) => ({
    position: offset(MIDDLE, east, north),
    at: DAY + minute * MINUTE,
  }));
  return movingVolume(fixes, { tolerance_s: 300, width_m: WIDTH_M, height: null });
}

function subject(id: string, volume: MovingVolume) {
  return { id, name: id, category: null, volumes: [volume] };
}

function outcome(a: MovingVolume, b: MovingVolume) {
  const found = findConflict(subject("convoy A", a), subject("convoy B", b), ASKED);
  if (found?.outcome === "undecided") throw new Error("The picture's routes cannot be decided.");
  return found;
}

function drawn(view: MapView, { footprint, motion }: MovingVolume, colour: string, beside: Pixel): readonly string[] {
  const points = footprint.line.map(view.at);
  const clocks = points.map(([x, y], i) => {
    const time = formatTime(motion.times[i] as number).slice(11, 17);
    return label([x + beside[0], y + beside[1]], `${colour} small`, time, "middle");
  });
  return [
    polyline(points, `line ${colour}`, 9),
    polyline(points, `line ${colour}`),
    ...points.map((point) => dot(point, colour, 3.5)),
    ...clocks,
  ];
}

const FROM_WEST = route([
  [-9000, -2500, 600],
  [-3500, -500, 608],
  [3000, 500, 617],
  [9000, 3000, 625],
]);

function crossing(): readonly string[] {
  const north = route([
    [-500, 7500, 661],
    [0, 0, 673],
    [1500, -7500, 684],
  ]);
  if (outcome(FROM_WEST, north) !== null) throw new Error("The picture's routes conflict.");
  const view = mapView(MIDDLE, [186, 186], 0.0138);
  return [
    box([24, 52], 324, 268, "ground"),
    ...drawn(view, FROM_WEST, "plan", [-8, -18]),
    ...drawn(view, north, "other", [30, 20]),
    ring(view.at(MIDDLE), "thin good", 13),
    scaleBar([44, 304], view, 4000, "4 km"),
    label([24, 348], "good strong", "Apart."),
    label([70, 348], "ink", "They cross at one place, an hour apart."),
  ];
}

function meeting(): readonly string[] {
  const back = route([
    [9000, 3000, 604],
    [3000, 500, 613],
    [-3500, -500, 622],
    [-9000, -2500, 630],
  ]);
  const found = outcome(FROM_WEST, back);
  if (found === null) throw new Error("The picture's routes do not conflict.");
  const view = mapView(MIDDLE, [534, 186], 0.0138);
  return [
    box([372, 52], 324, 268, "ground"),
    ...drawn(view, FROM_WEST, "plan", [-8, -18]),
    ...drawn(view, back, "other", [8, 24]),
    ring(view.at(found.closest[0]), "line bad", 13),
    scaleBar([392, 304], view, 4000, "4 km"),
    label([372, 348], "bad strong", "Conflict."),
    lines([372, 366], "ink", found.because, 52),
  ];
}

export function routesPicture(): Picture {
  const says = "Two routes that cross an hour apart are no conflict; two on one road at the same time are.";
  return picture("routes", 720, 432, says, [
    label([24, 34], "ink title", "What moves is only where it can be"),
    ...crossing(),
    ...meeting(),
  ]);
}
