/** Routes with times against all that is held, and polygons of very many vertices. */
import type { Volume } from "../../src/geo/index.ts";
import type { Measure } from "../report.ts";
import { timesOf } from "../statistics.ts";
import type { Engine } from "./engine.ts";
import { compared, measured, type PeerSide } from "./goals.ts";
import { createEngine } from "./live-engine.ts";
import type { Peer } from "./postgis.ts";
import { between, randomAt } from "./random.ts";
import { legsOf, routeAt } from "./route.ts";
import { offset, type World } from "./world.ts";

/** The peer sees each leg as a corridor for its time, which is all that it can say of a route. */
const PEER_SHARE = 5;

export async function timeRoutes(
  engine: Engine,
  peer: Peer | { readonly why: string },
  world: World,
  count: number,
): Promise<readonly Measure[]> {
  const [ours, theirs]: [number[], number[]] = [[], []];
  let beyond = 0;
  for (let i = 0; i < count; i++) {
    const route = routeAt(world, i);
    const started = performance.now();
    const ids = engine.checkRoute(route);
    ours.push(performance.now() - started);
    if ("why" in peer || i % PEER_SHARE !== 0) continue;
    const legs = legsOf(route);
    const began = performance.now();
    const held = new Set(await peer.checkRoute(legs));
    theirs.push(performance.now() - began);
    beyond += ids.filter((id) => !held.has(id)).length;
  }
  const times = timesOf(ours);
  const side: PeerSide = "why" in peer ? peer : { name: peer.name, value: timesOf(theirs).p50 };
  const told = "why" in peer ? undefined : `${beyond} ids were found that the legs' corridors do not reach`;
  return [compared("route-p50", times.p50, side), measured("route-p99", times.p99, told)];
}

const VERTICES = 10_000;
const MIDDLE = { lat: 35, lon: 40 } as const;

/** The outline of an island of ten thousand vertices, at most 20 km across; its middle lies `away_m` to the north-east. */
function island(away_m: number): Volume {
  const random = randomAt(4, 0);
  const centre = offset(MIDDLE, away_m * Math.SQRT1_2, away_m * Math.SQRT1_2);
  const ring = Array.from({ length: VERTICES }, (_, i) => {
    const angle = (2 * Math.PI * i) / VERTICES;
    const metres = 8500 + 1000 * Math.sin(3 * angle) + 400 * Math.sin(17 * angle) + between(random, -50, 50);
    return offset(centre, metres * Math.sin(angle), metres * Math.cos(angle));
  });
  return {
    footprint: { type: "polygon", rings: [ring] },
    height: { datum: "WGS84", lower_m: 0, upper_m: 100 },
    window: { start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 10, 2) },
  };
}

/** One is held, the other is new each time. Boxes round them overlap; the islands are just farther apart than asked. */
export async function timePolygons(peer: Peer | { readonly why: string }, count: number): Promise<readonly Measure[]> {
  const engine = createEngine();
  const held = island(0);
  engine.load([{ id: 1, volume: held }]);
  engine.ready();
  const news = Array.from({ length: count }, (_, i) => island(22_000 + i));
  const times = news.map((volume) => {
    const started = performance.now();
    const ids = engine.check(volume);
    const time = performance.now() - started;
    if (ids.length > 0) throw new Error("The polygons of ten thousand vertices are nearer than they were made.");
    return time;
  });
  const { p50 } = timesOf(times);
  const side: PeerSide = "why" in peer ? peer : { name: peer.name, value: await peer.pair(held, news.slice(0, 10)) };
  const why = "a new one against one that is held, the reading of the new one included; the median";
  return [measured("polygon-10000", p50, why), compared("polygon-10000-beside-peer", p50, side)];
}
