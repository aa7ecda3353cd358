/**
 * Natural Earth's countries, in countries-10m.json of the package world-atlas. Its lines are half a million points: they
 * are held as two whole numbers each, and a country's boundary is made of them when it is asked for.
 */
import { feature } from "topojson-client";
import type { GeometryObject, Topology } from "topojson-specification";
import type { GeoBox } from "../../geo/index.ts";
import { countryName, countryOfNumber } from "./countries.ts";
import { type KnownPlace, isOnEarth, ringsOf } from "./known.ts";
import type { Rings } from "./outline.ts";
import type { Drawn, Shelf } from "./shelf.ts";

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const ARCS = '"arcs":[';
type Country = GeometryObject<{ readonly name?: string }> & { readonly properties?: { readonly name?: string } };

export class Atlas implements Shelf {
  readonly codes = new Map<string, number>();
  readonly capitals = [];
  readonly drawn: readonly Drawn[];

  constructor(text: string) {
    // The lines stand after the objects: the last that is called so is the topology's own.
    const from = text.lastIndexOf(ARCS) + ARCS.length;
    const to = text.indexOf("]]]", from);
    const lines = new Lines(text, from, to);
    const rest = JSON.parse(`${text.slice(0, from)}${text.slice(to + 2)}`) as Topology;
    const { objects, ...topology } = rest;
    const { geometries } = objects["countries"] as { readonly geometries: readonly Country[] } & GeometryObject;
    // What has no code of its own is land all the same.
    this.drawn = geometries.flatMap((geometry) => drawnOf(geometry, lines, { ...topology, objects: {} }) ?? []);
  }

  get size(): number {
    return this.drawn.length;
  }

  country(number: number): string {
    return this.place(number).country;
  }

  names(number: number): readonly string[] {
    return this.place(number).names;
  }

  place(number: number): KnownPlace {
    return (this.drawn[number] as Drawn).place;
  }
}

function drawnOf(geometry: Country, lines: Lines, topology: Topology): Drawn | null {
  const used = arcsOf(geometry);
  if (used.length === 0) return null;
  const box = lines.boxOf(used, topology);
  if (!isOnEarth(box.south, box.west) || !isOnEarth(box.north, box.east)) return null;
  const country = countryOfNumber(String(geometry.id ?? "")) ?? "";
  const name = geometry.properties?.name ?? "";
  const place = {
    level: "country" as const,
    names: country === "" ? [name] : [name, countryName(country)],
    code: "",
    country,
    governorate: [],
    district: [],
    at: null,
    people: 0,
    reach_m: 0,
    capital: false,
    /** Made anew each time: whoever asks keeps an outline of it. */
    get rings(): Rings | null {
      const arcs: number[][][] = [];
      for (const arc of used) arcs[arc] = lines.arc(arc);
      const drawn = feature({ ...topology, arcs }, geometry);
      return drawn.type === "Feature" ? ringsOf(drawn.geometry) : null;
    },
  };
  return { place, box };
}

/** The numbers of its lines; a line that is told backwards has the complement of its number. */
function arcsOf(geometry: Country): number[] {
  if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") return [];
  const told = geometry.type === "Polygon" ? geometry.arcs.flat() : geometry.arcs.flat(2);
  return [...new Set(told.map((arc) => (arc < 0 ? ~arc : arc)))];
}

class Lines {
  /** Two for a point: its difference from the one before. */
  readonly #steps: Int32Array;
  readonly #starts: number[] = [];

  /** `text` from `from` to `to` is a list of lists of pairs of whole numbers. */
  constructor(text: string, from: number, to: number) {
    const steps = new Int32Array(Math.ceil((to - from) / 2));
    let count = 0;
    let depth = 0;
    for (let i = from; i < to; i++) {
      const unit = text.charCodeAt(i);
      if (unit === OPEN) {
        if (++depth === 1) this.#starts.push(count);
      } else if (unit === CLOSE) depth--;
      else if (unit !== COMMA) {
        const negative = unit === MINUS;
        let value = 0;
        for (let at = negative ? i + 1 : i; ; at++) {
          const digit = text.charCodeAt(at) - ZERO;
          if (!(digit >= 0 && digit <= 9)) break;
          value = 10 * value + digit;
          i = at;
        }
        steps[count++] = negative ? -value : value;
      }
    }
    this.#starts.push(count);
    this.#steps = steps.slice(0, count);
  }

  arc(number: number): [number, number][] {
    const points: [number, number][] = [];
    for (let i = this.#starts[number] as number; i < (this.#starts[number + 1] as number); i += 2) {
      points.push([this.#steps[i] as number, this.#steps[i + 1] as number]);
    }
    return points;
  }

  boxOf(arcs: readonly number[], { transform }: Topology): GeoBox {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const arc of arcs) {
      let [x, y] = [0, 0];
      for (let i = this.#starts[arc] as number; i < (this.#starts[arc + 1] as number); i += 2) {
        x += this.#steps[i] as number;
        y += this.#steps[i + 1] as number;
        west = Math.min(west, x);
        east = Math.max(east, x);
        south = Math.min(south, y);
        north = Math.max(north, y);
      }
    }
    const [kx, ky] = transform?.scale ?? [1, 1];
    const [dx, dy] = transform?.translate ?? [0, 0];
    return { west: west * kx + dx, south: south * ky + dy, east: east * kx + dx, north: north * ky + dy };
  }
}
