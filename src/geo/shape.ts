/** Footprints made ready for measuring: a core of pieces, the reach around it, and boxes within boxes. */
import { type Box, growBox, joinBoxes } from "./box.ts";
import { toVector } from "./geodesic.ts";
import { type Piece, pieceOf, piecesBetween } from "./piece.ts";
import { type Region, regionOf } from "./region.ts";
import type { Footprint, Position } from "./types.ts";

/** Boxes within boxes over a run of pieces; neighbours on an outline are neighbours in space. */
export interface Node {
  readonly box: Box;
  readonly from: number;
  readonly to: number;
  readonly halves: readonly [Node, Node] | null;
}

/**
 * A circle is a point with a reach, a corridor a line with one: what they cover is all within `reach_m` of the core,
 * and two of them are as far apart as their cores less both reaches. So nothing is ever drawn to be measured.
 */
export interface Shape {
  readonly reach_m: number;
  readonly pieces: readonly Piece[];
  readonly tree: Node;
  /** The inside of a polygon; null for points and lines. */
  readonly region: Region | null;
  /** Of the core, its inside included. */
  readonly coreBox: Box;
  /** Of the whole. */
  readonly box: Box;
}

const LEAF = 4;

/** Boxes within boxes over `pieces` from `from` up to but not including `to`. */
export function treeOf(pieces: readonly Piece[], from: number, to: number): Node {
  if (to - from <= LEAF) {
    let box = (pieces[from] as Piece).box;
    for (let i = from + 1; i < to; i++) box = joinBoxes(box, (pieces[i] as Piece).box);
    return { box, from, to, halves: null };
  }
  const middle = (from + to) >> 1;
  const halves = [treeOf(pieces, from, middle), treeOf(pieces, middle, to)] as const;
  return { box: joinBoxes(halves[0].box, halves[1].box), from, to, halves };
}

function piecesAlong(line: readonly Position[], closed: boolean): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 1; i < line.length; i++) {
    pieces.push(...piecesBetween(line[i - 1] as Position, line[i] as Position));
  }
  if (closed) pieces.push(...piecesBetween(line[line.length - 1] as Position, line[0] as Position));
  return pieces;
}

function build(pieces: readonly Piece[], reach_m: number, rings: readonly (readonly Position[])[] | null): Shape {
  const tree = treeOf(pieces, 0, pieces.length);
  const region = rings === null ? null : regionOf(rings, tree.box);
  const coreBox = region === null ? tree.box : region.box;
  return { reach_m, pieces, tree, region, coreBox, box: reach_m === 0 ? coreBox : growBox(coreBox, reach_m) };
}

function pointShape(at: Position, reach_m: number): Shape {
  const vector = toVector(at);
  return build([pieceOf(at, at, vector, vector)], reach_m, null);
}

function toShape(footprint: Footprint): Shape {
  switch (footprint.type) {
    case "point":
      return pointShape(footprint.at, 0);
    case "circle":
      return pointShape(footprint.centre, footprint.radius_m);
    case "corridor":
      return build(piecesAlong(footprint.line, false), footprint.width_m / 2, null);
    case "polygon": {
      const pieces = footprint.rings.flatMap((ring) => piecesAlong(ring, true));
      return build(pieces, 0, footprint.rings);
    }
  }
}

const shapes = new WeakMap<Footprint, Shape>();

/** The shape of a valid footprint, worked out once for each object and kept as long as it is. */
export function shapeOf(footprint: Footprint): Shape {
  const known = shapes.get(footprint);
  if (known !== undefined) return known;
  const shape = toShape(footprint);
  shapes.set(footprint, shape);
  return shape;
}
