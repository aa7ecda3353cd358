/**
 * PostGIS beside the engine: `ST_Distance` on `geography` must say the same of whether two footprints are within the
 * separation, but where they are nearer to it than its own error. It looks for the nearest places on a sphere, and its
 * edges are great circles: on an edge of length L these lie up to some L² × 0.7 m / (100 km)² beside the geodesic.
 */
import pg from "pg";
import { PEER_SETTINGS } from "../../bench/deconflict/postgis.ts";
import { storedOf } from "../../bench/deconflict/ewkb.ts";
import { ensurePostgis, startPostgres } from "../../bench/postgres.ts";
import { findConflict, NO_SEPARATION } from "../../src/deconflict/index.ts";
import { type Footprint, footprintFault, type Position } from "../../src/geo/index.ts";
import { metresBetween, oracleDistance } from "../../test/geo/oracle.ts";
import { randomFrom } from "../../test/geo/shapes.ts";
import { CLASSES, type ClassName } from "./classes.ts";

export interface Agreement {
  readonly pairs: number;
  readonly agreed: number;
  /** Said otherwise, and nearer to the limit than PostGIS's own error. */
  readonly at_limit: number;
  /** Said otherwise without that excuse: none is allowed. */
  readonly disagreed: number;
  /** How far PostGIS's distance was from GeographicLib's at most, by the longest edge, where it said otherwise. */
  readonly worst_m: Readonly<Record<string, number>>;
  readonly seeds: readonly string[];
}

interface Asked {
  readonly seed: string;
  readonly a: Footprint;
  readonly b: Footprint;
  readonly limit_m: number;
  readonly isConflict: boolean;
}

/** Those of which PostGIS can say something: place alone counts in them. */
const NAMES: readonly ClassName[] = [
  "random",
  "random-at-limit",
  "circles",
  "centimetre-gaps",
  "antimeridian",
  "edges-of-1000-km",
  "slivers",
  "identical",
  "lattice",
];
const BATCH = 500;
const DISTANCES = `SELECT ST_Distance(a::geography, b::geography) FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS p (a, b, i)
  ORDER BY i`;

/** Or why PostGIS could not be asked. */
export async function askPostgis(
  pairs: number,
  seed: number,
  say: (text: string) => void,
): Promise<Agreement | { readonly why: string }> {
  const absent = ensurePostgis(say);
  if (absent !== null) return absent;
  const postgres = await startPostgres(PEER_SETTINGS);
  const client = new pg.Client({ host: postgres.socketDir, user: "peer", database: "postgres" });
  try {
    await client.connect();
    await client.query("CREATE EXTENSION postgis");
    const sum = {
      pairs: 0,
      agreed: 0,
      at_limit: 0,
      disagreed: 0,
      worst_m: {} as Record<string, number>,
      seeds: [] as string[],
    };
    for (let from = 0; from < pairs; from += BATCH) {
      const asked = batch(seed, from, Math.min(pairs, from + BATCH));
      const distances = await distancesOf(client, asked);
      for (const [i, one] of asked.entries()) count(sum, one, distances[i] as number);
      if ((from / BATCH) % 20 === 0) say(`PostGIS was asked of ${sum.pairs} of ${pairs} pairs`);
    }
    return sum;
  } finally {
    await client.end();
    await postgres.stop();
  }
}

function batch(seed: number, from: number, to: number): readonly Asked[] {
  const asked: Asked[] = [];
  for (let i = from; i < to; i++) {
    const name = NAMES[i % NAMES.length] as ClassName;
    const own = (seed * 0x9e3779b1 + i * 2_246_822_519) >>> 0;
    const { a, b, asked: terms } = CLASSES[name](randomFrom(own));
    const [p, q] = [a.footprint as Footprint, b.footprint as Footprint];
    if (footprintFault(p) !== null || footprintFault(q) !== null) continue;
    const subject = (id: string, volume: typeof a) => ({
      id,
      name: null,
      category: null,
      volumes: [volume],
    });
    const found = findConflict(subject("a", a), subject("b", b), {
      ...NO_SEPARATION,
      lateral_m: terms.lateral_m,
    });
    asked.push({
      seed: `${name}:${own}`,
      a: p,
      b: q,
      limit_m: terms.lateral_m,
      isConflict: found !== null,
    });
  }
  return asked;
}

/** Of the footprints: from the cores' distance what each reaches beyond its core. */
async function distancesOf(client: pg.Client, asked: readonly Asked[]): Promise<readonly number[]> {
  const [first, second] = [asked.map(({ a }) => storedOf(a)), asked.map(({ b }) => storedOf(b))];
  const hex = (stored: typeof first) => stored.map(({ core }) => core.toString("hex"));
  const { rows } = await client.query<[number]>({
    text: DISTANCES,
    values: [hex(first), hex(second)],
    rowMode: "array",
  });
  return rows.map(([metres], i) => Math.max(0, metres - (first[i]?.reach_m ?? 0) - (second[i]?.reach_m ?? 0)));
}

type Sum = { -readonly [Key in keyof Agreement]: Agreement[Key] } & {
  worst_m: Record<string, number>;
  seeds: string[];
};

function count(sum: Sum, { seed, a, b, limit_m, isConflict }: Asked, distance_m: number): void {
  sum.pairs += 1;
  if (distance_m <= limit_m === isConflict) {
    sum.agreed += 1;
    return;
  }
  const edge = Math.max(longestEdge(a), longestEdge(b));
  const truth = oracleDistance(a, b);
  const decade = `edges up to ${10 ** Math.max(1, Math.ceil(Math.log10(Math.max(edge, 1) / 1000)))} km`;
  sum.worst_m[decade] = Math.max(sum.worst_m[decade] ?? 0, Math.abs(distance_m - truth));
  if (Math.abs(truth - limit_m) <= errorOf(edge, truth + storedOf(a).reach_m + storedOf(b).reach_m)) sum.at_limit += 1;
  else {
    sum.disagreed += 1;
    sum.seeds.push(seed);
  }
}

/**
 * As measured: 2 cm up to edges of 10 km, 0.7 m at 100 km, 70 m at 1,000 km; and where there are edges, 30 cm on each
 * 10 km between the cores, since the nearest place on the sphere is not that on the ellipsoid.
 */
function errorOf(edge_m: number, apart_m: number): number {
  return edge_m === 0 ? 0.02 : Math.max(0.02, 0.7 * (edge_m / 100_000) ** 2, 0.3 * (apart_m / 10_000));
}

function longestEdge(footprint: Footprint): number {
  switch (footprint.type) {
    case "point":
    case "circle":
      return 0;
    case "corridor":
      return longestOf([footprint.line]);
    case "polygon":
      return longestOf(footprint.rings.map((ring) => [...ring, ring[0] as Position]));
  }
}

function longestOf(lines: readonly (readonly Position[])[]): number {
  return Math.max(
    0,
    ...lines.flatMap((line) => line.slice(1).map((end, i) => metresBetween(line[i] as Position, end))),
  );
}
