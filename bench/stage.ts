/** One stage of a bench in a process of its own; started by `child.ts`, to which it tells its measures as they come. */
import type { StageOrder } from "./child.ts";
import { runBesidePeer } from "./deconflict/beside-peer.ts";
import { runLarge } from "./deconflict/large.ts";
import type { Measure } from "./report.ts";

const { stage, options } = JSON.parse(process.argv[2] ?? "{}") as StageOrder;
const tell = (measure: Measure): void => {
  process.send?.(measure);
};
const say = (text: string): void => {
  process.stderr.write(`${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${text}\n`);
};

switch (stage) {
  case "deconflict-beside-peer":
    await runBesidePeer(options, tell, say);
    break;
  case "deconflict-large":
    runLarge(options, tell, say);
    break;
}
process.disconnect?.();
