/** An engine that holds a world, and what filling it took. */
import { bytesInUse } from "../memory.ts";
import type { Engine } from "./engine.ts";
import { createEngine } from "./live-engine.ts";
import { geometryBytes, inChunks, type World } from "./world.ts";

export interface Filled {
  readonly engine: Engine;
  readonly world: World;
  /** The engine's own work, without the making of the volumes. */
  readonly milliseconds: number;
  /** Beyond the coordinates of the footprints. */
  readonly bytesAVolume: number;
}

export function fill(world: World): Filled {
  const before = bytesInUse();
  const engine = createEngine();
  let [milliseconds, geometry] = [0, 0];
  const timed = (work: () => void) => {
    const started = performance.now();
    work();
    milliseconds += performance.now() - started;
  };
  for (const piece of inChunks(world)) {
    for (const { volume } of piece) geometry += geometryBytes(volume.footprint);
    timed(() => engine.load(piece));
  }
  timed(() => engine.ready());
  const bytesAVolume = (bytesInUse() - before - geometry) / world.count;
  return { engine, world, milliseconds, bytesAVolume };
}
