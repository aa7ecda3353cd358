/**
 * The distance between two footprints by brute force, written another way than `src/geo`: edges are sampled, the
 * nearest are closed in on by parabolas and golden sections, and a position is inside a ring where its bearings to the
 * ring's edges turn once round. Everything is measured with GeographicLib alone. Right to some millimetres.
 */
import geographiclib from "geographiclib-geodesic";
import type { Footprint, Position } from "../../src/geo/index.ts";

const { WGS84 } = geographiclib.Geodesic;
const SAMPLES = 8;

interface Edge {
  readonly at: (share: number) => Position;
  readonly metres: number;
}

interface Core {
  readonly edges: readonly Edge[];
  readonly rings: readonly (readonly Position[])[];
  readonly start: Position;
  readonly reach: number;
}

export function metresBetween(a: Position, b: Position): number {
  return WGS84.Inverse(a.lat, a.lon, b.lat, b.lon).s12 as number;
}

function edge(a: Position, b: Position): Edge {
  const metres = metresBetween(a, b);
  const line = WGS84.InverseLine(a.lat, a.lon, b.lat, b.lon);
  return {
    metres,
    at: (share) => {
      const { lat2, lon2 } = line.Position(share * metres);
      return { lat: lat2 as number, lon: lon2 as number };
    },
  };
}

/** Every edge in parts of at most 100 km, so that on each there is one nearest place. */
function edges(line: readonly Position[], closed: boolean): Edge[] {
  const ends = closed ? [...line, line[0] as Position] : line;
  return ends.slice(1).flatMap((end, i) => {
    const whole = edge(ends[i] as Position, end);
    const parts = Math.max(1, Math.ceil(whole.metres / 100_000));
    return Array.from({ length: parts }, (_, part) => ({
      metres: whole.metres / parts,
      at: (share: number) => whole.at((part + share) / parts),
    }));
  });
}

function coreOf(footprint: Footprint): Core {
  switch (footprint.type) {
    case "point":
      return { edges: edges([footprint.at, footprint.at], false), rings: [], start: footprint.at, reach: 0 };
    case "circle": {
      const { centre } = footprint;
      return { edges: edges([centre, centre], false), rings: [], start: centre, reach: footprint.radius_m };
    }
    case "corridor": {
      const start = footprint.line[0] as Position;
      return { edges: edges(footprint.line, false), rings: [], start, reach: footprint.width_m / 2 };
    }
    case "polygon": {
      const { rings } = footprint;
      return { edges: rings.flatMap((ring) => edges(ring, true)), rings, start: rings[0]?.[0] as Position, reach: 0 };
    }
  }
}

/** By the turning of the bearing from `p`, edge by edge in small steps; nothing here is ever half the Earth away. */
function isInside(p: Position, ring: readonly Position[]): boolean {
  let turned = 0;
  for (const { at } of edges(ring, true)) {
    for (let i = 0; i < 4; i++) {
      const [from, to] = [at(i / 4), at((i + 1) / 4)];
      const turn = bearing(p, to) - bearing(p, from);
      turned += turn - 360 * Math.round(turn / 360);
    }
  }
  return Math.abs(turned) > 180;
}

function bearing(p: Position, to: Position): number {
  return WGS84.Inverse(p.lat, p.lon, to.lat, to.lon).azi1 as number;
}

function contains(core: Core, p: Position): boolean {
  const [outline, ...holes] = core.rings;
  return outline !== undefined && isInside(p, outline) && !holes.some((hole) => isInside(p, hole));
}

export function oracleDistance(a: Footprint, b: Footprint): number {
  const [p, q] = [coreOf(a), coreOf(b)];
  if (contains(p, q.start) || contains(q, p.start)) return 0;
  return Math.max(0, edgesApart(p.edges, q.edges) - p.reach - q.reach);
}

/** Whether the core of one holds the first place of the other's. */
export function insideOracle(a: Footprint, b: Footprint): boolean {
  const [p, q] = [coreOf(a), coreOf(b)];
  return contains(p, q.start) || contains(q, p.start);
}

function edgesApart(first: readonly Edge[], second: readonly Edge[]): number {
  const pairs: { readonly m: Edge; readonly n: Edge; readonly rough: number }[] = [];
  const grid = Array.from({ length: SAMPLES + 1 }, (_, i) => i / SAMPLES);
  const sampled = (edges: readonly Edge[]) => edges.map(({ at }) => grid.map((share) => vectorOf(at(share))));
  const [these, those] = [sampled(first), sampled(second)];
  first.forEach((m, i) => {
    second.forEach((n, j) => {
      let rough = Number.POSITIVE_INFINITY;
      for (const v of these[i] ?? []) for (const w of those[j] ?? []) rough = Math.min(rough, chord(v, w));
      pairs.push({ m, n, rough: rough - (m.metres + n.metres) / SAMPLES });
    });
  });
  let best = Number.POSITIVE_INFINITY;
  for (const { m, n, rough } of pairs.toSorted((x, y) => x.rough - y.rough)) {
    if (rough * 0.999 - 1 > best) break;
    best = Math.min(best, closeIn(m, n, rough <= 0));
  }
  return best;
}

/**
 * From each end, and by a search within a search where samples do not tell that the edges cannot cross: on a surface
 * that is curved as the Earth's is everywhere, two edges that do not cross are nearest at an end of one.
 */
function closeIn(m: Edge, n: Edge, mayCross: boolean): number {
  const toEdge = (from: Position, { at, metres }: Edge) => least((share) => metresBetween(from, at(share)), metres);
  const ends = [0, 1].flatMap((end) => [toEdge(m.at(end), n), toEdge(n.at(end), m)]);
  const nearest = Math.min(...ends);
  return mayCross
    ? Math.min(
        nearest,
        least((share) => toEdge(m.at(share), n), m.metres),
      )
    : nearest;
}

const GOLDEN = (3 - Math.sqrt(5)) / 2;
/** Along an edge, in metres: what is left of the search when it ends. */
const FINE_M = 2e-5;

/**
 * The least value of a function on 0 to 1 that falls and then rises, by Brent's method: parabolas through the last three
 * places where they help, else golden sections (R. P. Brent, Algorithms for Minimization without Derivatives, chapter 5).
 */
function least(value: (share: number) => number, metres: number): number {
  const fine = FINE_M / Math.max(metres, FINE_M);
  let [low, high] = [0, 1];
  let [x, w, v] = [GOLDEN, GOLDEN, GOLDEN];
  let atX = value(x);
  let [atW, atV] = [atX, atX];
  let [step, before] = [0, 0];
  while (Math.abs(x - (low + high) / 2) > 2 * fine - (high - low) / 2) {
    const r = (x - w) * (atX - atV);
    const q = (x - v) * (atX - atW);
    const p = (x - v) * q - (x - w) * r;
    const turn = 2 * (q - r);
    const to = x - p / turn;
    const helps = turn !== 0 && Math.abs(p / turn) < Math.abs(before) / 2 && to > low && to < high;
    before = helps ? step : (x < (low + high) / 2 ? high : low) - x;
    step = helps ? to - x : GOLDEN * before;
    if (helps && (to - low < 2 * fine || high - to < 2 * fine)) step = x < (low + high) / 2 ? fine : -fine;
    const u = Math.abs(step) >= fine ? x + step : x + Math.sign(step) * fine;
    const atU = value(u);
    if (atU <= atX) {
      if (u < x) high = x;
      else low = x;
      [v, atV, w, atW, x, atX] = [w, atW, x, atX, u, atU];
      continue;
    }
    if (u < x) low = u;
    else high = u;
    if (atU <= atW || w === x) [v, atV, w, atW] = [w, atW, u, atU];
    else if (atU <= atV || v === x || v === w) [v, atV] = [u, atU];
  }
  return atX;
}

export type Vector = readonly [number, number, number];

/** On a sphere of the ellipsoid's size: good enough to say which samples are near. */
export function vectorOf({ lat, lon }: Position): Vector {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  const e2 = WGS84.f * (2 - WGS84.f);
  const n = WGS84.a / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
  return [n * Math.cos(phi) * Math.cos(lambda), n * Math.cos(phi) * Math.sin(lambda), n * (1 - e2) * Math.sin(phi)];
}

function chord(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
