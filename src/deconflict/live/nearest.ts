/**
 * How near two cores come and where, worked out from the plane on which they lie and right to a hundredth of a
 * millimetre, for a tenth of what the geodesics themselves cost. For cores in one run with edges of up to 10 km.
 *
 * A geodesic of that length keeps within 0.01 mm of the places that lie straight above its chord, and one from there to
 * a place up to 20 km away is as long as its chord bent with the curvature of the Earth in that direction.
 */
import { lengthOfGeodesic, lift } from "./globe.ts";
import { isInside, slackOf, surelyMeet, tiltOf } from "./nearness.ts";
import { EDGES_A_BOX, type Plane, type Sketch } from "./sketch.ts";

/** Vertices in Cartesian metres, and the same on the plane. */
export interface Core {
  readonly vectors: Float64Array;
  readonly count: number;
  readonly sketch: Sketch;
}

/** Places on the ellipsoid in Cartesian metres. Where they overlap, `metres` is 0 and both are one place. */
export interface Nearest {
  metres: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

const LONGEST_EDGE_M = 10_000;
const LONGEST_EDGE2 = LONGEST_EDGE_M ** 2;
const FARTHEST_M = 20_000;
/** What makes no difference to a distance in millimetres. */
const NOTHING_M = 1e-4;

/** Numbers in a sketch: of larger cores the boxes are quicker. */
const MOST_VERTICES = 4 * EDGES_A_BOX;

/** True where `nearest` may be asked of the core. */
export function isShort({ sketch }: Core): boolean {
  return sketch.boxes === null && sketch.longest2 <= LONGEST_EDGE2 && sketch.count <= MOST_VERTICES;
}

/** How far a geodesic of 10 km keeps at most from the places above its chord, which grows with the cube of its length. */
const STRAY_M = 1e-5;
/** Rounding, and what bending a chord of 20 km with one curvature leaves out. */
const BENT_M = 1e-6;

/** How far what `nearest` says of two may be from their distance, in metres: ten times what it ever was, and more. */
export function errorOf(a: Core, b: Core): number {
  const longest2 = Math.max(a.sketch.longest2, b.sketch.longest2) / LONGEST_EDGE2;
  return BENT_M + 2 * STRAY_M * longest2 * Math.sqrt(longest2);
}

/** Two edges, and of each how far along it the nearest place lies. */
interface Pair {
  gap2: number;
  edge: number;
  along: number;
  other: number;
  beside: number;
}

export interface Seeker {
  /**
   * Where the two come nearest. Null where they are so near to touching that the plane cannot tell whether they do, or
   * too far apart. The answer is written over by the next.
   */
  nearest(a: Core, b: Core, plane: Plane): Nearest | null;
}

export function createSeeker(): Seeker {
  const answer: Nearest = { metres: 0, from: new Float64Array(3), to: new Float64Array(3) };
  const tried: Nearest = { metres: 0, from: new Float64Array(3), to: new Float64Array(3) };
  const best: Pair = { gap2: 0, edge: 0, along: 0, other: 0, beside: 0 };
  const pair: Pair = { gap2: 0, edge: 0, along: 0, other: 0, beside: 0 };
  /** The squared gap of every pair of edges on the plane, in the order in which they are looked at; NaN beside a gap. */
  const gaps = new Float64Array(MOST_VERTICES * MOST_VERTICES);
  const overlap = (x: number, y: number, plane: Plane): Nearest => {
    for (let i = 0; i < 3; i++) {
      answer.from[i] = (plane[i] as number) + x * (plane[3 + i] as number) + y * (plane[6 + i] as number);
    }
    lift(answer.from);
    answer.to.set(answer.from);
    answer.metres = 0;
    return answer;
  };
  return {
    nearest: (a, b, plane) => {
      const tilt = tiltOf(a.sketch, b.sketch);
      const slack = slackOf(a.sketch, b.sketch, tilt);
      const inside = insideOf(a.sketch, b.sketch) ?? insideOf(b.sketch, a.sketch);
      if (inside === null) leastPair(a.sketch, b.sketch, best, pair, gaps);
      if (inside !== null || best.gap2 === 0) {
        if (slack > NOTHING_M && !surelyMeet(a.sketch, b.sketch, slack)) return null;
        if (inside !== null) return overlap(inside.x[0] as number, inside.y[0] as number, plane);
        const { x, y } = a.sketch;
        return overlap(between(x, best.edge, best.along), between(y, best.edge, best.along), plane);
      }
      const gap = Math.sqrt(best.gap2);
      if (gap > FARTHEST_M || (gap < 4 * slack && slack > NOTHING_M)) return null;
      const limit = (gap + slack) * (1 + tilt * tilt + 1e-5) + slack;
      measureAll(a, b, limit, gaps, pair, tried, answer);
      return answer;
    },
  };
}

/** The nearest of all pairs of edges of which the plane says that they could be. */
function measureAll(
  a: Core,
  b: Core,
  limit: number,
  gaps: Float64Array,
  pair: Pair,
  tried: Nearest,
  answer: Nearest,
): void {
  answer.metres = Number.POSITIVE_INFINITY;
  let at = 0;
  for (let i = 1; i < a.sketch.count; i++) {
    for (let j = 1; j < b.sketch.count; j++) {
      // Written so that NaN is passed over.
      if (!((gaps[at++] as number) <= limit * limit)) continue;
      measurePair(a.sketch, i, b.sketch, j, pair);
      onGlobe(a, b, pair, tried);
      if (tried.metres >= answer.metres) continue;
      answer.metres = tried.metres;
      answer.from.set(tried.from);
      answer.to.set(tried.to);
    }
  }
}

/** `b` where its first vertex lies inside `a`. */
function insideOf(a: Sketch, b: Sketch): Sketch | null {
  return a.isClosed && isInside(a, b.x[0] as number, b.y[0] as number) ? b : null;
}

function between(values: Float64Array, edge: number, along: number): number {
  const from = values[edge - 1] as number;
  return from + along * ((values[edge] as number) - from);
}

/** The first of the pairs with the least gap. Notes the gaps of all, unless two edges cross: then that pair is the answer. */
function leastPair(a: Sketch, b: Sketch, best: Pair, pair: Pair, gaps: Float64Array): void {
  best.gap2 = Number.POSITIVE_INFINITY;
  let at = 0;
  for (let i = 1; i < a.count; i++) {
    for (let j = 1; j < b.count; j++) {
      gaps[at++] = measurePair(a, i, b, j, pair) ? pair.gap2 : Number.NaN;
      if (!(pair.gap2 < best.gap2)) continue;
      copyPair(pair, best);
      if (best.gap2 === 0) return;
    }
  }
}

function copyPair(from: Pair, to: Pair): void {
  to.gap2 = from.gap2;
  to.edge = from.edge;
  to.along = from.along;
  to.other = from.other;
  to.beside = from.beside;
}

/** The nearest places of two edges: where they cross, or at the beginning of one. False beside a gap. */
function measurePair(a: Sketch, i: number, b: Sketch, j: number, pair: Pair): boolean {
  const px = a.x[i - 1] as number;
  const py = a.y[i - 1] as number;
  const ux = (a.x[i] as number) - px;
  const uy = (a.y[i] as number) - py;
  const wx = (b.x[j - 1] as number) - px;
  const wy = (b.y[j - 1] as number) - py;
  const vx = (b.x[j] as number) - (b.x[j - 1] as number);
  const vy = (b.y[j] as number) - (b.y[j - 1] as number);
  const turn = ux * vy - uy * vx;
  pair.edge = i;
  pair.other = j;
  if (turn !== 0) {
    const s = (wx * vy - wy * vx) / turn;
    const t = (wx * uy - wy * ux) / turn;
    if (s >= 0 && s <= 1 && t >= 0 && t <= 1) {
      pair.along = s;
      pair.beside = t;
      pair.gap2 = 0;
      return true;
    }
  }
  const uu = ux * ux + uy * uy;
  const vv = vx * vx + vy * vy;
  const along = uu === 0 ? 0 : Math.min(1, Math.max(0, (ux * wx + uy * wy) / uu));
  const beside = vv === 0 ? 0 : Math.min(1, Math.max(0, -(vx * wx + vy * wy) / vv));
  const toEdge = (wx - along * ux) ** 2 + (wy - along * uy) ** 2;
  const fromEdge = (wx + beside * vx) ** 2 + (wy + beside * vy) ** 2;
  const isOnFirst = toEdge <= fromEdge;
  pair.along = isOnFirst ? along : 0;
  pair.beside = isOnFirst ? 0 : beside;
  pair.gap2 = isOnFirst ? toEdge : fromEdge;
  return !Number.isNaN(pair.gap2);
}

/** The vertex with which an edge begins, as a place in the vectors: the last number of a run is a vertex once more. */
function vertexOf({ count, sketch }: Core, number: number): number {
  return 3 * (number < count ? number : sketch.isClosed ? 0 : count - 1);
}

/** The same two places on the globe, and the length of the geodesic between them. */
function onGlobe(a: Core, b: Core, pair: Pair, into: Nearest): void {
  writePlace(b, pair.other, pair.beside, into.to);
  if (pair.along > 0) settle(a, pair.edge, pair.along, into.to, into.from);
  else {
    writePlace(a, pair.edge, 0, into.from);
    if (pair.beside > 0) settle(b, pair.other, pair.beside, into.from, into.to);
  }
  into.metres = lengthOfGeodesic(into.from, into.to);
}

/** The place on the geodesic above a place on the edge's chord. */
function writePlace(core: Core, edge: number, along: number, into: Float64Array): void {
  const p = vertexOf(core, edge - 1);
  const q = vertexOf(core, edge);
  const { vectors } = core;
  for (let i = 0; i < 3; i++) {
    const from = vectors[p + i] as number;
    into[i] = from + along * ((vectors[q + i] as number) - from);
  }
  if (along > 0 && along < 1) lift(into);
}

/** The place on an edge that is nearest to `target`, from a guess that is right to some millimetres. */
function settle(core: Core, edge: number, guess: number, target: Float64Array, into: Float64Array): void {
  writePlace(core, edge, guess, into);
  const p = vertexOf(core, edge - 1);
  const q = vertexOf(core, edge);
  const { vectors } = core;
  let [off, size] = [0, 0];
  for (let i = 0; i < 3; i++) {
    const u = (vectors[q + i] as number) - (vectors[p + i] as number);
    off += u * ((target[i] as number) - (into[i] as number));
    size += u * u;
  }
  const along = Math.min(1, Math.max(0, guess + off / size));
  if (along !== guess) writePlace(core, edge, along, into);
}
