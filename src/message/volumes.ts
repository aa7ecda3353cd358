/** Where a message says that something is: what deconfliction compares. */
import { firstBackwards, type Footprint, movingVolume, type Volume } from "../geo/index.ts";
import type { BodyOf } from "./bodies.ts";
import type { Kind } from "./codes.ts";
import type { Message } from "./message.ts";

const CLAIMING: readonly Kind[] = ["activity", "site", "movement", "presence", "report", "warning", "query", "alert"];

/** False where no message of the kind claims a volume, so that it need not be read for that. */
export function claimsPlaces(kind: Kind): boolean {
  return CLAIMING.includes(kind);
}

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

/**
 * While it keeps to its route and times it moves along them. Once it deviates, halts or is impeded its times say nothing
 * any more: then it may be anywhere on its route, for an unknown time. Wider than the truth, never narrower.
 */
function movementVolume({ route, width_m, tolerance_s, phase }: BodyOf<"movement">): Volume {
  const fixes = route.map(({ position, at }) => ({ position, at }));
  const [only] = fixes;
  const times = fixes.map(({ at }) => at);
  const whole = movingVolume(fixes, { tolerance_s, width_m, height: null });
  const keepsTimes = phase === "planned" || phase === "departed";
  if (keepsTimes && fixes.length > 1 && firstBackwards(times) < 0) return whole;
  const footprint: Footprint =
    fixes.length === 1 && only !== undefined
      ? { type: "circle", centre: only.position, radius_m: width_m / 2 }
      : whole.footprint;
  return { footprint, height: null, window: keepsTimes ? whole.window : { ...whole.window, end: null } };
}
