/** A boundary with any number of rings, asked thousands of times whether a position lies in it or near it. */
import type { GeoBox, Position } from "../../geo/index.ts";
import { DEGREE_M, metresApart } from "../find/sphere.ts";

/** Rings of longitudes and latitudes, degrees, as GeoJSON has them: outlines and holes alike. */
export type Rings = readonly (readonly (readonly [lon: number, lat: number])[])[];

/** Degrees of latitude of one slab: the edges that a search looks at are those of a slab. */
const SLAB = 0.1;

interface Edge {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

export class Outline {
  readonly #slabs = new Map<number, Edge[]>();
  readonly #box: GeoBox;

  constructor(rings: Rings) {
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i++) {
        this.#add({ from: ring[i], to: ring[(i + 1) % ring.length] } as Edge);
      }
    }
    this.#box = boxOf(rings);
  }

  #add(edge: Edge): void {
    const low = Math.floor(Math.min(edge.from[1], edge.to[1]) / SLAB);
    const high = Math.floor(Math.max(edge.from[1], edge.to[1]) / SLAB);
    for (let slab = low; slab <= high; slab++) {
      const edges = this.#slabs.get(slab);
      if (edges === undefined) this.#slabs.set(slab, [edge]);
      else edges.push(edge);
    }
  }

  /** By the number of edges that a ray to the east crosses. */
  contains({ lat, lon }: Position): boolean {
    if (lat < this.#box.south || lat > this.#box.north || lon < this.#box.west || lon > this.#box.east) return false;
    let inside = false;
    for (const { from, to } of this.#slabs.get(Math.floor(lat / SLAB)) ?? []) {
      if (from[1] > lat === to[1] > lat) continue;
      if (lon < from[0] + ((lat - from[1]) / (to[1] - from[1])) * (to[0] - from[0])) inside = !inside;
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
      for (const edge of this.#slabs.get(slab) ?? []) nearest = Math.min(nearest, metresTo(edge, at, shrink));
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

/** In a plane that fits at `at`: good to a hundredth over the tens of kilometres that are asked about. */
function metresTo({ from, to }: Edge, at: Position, shrink: number): number {
  const [ax, ay] = [(from[0] - at.lon) * shrink, from[1] - at.lat];
  const [bx, by] = [(to[0] - at.lon) * shrink, to[1] - at.lat];
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared));
  const [lon, lat] = [at.lon + (ax + along * dx) / shrink, at.lat + ay + along * dy];
  return metresApart(at, { lat, lon });
}
