import { list, nullable, record } from "../compose.ts";
import { code, count, instant, line, metres, seconds, words } from "../field.ts";
import { position, showPosition } from "../place.ts";
import { formatTime } from "../../geo/index.ts";

const waypoint = record(
  { position: position(), at: nullable(instant()), name: nullable(line(120)) },
  {
    show: ({ position: where, at, name }, speaker) =>
      [
        at === null ? speaker.times.unsaid : speaker.figures(formatTime(at)),
        name === null ? null : speaker.said(name),
        speaker.figures(showPosition(where)),
      ]
        .filter((part) => part !== null)
        .join(", "),
  },
);

/** What can be recognised by day, and by night. */
const vehicle = record({
  type: line(80),
  count: count(1, 1000),
  marks: words(300),
  marks_night: words(300),
});

/** A movement that must not be hit. Its author alone decides GO or NO GO. */
export const MOVEMENT = record({
  phase: code("movement_phase"),
  decision: code("movement_decision"),
  route: list(waypoint, 1, 500),
  /** How far it may be ahead of its times, or behind. */
  tolerance_s: seconds(7 * 86_400),
  /** Whole width of the corridor round the route. */
  width_m: metres(1, 100_000),
  vehicles: list(vehicle, 0, 50),
  people: nullable(
    record({
      total: count(0, 1_000_000),
      children: nullable(count(0, 1_000_000)),
      wounded: nullable(count(0, 1_000_000)),
    }),
  ),
  escort: nullable(record({ type: code("escort"), vehicles: count(0, 1000), remarks: words(300) })),
  /** How its vehicles are reached while it moves. */
  contact: list(record({ means: code("contact_means"), number: line(80), who: nullable(line(120)) }), 0, 8),
  /** Coarsened to this; null where the route is as the author knows it. */
  precision_m: nullable(metres(0, 1_000_000)),
  remarks: words(2000),
});
