/** Three nodes, and between them a bad wire: cut, deaf on one side, slow, narrow, ending in the middle of a parcel. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Weather } from "../line/link.ts";
import type { Random } from "../random.ts";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

const PARTIES = ["northern", "southern", "relief"];

/** No narrower than that a parcel comes through within a carrier's patience. */
const WEATHERS: readonly ((random: Random) => Partial<Weather>)[] = [
  () => ({ cut: true }),
  () => ({ deafThere: true }),
  () => ({ deafBack: true }),
  (random) => ({ delayMs: 100 + random.below(1500) }),
  (random) => ({ bytesPerSecond: 8000 + random.below(40_000) }),
  (random) => ({ cutsWithin: 500 + random.below(20_000) }),
  (random) => ({ cutsWithin: 20_000, delayMs: random.below(300) }),
];

export async function playLinks(episode: Episode, changes: number, pauseMs = 2500): Promise<void> {
  const { random, until } = episode;
  await withLine(episode, { parties: PARTIES }, async ({ fleet, talk }) => {
    const work = talk(150);
    for (let done = 0; done < changes && Date.now() < until; done++) {
      const [from, to] = [random.pick(PARTIES), random.pick(PARTIES)];
      if (random.chance(0.15)) fleet.clear();
      else if (from !== to) {
        const weather = random.pick(WEATHERS)(random);
        fleet.weather(from, to, weather);
        // Without the shim nobody knows who calls: then it is bad for everybody.
        if (fleet.node(from).control === null) fleet.weather(null, to, weather);
        if (random.chance(0.5)) fleet.weather(to, from, weather);
      }
      await sleep(pauseMs * (0.5 + random.next()));
    }
    await work.stop();
  });
}

export const links: Scenario = { name: "links", weight: 2, run: (episode) => playLinks(episode, Infinity) };
