/** This side comes back with so many entries to catch up with; meanwhile the other side's officers tell of dangers. */
import { setTimeout as sleep } from "node:timers/promises";
import { desk, type NodeProcess, startProcess } from "../../test/support/nodes.ts";
import type { Client } from "../../src/api/index.ts";
import { lineWith } from "../line/made.ts";
import type { Measure } from "../report.ts";
import { timesOf } from "../statistics.ts";
import { measured } from "./goals.ts";
import { openConsole, type Setting } from "./stage.ts";
import { alertItem, drawnAt, ready, watchFor } from "./tell.ts";

const PAUSE_MS = 400;
/** Far fewer than are held ahead of one log (spec/narrow.md): what is beyond would come in its place. */
const MOST = 60;
const PATIENCE_MS = 300_000;

export async function measureCatchUp({ browser, entries, say }: Setting): Promise<readonly Measure[]> {
  const line = await lineWith(entries, say);
  const nodes: NodeProcess[] = [];
  try {
    const [north, south] = [line.party("northern"), line.party("southern")];
    nodes.push(await startProcess(south));
    const page = await openConsole(browser, south, "watch-1", "#/watch");
    const watch = await desk(south).as("watch-1");
    nodes.push(await startProcess(north));
    const author = desk(north);
    // A node that has just started says nothing before it has heard its peers: the first is not of this measure.
    await (
      await ready(author, alertItem("Before", MOST), null)
    )();
    const asked = new Map<string, number>();
    while (asked.size < MOST && (await toCome(watch, entries)) > 0) {
      const subject = `Danger ${asked.size}, and drawn`;
      const release = await ready(author, alertItem(subject, asked.size), null);
      await watchFor(page, [subject]);
      asked.set(subject, await release());
      await sleep(PAUSE_MS);
    }
    const taken: number[] = [];
    for (const [subject, at] of asked) taken.push((await drawnAt(page, subject, PATIENCE_MS)) - at);
    await page.context().close();
    const why = "from the release, while the rest is fetched and opened, to the end of the frame that shows it";
    return [
      measured("catch-up-entries", entries),
      measured("alerts-in-catch-up", taken.length),
      measured("alert-to-pixels-p99", timesOf(taken).p99, why),
    ];
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
    line.remove();
  }
}

/** How many of the entries are still to be fetched or opened here. */
async function toCome(watch: Client, entries: number): Promise<number> {
  const { lines } = await watch.lineHealth();
  const { peers } = await watch.status();
  const held = Math.max(...peers.map(({ size }) => size));
  return Math.max(0, entries - held) + lines.reduce((sum, line) => sum + line.to_fetch + line.to_open, 0);
}
