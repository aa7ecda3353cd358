/** Clocks that are a day ahead or behind, and step while the node runs. Times are claims; nothing may depend on them. */
import { setTimeout as sleep } from "node:timers/promises";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

const DAY_MS = 86_400_000;

export async function playClock(episode: Episode, steps: number, pauseMs = 2000): Promise<void> {
  const { random, until } = episode;
  await withLine(episode, { parties: ["northern", "southern", "relief"] }, async ({ fleet, talk }) => {
    const work = talk(120);
    for (let done = 0; done < steps && Date.now() < until; done++) {
      const node = random.pick(fleet.nodes);
      node.control?.clockOffset(random.pick([-DAY_MS, DAY_MS, 0, random.below(DAY_MS), -random.below(60_000)]));
      if (random.chance(0.2)) {
        await node.kill();
        await node.start();
      }
      await sleep(pauseMs * (0.5 + random.next()));
    }
    await work.stop();
    for (const node of fleet.nodes) node.control?.clockOffset(0);
  });
}

export const clock: Scenario = {
  name: "clock",
  weight: 1,
  impossible: ({ shim }) => (shim.library === null ? shim.why : null),
  run: (episode) => playClock(episode, Infinity),
};
