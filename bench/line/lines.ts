/**
 * What 100 lines of three parties cost one of them. A node has one line, so each line is a process: one of them is
 * measured while it hears and says its hundredth of 10 messages a second, over and above what it costs at rest.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { makeLine } from "../../test/support/line.ts";
import { desk, startNodes } from "../../test/support/nodes.ts";
import { cpuSeconds } from "./cpu.ts";
import { textItem } from "./said.ts";

const IN_ALL_PER_SECOND = 10;
/** What `parley pair` proposes. */
const INTERVAL_S = 30;
/** The first officers' sign-in and the first compilation are not the cost of a line. */
const WARM_UP_MS = 5000;

/** Cores that so many nodes of one party keep busy. */
export async function coresOfLines(
  { lines, seconds }: { readonly lines: number; readonly seconds: number },
  say: (text: string) => void,
): Promise<number> {
  const line = await makeLine({ terms: { exchange_interval_s: INTERVAL_S } });
  const nodes = await startNodes(line);
  try {
    const parties = Object.keys(nodes);
    const desks = parties.map((id) => desk(line.party(id)));
    let said = 0;
    const tell = async (): Promise<void> => {
      await (desks[said % desks.length] as (typeof desks)[number]).tell({ items: [textItem(said++)] });
    };
    for (let i = 0; i < desks.length; i++) await tell();
    await sleep(WARM_UP_MS);
    const measured = nodes["northern"]?.pid ?? 0;
    const everyMs = (1000 * lines) / IN_ALL_PER_SECOND;
    const [began, before] = [performance.now(), cpuSeconds(measured)];
    const end = began + 1000 * Math.max(seconds, everyMs / 1000);
    while (performance.now() < end) {
      await tell();
      await sleep(Math.max(0, Math.min(everyMs, end - performance.now())));
    }
    const cores = (1000 * (cpuSeconds(measured) - before)) / (performance.now() - began);
    say(`one node of one line keeps ${cores.toFixed(4)} cores busy`);
    return cores * lines;
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.kill()));
    line.remove();
  }
}
