/** Stages in processes of their own: each has its own memory to be measured, and can die without taking the rest along. */
import { fork } from "node:child_process";
import { join } from "node:path";
import type { Measure } from "./report.ts";

/** What can be measured by itself. All but the last two need the index filled; `large` is a stage of its own. */
export const PARTS = ["memory", "checks", "growth", "routes", "writes", "polygons", "large"] as const;
export type Part = (typeof PARTS)[number];

export interface StageOptions {
  readonly parts: readonly Part[];
  /** How many things of whatever the bench is about. */
  readonly volumes: number;
  /** Fewer repetitions: to see that it runs, not to measure. */
  readonly quick: boolean;
  /** Where the peer listens, or why there is none. */
  readonly peer: { readonly socketDir: string } | { readonly why: string };
}

export interface StageOrder {
  readonly stage: "deconflict-beside-peer" | "deconflict-large";
  readonly options: StageOptions;
}

export interface StageResult {
  /** Those that it told before it ended, however it ended. */
  readonly measures: readonly Measure[];
  /** null: it came to its end. */
  readonly failure: string | null;
  /** It failed, and not for want of memory, which is a goal that it missed. */
  readonly broken: boolean;
}

/** Runs a stage of `bench/stage.ts` with this much memory for JavaScript's own objects. */
export function runStage(order: StageOrder, heap_mb: number): Promise<StageResult> {
  const measures: Measure[] = [];
  const child = fork(join(import.meta.dirname, "stage.ts"), [JSON.stringify(order)], {
    execArgv: ["--expose-gc", `--max-old-space-size=${heap_mb}`, "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  let last = "";
  child.stderr?.on("data", (piece: Buffer) => {
    last = (last + piece.toString()).slice(-4000);
    if (!last.includes("FATAL ERROR")) process.stderr.write(piece);
  });
  child.on("message", (told) => measures.push(told as Measure));
  const onExit = () => child.kill("SIGKILL");
  process.once("exit", onExit);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("exit", onExit);
      const memory = /heap out of memory|Reached heap limit|allocation failed/i.test(last);
      const cause = memory ? `it ran out of ${heap_mb} MB of memory` : `it ended with ${signal ?? `status ${code}`}`;
      const failure = code === 0 ? null : `the stage "${order.stage}" did not come to its end: ${cause}`;
      resolve({ measures, failure, broken: failure !== null && !memory });
    });
  });
}
