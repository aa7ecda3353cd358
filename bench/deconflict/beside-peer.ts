/** The stage in which the engine and PostGIS hold the same volumes and take turns. */
import type { StageOptions } from "../child.ts";
import type { Measure } from "../report.ts";
import { besideEachOther, growth, newVolumes, timeChecks, timeDetails } from "./checks.ts";
import { type Filled, fill } from "./filled.ts";
import { measured } from "./goals.ts";
import { timePolygons, timeRoutes } from "./others.ts";
import { createPeer, type Peer } from "./postgis.ts";
import { type World, worldOf } from "./world.ts";
import { timeWrites } from "./writes.ts";

/** The volumes used for warming up lie beyond those that are measured. */
const WARMING = 500_000;

export async function runBesidePeer(
  { volumes, quick, peer: where, parts }: StageOptions,
  tell: (measure: Measure) => void,
  say: (text: string) => void,
): Promise<void> {
  const told = (measures: readonly Measure[]) => measures.forEach(tell);
  const world = worldOf(volumes);
  tell(measured("volumes", volumes, quick ? "quick: to see that it runs, too little to measure" : undefined));
  const isFilled = parts.some((part) => !["polygons", "large"].includes(part));
  const isAsked = isFilled && parts.some((part) => ["checks", "routes", "writes"].includes(part));
  const large = isFilled ? filledAndTold(world, tell, say) : null;
  if (isAsked && !("why" in where)) say("PostGIS takes in the same");
  // For polygons alone it needs no more than a few rows.
  const peer = "why" in where ? where : await createPeer(where.socketDir, isAsked ? world : worldOf(100), say);
  if (large !== null) await runFilled(large, peer, { parts, quick, told, say });
  if (parts.includes("polygons")) {
    say("Polygons of ten thousand vertices");
    told(await timePolygons(peer, quick ? 5 : 40));
  }
  if (!("why" in peer)) await peer.close();
}

function filledAndTold(world: World, tell: (measure: Measure) => void, say: (text: string) => void): Filled {
  say(`The engine takes in ${world.count.toLocaleString("en")} volumes`);
  const large = fill(world);
  tell(measured("index-build", large.milliseconds / 1000));
  tell(measured("memory-a-volume", large.bytesAVolume));
  return large;
}

interface Run extends Pick<StageOptions, "parts" | "quick"> {
  readonly told: (measures: readonly Measure[]) => void;
  readonly say: (text: string) => void;
}

async function runFilled(
  { engine, world }: Filled,
  peer: Peer | { readonly why: string },
  { parts, quick, told, say }: Run,
): Promise<void> {
  const [count, checks] = quick ? [200, 200] : [4000, 20_000];
  say("Both warm up");
  timeChecks(engine, newVolumes(world, WARMING, count));
  if (!("why" in peer)) await warmUp(peer, newVolumes(world, WARMING, count));
  if (parts.includes("checks")) {
    say("Checks, in turns");
    told(await besideEachOther(engine, peer, world, checks));
    told([timeDetails(engine, world, count)]);
  }
  if (parts.includes("growth")) {
    say("A tenth as many volumes, in turns");
    const small = fill(worldOf(Math.ceil(world.count / 10)));
    timeChecks(small.engine, newVolumes(small.world, WARMING, count));
    const { p50, p99 } = growth(small, { engine, world }, checks);
    told([measured("growth-from-a-tenth-p50", p50), measured("growth-from-a-tenth-p99", p99)]);
  }
  if (parts.includes("routes")) {
    say("Routes");
    told(await timeRoutes(engine, peer, world, count / 4));
  }
  if (parts.includes("writes")) {
    say("Writes, in turns");
    told(await timeWrites(engine, peer, world, count));
  }
}

async function warmUp(peer: Peer, volumes: ReturnType<typeof newVolumes>): Promise<void> {
  for (const volume of volumes) await peer.check(volume);
}
