/** The other side's officers release; what they told stands on this side's Watch. */
import { desk } from "../../test/support/nodes.ts";
import type { Measure } from "../report.ts";
import { timesOf } from "../statistics.ts";
import { measured } from "./goals.ts";
import { type Bench, openConsole } from "./stage.ts";
import { drawnAt, ready, watchFor } from "./tell.ts";

const PAUSE_MS = 300;

export async function measureRelease({ browser, full, quick }: Bench): Promise<readonly Measure[]> {
  const page = await openConsole(browser, full.line.party("northern"), "watch-1", "#/watch");
  await page.getByRole("list", { name: "Waiting" }).getByRole("link").first().waitFor();
  const south = desk(full.line.party("southern"));
  const taken: number[] = [];
  for (let i = 0; i < (quick ? 6 : 60); i++) {
    const subject = `Told ${i}, and drawn`;
    const release = await ready(south, { kind: "text", subject, body: { words: "The range is closed." } }, "watch-1");
    await watchFor(page, [subject]);
    const asked = await release();
    taken.push((await drawnAt(page, subject, 60_000)) - asked);
    await page.waitForTimeout(PAUSE_MS);
  }
  await page.context().close();
  const why = "from the release to the end of the frame that shows it: both disks and the exchange included";
  return [measured("release-to-pixels-p95", timesOf(taken).p95, why)];
}
