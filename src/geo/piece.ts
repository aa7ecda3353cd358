/** Pieces: geodesics of at most 200 km, the parts of which every outline and route is made. */
import { type Box, boxOf } from "./box.ts";
import {
  geodesicLine,
  inverse,
  pointDistanceM,
  radians,
  sagitta,
  toVector,
  type Vector,
  type Waypoint,
} from "./geodesic.ts";
import type { Position } from "./types.ts";
import { cross, dot, length, minus, nearestOnChord, unit } from "./vector.ts";

/** Longer edges are cut on their geodesic, so that every piece is small against the Earth's radius. */
export const LONGEST_PIECE_M = 200_000;

/** The geodesic from `a` to `b`; where they are one place, a point. */
export interface Piece {
  readonly a: Position;
  readonly b: Position;
  readonly va: Vector;
  readonly vb: Vector;
  /** Straight-line metres from end to end. */
  readonly chord: number;
  /** How far the geodesic strays at most from its chord. */
  readonly sag: number;
  readonly box: Box;
  /** Worked out when first needed: most pieces are never looked at. */
  track: Track | null;
}

export interface Track {
  readonly metres: number;
  readonly azimuth: number;
  readonly at: (metres: number) => Waypoint;
}

export function pieceOf(a: Position, b: Position, va: Vector, vb: Vector): Piece {
  const chord = length(minus(vb, va));
  // A micrometre covers the rounding of the vectors themselves.
  const sag = sagitta(chord) + 1e-6;
  return { a, b, va, vb, chord, sag, box: boxOf(va, vb, sag), track: null };
}

/** The geodesic from `a` to `b` in pieces, in order. */
export function piecesBetween(a: Position, b: Position): Piece[] {
  const [va, vb] = [toVector(a), toVector(b)];
  if (length(minus(vb, va)) <= LONGEST_PIECE_M) return [pieceOf(a, b, va, vb)];
  const { metres, azimuth } = inverse(a, b);
  const line = geodesicLine(a, azimuth);
  const count = Math.ceil(metres / LONGEST_PIECE_M);
  const stops: Position[] = [a];
  for (let i = 1; i < count; i++) {
    const { lat, lon } = line((metres * i) / count);
    stops.push({ lat, lon });
  }
  stops.push(b);
  const vectors = stops.map(toVector);
  return stops
    .slice(1)
    .map((stop, i) => pieceOf(stops[i] as Position, stop, vectors[i] as Vector, vectors[i + 1] as Vector));
}

/** The piece as a function of metres along it; worked out once. */
export function trackOf(piece: Piece): Track {
  if (piece.track !== null) return piece.track;
  const { metres, azimuth } = inverse(piece.a, piece.b);
  piece.track = { metres, azimuth, at: geodesicLine(piece.a, azimuth) };
  return piece.track;
}

export interface Foot {
  readonly metres: number;
  readonly at: Position;
}

/** Within a nanometre of its limit a distance does not change any more. */
const SETTLED_M = 1e-9;
/** Steps along the piece below this are the rounding of the geodesics themselves. */
const ROUNDING_M = 2e-8;
const EARTH_RADIUS_M = 6_371_000;
/** From here on the nearest place is looked for by halving, since the sphere is no guide any more. */
const FAR_M = 3_000_000;

/**
 * The place on a piece that is nearest to `p`, within some nanometres of distance. A spherical triangle gives each
 * next guess; on the ellipsoid the guesses converge at the rate of its flattening.
 */
export function nearestOnPiece(p: Position, vp: Vector, piece: Piece): Foot {
  if (piece.chord === 0) return { metres: pointDistanceM(p, piece.a), at: piece.a };
  const track = trackOf(piece);
  const guess = nearestOnChord(vp, piece.va, piece.vb);
  if (guess.metres > FAR_M) return nearestByHalving(p, piece, track);
  let along = guess.along * track.metres;
  for (let i = 0; i < 30; i++) {
    const here = track.at(along);
    const { metres, azimuth } = inverse(here, p);
    const angle = radians(azimuth - here.azimuth);
    const step = EARTH_RADIUS_M * Math.atan(Math.tan(metres / EARTH_RADIUS_M) * Math.cos(angle));
    const next = Math.min(track.metres, Math.max(0, along + step));
    const moved = Math.abs(next - along);
    if (moved * moved <= 2 * SETTLED_M * metres || moved < ROUNDING_M) {
      return endOr(piece, track, p, along, { metres, at: { lat: here.lat, lon: here.lon } });
    }
    along = next;
  }
  return nearestByHalving(p, piece, track);
}

/** At an end of the piece its own coordinates are given, not their neighbours by rounding. */
function endOr(piece: Piece, track: Track, p: Position, along: number, foot: Foot): Foot {
  if (along < 1e-7) return { metres: pointDistanceM(piece.a, p), at: piece.a };
  if (track.metres - along < 1e-7) return { metres: pointDistanceM(piece.b, p), at: piece.b };
  return foot;
}

/** Halves the piece by the sign of the distance's slope; for far places. */
function nearestByHalving(p: Position, piece: Piece, track: Track): Foot {
  const slope = (along: number) => {
    const here = track.at(along);
    return -Math.cos(radians(inverse(here, p).azimuth - here.azimuth));
  };
  const ends = [piece.a, piece.b].map((at) => ({ metres: pointDistanceM(at, p), at }));
  const [a, b] = ends as [Foot, Foot];
  const end = a.metres <= b.metres ? a : b;
  let [low, high] = [0, track.metres];
  if (slope(low) >= 0 || slope(high) <= 0) return end;
  for (let i = 0; i < 60 && high - low > 1e-6; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  const { lat, lon } = track.at((low + high) / 2);
  const metres = pointDistanceM({ lat, lon }, p);
  return metres < end.metres ? { metres, at: { lat, lon } } : end;
}

/** How far right of the piece's geodesic (negative: left) `p` lies, by its bearing from `a`: the sign is what counts. */
function offset(p: Position, piece: Piece): number {
  const { metres, azimuth } = inverse(piece.a, p);
  return metres * Math.sin(radians(azimuth - trackOf(piece).azimuth));
}

/** Geodesics bulge upwards but for this share: verticals lean from the Earth's middle by at most 0.0034, with room to spare. */
const SIDEWAYS = 0.01;
/** A plane through ends nearer than this is too uncertain to tell sides by. */
const SHORTEST_PLANE_M = 1;

/**
 * True where `q` lies wholly on one side of the plane through `p` and the Earth's middle, by more than either geodesic
 * strays sideways: then they neither cross nor touch. It costs a dozen multiplications where a bearing costs microseconds,
 * and tells most pairs apart that lie within each other's bulge.
 */
export function liesBeside(q: Piece, p: Piece): boolean {
  if (p.chord < SHORTEST_PLANE_M) return false;
  const [toA, toB] = [minus(q.va, p.va), minus(q.vb, p.va)];
  const across = unit(cross(p.va, minus(p.vb, p.va)));
  const [a, b] = [dot(across, toA), dot(across, toB)];
  // What a nanometre in the vectors turns the plane by, at the distance of the farther end.
  const rounding = 1e-6 + (1e-8 * Math.max(length(toA), length(toB))) / p.chord;
  return a * b > 0 && Math.min(Math.abs(a), Math.abs(b)) > SIDEWAYS * (p.sag + q.sag) + rounding;
}

/** The place where two pieces cross, or null. Pieces that only touch are told by the distance of their ends. */
export function crossing(p: Piece, q: Piece): Position | null {
  if (p.chord === 0 || q.chord === 0) return null;
  const [c, d] = [offset(q.a, p), offset(q.b, p)];
  if (c * d >= 0) return null;
  const [a, b] = [offset(p.a, q), offset(p.b, q)];
  if (a * b >= 0) return null;
  return meet(p, q, a, b);
}

/** The zero of the offset from `q` along `p`, by the Illinois rule of false position. */
function meet(p: Piece, q: Piece, atStart: number, atEnd: number): Position {
  const track = trackOf(p);
  let [low, high, below, above] = [0, track.metres, atStart, atEnd];
  let here: Position = p.a;
  for (let i = 0; i < 60; i++) {
    const along = low + ((high - low) * below) / (below - above);
    const { lat, lon } = track.at(along);
    here = { lat, lon };
    const value = offset(here, q);
    if (Math.abs(value) < SETTLED_M || high - low < ROUNDING_M) break;
    if (value * below > 0) {
      low = along;
      below = value;
      above /= 2;
    } else {
      high = along;
      above = value;
      below /= 2;
    }
  }
  return here;
}
