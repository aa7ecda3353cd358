/** An officer writes a draft, and the node checks it against everything told while he does. */
import type { Measure } from "../report.ts";
import { timesOf } from "../statistics.ts";
import { measured } from "./goals.ts";
import { typingTimes } from "./page.ts";
import { type Bench, openConsole } from "./stage.ts";

export async function measureTyping({ browser, full, quick }: Bench): Promise<readonly Measure[]> {
  const keys = quick ? 40 : 400;
  const page = await openConsole(browser, full.line.party("northern"), "watch-1", "#/write/activity");
  await page.getByLabel("Subject").fill("Firing");
  await page.getByLabel("Centre").fill("35.0, 40.0");
  await page.getByLabel("Radius (metres)").fill("30000");
  await page.getByRole("region", { name: "Checked while you write" }).waitFor();
  await page.getByLabel("Remarks").click();
  const text = "The range is closed to all traffic. ".repeat(Math.ceil(keys / 36)).slice(0, keys);
  const times = timesOf(await typingTimes(page, text, 90));
  await page.context().close();
  const why = "from the key to the end of the frame that shows it, the node checking at each pause";
  return [measured("typing-p95", times.p95, why)];
}
