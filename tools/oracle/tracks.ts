/**
 * Real tracks (../shared/data/movement), told as routes and run against each other and themselves: an air ambulance
 * against its own later flights, buses on one road. Only for tests; null where the folder is absent.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { type Fix, type MovingVolume, movingVolume, type Position } from "../../src/geo/index.ts";
import { between, pick, type Random, randomFrom } from "../../test/geo/shapes.ts";
import { EPOCH_MS, judgeRoutes, judgeSite } from "./routes.ts";
import { emptyTally, type Tally } from "./run.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/data/movement");

interface Timed {
  readonly at: number;
  readonly position: Position;
}

/** Each vehicle's fixes in order of time; a flight ends where nothing was heard for ten minutes. */
export function realTracks(): readonly (readonly Timed[])[] | null {
  if (!existsSync(join(FOLDER, "air"))) return null;
  const tracks = new Map<string, Timed[]>();
  const take = (id: string, timed: Timed) => tracks.set(id, [...(tracks.get(id) ?? []), timed]);
  for (const name of ["samu31", "rega_zh", "inflight_refuelling"]) {
    const byId = new Map<string, Timed[]>();
    for (const row of JSON.parse(
      gunzipSync(readFileSync(join(FOLDER, "air", `${name}.json.gz`))).toString(),
    ) as Row[]) {
      if (typeof row.latitude !== "number" || typeof row.longitude !== "number" || !row.icao24) continue;
      const list = byId.get(row.icao24) ?? [];
      list.push({ at: Number(row.timestamp), position: { lat: row.latitude, lon: row.longitude } });
      byId.set(row.icao24, list);
    }
    for (const [id, list] of byId) tracks.set(`${name} ${id}`, list);
  }
  const rows = parse(readFileSync(join(FOLDER, "road", "route14_outbound.csv")), { columns: true }) as BusRow[];
  for (const { trip_id, vehicle_id, timestamp, latitude, longitude } of rows) {
    const at = Date.parse(`${timestamp.replace(" ", "T")}Z`);
    take(`bus ${trip_id} ${vehicle_id}`, { at, position: { lat: Number(latitude), lon: Number(longitude) } });
  }
  return [...tracks.values()].flatMap(flights);
}

interface Row {
  readonly icao24?: string;
  readonly timestamp?: unknown;
  readonly latitude?: unknown;
  readonly longitude?: unknown;
}

interface BusRow {
  readonly trip_id: string;
  readonly vehicle_id: string;
  readonly timestamp: string;
  readonly latitude: string;
  readonly longitude: string;
}

const SILENCE_MS = 600_000;

function flights(track: readonly Timed[]): Timed[][] {
  const found: Timed[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const timed of track.toSorted((a, b) => a.at - b.at)) {
    if (!Number.isFinite(timed.at) || timed.at === last) continue;
    if (timed.at - last > SILENCE_MS) found.push([]);
    found.at(-1)?.push(timed);
    last = timed.at;
  }
  return found.filter((flight) => flight.length > 10);
}

/** As its author would tell it: some twelve of its positions with their times, moved so that it begins at `start`. */
export function toldRoute(track: readonly Timed[], random: Random, start: number): MovingVolume {
  const step = Math.max(1, Math.floor(track.length / 12));
  const began = (track[0] as Timed).at;
  const fixes: Fix[] = track
    .filter((_, i) => i % step === 0)
    .map(({ at, position }) => ({ position, at: at - began + start }));
  const tolerance_s = Math.floor(between(random, 0, 300));
  return movingVolume(fixes, { tolerance_s, width_m: between(random, 10, 300), height: null });
}

/** Every real track with some others of its own kind, and with circles on their way. */
export function runTracks(most = 400): Tally | null {
  const tracks = realTracks();
  if (tracks === null) return null;
  const tally = emptyTally();
  for (let i = 0; i < most; i++) {
    const random = randomFrom(77_000_000 + i);
    const a = pick(random, tracks);
    const near = tracks.filter((other) => metresApart(other, a) < 30_000);
    const b = pick(random, near);
    const route = toldRoute(a, random, EPOCH_MS);
    const verdict =
      random() < 0.8
        ? judgeRoutes(random, route, toldRoute(b, random, EPOCH_MS + Math.round(between(random, -1, 1) * 1_800_000)))
        : judgeSite(random, route, siteOn(b, random));
    tally.pairs += 1;
    tally.conflicts += Number(verdict.conflict);
    tally.missed += Number(verdict.missed);
    tally.false += Number(verdict.isFalse);
    tally.unlike += Number(verdict.isUnlike);
    if (verdict.missed || verdict.isFalse || verdict.isUnlike) tally.seeds.push(`tracks:${i}`);
  }
  return tally;
}

function siteOn(track: readonly Timed[], random: Random) {
  const { position } = pick(random, track);
  const start = EPOCH_MS + Math.round(between(random, -600_000, 3_600_000));
  const footprint = { type: "circle", centre: position, radius_m: between(random, 10, 2000) } as const;
  return { footprint, height: null, window: { start, end: start + 1_800_000 } };
}

function metresApart(a: readonly Timed[], b: readonly Timed[]): number {
  const [p, q] = [(a[0] as Timed).position, (b[0] as Timed).position];
  const across = Math.cos((p.lat * Math.PI) / 180);
  return Math.hypot((p.lat - q.lat) * 111_000, (p.lon - q.lon) * 111_000 * across);
}
