/** A disk is lost, and an older backup of it is restored while the others go on talking. */
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nativeSuite as suite } from "../../../src/crypto/native.ts";
import { openAtRest } from "../../../src/server/at-rest/at-rest.ts";
import { nodePaths } from "../../../src/server/node-dir.ts";
import { backupStore } from "../../../src/store/index.ts";
import { settle } from "../line/settle.ts";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

export async function playRestore(episode: Episode, times: number): Promise<void> {
  const { random, tally, until } = episode;
  await withLine(episode, { parties: ["northern", "southern", "relief"] }, async ({ fleet, officers, talk }) => {
    for (let done = 0; done < times && Date.now() < until; done++) {
      const node = random.pick(fleet.nodes);
      const { dir, storePassphrase } = node.party;
      const { lineStore, restored } = nodePaths(dir);
      const rest = openAtRest(suite, dir, storePassphrase);
      const copy = join(fleet.line.dir, `${node.id}.backup`);
      rmSync(copy, { force: true });
      const before = talk(60);
      await sleep(500 + random.below(1500));
      backupStore(lineStore, copy, rest.pageKey("line.sqlite"));
      await sleep(1000 + random.below(2000));
      await before.stop();
      // What nobody else had is gone with the disk, whatever anybody does: so the others have it all.
      await settle(fleet, officers, tally);
      await node.kill();
      for (const end of ["", "-wal", "-shm"]) rmSync(lineStore + end, { force: true });
      cpSync(copy, lineStore);
      // As `parley restore` leaves it.
      writeFileSync(restored, "");
      const others = talk(60);
      await node.start();
      if (random.chance(0.5)) {
        await sleep(random.below(400));
        await node.kill();
        await node.start();
      }
      await sleep(2000);
      await others.stop();
      await settle(fleet, officers, tally);
    }
  });
}

export const restore: Scenario = { name: "restore", weight: 1, run: (episode) => playRestore(episode, Infinity) };
