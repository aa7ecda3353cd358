/**
 * The peer: PostGIS, asked the same questions as fairly and as fast as we know how.
 *
 * - A circle is stored as its centre and its radius, so that PostGIS decides it exactly and never looks at a drawn one.
 * - The index is GiST on `(geography, tstzrange)`. Its geography is the stored core with its box grown by the radius
 *   (`_ST_Expand`, which `ST_DWithin` itself uses): as small as a box can be, computed once when a row is written, and
 *   never wider than the row. With one fixed margin for the largest radius it would look at more rows.
 * - Rows are written along a Hilbert curve (the order of `geometry`): neighbours share pages, and the index built from
 *   them answers about 1.4 times faster than from rows in the order of their arrival. The index's other order of
 *   columns was tried, too, and is about half as fast.
 * - `ST_DWithin` on `geography` decides; the expensive condition stands last. Statements are prepared, plans generic.
 * - Nothing is flushed to disk (`fsync`, `full_page_writes` and `synchronous_commit` are off), all data fit in memory.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import type { HeightBand, Volume } from "../../src/geo/index.ts";
import { medianOf } from "../statistics.ts";
import { SEPARATION_M } from "./engine.ts";
import { storedOf } from "./ewkb.ts";
import { inChunks, type World } from "./world.ts";

export const PEER_SETTINGS = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "20GB",
  checkpoint_timeout: "1h",
  autovacuum: "off",
  jit: "off",
  shared_buffers: "2GB",
  work_mem: "64MB",
  maintenance_work_mem: "1GB",
  effective_cache_size: "8GB",
  random_page_cost: "1.1",
  max_parallel_workers_per_gather: "0",
  plan_cache_mode: "force_generic_plan",
} as const;

const TABLE = `
  CREATE EXTENSION postgis;
  CREATE TABLE loaded (
    id int4 NOT NULL, core geography NOT NULL, reach_m float8 NOT NULL, during tstzrange NOT NULL,
    lower_m float8 NOT NULL, upper_m float8 NOT NULL)`;
const INDEXES = [
  "CREATE TABLE volumes (LIKE loaded INCLUDING ALL)",
  "INSERT INTO volumes SELECT * FROM loaded ORDER BY core::geometry",
  "DROP TABLE loaded",
  "ALTER TABLE volumes ADD PRIMARY KEY (id)",
  "CREATE INDEX volumes_near ON volumes USING gist (_ST_Expand(core, reach_m), during)",
  "VACUUM (ANALYZE, FREEZE) volumes",
  "CHECKPOINT",
];

/** What comes too near a core, its reach with the separation added, within a time and between two heights. */
const near = (core: string, reach: string, during: string, lower: string, upper: string) => `
  _ST_Expand(v.core, v.reach_m) && _ST_Expand(${core}, ${reach}) AND v.during && ${during}
  AND v.lower_m <= ${upper} AND v.upper_m >= ${lower} AND ST_DWithin(v.core, ${core}, ${reach} + v.reach_m)`;

const STATEMENTS = {
  check: `SELECT v.id FROM volumes v
    WHERE ${near("$1::geography", "$2::float8", "tstzrange($3, $4, '[]')", "$5::float8", "$6::float8")}`,
  route: `SELECT DISTINCT v.id
    FROM (SELECT core::geography, reach, start, stop
      FROM unnest($1::text[], $2::float8[], $3::timestamptz[], $4::timestamptz[]) AS l (core, reach, start, stop)
      OFFSET 0) leg
    JOIN volumes v ON ${near("leg.core", "leg.reach", "tstzrange(leg.start, leg.stop, '[]')", "$5::float8", "$6::float8")}`,
  add: "INSERT INTO volumes VALUES ($7, $1, $2, tstzrange($3, $4, '[]'), $5, $6)",
  change: `UPDATE volumes SET core = $1, reach_m = $2, during = tstzrange($3, $4, '[]'), lower_m = $5, upper_m = $6
    WHERE id = $7`,
  withdraw: "DELETE FROM volumes WHERE id = $1",
  // ST_DWithin looks at every pair of edges unless it meets the same polygon again; this is the way by trees alone.
  pair: "SELECT _ST_DistanceTree($1::geography, core) <= $2 FROM held",
} as const;

export interface Peer {
  readonly name: string;
  check(volume: Volume): Promise<readonly number[]>;
  /** All volumes of one route at once; they have one height band. */
  checkRoute(legs: readonly Volume[]): Promise<readonly number[]>;
  add(id: number, volume: Volume): Promise<void>;
  change(id: number, volume: Volume): Promise<void>;
  withdraw(id: number): Promise<void>;
  /** Milliseconds a check inside the server, of the middle one of many runs: no socket, no client. */
  inside(volumes: readonly Volume[]): Promise<number>;
  /** Milliseconds that PostGIS takes to say whether `other` is within the separation of `held`; the median of some. */
  pair(held: Volume, others: readonly Volume[]): Promise<number>;
  close(): Promise<void>;
}

type Row = readonly unknown[];

/** Fills the instance behind `socketDir` with the world's volumes and makes it ready to be asked. */
export async function createPeer(socketDir: string, world: World, say: (text: string) => void): Promise<Peer> {
  const client = new pg.Client({ host: socketDir, user: "peer", database: "postgres" });
  await client.connect();
  await client.query(TABLE);
  await copy(socketDir, "loaded", rowsOf(world));
  say("PostGIS holds the volumes; it builds its indexes");
  for (const statement of INDEXES) await client.query(statement);
  const ask = async (name: keyof typeof STATEMENTS, values: readonly unknown[]): Promise<readonly Row[]> => {
    const { rows } = await client.query<unknown[]>({
      name,
      text: STATEMENTS[name],
      values: [...values],
      rowMode: "array",
    });
    return rows;
  };
  const write = async (name: "add" | "change" | "withdraw", values: readonly unknown[]): Promise<void> => {
    await ask(name, values);
  };
  return {
    name: "PostGIS 3.3, PostgreSQL 15",
    check: async (volume) => idsOf(await ask("check", valuesOf(volume, SEPARATION_M))),
    checkRoute: async (legs) => idsOf(await ask("route", routeValues(legs))),
    add: (id, volume) => write("add", [...valuesOf(volume, 0), id]),
    change: (id, volume) => write("change", [...valuesOf(volume, 0), id]),
    withdraw: (id) => write("withdraw", [id]),
    inside: (volumes) => inside(client, socketDir, volumes),
    pair: (held, others) => pair(client, ask, held, others),
    close: () => client.end(),
  };
}

function idsOf(rows: readonly Row[]): readonly number[] {
  return rows.map(([id]) => id as number);
}

function valuesOf({ footprint, height, window }: Volume, extra_m: number): readonly unknown[] {
  const { core, reach_m } = storedOf(footprint);
  const { lower_m, upper_m } = height as HeightBand;
  return [core, reach_m + extra_m, time(window.start), time(window.end), lower_m, upper_m];
}

function routeValues(legs: readonly Volume[]): readonly unknown[] {
  const rows = legs.map((leg) => valuesOf(leg, SEPARATION_M));
  const [, , , , lower_m, upper_m] = rows[0] as Row;
  const columns = [0, 1, 2, 3].map((i) => rows.map((row) => (i === 0 ? (row[0] as Buffer).toString("hex") : row[i])));
  return [...columns, lower_m, upper_m];
}

function time(at: number | null): string {
  return new Date(at as number).toISOString();
}

function* rowsOf(world: World): Generator<string> {
  for (const chunk of inChunks(world)) yield chunk.map(({ id, volume }) => copyRow(id, valuesOf(volume, 0))).join("");
}

function copyRow(id: number, [core, reach, start, end, lower, upper]: Row): string {
  return `${[id, (core as Buffer).toString("hex"), reach, `[${String(start)},${String(end)}]`, lower, upper].join("\t")}\n`;
}

/** Rows in PostgreSQL's text form, by its own client, which is the fastest way in. */
async function copy(socketDir: string, table: string, rows: Iterable<string>): Promise<void> {
  const args = ["-h", socketDir, "-U", "peer", "-d", "postgres", "-q", "-c", `COPY ${table} FROM STDIN`];
  const psql = spawn("psql", args, { stdio: ["pipe", "ignore", "inherit"] });
  const ended = once(psql, "exit");
  for (const row of rows) {
    if (!psql.stdin.write(row)) await once(psql.stdin, "drain");
  }
  psql.stdin.end();
  const [status] = await ended;
  if (status !== 0) throw new Error(`psql could not copy into ${table}: exit status ${String(status)}.`);
}

const INSIDE_RUN = 100;

async function inside(client: pg.Client, socketDir: string, volumes: readonly Volume[]): Promise<number> {
  await client.query("DROP TABLE IF EXISTS asked; CREATE TABLE asked (LIKE volumes)");
  const rows = volumes.map((volume, i) => copyRow(i, valuesOf(volume, SEPARATION_M)));
  await copy(socketDir, "asked", rows);
  await client.query("ANALYZE asked");
  const sql = `SELECT count(*) FROM (SELECT * FROM asked WHERE id >= $1 AND id < $2) a CROSS JOIN LATERAL (
    SELECT v.id FROM volumes v WHERE ${near("a.core", "a.reach_m", "a.during", "a.lower_m", "a.upper_m")} OFFSET 0) found`;
  const times: number[] = [];
  for (let from = 0; from + INSIDE_RUN <= volumes.length; from += INSIDE_RUN) {
    const started = performance.now();
    await client.query(sql, [from, from + INSIDE_RUN]);
    times.push((performance.now() - started) / INSIDE_RUN);
  }
  return medianOf(times);
}

async function pair(
  client: pg.Client,
  ask: (name: "pair", values: readonly unknown[]) => Promise<readonly Row[]>,
  held: Volume,
  others: readonly Volume[],
): Promise<number> {
  await client.query("DROP TABLE IF EXISTS held; CREATE TABLE held (core geography NOT NULL)");
  await client.query("INSERT INTO held VALUES ($1)", [storedOf(held.footprint).core]);
  const times: number[] = [];
  for (const other of others) {
    const { core } = storedOf(other.footprint);
    const started = performance.now();
    await ask("pair", [core, SEPARATION_M]);
    times.push(performance.now() - started);
  }
  return medianOf(times);
}
