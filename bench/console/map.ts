/** The same map in the same page: first with a filter that lets nothing through, then with everything. */
import type { Measure } from "../report.ts";
import { timesOf } from "../statistics.ts";
import { measured } from "./goals.ts";
import { framesDuring, moveMap } from "./page.ts";
import { type Bench, openConsole } from "./stage.ts";

const SOFTWARE = "drawn in software, without a graphics card";

export async function measureMap({ browser, full, quick, shapes }: Bench): Promise<readonly Measure[]> {
  const turns = quick ? 1 : 3;
  const page = await openConsole(browser, full.line.party("northern"), "watch-1", "#/map");
  await page.locator("canvas").waitFor();
  await page.getByText("Filter", { exact: true }).click();
  const words = page.getByLabel("Words in what was said");
  await page.getByText(/shapes in this view/).waitFor();
  await words.fill("nothing bears this word");
  await page.getByText("0 shapes in this view.").waitFor();
  await moveMap(page, 1);
  const empty = timesOf(await framesDuring(page, () => moveMap(page, turns)));
  await words.fill("");
  await page.getByText(/[1-9][0-9,.]* shapes in this view/).waitFor();
  await moveMap(page, 1);
  const all = timesOf(await framesDuring(page, () => moveMap(page, turns)));
  await page.context().close();
  return [
    measured("shapes", shapes),
    measured("frame-median-base-map", empty.p50, SOFTWARE),
    measured("frame-p99-base-map", empty.p99, SOFTWARE),
    measured("frame-median-all", all.p50, SOFTWARE),
    measured("frame-median-ratio", all.p50 / empty.p50, SOFTWARE),
    measured("frame-p99-all", all.p99, SOFTWARE),
  ];
}
