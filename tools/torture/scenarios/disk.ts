/** The disk is full, read-only, failing or slow for a while under a node that goes on; and once a page of its store rots. */
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FleetNode } from "../line/fleet.ts";
import { settle } from "../line/settle.ts";
import type { Random } from "../random.ts";
import { corruptPage } from "../shim/corrupt.ts";
import { ERRNO, type ShimControl } from "../shim/shim.ts";
import { type Live, withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

const STORE = ["line.sqlite", "line.sqlite-wal", "line.sqlite-shm"];

export async function playDisk(episode: Episode, turns: number, pauseMs = 1500): Promise<void> {
  const { random, until } = episode;
  await withLine(episode, {}, async (live) => {
    const work = live.talk(80);
    for (let done = 0; done < turns && Date.now() < until; done++) {
      const node = random.pick(live.fleet.nodes);
      if (node.control !== null) await badDisk(node, node.control, random, pauseMs);
      await sleep(pauseMs / 2);
    }
    await work.stop();
    await rot(live, episode);
  });
}

async function badDisk(node: FleetNode, control: ShimControl, random: Random, pauseMs: number): Promise<void> {
  const kind = random.pick(["full", "read-only", "failing", "slow"] as const);
  if (kind === "slow") control.syncDelay(50 + random.below(400));
  else {
    // What it says of the fault itself is no fault of its own.
    node.tolerant = true;
    control.failWrites({ full: ERRNO.ENOSPC, "read-only": ERRNO.EROFS, failing: ERRNO.EIO }[kind]);
  }
  await sleep(pauseMs);
  // Now and then it dies of something else while the disk is bad.
  const dies = random.chance(0.2);
  if (dies) await node.kill();
  control.reset();
  if (dies) await node.start();
  await sleep(100);
  node.tolerant = false;
}

/**
 * A page of one node's store is damaged while it is down. It may refuse to start, or find out later and end; what it must
 * not do is speak for entries that it does not have. Then the disk is replaced by the copy of the same moment.
 */
async function rot({ fleet, officers, of }: Live, { tally, random }: Episode): Promise<void> {
  await settle(fleet, officers, tally);
  const node = random.pick(fleet.nodes);
  await node.stop();
  const path = (name: string) => join(node.party.dir, name);
  const there = STORE.filter((name) => existsSync(path(name)));
  for (const name of there) copyFileSync(path(name), `${path(name)}.good`);
  if (corruptPage(path("line.sqlite"), random)) {
    [node.tolerant, node.expected] = [true, "any"];
    if (await node.start()) {
      await of(node.id)
        .look((client) => client.messages())
        .catch(() => null);
      await sleep(500);
      await node.kill();
    }
    [node.tolerant, node.expected] = [false, "none"];
  }
  for (const name of STORE) rmSync(path(name), { force: true });
  for (const name of there) copyFileSync(`${path(name)}.good`, path(name));
  await node.start();
}

export const disk: Scenario = {
  name: "disk",
  weight: 1,
  impossible: ({ shim }) => (shim.library === null ? shim.why : null),
  run: (episode) => playDisk(episode, Infinity),
};
