/** A boundary with any number of rings, asked thousands of times whether a position lies in it or near it. */
import type { GeoBox, Position } from "../../geo/index.ts";
import { DEGREE_M, metresApart } from "../find/sphere.ts";

/** Rings of longitudes and latitudes, degrees, as GeoJSON has them: outlines and holes alike. */
export type Rings = readonly (readonly (readonly [lon: number, lat: number])[])[];

/** Degrees of latitude of one slab: the edges that a search looks at are those of a slab. */
const SLAB = 0.1;

export class Outline {
  /** Four numbers an edge: from and to, each a longitude and a latitude. */
  readonly #edges: Float64Array;
  /** The edges of every slab, one slab after another, and where each slab begins among them. */
  readonly #order: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #first: number;
  readonly #box: GeoBox;

  constructor(rings: Rings) {
    this.#box = boxOf(rings);
    this.#edges = edgesOf(rings);
    this.#first = Math.floor(this.#box.south / SLAB);
    const slabs = Math.max(0, Math.floor(this.#box.north / SLAB) - this.#first + 1);
    this.#starts = new Uint32Array(slabs + 1);
    this.#eachSlab((_, slab) => {
      this.#starts[slab + 1] = (this.#starts[slab + 1] as number) + 1;
    });
    for (let slab = 0; slab < slabs; slab++) {
      this.#starts[slab + 1] = (this.#starts[slab + 1] as number) + (this.#starts[slab] as number);
    }
    this.#order = new Uint32Array(this.#starts[slabs] as number);
    const next = this.#starts.slice();
    this.#eachSlab((edge, slab) => {
      this.#order[next[slab] as number] = edge;
      next[slab] = (next[slab] as number) + 1;
    });
  }

  #eachSlab(visit: (edge: number, slab: number) => void): void {
    const edges = this.#edges;
    for (let at = 0; at < edges.length; at += 4) {
      const [from, to] = [edges[at + 1] as number, edges[at + 3] as number];
      const high = Math.floor(Math.max(from, to) / SLAB);
      for (let slab = Math.floor(Math.min(from, to) / SLAB); slab <= high; slab++) visit(at, slab - this.#first);
    }
  }

  /** Where the edges of the slab of this latitude stand in `#order`. */
  #slab(number: number): readonly [from: number, to: number] {
    const slab = number - this.#first;
    return slab < 0 || slab >= this.#starts.length - 1
      ? [0, 0]
      : [this.#starts[slab] as number, this.#starts[slab + 1] as number];
  }

  /** By the number of edges that a ray to the east crosses. */
  contains({ lat, lon }: Position): boolean {
    if (lat < this.#box.south || lat > this.#box.north || lon < this.#box.west || lon > this.#box.east) return false;
    const edges = this.#edges;
    const [from, to] = this.#slab(Math.floor(lat / SLAB));
    let inside = false;
    for (let i = from; i < to; i++) {
      const at = this.#order[i] as number;
      const [ay, by] = [edges[at + 1] as number, edges[at + 3] as number];
      if (ay > lat === by > lat) continue;
      const ax = edges[at] as number;
      if (lon < ax + ((lat - ay) / (by - ay)) * ((edges[at + 2] as number) - ax)) inside = !inside;
    }
    return inside;
  }

  /** Metres from a position to the nearest edge; more than `most` is only said to be more (`Infinity`). */
  metresToEdge(at: Position, most: number): number {
    const reach = most / DEGREE_M;
    const shrink = Math.max(0.05, Math.cos((at.lat * Math.PI) / 180));
    if (at.lat < this.#box.south - reach || at.lat > this.#box.north + reach) return Infinity;
    if (at.lon < this.#box.west - reach / shrink || at.lon > this.#box.east + reach / shrink) return Infinity;
    let nearest = Infinity;
    const last = Math.floor((at.lat + reach) / SLAB);
    for (let slab = Math.floor((at.lat - reach) / SLAB); slab <= last; slab++) {
      const [from, to] = this.#slab(slab);
      for (let i = from; i < to; i++) {
        nearest = Math.min(nearest, metresTo(this.#edges, this.#order[i] as number, at, shrink));
      }
    }
    return nearest <= most ? nearest : Infinity;
  }

  /** Inside, or outside by no more than `slack_m`. */
  holds(at: Position, slack_m: number): boolean {
    return this.contains(at) || this.metresToEdge(at, slack_m) <= slack_m;
  }
}

/** The box round all rings, which never crosses the antimeridian: GeoJSON cuts them there. */
export function boxOf(rings: Rings): GeoBox {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const ring of rings) {
    for (const [lon, lat] of ring) {
      [west, east] = [Math.min(west, lon), Math.max(east, lon)];
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    }
  }
  return { west, south, east, north };
}

function edgesOf(rings: Rings): Float64Array {
  const edges = new Float64Array(4 * rings.reduce((sum, ring) => sum + ring.length, 0));
  let at = 0;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const [from, to] = [ring[i], ring[(i + 1) % ring.length]] as [Rings[0][0], Rings[0][0]];
      edges.set([from[0], from[1], to[0], to[1]], at);
      at += 4;
    }
  }
  return edges;
}

/** In a plane that fits at `at`: good to a hundredth over the tens of kilometres that are asked about. */
function metresTo(edges: Float64Array, edge: number, at: Position, shrink: number): number {
  const [ax, ay] = [((edges[edge] as number) - at.lon) * shrink, (edges[edge + 1] as number) - at.lat];
  const [bx, by] = [((edges[edge + 2] as number) - at.lon) * shrink, (edges[edge + 3] as number) - at.lat];
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared));
  const [lon, lat] = [at.lon + (ax + along * dx) / shrink, at.lat + ay + along * dy];
  return metresApart(at, { lat, lon });
}
