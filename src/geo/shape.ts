/** Footprints made ready for measuring: a core of pieces, the reach around it, and boxes within boxes. */
import { type Box, growBox, joinBoxes } from "./box.ts";
import { toVector } from "./geodesic.ts";
import { type Piece, pieceOf, piecesBetween } from "./piece.ts";
import { type Region, regionOf } from "./region.ts";
import type { AnyFootprint, Position } from "./types.ts";

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
  /** The insides of polygons; none for points and lines. */
  readonly regions: readonly Region[];
  /** One piece of each part that hangs together. */
  readonly parts: readonly Piece[];
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

function build(pieces: readonly Piece[], reach_m: number): Shape {
  const tree = treeOf(pieces, 0, pieces.length);
  const box = reach_m === 0 ? tree.box : growBox(tree.box, reach_m);
  return { reach_m, pieces, tree, regions: [], parts: [pieces[0] as Piece], coreBox: tree.box, box };
}

type Rings = readonly (readonly Position[])[];

function polygonShape(polygons: readonly Rings[]): Shape {
  const pieces: Piece[] = [];
  const parts: Piece[] = [];
  const regions = polygons.map((rings) => {
    const own = rings.flatMap((ring) => piecesAlong(ring, true));
    parts.push(own[0] as Piece);
    for (const piece of own) pieces.push(piece);
    return regionOf(rings, treeOf(own, 0, own.length).box);
  });
  const tree = treeOf(pieces, 0, pieces.length);
  const box = regions.reduce((all, region) => joinBoxes(all, region.box), tree.box);
  return { reach_m: 0, pieces, tree, regions, parts, coreBox: box, box };
}

function pointShape(at: Position, reach_m: number): Shape {
  const vector = toVector(at);
  return build([pieceOf(at, at, vector, vector)], reach_m);
}

function toShape(footprint: AnyFootprint): Shape {
  switch (footprint.type) {
    case "point":
      return pointShape(footprint.at, 0);
    case "circle":
      return pointShape(footprint.centre, footprint.radius_m);
    case "corridor":
      return build(piecesAlong(footprint.line, false), footprint.width_m / 2);
    case "polygon":
      return polygonShape([footprint.rings]);
    case "multipolygon":
      return polygonShape(footprint.polygons);
  }
}

const shapes = new WeakMap<AnyFootprint, Shape>();

/** The shape of a valid footprint, worked out once for each object and kept as long as it is. */
export function shapeOf(footprint: AnyFootprint): Shape {
  const known = shapes.get(footprint);
  if (known !== undefined) return known;
  const shape = toShape(footprint);
  shapes.set(footprint, shape);
  return shape;
}

/** The shape of a line whose ends were cut out of a longer one: nothing is kept. */
export function lineShape(pieces: readonly Piece[], reach_m: number): Shape {
  return build(pieces, reach_m);
}
