/**
 * A copied machine is started beside its twin: two nodes with one party's keys write one log. That is their own side's
 * fault. The others must not take both histories, must say so where they see two, and charge nobody else.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { formatConfig, parseConfig } from "../../../src/server/config.ts";
import { freePort } from "../../../test/support/line.ts";
import { FleetNode } from "../line/fleet.ts";
import { Journal } from "../line/journal.ts";
import { keepTalking, Officers } from "../line/officers.ts";
import { settle } from "../line/settle.ts";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

export async function playTwin(episode: Episode, talkMs: number): Promise<void> {
  const { program, tally, random, say } = episode;
  const parties = ["northern", "southern", "relief"];
  // Both are checked, and the twins' party is on its own.
  await withLine(episode, { parties, hostile: ["northern"] }, async ({ fleet, officers, of, talk }) => {
    await of("northern").say();
    await settle(fleet, officers, tally);
    const first = fleet.node("northern");
    await first.stop();
    const twin = await twinOf(first, join(fleet.line.dir, "twin"), program, tally);
    await Promise.all([first.start(), twin.start()]);
    // Each is right to complain of the other.
    for (const node of [first, twin]) node.tolerant = true;
    const work = talk(100);
    const second = keepTalking(new Officers(twin, new Journal()), random, 100, () => undefined);
    await sleep(talkMs);
    await Promise.all([work.stop(), second.stop()]);
    await twin.kill();
    const { peers } = await of("southern").look((client) => client.status());
    const seen = peers.find(({ party }) => party === "northern");
    say(
      `twin: southern holds ${seen?.size} entries of northern, ${seen?.split === true ? "and a split record" : "one history"}`,
    );
  });
}

async function twinOf(
  { party }: FleetNode,
  dir: string,
  ...[program, tally]: [Episode["program"], Episode["tally"]]
): Promise<FleetNode> {
  cpSync(party.dir, dir, { recursive: true });
  rmSync(join(dir, "lock"), { force: true });
  const path = join(dir, "parley.toml");
  const config = parseConfig(readFileSync(path, "utf8"));
  const [port, linePort] = [await freePort(), await freePort()];
  const { listen, lineListen } = config;
  const ports = {
    listen: { ...listen, port },
    lineListen: lineListen === null ? null : { ...lineListen, port: linePort },
  };
  writeFileSync(path, formatConfig({ ...config, ...ports }));
  return new FleetNode({ ...party, dir, url: `http://127.0.0.1:${port}` }, 0, program, tally, "twin");
}

export const twin: Scenario = { name: "twin", weight: 1, run: (episode) => playTwin(episode, 15_000) };
