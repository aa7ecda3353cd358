/** Volumes one by one added, changed and withdrawn while checks go on, the engine and the peer taking turns. */
import type { Measure } from "../report.ts";
import { batches, medianOf, timesOf } from "../statistics.ts";
import { newVolumes } from "./checks.ts";
import type { Engine } from "./engine.ts";
import { compared, type MeasureName } from "./goals.ts";
import type { Peer } from "./postgis.ts";
import { type Numbered, volumesOf, type World } from "./world.ts";

const BATCH = 100;
/** New volumes far from those that the checks use. */
const BEYOND = 1_000_000;

interface Kind {
  readonly measure: MeasureName;
  readonly items: readonly Numbered[];
  readonly ours: (item: Numbered) => void;
  readonly theirs: (peer: Peer, item: Numbered) => Promise<void>;
}

export async function timeWrites(
  engine: Engine,
  peer: Peer | { readonly why: string },
  world: World,
  count: number,
): Promise<readonly Measure[]> {
  const first = world.count + BEYOND;
  const added = volumesOf(world, first, first + count);
  const changed = volumesOf(world, first + count, first + 2 * count).map(({ volume }, i) => ({
    id: first + i,
    volume,
  }));
  const kinds: readonly Kind[] = [
    {
      measure: "add-throughput",
      items: added,
      ours: ({ id, volume }) => engine.put(id, volume),
      theirs: (to, { id, volume }) => to.add(id, volume),
    },
    {
      measure: "change-throughput",
      items: changed,
      ours: ({ id, volume }) => engine.put(id, volume),
      theirs: (to, { id, volume }) => to.change(id, volume),
    },
    {
      measure: "withdraw-throughput",
      items: changed,
      ours: ({ id }) => mustRemove(engine, id),
      theirs: (to, { id }) => to.withdraw(id),
    },
  ];
  const measures: Measure[] = [];
  for (const kind of kinds) measures.push(await timeKind(kind, engine, peer, world));
  return measures;
}

/**
 * A check after every batch keeps an engine honest that puts its work off until it is asked. Its time counts as time
 * of writing for the engine, and not for the peer.
 */
async function timeKind(
  { measure, items, ours, theirs }: Kind,
  engine: Engine,
  peer: Peer | { readonly why: string },
  world: World,
): Promise<Measure> {
  const checks = newVolumes(world, BEYOND / 2, Math.ceil(items.length / BATCH));
  const peerTimes: number[] = [];
  const rates: number[] = [];
  for (const [i, batch] of batches(items, BATCH).entries()) {
    const started = performance.now();
    for (const item of batch) ours(item);
    engine.check(checks[i] as Numbered["volume"]);
    rates.push((1000 * batch.length) / (performance.now() - started));
    if ("why" in peer) continue;
    for (const item of batch) {
      const began = performance.now();
      await theirs(peer, item);
      peerTimes.push(performance.now() - began);
    }
  }
  return compared(
    measure,
    medianOf(rates),
    "why" in peer ? peer : { name: peer.name, value: timesOf(peerTimes).perSecond },
  );
}

function mustRemove(engine: Engine, id: number): void {
  if (!engine.remove(id)) throw new Error(`The engine did not hold volume ${id}.`);
}
