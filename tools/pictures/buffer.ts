/** Why nothing is decided on what is drawn: an outline of a few corners, and an edge that is straight on the map. */
import { findConflict, NO_SEPARATION } from "../../src/deconflict/index.ts";
import { destination, distanceM, type Footprint, type Position } from "../../src/geo/index.ts";
import { type MapView, mapView, offset, scaleBar } from "./map.ts";
import { box, dot, label, measure, type Picture, picture, type Pixel, polyline } from "./svg.ts";

const ALWAYS = { start: null, end: null } as const;
const LIMIT_M = 5000;
const CORNERS = 16;
const STEPS = 60;

function subject(id: string, footprint: Footprint) {
  return { id, name: id, category: null, volumes: [{ footprint, height: null, window: ALWAYS }] };
}

function metresApart(plan: Footprint, site: Position): number {
  const asked = { ...NO_SEPARATION, lateral_m: LIMIT_M };
  const found = findConflict(subject("plan", plan), subject("site", { type: "point", at: site }), asked);
  if (found?.outcome !== "conflict") throw new Error("The picture's two do not conflict.");
  return found.distance_m;
}

function figure(metres: number): string {
  return `${Math.round(metres).toLocaleString("en")} m`;
}

function corners(): readonly string[] {
  const centre = { lat: 33.3, lon: 44.4 };
  const site = destination(centre, 0, 4955);
  const view = mapView(destination(centre, 0, 4800), [180, 225], 0.145);
  const along = (azimuth: number) => view.at(destination(centre, azimuth, LIMIT_M));
  const arc = Array.from({ length: STEPS + 1 }, (_, i) => along((24 * i) / STEPS - 12));
  const half = 180 / CORNERS;
  const [x, y] = view.at(site);
  return [
    box([24, 52], 324, 268, "ground"),
    polyline(arc, "line plan"),
    polyline([along(-half), along(half)], "line dash bad"),
    dot(along(-half), "bad", 3),
    dot(along(half), "bad", 3),
    dot([x, y], "other", 5),
    label([x, y - 46], "plan strong", "5,000 m: the true distance", "middle"),
    label([x, y + 50], "bad strong", `a circle drawn with ${CORNERS} corners`, "middle"),
    label([x, y + 28], "other strong", `site, ${figure(metresApart({ type: "point", at: centre }, site))}`, "middle"),
    scaleBar([44, 304], view, 500, "500 m"),
    label([24, 346], "ink", "The site lies outside of the drawing and"),
    label([24, 364], "ink", "within the separation: a conflict."),
  ];
}

/** The edge as a straight line of the map, and as the shortest line between its ends. */
function edge(): readonly string[] {
  const [from, to] = [
    { lat: 60, lon: 20 },
    { lat: 60, lon: 24 },
  ] as const;
  const plan: Footprint = { type: "corridor", line: [from, to], width_m: 0 };
  const middle = { lat: 60, lon: 22 };
  const site = offset(middle, 0, 5900);
  const map = mapView(offset(middle, 0, 2600), [534, 190], 0.0012);
  // Across the edge ten times larger than along it, so that the bend can be seen.
  const view: MapView = {
    scale: map.scale,
    at: ({ lat, lon }) => {
      const [x, y] = map.at({ lat, lon });
      return [x, 190 + 10 * (y - 190)];
    },
  };
  const line = distanceM(plan, { type: "point", at: site });
  const near = line.closest[0];
  const shortest = Array.from({ length: STEPS + 1 }, (_, i) => {
    const lon = from.lon + ((to.lon - from.lon) * i) / STEPS;
    return view.at(onShortest(from, to, lon));
  });
  const drawn = [offset(from, 0, LIMIT_M), offset(to, 0, LIMIT_M)].map((place) =>
    view.at({ ...place, lat: 60 + 0.04488 }),
  );
  return [
    box([372, 52], 324, 268, "ground"),
    polyline([view.at(from), view.at(to)], "thin dash bad"),
    polyline(drawn, "thin dash bad"),
    polyline(shortest, "line plan"),
    measure(view.at(near), view.at(site), "other", `site, ${figure(metresApart(plan, site))}`, [8, 0]),
    label([392, (drawn[0] as Pixel)[1] - 8], "bad small", "5,000 m from that"),
    label([534, view.at(middle)[1] + 22], "bad small", "straight on the map", "middle"),
    label([582, view.at(near)[1] - 4], "plan small strong", "the shortest way"),
    scaleBar([392, 304], map, 50_000, "50 km"),
    label([684, 304], "muted small", "north 10 times enlarged", "end"),
    label([372, 346], "ink", "An edge of 223 km at 60° north bends 1.7 km"),
    label([372, 364], "ink", "beside the map's straight line: a conflict."),
  ];
}

/** Where the shortest line between two places on one parallel passes a longitude. */
function onShortest(from: Position, to: Position, lon: number): Position {
  let [low, high] = [from.lat, from.lat + 1];
  for (let i = 0; i < 40; i++) {
    const lat = (low + high) / 2;
    const { closest } = distanceM(
      { type: "corridor", line: [from, to], width_m: 0 },
      { type: "point", at: { lat, lon } },
    );
    if (closest[0].lat > lat) low = lat;
    else high = lat;
  }
  return { lat: low, lon };
}

export function bufferPicture(): Picture {
  const says =
    "A site outside of a drawn circle and within the true distance; and one beyond a straight line's, within the geodesic's.";
  return picture("buffer", 720, 384, says, [
    label([24, 34], "ink title", "What is drawn is not what is decided on"),
    ...corners(),
    ...edge(),
  ]);
}
