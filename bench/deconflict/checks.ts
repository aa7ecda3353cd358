/** Checks of new volumes, the engine and the peer taking turns on the same ones. */
import { distanceM, type Volume } from "../../src/geo/index.ts";
import type { Measure } from "../report.ts";
import { batches, medianOf, type Times, timesOf } from "../statistics.ts";
import { type Engine, SEPARATION_M } from "./engine.ts";
import { compared, measured, type PeerSide, untried } from "./goals.ts";
import type { Peer } from "./postgis.ts";
import { volumeAt, volumesOf, type World } from "./world.ts";

/**
 * How far PostGIS's own distances are from GeographicLib's on edges as short as these, with room to spare: it looks
 * for the nearest places on a sphere.
 */
const PEER_ERROR_M = 0.05;
/** Long enough that the few checks with which a side comes back to the processor's caches are none of a hundred. */
const BATCH = 500;

/** Milliseconds of each check of an engine, on volumes that nobody has seen before. */
export function timeChecks(engine: Engine, volumes: readonly Volume[]): number[] {
  return volumes.map((volume) => {
    const started = performance.now();
    engine.check(volume);
    return performance.now() - started;
  });
}

/** New volumes of a world, the `from`th and on: made afresh at each call, so that nothing about them is remembered. */
export function newVolumes(world: World, from: number, count: number): readonly Volume[] {
  return volumesOf(world, world.count + from, world.count + from + count).map(({ volume }) => volume);
}

interface Difference {
  wrong: number;
  atLimit: number;
}

/** Times the checks of both and compares their answers. Without a peer the engine is timed alone. */
export async function besideEachOther(
  engine: Engine,
  peer: Peer | { readonly why: string },
  world: World,
  count: number,
): Promise<readonly Measure[]> {
  const [ours, theirs]: [number[], number[]] = [[], []];
  const difference: Difference = { wrong: 0, atLimit: 0 };
  for (const batch of batches(newVolumes(world, 0, count), BATCH)) {
    const answers = batch.map((volume) => timed(ours, () => engine.check(volume)));
    if ("why" in peer) continue;
    for (const [i, volume] of batch.entries()) {
      const started = performance.now();
      const ids = await peer.check(volume);
      theirs.push(performance.now() - started);
      compareIds(difference, world, volume, answers[i] as readonly number[], ids);
    }
  }
  const times = timesOf(ours);
  const side = (read: (times: Times) => number): PeerSide =>
    "why" in peer ? peer : { name: peer.name, value: read(timesOf(theirs)) };
  const measures = [
    compared(
      "check-throughput",
      times.perSecond,
      side((t) => t.perSecond),
    ),
    compared(
      "check-p50",
      1000 * times.p50,
      side((t) => 1000 * t.p50),
    ),
    compared(
      "check-p99",
      1000 * times.p99,
      side((t) => 1000 * t.p99),
    ),
  ];
  if ("why" in peer) return [...measures, untried("check-ids-differing", peer.why)];
  const inside = 1000 * (await peer.inside(newVolumes(world, 0, count)));
  return [
    ...measures,
    compared("check-inside-peer", 1e6 / times.perSecond, { name: peer.name, value: inside }),
    measured("check-ids-differing", difference.wrong, `of the answers to ${count} checks`),
    measured(
      "check-ids-at-limit",
      difference.atLimit,
      `within ${PEER_ERROR_M} m of the limit: not counted as differing`,
    ),
  ];
}

function timed<Answer>(times: number[], work: () => Answer): Answer {
  const started = performance.now();
  const answer = work();
  times.push(performance.now() - started);
  return answer;
}

function compareIds(
  difference: Difference,
  world: World,
  volume: Volume,
  ours: readonly number[],
  theirs: readonly number[],
): void {
  const [mine, others] = [new Set(ours), new Set(theirs)];
  difference.wrong += ours.length - mine.size;
  for (const id of [...ours, ...theirs]) {
    if (mine.has(id) && others.has(id)) continue;
    const { distance_m } = distanceM(volume.footprint, volumeAt(world, id).footprint);
    if (Math.abs(distance_m - SEPARATION_M) <= PEER_ERROR_M) difference.atLimit += 1;
    else difference.wrong += 1;
  }
}

/**
 * What the details of a conflict cost beyond knowing that there is one: the median over checks that find any. Each is
 * done both ways, in turns which comes first, on copies that nobody has seen before.
 */
export function timeDetails(engine: Engine, world: World, count: number): Measure {
  const [plainly, inDetail] = [newVolumes(world, 0, count), newVolumes(world, 0, count)];
  const costs: number[] = [];
  for (let i = 0; i < count; i++) {
    const [plain, detailed]: [number[], number[]] = [[], []];
    const ways = [
      () => timed(plain, () => engine.check(plainly[i] as Volume)).length,
      () => timed(detailed, () => engine.checkDetailed(inDetail[i] as Volume)).length,
    ];
    const [found] = (i % 2 === 0 ? ways : ways.toReversed()).map((way) => way());
    if (found !== undefined && found > 0) costs.push(((detailed[0] as number) - (plain[0] as number)) / found);
  }
  return measured("conflict-details", 1000 * medianOf(costs), `each; over ${costs.length} checks that find any`);
}

/** How much longer a check takes in `large` than in `small`, which holds fewer volumes just as densely. */
export function growth(
  small: { readonly engine: Engine; readonly world: World },
  large: { readonly engine: Engine; readonly world: World },
  count: number,
): { readonly p50: number; readonly p99: number } {
  const [before, after]: [number[], number[]] = [[], []];
  for (let from = 0; from < count; from += BATCH) {
    before.push(...timeChecks(small.engine, newVolumes(small.world, from, BATCH)));
    after.push(...timeChecks(large.engine, newVolumes(large.world, from, BATCH)));
  }
  const [few, many] = [timesOf(before), timesOf(after)];
  return { p50: many.p50 / few.p50, p99: many.p99 / few.p99 };
}
