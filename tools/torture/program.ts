/** What every scenario starts: the node in one file, the shim, and compiled code that lasts from start to start. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { bundleNode } from "./bundle.ts";
import { makeFleet, type Program } from "./line/fleet.ts";
import { Journal } from "./line/journal.ts";
import { Officers } from "./line/officers.ts";
import { buildShim } from "./shim/shim.ts";
import { Tally } from "./tally.ts";

export async function prepare(runDir: string, say: (text: string) => void): Promise<Program> {
  const shim = buildShim(runDir);
  if (shim.library === null) {
    say(
      `NOT PLAYED without the shim: power cuts, kills at the n-th write, failing and slow disks, clocks (${shim.why})`,
    );
  }
  const stretched = join(runDir, "stretched");
  mkdirSync(stretched);
  const program = { file: await bundleNode(runDir), shim, cache: join(runDir, "cache"), stretched, runDir };
  await warmUp(program);
  return program;
}

/** Compiled code is kept by a process that ends in order, and a killed one keeps none. */
async function warmUp(program: Program): Promise<void> {
  const fleet = await makeFleet(program, new Tally(() => undefined));
  try {
    await Promise.all(fleet.nodes.map((node) => node.start()));
    const [first] = fleet.nodes;
    if (first !== undefined) await new Officers(first, new Journal()).say();
    await Promise.all(fleet.nodes.map((node) => node.stop()));
  } finally {
    await fleet.close();
  }
}
