/** A browser that has loaded nothing yet, from the address to the list of what waits; the key is opened on the way. */
import { gzipSync } from "node:zlib";
import { openPage } from "../../test/console/browser.ts";
import type { Measure } from "../report.ts";
import { timesOf } from "../statistics.ts";
import { measured } from "./goals.ts";
import { type Bench, linkOf } from "./stage.ts";

export async function measureFirstPage({ browser, full, quick, messages }: Bench): Promise<readonly Measure[]> {
  const taken: number[] = [];
  let script = 0;
  for (let i = 0; i < (quick ? 2 : 5); i++) {
    const { page } = await openPage(browser);
    const bodies: Promise<number>[] = [];
    let isUsable = false;
    page.on("response", (response) => {
      // The map and what else comes once the page can be used is nobody's wait.
      if (isUsable || !/\.m?js$/.test(new URL(response.url()).pathname)) return;
      bodies.push(response.body().then((body) => gzipSync(body).length));
    });
    const address = linkOf(full.line.party("northern"), "watch-1", "#/watch");
    const began = performance.now();
    await page.goto(address, { waitUntil: "commit" });
    await page.getByRole("list", { name: "Waiting" }).getByRole("link").first().waitFor();
    isUsable = true;
    taken.push((performance.now() - began) / 1000);
    script = (await Promise.all(bodies)).reduce((sum, bytes) => sum + bytes, 0) / 1000;
    await page.context().close();
  }
  const why = "from the address to the list of what waits, opening the officer's key included";
  return [
    measured("messages", messages),
    measured("first-usable-page", timesOf(taken).p50, why),
    measured("script-before-map", script, "compressed with gzip; what the first page loads"),
  ];
}
