/**
 * How far PostGIS's distances on `geography` are from GeographicLib's, measured on pairs of its own that are never judged.
 * It looks for the nearest places on a sphere, and its edges are great circles: so its error grows with the edges'
 * lengths and with how far apart the cores are, and is worst beside the middle of an edge.
 */
import type pg from "pg";
import { storedOf } from "../../bench/deconflict/ewkb.ts";
import type { Footprint, Position } from "../../src/geo/index.ts";
import { metresBetween, oracleDistance } from "../../test/geo/oracle.ts";
import { between, go, pick, type Random, randomFrom } from "../../test/geo/shapes.ts";

/** The worst of pairs whose longest edge and whose cores' distance are these, or up to a fifth less. */
export interface ErrorRow {
  readonly edge_m: number;
  readonly apart_m: number;
  readonly pairs: number;
  readonly worst_m: number;
}

const EDGES_M = [0, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000] as const;
const APART_M = [100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000] as const;
const PAIRS_A_ROW = 100;
/** Of the length that a row is named by: what is shorter is told by the rows before it, too. */
const LEAST_SHARE = 0.8;
/** GeographicLib's distances are closed in on to this. */
const ORACLE_M = 0.0002;
/** Seeds of the judged pairs are multiples of other odd numbers, and their shapes are made otherwise. */
const SEEDS_FROM = 700_000_000;

const DISTANCES = `SELECT ST_Distance(a::geography, b::geography) FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS p (a, b, i)
  ORDER BY i`;

/** PostGIS's distances of these pairs: from the cores' distance what each footprint reaches beyond its core. */
export async function distancesOf(
  client: pg.Client,
  pairs: readonly { readonly a: Footprint; readonly b: Footprint }[],
): Promise<readonly number[]> {
  const [first, second] = [pairs.map(({ a }) => storedOf(a)), pairs.map(({ b }) => storedOf(b))];
  const hex = (stored: typeof first) => stored.map(({ core }) => core.toString("hex"));
  const { rows } = await client.query<[number]>({
    text: DISTANCES,
    values: [hex(first), hex(second)],
    rowMode: "array",
  });
  return rows.map(([metres], i) => Math.max(0, metres - (first[i]?.reach_m ?? 0) - (second[i]?.reach_m ?? 0)));
}

export async function measureError(client: pg.Client, say: (text: string) => void): Promise<readonly ErrorRow[]> {
  const rows: ErrorRow[] = [];
  for (const [i, edge_m] of EDGES_M.entries()) {
    for (const [j, apart_m] of APART_M.entries()) {
      const pairs = Array.from({ length: PAIRS_A_ROW }, (_, k) => {
        const random = randomFrom(SEEDS_FROM + (i * APART_M.length + j) * PAIRS_A_ROW + k);
        return pairOf(random, edge_m * between(random, LEAST_SHARE, 1), apart_m * between(random, LEAST_SHARE, 1));
      });
      const distances = await distancesOf(client, pairs);
      const worst_m = pairs.reduce(
        (worst, { a, b }, k) => Math.max(worst, Math.abs((distances[k] as number) - oracleDistance(a, b))),
        0,
      );
      rows.push({ edge_m, apart_m, pairs: pairs.length, worst_m });
    }
    say(`PostGIS's own error was measured on edges of ${edge_m / 1000} km`);
  }
  return rows;
}

/** An edge (or a point, where there is to be none), and beside some place on it a point, another edge or a polygon. */
function pairOf(random: Random, edge_m: number, apart_m: number): { a: Footprint; b: Footprint } {
  const from = { lat: between(random, -85, 85), lon: between(random, -180, 180) };
  const azimuth = between(random, 0, 360);
  // Half of them stand square beside the middle, where edges bulge most.
  const isSquare = random() < 0.5;
  const on = go(from, azimuth, edge_m * (isSquare ? 0.5 : random()));
  const turned = isSquare ? azimuth + pick(random, [90, -90]) : between(random, 0, 360);
  const beside = go(on, turned, apart_m);
  if (edge_m === 0) return { a: { type: "point", at: from }, b: { type: "point", at: beside } };
  const to = go(from, azimuth, edge_m);
  return { a: { type: "corridor", line: [from, to], width_m: 0 }, b: otherOf(random, beside, turned, edge_m) };
}

/** Away from the edge, and with no edge longer than that. */
function otherOf(random: Random, at: Position, away: number, edge_m: number): Footprint {
  const kind = random();
  if (kind < 0.5) return { type: "point", at };
  const far = go(at, away + between(random, -60, 60), edge_m * between(random, 0.1, 1));
  if (kind < 0.75) return { type: "corridor", line: [at, far], width_m: 0 };
  return { type: "polygon", rings: [[at, far, go(at, away + between(random, 65, 80), edge_m * 0.3)]] };
}

/**
 * What may be between PostGIS and the truth of a pair: the worst of the rows that its edges and its distance reach, up to
 * the first beyond it in each. What lies beyond all of them was not measured, and is allowed nothing.
 */
export function allowedOf(rows: readonly ErrorRow[], edge_m: number, apart_m: number): number {
  const edge = EDGES_M.find((most) => edge_m <= most);
  const apart = APART_M.find((most) => apart_m <= most);
  if (edge === undefined || apart === undefined) return ORACLE_M;
  const within = rows.filter((row) => row.edge_m <= edge && row.apart_m <= apart);
  return ORACLE_M + Math.max(0, ...within.map(({ worst_m }) => worst_m));
}

/** Of the longest edge of a footprint; 0 where it has none. */
export function longestEdge(footprint: Footprint): number {
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

/** The table as lines for people. */
export function errorTable(rows: readonly ErrorRow[]): string {
  return rows
    .map(
      ({ edge_m, apart_m, pairs, worst_m }) =>
        `  edges of ${edge_m / 1000} km, ${apart_m / 1000} km apart: ${Number(worst_m.toPrecision(2))} m at most, of ${pairs} pairs`,
    )
    .join("\n");
}
