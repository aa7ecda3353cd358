/** What would clear a plan: the changes that the engine proposes, each the nearest of its kind. */
import { type Subject, type Suggestion, suggestions, uniformRules, ruleFor } from "../../src/deconflict/index.ts";
import type { AnyFootprint, Footprint, Position } from "../../src/geo/index.ts";
import { mapView, offset, scaleBar, within } from "./map.ts";
import { arrow, dot, label, lines, type Picture, picture, polygon } from "./svg.ts";

const MIDDLE = { lat: 33.32, lon: 44.4 };
const FIRING = offset(MIDDLE, -500, 0);
const HOUR_MS = 3_600_000;
const NOON = Date.UTC(2026, 10, 25, 12);
const LIMIT_M = 1000;
const RULES = uniformRules({ lateral_m: LIMIT_M, vertical_m: 100, time_s: 600 });

function subject(id: string, footprint: Footprint, upper_m: number, start: number, end: number): Subject {
  const height = { datum: "AMSL", lower_m: 0, upper_m } as const;
  return { id, name: id, category: null, volumes: [{ footprint, height, window: { start, end } }] };
}

function ringOf(footprint: AnyFootprint | undefined): readonly Position[] {
  if (footprint?.type !== "polygon") throw new Error("The picture's plan is a polygon.");
  return footprint.rings[0] as readonly Position[];
}

function changed(found: readonly Suggestion[], type: Suggestion["change"]["type"]): Suggestion {
  const one = found.find(({ change }) => change.type === type);
  if (one === undefined) throw new Error(`Nothing was proposed of the kind "${type}".`);
  return one;
}

export function suggestionPicture(): Picture {
  const outline = [
    [-600, -500],
    [500, -650],
    [700, 250],
    [-100, 700],
  ].map(([east, north]) => offset(FIRING, east as number, north as number));
  const range: Footprint = { type: "polygon", rings: [outline] };
  const camp = offset(MIDDLE, 1200, 150);
  const site: Footprint = { type: "circle", centre: camp, radius_m: 300 };
  const plan = subject("Firing range 4", range, 900, NOON, NOON + 2 * HOUR_MS);
  const found = suggestions(plan, [subject("Camp", site, 300, NOON - HOUR_MS, NOON + HOUR_MS)], (one, other) => [
    { asked: ruleFor(RULES, one, other), turned: false },
  ]);
  const shift = changed(found, "shift");
  const moved = ringOf(shift.plan.volumes[0]?.footprint);
  const view = mapView(MIDDLE, [380, 180], 0.088);
  const [from, to] = [view.at(outline[0] as Position), view.at(moved[0] as Position)];
  const [x, y] = view.at(camp);
  return picture("suggestion", 720, 456, found.map(({ says }) => says).join(" "), [
    label([24, 34], "ink title", "What would clear a plan"),
    polygon(within(site, camp, LIMIT_M, 3000).map(view.at), "thin dash grey"),
    polygon(within(site, camp, 0, 1000).map(view.at), "area other"),
    polygon(outline.map(view.at), "area bad"),
    polygon(moved.map(view.at), "area good"),
    arrow(from, to, "good"),
    dot([x, y], "other", 2.5),
    label([x, y + 38], "other strong", "a camp", "middle"),
    label([x + 108, y - 72], "muted small", "1,000 m from it"),
    label([view.at(outline[1] as Position)[0] - 34, view.at(outline[1] as Position)[1] + 20], "bad strong", "the plan"),
    label(
      [view.at(moved[3] as Position)[0] - 14, view.at(moved[3] as Position)[1] + 20],
      "good strong",
      "shifted",
      "end",
    ),
    scaleBar([610, 318], view, 1000, "1 km"),
    ...found.map(({ says }, i) => lines([24, 366 + 22 * i], "ink", says, 110)),
  ]);
}
