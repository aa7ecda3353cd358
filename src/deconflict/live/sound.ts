/**
 * Whether a polygon is surely drawn soundly, told on its own plane: rings that cross and touch neither themselves nor
 * each other by more than the geodesics could stray, holes inside. What is not sure is looked at exactly.
 */
import { SMALLEST_RADIUS_M } from "./globe.ts";
import { boxGap2, edgesOf, gap2, isInside } from "./nearness.ts";
import { type Sketch, strayOf, tiltWithin } from "./sketch.ts";

/** More than the exact look allows between vertices that are one and edges that touch, by far. */
const TOUCHING_M = 1e-5;
/** Likewise for rings that enclose nothing. */
const FLAT_M = 1e-3;

/** True where the polygon is sound; false where it may be or not. */
export function isSurelySound(sketch: Sketch): boolean {
  const width = Math.sqrt(sketch.farthest2) + sketch.longest2 / (8 * SMALLEST_RADIUS_M);
  const margin = 2 * strayOf(sketch.longest2, tiltWithin(width)) + TOUCHING_M;
  const rings = ringsOf(sketch);
  if (rings.length === 1 && isStar(sketch, margin)) return true;
  return (
    rings.every((ring) => isWide(sketch, ring, margin)) && isApart(sketch, rings, margin) && isNested(sketch, rings)
  );
}

/** The numbers of a ring's first vertex and of that which closes it. */
interface Ring {
  readonly first: number;
  readonly last: number;
}

function ringsOf({ x, count }: Sketch): readonly Ring[] {
  const rings: Ring[] = [];
  let first = 0;
  for (let i = 0; i <= count; i++) {
    if (i < count && !Number.isNaN(x[i])) continue;
    rings.push({ first, last: i - 1 });
    first = i + 1;
  }
  return rings;
}

/**
 * Seen from the middle of its vertices each follows the one before by less than half a turn, once round in all: then
 * no two edges overlap in direction, and two that are no neighbours are at least as far apart as the narrowest edge
 * between them is wide where it comes nearest to the middle.
 */
function isStar({ x, y, count }: Sketch, margin: number): boolean {
  const mx = mean(x, count - 1);
  const my = mean(y, count - 1);
  let turns = 0;
  let nearest2 = Number.POSITIVE_INFINITY;
  let narrowest = 1;
  for (let i = 1; i < count; i++) {
    const px = (x[i - 1] as number) - mx;
    const py = (y[i - 1] as number) - my;
    const qx = (x[i] as number) - mx;
    const qy = (y[i] as number) - my;
    const turn = px * qy - py * qx;
    // Written so that NaN is none.
    if (!(turn !== 0 && turn * turns >= 0)) return false;
    turns = turn;
    const ux = qx - px;
    const uy = qy - py;
    nearest2 = Math.min(nearest2, (turn * turn) / (ux * ux + uy * uy));
    narrowest = Math.min(narrowest, Math.abs(turn) / Math.sqrt((px * px + py * py) * (qx * qx + qy * qy)));
  }
  return isOnce(x, y, count, mx, my) && Math.sqrt(nearest2) * narrowest > margin + FLAT_M;
}

function mean(values: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] as number;
  return sum / count;
}

/** True where edges that all turn one way go round the middle once: they pass its east once. */
function isOnce(x: Float64Array, y: Float64Array, count: number, mx: number, my: number): boolean {
  let passes = 0;
  for (let i = 1; i < count; i++) {
    const fy = (y[i - 1] as number) - my;
    const ty = (y[i] as number) - my;
    if (fy > 0 === ty > 0) continue;
    const fx = (x[i - 1] as number) - mx;
    const tx = (x[i] as number) - mx;
    if (fx - ((tx - fx) * fy) / (ty - fy) > 0) passes += 1;
  }
  return passes === 1;
}

/** True where some vertex lies well beside the line from the first to the one farthest from it. */
function isWide({ x, y }: Sketch, { first, last }: Ring, margin: number): boolean {
  const ox = x[first] as number;
  const oy = y[first] as number;
  let ux = 0;
  let uy = 0;
  let far2 = 0;
  for (let i = first + 1; i < last; i++) {
    const dx = (x[i] as number) - ox;
    const dy = (y[i] as number) - oy;
    const here2 = dx * dx + dy * dy;
    if (here2 <= far2) continue;
    ux = dx;
    uy = dy;
    far2 = here2;
  }
  const least = (margin + FLAT_M) * Math.sqrt(far2);
  for (let i = first + 1; i < last; i++) {
    if (Math.abs(ux * ((y[i] as number) - oy) - uy * ((x[i] as number) - ox)) > least) return true;
  }
  return false;
}

/** True where no two edges come nearer to each other than the margin, but for neighbours at their common end. */
function isApart(sketch: Sketch, rings: readonly Ring[], margin: number): boolean {
  const limit2 = margin * margin;
  const { boxes } = sketch;
  const blocks = boxes === null ? 1 : boxes.length / 4;
  for (let m = 0; m < blocks; m++) {
    for (let n = m; n < blocks; n++) {
      if (boxes !== null && boxGap2(boxes, 4 * m, boxes, 4 * n) > limit2) continue;
      if (!areBlocksApart(sketch, rings, edgesOf(sketch, m), edgesOf(sketch, n), limit2)) return false;
    }
  }
  return true;
}

type Edges = readonly [number, number];

function areBlocksApart(sketch: Sketch, rings: readonly Ring[], a: Edges, b: Edges, limit2: number): boolean {
  for (let i = a[0]; i < a[1]; i++) {
    const closing = rings.find(({ first }) => i === first + 1)?.last ?? -1;
    for (let j = Math.max(i + 1, b[0]); j < b[1]; j++) {
      if (j === i + 1) {
        if (!isOpenCorner(sketch, i, j, limit2)) return false;
      } else if (j === closing) {
        if (!isOpenCorner(sketch, j, i, limit2)) return false;
      } else if (edgeGap2(sketch, i, j) <= limit2) return false;
    }
  }
  return true;
}

function edgeGap2({ x, y }: Sketch, i: number, j: number): number {
  const px = x[i - 1] as number;
  const py = y[i - 1] as number;
  const ux = (x[i] as number) - px;
  const uy = (y[i] as number) - py;
  return gap2(px, py, ux, uy, x[j - 1] as number, y[j - 1] as number, x[j] as number, y[j] as number);
}

/** True where neither of two edges that follow each other ends on the other. NaN beside a gap says nothing is there. */
function isOpenCorner({ x, y }: Sketch, i: number, j: number, limit2: number): boolean {
  const px = x[i - 1] as number;
  const py = y[i - 1] as number;
  const qx = x[i] as number;
  const qy = y[i] as number;
  const rx = x[j] as number;
  const ry = y[j] as number;
  const far = gap2(px, py, qx - px, qy - py, rx, ry, rx, ry);
  const near = gap2(qx, qy, rx - qx, ry - qy, px, py, px, py);
  return !(far <= limit2 || near <= limit2);
}

/** True where every hole lies inside the outline and in no other hole; no two rings touch. */
function isNested(sketch: Sketch, rings: readonly Ring[]): boolean {
  return rings.every((hole, i) => {
    if (i === 0) return true;
    const px = sketch.x[hole.first] as number;
    const py = sketch.y[hole.first] as number;
    return rings.every((ring, j) => j === i || isInside(sketch, px, py, ring.first, ring.last + 1) === (j === 0));
  });
}
