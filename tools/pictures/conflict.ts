/** What a conflict looks like: how near, where, and how far below what was asked. */
import { findConflict, NO_SEPARATION, type Subject } from "../../src/deconflict/index.ts";
import type { Footprint } from "../../src/geo/index.ts";
import { mapView, offset, scaleBar, within } from "./map.ts";
import { dot, label, lines, measure, type Picture, picture, polygon } from "./svg.ts";

const MIDDLE = { lat: 33.32, lon: 44.4 };
const FIRING = offset(MIDDLE, -1500, 500);
const WINDOW = { start: Date.UTC(2026, 10, 25, 8), end: Date.UTC(2026, 10, 25, 11) };
const LIMIT_M = 2000;

function subject(id: string, footprint: Footprint): Subject {
  return { id, name: id, category: null, volumes: [{ footprint, height: null, window: WINDOW }] };
}

export function conflictPicture(): Picture {
  const outline = [
    [-700, -500],
    [300, -800],
    [800, 100],
    [250, 700],
    [-600, 500],
  ].map(([east, north]) => offset(FIRING, east as number, north as number));
  const range: Footprint = { type: "polygon", rings: [outline] };
  const hospital = offset(MIDDLE, 1250, -150);
  const site: Footprint = { type: "circle", centre: hospital, radius_m: 250 };
  const found = findConflict(subject("Firing range 4", range), subject("Al-Noor hospital", site), {
    ...NO_SEPARATION,
    lateral_m: LIMIT_M,
  });
  if (found?.outcome !== "conflict") throw new Error("The picture's two do not conflict.");
  const view = mapView(MIDDLE, [340, 216], 0.053);
  const [from, to] = [view.at(found.closest[0]), view.at(found.closest[1])];
  const limit = within(range, FIRING, LIMIT_M, 6000).map(view.at);
  const circle = within(site, hospital, 0, 1000).map(view.at);
  const centre = view.at(FIRING);
  return picture("conflict", 720, 440, found.because, [
    label([24, 34], "ink title", "A conflict: how near, and where"),
    polygon(limit, "thin dash grey"),
    polygon(outline.map(view.at), "area plan"),
    polygon(circle, "area other"),
    label([centre[0], centre[1] - 2], "plan strong", "the plan", "middle"),
    label([view.at(hospital)[0], view.at(hospital)[1] + 36], "other strong", "a hospital, as it was told", "middle"),
    dot(view.at(hospital), "other", 2.5),
    measure(from, to, "bad", `${Math.round(found.distance_m).toLocaleString("en")} m`, [-28, -12]),
    label([486, 108], "muted small", "2,000 m from the plan,"),
    label([486, 124], "muted small", "which the rule keeps free"),
    scaleBar([600, 330], view, 1000, "1 km"),
    lines([24, 392], "ink", found.because, 104),
  ]);
}
