/** Heights above different datums: how they are compared, and when they are not. */
import { findConflict, NO_SEPARATION } from "../../src/deconflict/index.ts";
import { type AnyHeightBand, geoidWithin } from "../../src/geo/index.ts";
import { box, label, lines, measure, type Picture, picture, polyline } from "./svg.ts";

const PLACE = { lat: 64.1, lon: -21.9 };
const WINDOW = { start: Date.UTC(2026, 10, 25, 8), end: Date.UTC(2026, 10, 25, 11) };
const BOTTOM = 330;
const PIXELS_A_METRE = 0.58;

const GROUND_M = [88, 104, 97, 110, 100, 92, 100];

type Band = AnyHeightBand & { readonly lower_m: number; readonly upper_m: number };

const MAST: Band = { datum: "AMSL", lower_m: 180, upper_m: 260 };
const FLIGHT: Band = { datum: "WGS84", lower_m: 300, upper_m: 400 };
const ABOVE_GROUND: Band = { datum: "AGL", lower_m: 0, upper_m: 120 };

function between(plan: Band, name: string, against: Band) {
  const subject = (id: string, height: Band) => ({
    id,
    name: id,
    category: null,
    volumes: [{ footprint: { type: "point", at: PLACE } as const, height, window: WINDOW }],
  });
  const found = findConflict(subject("flight", plan), subject(name, against), NO_SEPARATION);
  if (found === null) throw new Error("The picture's two are surely apart.");
  return found;
}

function y(metres: number): number {
  return BOTTOM - PIXELS_A_METRE * metres;
}

export function heightsPicture(): Picture {
  const { least_m, most_m } = geoidWithin(PLACE, 0);
  const geoid = (least_m + most_m) / 2;
  const bar = (x: number, { lower_m, upper_m }: Band, above: number, colour: string) =>
    box([x, y(upper_m + above)], 74, PIXELS_A_METRE * (upper_m - lower_m), `area ${colour}`);
  const decided = between(FLIGHT, "mast", MAST);
  const undecided = between(FLIGHT, "blasting", ABOVE_GROUND);
  if (decided.outcome !== "conflict" || undecided.outcome !== "undecided")
    throw new Error("The heights are told otherwise.");
  const words = (x: number, band: Band, above: number, colour: string, of: string) =>
    [
      label([x, y(band.upper_m + above) - 24], `${colour} strong`, of),
      label([x, y(band.upper_m + above) - 8], `${colour} small`, `${band.lower_m} to ${band.upper_m} m ${named(band)}`),
    ].join("\n");
  const ground = GROUND_M.map((metres, i) => [24 + 64 * i, y(metres)] as const);
  return picture("heights", 720, 372, `${decided.because} ${undecided.because}`, [
    label([24, 34], "ink title", "Heights count from what they are told above"),
    polyline(
      [
        [24, y(0)],
        [408, y(0)],
      ],
      "thin plan dash",
    ),
    label([24, y(0) + 17], "plan small", "the GPS ellipsoid (WGS 84)"),
    polyline(
      [
        [24, y(geoid)],
        [408, y(geoid)],
      ],
      "thin other dash",
    ),
    label([408, y(geoid) + 15], "other small", "mean sea level", "end"),
    polyline(ground, "thin grey"),
    label([408, y(112)], "muted small", "the ground, which Parley does not know", "end"),
    measure([36, y(0)], [36, y(geoid)], "muted", `${Math.round(geoid)} m here`, [8, 5]),
    bar(90, FLIGHT, 0, "plan"),
    words(90, FLIGHT, 0, "plan", "a flight"),
    bar(132, MAST, geoid, "other"),
    label([216, y(MAST.upper_m + geoid) + 40], "other strong", "a mast"),
    label([216, y(MAST.upper_m + geoid) + 56], "other small", `180 to 260 m ${named(MAST)}`),
    label([440, 92], "bad strong", "Conflict, though 260 is less than 300."),
    lines([440, 112], "ink small", decided.because, 42),
    label([440, 262], "grey strong", "0 to 120 m above ground? Undecided."),
    lines([440, 282], "ink small", undecided.because, 42),
  ]);
}

function named({ datum }: Band): string {
  return { AMSL: "above mean sea level", WGS84: "above the ellipsoid", AGL: "above ground", FL: "" }[datum];
}
