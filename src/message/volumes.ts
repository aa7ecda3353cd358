/** Where a message says that something is: what deconfliction compares. */
import type { Footprint, TimeWindow, Volume } from "../geo/index.ts";
import type { BodyOf } from "./bodies.ts";
import type { Message } from "./message.ts";

/**
 * The volumes that a message claims: none for kinds without a place, and none once its author says that it is over. A
 * site has no end: a lapsed one is still to be treated as protected.
 */
export function volumesOf(message: Message): readonly Volume[] {
  switch (message.kind) {
    case "activity":
      return message.body.phase === "cancelled" || message.body.phase === "ended" ? [] : message.body.volumes;
    case "site": {
      const { footprint, height, valid_from } = message.body;
      return [{ footprint, height, window: { start: valid_from, end: null } }];
    }
    case "movement":
      return message.body.phase === "arrived" ? [] : [movementVolume(message.body)];
    case "presence":
    case "report":
    case "warning":
    case "query":
    case "alert":
      return message.body.volumes;
    case "stance":
    case "assessment":
    case "call":
    case "text":
    case "answer":
    case "read":
    case "readback":
    case "withdrawal":
    case "countersignature":
      return [];
  }
}

/** The whole corridor over the whole time: wider than the truth at any one moment, never narrower. */
function movementVolume({ route, width_m, tolerance_s }: BodyOf<"movement">): Volume {
  const line = route.map(({ position }) => position);
  const footprint: Footprint =
    line.length === 1 && line[0] !== undefined
      ? { type: "circle", centre: line[0], radius_m: width_m / 2 }
      : { type: "corridor", line, width_m };
  return { footprint, height: null, window: movementWindow(route, tolerance_s) };
}

/** An end whose time was not said is unbounded. */
function movementWindow(route: BodyOf<"movement">["route"], tolerance_s: number): TimeWindow {
  const times = route.map(({ at }) => at).filter((at) => at !== null);
  const first = route[0]?.at ?? null;
  const last = route.at(-1)?.at ?? null;
  const slack = tolerance_s * 1000;
  return {
    start: first === null ? null : Math.min(...times) - slack,
    end: last === null ? null : Math.max(...times) + slack,
  };
}
