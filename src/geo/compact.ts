/**
 * Footprints as rows of numbers, which can lie one after another in large arrays, and a test on them that takes well
 * under a microsecond. It works with chords and says "unsure" where the curve of the Earth could turn the answer: then,
 * and only then, the geodesics themselves have to be measured.
 */
import { leastBetween } from "./compact-chords.ts";
import { insideOf } from "./compact-inside.ts";
import { APART, HOLDS, NEAR, ROW, UNSURE, type Verdict } from "./compact-row.ts";
import { arcAtLeast, arcAtMost, directionToPosition, toVector, type Vector } from "./geodesic.ts";
import type { Piece } from "./piece.ts";
import { capOf } from "./region.ts";
import { type Shape, shapeOf } from "./shape.ts";
import type { AnyFootprint, Position } from "./types.ts";
import { length, minus } from "./vector.ts";

/** Above this many pieces boxes within boxes are quicker than comparing each with each. */
const MAX_PIECES = 200;
/** Rounding of vectors, and of the differences of large numbers. */
const ROUNDING_M = 1e-6;

/** The row of a shape. */
export function compactOf(shape: Shape): Float64Array {
  const runs = shape.pieces.length > MAX_PIECES ? [] : runsOf(shape.pieces);
  const size = ROW.first + runs.reduce((sum, run) => sum + 1 + 3 * run.length, 0);
  const row = new Float64Array(size);
  const { centre, radius } = ballOf(shape);
  row.set([size, shape.reach_m, ...centre, radius, sagOf(shape.pieces), kindOf(shape, runs), runs.length]);
  let at: number = ROW.first;
  for (const run of runs) {
    row[at++] = run.length;
    for (const vector of run) {
      row.set(vector, at);
      at += 3;
    }
  }
  return row;
}

const known = new WeakMap<AnyFootprint, Float64Array>();

/** The row of a valid footprint, worked out once for each object. */
export function rowOf(footprint: AnyFootprint): Float64Array {
  const found = known.get(footprint);
  if (found !== undefined) return found;
  const row = compactOf(shapeOf(footprint));
  known.set(footprint, row);
  return row;
}

/** A circle that holds a valid footprint: not the smallest. */
export function circleRound(footprint: AnyFootprint): { readonly centre: Position; readonly radius_m: number } {
  const row = rowOf(footprint);
  const centre = directionToPosition([row[ROW.x] as number, row[ROW.y] as number, row[ROW.z] as number]);
  return { centre, radius_m: arcAtMost((row[ROW.radius] as number) + ROUNDING_M) + (row[ROW.reach] as number) };
}

function kindOf(shape: Shape, runs: readonly unknown[]): number {
  if (runs.length === 0) return HOLDS.ball;
  if (shape.regions.length === 0) return HOLDS.line;
  return shape.regions.length === 1 ? HOLDS.polygon : HOLDS.polygons;
}

function sagOf(pieces: readonly Piece[]): number {
  return pieces.reduce((most, { chord, sag }) => (chord === 0 ? most : Math.max(most, sag)), 0);
}

/** Pieces that follow each other, as the vectors of their ends. */
function runsOf(pieces: readonly Piece[]): Vector[][] {
  const runs: Vector[][] = [];
  let last: Piece | null = null;
  for (const piece of pieces) {
    const follows = last !== null && last.vb[0] === piece.va[0] && last.vb[1] === piece.va[1];
    if (!follows || last === null || last.vb[2] !== piece.va[2]) runs.push([piece.va]);
    if (piece.chord > 0) (runs.at(-1) as Vector[]).push(piece.vb);
    last = piece;
  }
  return runs;
}

/**
 * A ball round all of the core. The inside of a polygon lies in the cap round its vertices; the ball is a hundredth
 * larger, since equal angles are not quite equal distances on the ellipsoid.
 */
function ballOf({ pieces, regions }: Shape): { readonly centre: Vector; readonly radius: number } {
  const first = pieces[0] as Piece;
  if (pieces.length === 1 && first.chord === 0) return { centre: first.va, radius: 0 };
  const cap = capOf(pieces.flatMap(({ a, b }) => [a, b]));
  const centre = toVector(directionToPosition(cap.centre));
  let radius = 0;
  for (const { va, vb, sag } of pieces) {
    radius = Math.max(radius, length(minus(va, centre)) + sag, length(minus(vb, centre)) + sag);
  }
  return { centre, radius: regions.length === 0 ? radius : radius * 1.01 };
}

/**
 * Whether the footprints whose rows begin at `i` in `a` and at `j` in `b` are at most `limit_m` metres apart along the
 * ellipsoid. Symmetric but for which pairs are unsure.
 */
export function compactNearness(a: Float64Array, i: number, b: Float64Array, j: number, limit_m: number): Verdict {
  const asked = limit_m + (a[i + ROW.reach] as number) + (b[j + ROW.reach] as number);
  const x = (a[i + ROW.x] as number) - (b[j + ROW.x] as number);
  const y = (a[i + ROW.y] as number) - (b[j + ROW.y] as number);
  const z = (a[i + ROW.z] as number) - (b[j + ROW.z] as number);
  const middles = Math.sqrt(x * x + y * y + z * z);
  const balls = (a[i + ROW.radius] as number) + (b[j + ROW.radius] as number);
  if (isBeyond(middles - balls - ROUNDING_M, asked)) return APART;
  if (balls === 0) return arcAtMost(middles + ROUNDING_M) <= asked ? NEAR : UNSURE;
  if (a[i + ROW.kind] === HOLDS.ball || b[j + ROW.kind] === HOLDS.ball) return UNSURE;
  const slack = (a[i + ROW.sag] as number) + (b[j + ROW.sag] as number) + ROUNDING_M;
  const least = leastBetween(a, i, b, j, nearEnough(asked) - slack);
  if (arcAtMost(least + slack) <= asked) return NEAR;
  const edges: Verdict = isBeyond(least - slack, asked) ? APART : UNSURE;
  return oneInOther(a, i, b, j, edges);
}

/** True where no geodesic whose ends are `chord` metres apart is as short as `asked`. */
function isBeyond(chord: number, asked: number): boolean {
  return chord > 0 && arcAtLeast(chord) > asked;
}

/** A chord of which every geodesic is at most `asked`; below 0 where none is known. */
function nearEnough(asked: number): number {
  const chord = asked - (asked * asked * asked) / 9e14;
  return asked < 1_000_000 && arcAtMost(chord) <= asked ? chord : -1;
}

/** Where the edges are apart, one of the two may still lie wholly within the other. */
function oneInOther(a: Float64Array, i: number, b: Float64Array, j: number, edges: Verdict): Verdict {
  const [aKind, bKind] = [a[i + ROW.kind], b[j + ROW.kind]];
  if (aKind !== HOLDS.line) {
    const inside = insideOf(a, i, b, j, edges);
    if (inside !== APART) return inside;
  }
  return bKind === HOLDS.line ? edges : insideOf(b, j, a, i, edges);
}
