/** The stage in which the engine and PostGIS hold the same volumes and take turns. */
import type { StageOptions } from "../child.ts";
import type { Measure } from "../report.ts";
import { besideEachOther, growth, newVolumes, timeChecks, timeDetails } from "./checks.ts";
import { fill } from "./filled.ts";
import { measured } from "./goals.ts";
import { timePolygons, timeRoutes } from "./others.ts";
import { createPeer, type Peer } from "./postgis.ts";
import { worldOf } from "./world.ts";
import { timeWrites } from "./writes.ts";

/** The volumes used for warming up lie beyond those that are measured. */
const WARMING = 500_000;

export async function runBesidePeer(
  { volumes, quick, peer: where }: StageOptions,
  tell: (measure: Measure) => void,
  say: (text: string) => void,
): Promise<void> {
  const world = worldOf(volumes);
  const count = quick ? 200 : 4000;
  const checks = quick ? 200 : 20_000;
  tell(measured("volumes", volumes, quick ? "quick: to see that it runs, too little to measure" : undefined));
  say(`The engine takes in ${volumes.toLocaleString("en")} volumes`);
  const large = fill(world);
  tell(measured("index-build", large.milliseconds / 1000));
  tell(measured("memory-a-volume", large.bytesAVolume));
  say("PostGIS takes in the same");
  const peer = "why" in where ? where : await createPeer(where.socketDir, world, say);
  const small = fill(worldOf(Math.ceil(volumes / 10)));
  const told = (measures: readonly Measure[]) => measures.forEach(tell);

  say("Both warm up");
  for (const { engine, world: of } of [small, large]) timeChecks(engine, newVolumes(of, WARMING, count));
  if (!("why" in peer)) await warmUp(peer, newVolumes(world, WARMING, count));
  say("Checks, in turns");
  told(await besideEachOther(large.engine, peer, world, checks));
  tell(timeDetails(large.engine, world, count));
  const grown = growth(small, large, checks);
  tell(measured("growth-from-a-tenth-p50", grown.p50));
  tell(measured("growth-from-a-tenth-p99", grown.p99));
  say("Routes");
  told(await timeRoutes(large.engine, peer, world, count / 4));
  say("Writes, in turns");
  told(await timeWrites(large.engine, peer, world, count));
  say("Polygons of ten thousand vertices");
  told(await timePolygons(peer, quick ? 5 : 40));
  if (!("why" in peer)) await peer.close();
}

async function warmUp(peer: Peer, volumes: ReturnType<typeof newVolumes>): Promise<void> {
  for (const volume of volumes) await peer.check(volume);
}
