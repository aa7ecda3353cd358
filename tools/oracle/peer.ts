/**
 * PostGIS beside the engine: `ST_Distance` on `geography` must say the same of whether two footprints are within the
 * separation, but where they are nearer to it than its own error, which is measured first (peer-error.ts).
 */
import pg from "pg";
import { PEER_SETTINGS } from "../../bench/deconflict/postgis.ts";
import { storedOf } from "../../bench/deconflict/ewkb.ts";
import { ensurePostgis, startPostgres } from "../../bench/postgres.ts";
import { findConflict, NO_SEPARATION } from "../../src/deconflict/index.ts";
import { type Footprint, footprintFault, type Position } from "../../src/geo/index.ts";
import { oracleDistance } from "../../test/geo/oracle.ts";
import { randomFrom } from "../../test/geo/shapes.ts";
import { CLASSES, type ClassName } from "./classes.ts";
import { allowedOf, distancesOf, type ErrorRow, errorTable, longestEdge, measureError } from "./peer-error.ts";

export interface Agreement {
  readonly pairs: number;
  readonly agreed: number;
  /** Said otherwise, and nearer to the limit than PostGIS's own error. */
  readonly at_limit: number;
  /** Said otherwise beyond that, and not when both footprints were turned about the Earth's axis, which changes no distance. */
  readonly contradicts_itself: number;
  /** Said otherwise without any excuse: none is allowed. */
  readonly disagreed: number;
  /** PostGIS's own error, measured on other pairs than those that are judged. */
  readonly error: readonly ErrorRow[];
  /** Where it said otherwise: how far its distance was from GeographicLib's at most. */
  readonly worst_m: number;
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
    const error = await measureError(client, say);
    say(`PostGIS's distances beside GeographicLib's:\n${errorTable(error)}`);
    const sum: Sum = {
      pairs: 0,
      agreed: 0,
      at_limit: 0,
      contradicts_itself: 0,
      disagreed: 0,
      error,
      worst_m: 0,
      seeds: [],
    };
    for (let from = 0; from < pairs; from += BATCH) {
      const asked = batch(seed, from, Math.min(pairs, from + BATCH));
      const distances = await distancesOf(client, asked);
      const otherwise = asked.filter((one, i) => !isExcused(sum, one, distances[i] as number));
      if (otherwise.length > 0) askTurned(sum, otherwise, await distancesOf(client, otherwise.map(turned)));
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

type Sum = { -readonly [Key in keyof Agreement]: Agreement[Key] } & { seeds: string[] };

/** False where PostGIS said otherwise, beyond its own error. */
function isExcused(sum: Sum, { a, b, limit_m, isConflict }: Asked, distance_m: number): boolean {
  sum.pairs += 1;
  if (distance_m <= limit_m === isConflict) {
    sum.agreed += 1;
    return true;
  }
  const edge = Math.max(longestEdge(a), longestEdge(b));
  const truth = oracleDistance(a, b);
  const apart = truth + storedOf(a).reach_m + storedOf(b).reach_m;
  if (Math.abs(truth - limit_m) > allowedOf(sum.error, edge, apart)) return false;
  sum.worst_m = Math.max(sum.worst_m, Math.abs(distance_m - truth));
  sum.at_limit += 1;
  return true;
}

function askTurned(sum: Sum, asked: readonly Asked[], distances: readonly number[]): void {
  for (const [i, { seed, limit_m, isConflict }] of asked.entries()) {
    if ((distances[i] as number) <= limit_m === isConflict) sum.contradicts_itself += 1;
    else sum.disagreed += 1;
    sum.seeds.push(seed);
  }
}

const TURN_DEG = 37.5;

/** The same two elsewhere on their parallels, where nothing is on a meridian of note. */
function turned({ a, b }: Asked): { readonly a: Footprint; readonly b: Footprint } {
  return { a: turnedOne(a), b: turnedOne(b) };
}

function turn({ lat, lon }: Position): Position {
  return { lat, lon: ((lon + TURN_DEG + 540) % 360) - 180 };
}

function turnedOne(footprint: Footprint): Footprint {
  switch (footprint.type) {
    case "point":
      return { ...footprint, at: turn(footprint.at) };
    case "circle":
      return { ...footprint, centre: turn(footprint.centre) };
    case "corridor":
      return { ...footprint, line: footprint.line.map(turn) };
    case "polygon":
      return { ...footprint, rings: footprint.rings.map((ring) => ring.map(turn)) };
  }
}
