/** The stage with five times as many volumes, just as dense, beside the ordinary number. No peer: the bounds are fixed. */
import type { StageOptions } from "../child.ts";
import { bytesResident } from "../memory.ts";
import type { Measure } from "../report.ts";
import { growth, newVolumes, timeChecks } from "./checks.ts";
import { fill } from "./filled.ts";
import { measured } from "./goals.ts";
import { worldOf } from "./world.ts";

const TIMES = 5;

export function runLarge(
  { volumes, quick }: StageOptions,
  tell: (measure: Measure) => void,
  say: (text: string) => void,
): void {
  const count = quick ? 200 : 20_000;
  say(`The engine takes in ${(TIMES * volumes).toLocaleString("en")} volumes`);
  const large = fill(worldOf(TIMES * volumes));
  const why = `the whole process with ${(TIMES * volumes).toLocaleString("en")} volumes`;
  tell(measured("large-memory", bytesResident() / 1e9, why));
  const ordinary = fill(worldOf(volumes));
  for (const { engine, world } of [ordinary, large]) timeChecks(engine, newVolumes(world, count, count));
  say("Checks, in turns");
  const grown = growth(ordinary, large, count);
  tell(measured("large-growth-p50", grown.p50));
  tell(measured("large-growth-p99", grown.p99));
}
