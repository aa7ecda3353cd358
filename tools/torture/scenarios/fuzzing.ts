/** Hostile bytes for every parser that a stranger reaches; what does harm is kept in the run's folder of findings. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterLived } from "../lived.ts";
import type { Episode, Scenario } from "./scenario.ts";

const CHILD = join(import.meta.dirname, "../fuzz/child.ts");
/** Where findings stay after the run; those that are mended go to test/torture/regressions. */
const KEPT = join(tmpdir(), "parley-torture-findings");
const GRACE_MS = 60_000;

interface Told {
  readonly inputs: number;
  readonly findings: readonly { readonly target: string; readonly what: string; readonly input: string }[];
}

export async function playFuzzing({ tally, random, until, say }: Episode, most: number): Promise<void> {
  const ms = Math.max(1000, until - Date.now());
  const seed = random.below(2 ** 31);
  const args = ["--max-old-space-size=1024", CHILD, String(seed), String(most), String(ms)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const late = afterLived(ms + GRACE_MS);
  late.signal.addEventListener("abort", () => child.kill("SIGKILL"));
  const said = await text(child.stdout);
  late.end();
  if (said === "") return tally.fault("crashes", `the parsers ended or hung under inputs of seed ${seed}`);
  const { inputs, findings } = JSON.parse(said) as Told;
  tally.fuzzInputs += inputs;
  say(`fuzzing: ${inputs} inputs, ${Math.round((inputs / ms) * 1000)} a second`);
  for (const { target, what, input } of findings) {
    const bytes = Buffer.from(input, "base64");
    mkdirSync(KEPT, { recursive: true });
    const name = `${target}-${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}`;
    writeFileSync(join(KEPT, name), bytes);
    tally.fault("crashes", `parser ${target}: ${what} (${join(KEPT, name)})`);
  }
}

export const fuzzing: Scenario = { name: "fuzzing", weight: 8, run: (episode) => playFuzzing(episode, Infinity) };
