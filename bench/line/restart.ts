/** From the start of a node's process until it serves, with so much in its store. */
import { startProcess } from "../../test/support/nodes.ts";
import { lineWith } from "./made.ts";

/** Seconds: the best of `times`, since the first reads the files from the disk, and others use the machine too. */
export async function restartSeconds(entries: number, times: number, say: (text: string) => void): Promise<number> {
  const line = await lineWith(entries, say);
  try {
    const taken: number[] = [];
    for (let i = 0; i < times; i++) {
      const began = performance.now();
      const node = await startProcess(line.party("northern"));
      taken.push((performance.now() - began) / 1000);
      await node.kill();
    }
    return Math.min(...taken);
  } finally {
    line.remove();
  }
}
