/** Few file descriptors, and callers who take them; little memory. The node goes on, or at least loses nothing. */
import { spawnSync } from "node:child_process";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

const DESCRIPTORS = 64;
const HEAP_MB = 48;

export async function playExhaustion(episode: Episode, turns: number): Promise<void> {
  const { random, until } = episode;
  await withLine(episode, {}, async ({ fleet, talk }) => {
    const work = talk(100);
    for (let done = 0; done < turns && Date.now() < until; done++) {
      const node = random.pick(fleet.nodes);
      await node.kill();
      const few = random.chance(0.6);
      await node.start(
        few
          ? { before: ["prlimit", `--nofile=${DESCRIPTORS}:${DESCRIPTORS}`] }
          : { nodeOptions: [`--max-old-space-size=${HEAP_MB}`] },
      );
      // What it says of a file that it could not open is the truth.
      node.tolerant = few;
      const idle = few ? callers(Number(new URL(node.party.url).port), DESCRIPTORS * 2) : [];
      await sleep(2500);
      for (const socket of idle) socket.destroy();
      await sleep(1500);
      node.tolerant = false;
    }
    await work.stop();
    for (const node of fleet.nodes) {
      await node.stop();
      await node.start();
    }
  });
}

function callers(port: number, count: number): Socket[] {
  return Array.from({ length: count }, () => connect(port, "127.0.0.1").on("error", () => undefined));
}

export const exhaustion: Scenario = {
  name: "exhaustion",
  weight: 1,
  impossible: () => (spawnSync("prlimit", ["--version"]).status === 0 ? null : "prlimit is missing (util-linux)"),
  run: (episode) => playExhaustion(episode, Infinity),
};
