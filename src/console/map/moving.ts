/** Where something that moves along its route is at a moment, as far as its times say: for drawing, never for deciding. */
import { type Motion, pointDistanceM, type Position } from "../../geo/index.ts";

export interface Whereabouts {
  /** By its own times. */
  readonly at: Position;
  /** The piece of the route on which it may be, from behind to ahead. */
  readonly within: readonly Position[];
}

/** A place along a route: between the vertices `after` and `after + 1`, this part of the way. */
interface Along {
  readonly after: number;
  readonly part: number;
}

/** null before it sets out and after it has come, its tolerance counted. */
export function whereAt(line: readonly Position[], { times, tolerance_s }: Motion, moment: number): Whereabouts | null {
  const timed = times.flatMap((at, i) => (at === null ? [] : [{ i, at }]));
  const [first, last] = [timed[0], timed.at(-1)];
  if (first === undefined || last === undefined) return null;
  const slack = tolerance_s * 1000;
  if (moment < first.at - slack || moment > last.at + slack) return null;
  const from = along(line, timed, moment - slack, "earliest");
  const to = along(line, timed, moment + slack, "latest");
  const between = line.slice(from.after + 1, to.after + 1);
  const within = [placeOf(line, from), ...between, placeOf(line, to)];
  return {
    at: placeOf(line, along(line, timed, moment, "even")),
    within: within.filter((at, i) => i < 2 || at.lat !== within[i - 1]?.lat || at.lon !== within[i - 1]?.lon),
  };
}

type Timed = readonly { readonly i: number; readonly at: number }[];

/** Between two timed positions with others between them its speed is not said: it may be at either end. */
function along(line: readonly Position[], timed: Timed, at: number, how: "earliest" | "latest" | "even"): Along {
  const next = timed.findIndex((each) => each.at > at);
  const [from, to] = [timed[next < 0 ? timed.length - 1 : next - 1], timed[next]];
  if (from === undefined) return { after: timed[0]?.i ?? 0, part: 0 };
  if (to === undefined) return from.i === 0 ? { after: 0, part: 0 } : { after: from.i - 1, part: 1 };
  const part = (at - from.at) / (to.at - from.at);
  if (to.i === from.i + 1) return { after: from.i, part };
  if (how === "earliest") return { after: from.i, part: 0 };
  return how === "latest" ? { after: to.i - 1, part: 1 } : byLength(line, from.i, to.i, part);
}

function byLength(line: readonly Position[], from: number, to: number, part: number): Along {
  const lengths = line.slice(from, to).map((at, i) => pointDistanceM(at, line[from + i + 1] as Position));
  let left = lengths.reduce((sum, length) => sum + length, 0) * part;
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) return { after: from + i, part: left / length };
    left -= length;
  }
  return { after: to - 1, part: 1 };
}

function placeOf(line: readonly Position[], { after, part }: Along): Position {
  const from = line[after] as Position;
  const to = line[after + 1] ?? from;
  return {
    lat: from.lat + (to.lat - from.lat) * part,
    lon: from.lon + (((to.lon - from.lon + 540) % 360) - 180) * part,
  };
}
