/** Whether the rings of a polygon enclose an area that everyone would draw alike. */
import { boxDistance } from "./box.ts";
import { distanceWithin } from "./distance.ts";
import { geoError } from "./errors.ts";
import { arcAtMost, inverse, toVector, type Vector } from "./geodesic.ts";
import { crossing, liesBeside, nearestOnPiece, type Piece, piecesBetween } from "./piece.ts";
import { type Cap, capOf, ringCovers, WIDEST_CAP } from "./region.ts";
import { type Node, treeOf } from "./shape.ts";
import type { Position } from "./types.ts";
import { chordDistance, length, minus, nearestOnChord, unit } from "./vector.ts";

/** Names a ring, or a vertex of it, in whatever it was read from. */
export type RingPath = (ring: number, vertex?: number) => string;

/** Vertices nearer than this are one; edges nearer than this touch. */
const SAME_M = 1e-6;
/** A ring whose vertices all lie this near to one geodesic encloses nothing. */
const FLAT_M = 1e-4;
/** Beyond this an edge's ends are nearly opposite each other. */
const LONGEST_EDGE_M = 19_000_000;

/**
 * Throws where the rings are no polygon: ring-closed, ring-too-short, ring-flat, ring-crosses-itself, rings-cross,
 * hole-outside, polygon-too-large, edge-too-long. The error's detail names the place as `path`.
 */
export function checkRings(rings: readonly (readonly Position[])[], at: RingPath): void {
  rings.forEach((ring, i) => checkVertices(ring, i, at));
  const cap = capOf(rings[0] as readonly Position[]);
  if (cap.angle > WIDEST_CAP) {
    throw geoError("polygon-too-large", "The polygon reaches over more than one half of the Earth.", detail(at(0)));
  }
  const loops = rings.map((ring, i) => loopOf(ring, i, at));
  loops.forEach((loop, i) => checkLoop(loop, i, at));
  const reaches = rings.map(capOf);
  for (let i = 1; i < loops.length; i++) {
    for (let j = 0; j < i; j++) checkApart(loops[i] as Loop, loops[j] as Loop, at(i));
    const hole = rings[i] as readonly Position[];
    const inside = ringCovers(rings[0] as readonly Position[], cap, hole[0] as Position);
    const nested = rings.some(
      (other, j) =>
        j > 0 &&
        j !== i &&
        mayReach(reaches[j] as Cap, hole[0] as Position) &&
        ringCovers(other, cap, hole[0] as Position),
    );
    if (!inside || nested) {
      throw geoError(
        "hole-outside",
        "A hole does not lie inside the outline and outside the other holes.",
        detail(at(i)),
      );
    }
  }
}

/**
 * False where the position is surely outside of a ring with this cap, so that a polygon of thousands of holes is not asked
 * of each pair of them. A geodesic leaves the great circle between its ends by less than a hundredth of its length.
 */
function mayReach(cap: Cap, at: Position): boolean {
  const direction = unit(toVector(at));
  return length(minus(direction, cap.centre)) <= 2 * Math.sin(Math.min(Math.PI, 1.05 * cap.angle + 1e-6) / 2);
}

function detail(path: string) {
  return { detail: { path } };
}

function isSame(a: Position, b: Position): boolean {
  return (a.lat === b.lat && a.lon === b.lon) || length(minus(toVector(a), toVector(b))) < SAME_M;
}

function checkVertices(ring: readonly Position[], i: number, at: RingPath): void {
  const first = ring[0];
  const last = ring.at(-1);
  if (first !== undefined && last !== undefined && ring.length > 1 && isSame(first, last)) {
    throw geoError("ring-closed", "The ring's last vertex repeats its first.", detail(at(i, ring.length - 1)));
  }
  const different = ring.filter((vertex, j) => j === 0 || !isSame(vertex, ring[j - 1] as Position));
  if (different.length < 3) {
    throw geoError("ring-too-short", "The ring has fewer than three different vertices.", detail(at(i)));
  }
}

/** A ring's pieces without those of no length, the vertex at which each begins, and boxes over them. */
interface Loop {
  readonly pieces: readonly Piece[];
  readonly starts: readonly number[];
  readonly tree: Node;
}

function loopOf(ring: readonly Position[], i: number, at: RingPath): Loop {
  const pieces: Piece[] = [];
  const starts: number[] = [];
  ring.forEach((vertex, j) => {
    const next = ring[(j + 1) % ring.length] as Position;
    checkEdge(vertex, next, at(i, j));
    for (const piece of piecesBetween(vertex, next)) {
      if (piece.chord < SAME_M) continue;
      pieces.push(piece);
      starts.push(j);
    }
  });
  return { pieces, starts, tree: treeOf(pieces, 0, pieces.length) };
}

/** Throws edge-too-long where the ends are so nearly opposite each other that the shortest way is in doubt. */
export function checkEdge(a: Position, b: Position, path: string): void {
  if (arcAtMost(length(minus(toVector(a), toVector(b)))) <= LONGEST_EDGE_M) return;
  if (inverse(a, b).metres > LONGEST_EDGE_M) {
    throw geoError("edge-too-long", "An edge's ends are nearly opposite each other on the Earth.", detail(path));
  }
}

function checkLoop(loop: Loop, i: number, at: RingPath): void {
  if (isFlat(loop)) throw geoError("ring-flat", "The ring encloses no area.", detail(at(i)));
  const last = loop.pieces.length - 1;
  eachNearPairWithin(loop.tree, (m, n) => {
    const [p, q] = [loop.pieces[m] as Piece, loop.pieces[n] as Piece];
    const follows = n === m + 1 ? foldsBack(p, q) : m === 0 && n === last ? foldsBack(q, p) : null;
    if (follows ?? meets(p, q)) {
      const place = at(i, loop.starts[n]);
      throw geoError("ring-crosses-itself", "The ring crosses or touches itself.", detail(place));
    }
  });
}

/**
 * Along the geodesic between the two ends of the ring: of what is flat, the vertex farthest from any is one end, and that
 * farthest from it the other. In an order of the vertices' own, so that the answer is the same whichever comes first.
 */
function isFlat({ pieces }: Loop): boolean {
  const inOrder = pieces.toSorted(({ va: p }, { va: q }) => p[0] - q[0] || p[1] - q[1] || p[2] - q[2]);
  const end = farthestFrom(inOrder[0] as Piece, inOrder);
  const line = { type: "corridor", line: [end.a, farthestFrom(end, inOrder).a], width_m: 0 } as const;
  return inOrder.every(({ a }) => distanceWithin({ type: "point", at: a }, line, FLAT_M) !== null);
}

function farthestFrom(from: Piece, pieces: readonly Piece[]): Piece {
  let [far, chord] = [from, 0];
  for (const piece of pieces) {
    const reached = length(minus(piece.va, from.va));
    if (reached > chord) [far, chord] = [piece, reached];
  }
  return far;
}

/** True where the second piece, which begins at the end of the first, runs back along it. */
function foldsBack(p: Piece, q: Piece): boolean {
  return touches(q.b, q.vb, p) || touches(p.a, p.va, q);
}

/** True where the position lies on the piece; its chord tells most that do not. */
function touches(at: Position, vector: Vector, piece: Piece): boolean {
  if (nearestOnChord(vector, piece.va, piece.vb).metres > piece.sag + SAME_M) return false;
  return nearestOnPiece(at, vector, piece).metres < SAME_M;
}

function meets(p: Piece, q: Piece): boolean {
  if (boxDistance(p.box, q.box) > SAME_M) return false;
  if (chordDistance(p.va, p.vb, q.va, q.vb) > p.sag + q.sag + SAME_M) return false;
  if (liesBeside(p, q) || liesBeside(q, p)) return false;
  if (crossing(p, q) !== null) return true;
  return touches(p.a, p.va, q) || touches(p.b, p.vb, q) || touches(q.a, q.va, p) || touches(q.b, q.vb, p);
}

function checkApart(hole: Loop, other: Loop, path: string): void {
  eachNearPair(hole.tree, other.tree, (m, n) => {
    if (meets(hole.pieces[m] as Piece, other.pieces[n] as Piece)) {
      throw geoError("rings-cross", "A hole crosses or touches another ring.", detail(path));
    }
  });
}

/** Calls `visit` for every pair of different pieces under one node whose boxes could meet, the earlier first. */
function eachNearPairWithin(node: Node, visit: (m: number, n: number) => void): void {
  if (node.halves === null) {
    for (let i = node.from; i < node.to; i++) for (let j = i + 1; j < node.to; j++) visit(i, j);
    return;
  }
  const [left, right] = node.halves;
  eachNearPairWithin(left, visit);
  eachNearPairWithin(right, visit);
  eachNearPair(left, right, visit);
}

/** Calls `visit` for every pair of pieces, one under each node, whose boxes could meet. */
function eachNearPair(m: Node, n: Node, visit: (m: number, n: number) => void): void {
  if (boxDistance(m.box, n.box) > SAME_M) return;
  if (m.halves === null && n.halves === null) {
    for (let i = m.from; i < m.to; i++) for (let j = n.from; j < n.to; j++) visit(i, j);
    return;
  }
  if (n.halves === null || (m.halves !== null && m.to - m.from >= n.to - n.from)) {
    for (const half of m.halves ?? []) eachNearPair(half, n, visit);
  } else for (const half of n.halves) eachNearPair(m, half, visit);
}
