/**
 * Whether two sketches on one plane are surely within a distance, surely beyond it, or so near to it that only the
 * geodesics can tell (see sketch.ts for what the plane knows of them).
 */
import { chordWithin, SMALLEST_RADIUS_M } from "./globe.ts";
import { EDGES_A_BOX, FEW_VERTICES, type Sketch, strayOf, tiltWithin, writeBox } from "./sketch.ts";

export const FAR = 0;
export const NEAR = 1;
export const UNSURE = 2;
export type Verdict = typeof FAR | typeof NEAR | typeof UNSURE;

/** Beyond this, and for larger separations, the plane is asked nothing. */
const WIDEST_M = 1_000_000;
const STEEPEST = tiltWithin(WIDEST_M);
/** The rounding of the geodesics that would be measured otherwise, and more. */
const ROUNDING_M = 2e-6;

/** Whether the cores are at most `limit_m` metres apart along the ellipsoid. Both lie on one plane. */
export function nearness(a: Sketch, b: Sketch, limit_m: number): Verdict {
  const tilt = tiltOf(a, b);
  if (tilt > STEEPEST || limit_m > WIDEST_M) return UNSURE;
  const slack = slackOf(a, b, tilt);
  const near = chordWithin(limit_m) * (1 - 0.5 * tilt * tilt) - slack;
  if (haveNearVertices(a, b, near)) return NEAR;
  const apart = leastBetween(a, b, near);
  if (apart <= near) return NEAR;
  if (apart > limit_m + slack) return isWithin(a, b) || isWithin(b, a) ? NEAR : FAR;
  return surelyMeet(a, b, slack) ? NEAR : UNSURE;
}

/**
 * True where two vertices at most `enough` metres apart are soon found: the nearest to any one of the other's, and once
 * more there and back. Of two that are near most are told so, without every pair of edges.
 */
function haveNearVertices(a: Sketch, b: Sketch, enough: number): boolean {
  if (!(enough > 0)) return false;
  const there = nearestVertex(a, b, 0);
  const back = nearestVertex(b, a, there);
  if (isVertexWithin(a, there, b, back, enough)) return true;
  return isVertexWithin(a, nearestVertex(a, b, back), b, back, enough);
}

/** The vertex of `sketch` that is nearest to vertex `at` of `other`. */
function nearestVertex({ x, y, count }: Sketch, other: Sketch, at: number): number {
  const px = other.x[at] as number;
  const py = other.y[at] as number;
  let nearest = 0;
  let least2 = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const dx = (x[i] as number) - px;
    const dy = (y[i] as number) - py;
    const here2 = dx * dx + dy * dy;
    // Written so that NaN, beside a gap, is none.
    if (here2 < least2) {
      least2 = here2;
      nearest = i;
    }
  }
  return nearest;
}

function isVertexWithin(a: Sketch, i: number, b: Sketch, j: number, metres: number): boolean {
  const dx = (a.x[i] as number) - (b.x[j] as number);
  const dy = (a.y[i] as number) - (b.y[j] as number);
  return dx * dx + dy * dy <= metres * metres;
}

/** How steep the surface is at most where the two lie. */
export function tiltOf(a: Sketch, b: Sketch): number {
  const depth = Math.max(a.longest2, b.longest2) / (8 * SMALLEST_RADIUS_M);
  return tiltWithin(Math.sqrt(Math.max(a.farthest2, b.farthest2)) + depth);
}

/** What the edges of both stray at most from their straight lines on the plane. */
export function slackOf(a: Sketch, b: Sketch, tilt: number): number {
  return strayOf(a.longest2, tilt) + strayOf(b.longest2, tilt) + ROUNDING_M;
}

/** True where the first vertex of `b`, which is at no edge of `a`, lies inside it. */
function isWithin(a: Sketch, b: Sketch): boolean {
  return a.isClosed && isInside(a, b.x[0] as number, b.y[0] as number);
}

/** By the edges that a ray to the east crosses, of all runs or of those that stand from `first` to before `end`. */
export function isInside({ x, y, count }: Sketch, px: number, py: number, first = 0, end = count): boolean {
  let inside = false;
  for (let i = first + 1; i < end; i++) {
    const fy = y[i - 1] as number;
    const ty = y[i] as number;
    if (fy > py === ty > py) continue;
    const fx = x[i - 1] as number;
    if (px < fx + (((x[i] as number) - fx) * (py - fy)) / (ty - fy)) inside = !inside;
  }
  return inside;
}

/** Room for the boxes of a sketch that has none. */
const boxA = new Float64Array(4);
const boxB = new Float64Array(4);

/** The least distance between the edges; as soon as one is at most `enough`, that one. */
export function leastBetween(a: Sketch, b: Sketch, enough: number): number {
  const stop = enough > 0 ? enough * enough : -1;
  if (a.boxes === null && b.boxes === null) {
    return Math.sqrt(leastOfEdges(a, 1, a.count, b, 1, b.count, Number.POSITIVE_INFINITY, stop));
  }
  const boxesA = boxesOf(a, boxA);
  const boxesB = boxesOf(b, boxB);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < boxesA.length / 4; i++) {
    const [fromA, toA] = edgesOf(a, i);
    for (let j = 0; j < boxesB.length / 4; j++) {
      if (boxGap2(boxesA, 4 * i, boxesB, 4 * j) >= best) continue;
      const [fromB, toB] = edgesOf(b, j);
      best = leastOfEdges(a, fromA, toA, b, fromB, toB, best, stop);
      if (best <= stop) return Math.sqrt(best);
    }
  }
  return Math.sqrt(best);
}

function boxesOf({ boxes, x, y, count }: Sketch, room: Float64Array): Float64Array {
  if (boxes !== null) return boxes;
  writeBox(x, y, 0, count - 1, room, 0);
  return room;
}

/** The edges of a box, each by the number of its second vertex; the second number is beyond the last. */
export function edgesOf({ boxes, count }: Sketch, box: number): readonly [number, number] {
  if (boxes === null) return [1, count];
  return [box * EDGES_A_BOX + 1, Math.min(count, (box + 1) * EDGES_A_BOX + 1)];
}

export function boxGap2(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const dx = Math.max(0, (a[i] as number) - (b[j + 2] as number), (b[j] as number) - (a[i + 2] as number));
  const dy = Math.max(0, (a[i + 1] as number) - (b[j + 3] as number), (b[j + 1] as number) - (a[i + 3] as number));
  return dx * dx + dy * dy;
}

function leastOfEdges(
  a: Sketch,
  fromA: number,
  toA: number,
  b: Sketch,
  fromB: number,
  toB: number,
  sofar: number,
  stop: number,
): number {
  let best = sofar;
  const { x: ax, y: ay } = a;
  const { x: bx, y: by } = b;
  for (let i = fromA; i < toA; i++) {
    const px = ax[i - 1] as number;
    const py = ay[i - 1] as number;
    const qx = ax[i] as number;
    const qy = ay[i] as number;
    for (let j = fromB; j < toB; j++) {
      const here = gap2(
        px,
        py,
        qx - px,
        qy - py,
        bx[j - 1] as number,
        by[j - 1] as number,
        bx[j] as number,
        by[j] as number,
      );
      if (here < best) {
        best = here;
        if (best <= stop) return best;
      }
    }
  }
  return best;
}

/**
 * Squared distance of the edge from `p` along `u` and the edge from `r` to `s`, of their beginnings and where they
 * cross: over all pairs of edges every end is the beginning of another. NaN beside a gap.
 */
export function gap2(
  px: number,
  py: number,
  ux: number,
  uy: number,
  rx: number,
  ry: number,
  sx: number,
  sy: number,
): number {
  const wx = rx - px;
  const wy = ry - py;
  const vx = sx - rx;
  const vy = sy - ry;
  const turn = ux * vy - uy * vx;
  const s = wx * vy - wy * vx;
  const t = wx * uy - wy * ux;
  if (turn > 0 ? s >= 0 && s <= turn && t >= 0 && t <= turn : turn < 0 && s <= 0 && s >= turn && t <= 0 && t >= turn) {
    return 0;
  }
  const uu = ux * ux + uy * uy;
  const vv = vx * vx + vy * vy;
  const uw = ux * wx + uy * wy;
  const vw = -(vx * wx + vy * wy);
  const along = uw <= 0 || uu === 0 ? 0 : uw >= uu ? 1 : uw / uu;
  const beside = vw <= 0 || vv === 0 ? 0 : vw >= vv ? 1 : vw / vv;
  const ex = wx - along * ux;
  const ey = wy - along * uy;
  const fx = wx + beside * vx;
  const fy = wy + beside * vy;
  return Math.min(ex * ex + ey * ey, fx * fx + fy * fy);
}

/** True where a vertex of one lies inside the other by more than `slack`, or two edges cross by more than that. */
export function surelyMeet(a: Sketch, b: Sketch, slack: number): boolean {
  if (a.count > FEW_VERTICES || b.count > FEW_VERTICES) return false;
  if (a.isClosed && hasInside(a, b, slack)) return true;
  if (b.isClosed && hasInside(b, a, slack)) return true;
  for (let i = 1; i < a.count; i++) {
    for (let j = 1; j < b.count; j++) if (surelyCross(a, i, b, j, slack)) return true;
  }
  return false;
}

function hasInside(a: Sketch, b: Sketch, slack: number): boolean {
  for (let j = 0; j < b.count; j++) {
    const px = b.x[j] as number;
    const py = b.y[j] as number;
    let clear = !Number.isNaN(px);
    for (let i = 1; i < a.count && clear; i++) {
      const qx = a.x[i - 1] as number;
      const qy = a.y[i - 1] as number;
      if (gap2(qx, qy, (a.x[i] as number) - qx, (a.y[i] as number) - qy, px, py, px, py) <= slack * slack)
        clear = false;
    }
    if (clear && isInside(a, px, py)) return true;
  }
  return false;
}

function surelyCross(a: Sketch, i: number, b: Sketch, j: number, slack: number): boolean {
  const [px, py, qx, qy] = [a.x[i - 1], a.y[i - 1], a.x[i], a.y[i]] as [number, number, number, number];
  const [rx, ry, sx, sy] = [b.x[j - 1], b.y[j - 1], b.x[j], b.y[j]] as [number, number, number, number];
  return areParted(px, py, qx, qy, rx, ry, sx, sy, slack) && areParted(rx, ry, sx, sy, px, py, qx, qy, slack);
}

/** True where `r` and `s` lie on different sides of the line through `p` and `q`, each more than `slack` from it. */
function areParted(
  px: number,
  py: number,
  qx: number,
  qy: number,
  rx: number,
  ry: number,
  sx: number,
  sy: number,
  slack: number,
): boolean {
  const ux = qx - px;
  const uy = qy - py;
  const size = slack * Math.sqrt(ux * ux + uy * uy);
  const left = ux * (ry - py) - uy * (rx - px);
  const right = ux * (sy - py) - uy * (sx - px);
  return size > 0 && ((left > size && right < -size) || (left < -size && right > size));
}
