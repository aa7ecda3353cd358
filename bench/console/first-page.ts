/** A browser that has loaded nothing yet, from the address to the list of what waits; the key is opened on the way. */
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
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
    const bodies = new Map<string, Promise<number>>();
    page.on("response", (response) => {
      if (!/\.m?js$/.test(new URL(response.url()).pathname)) return;
      const bytes = response.body().then((body) => gzipSync(body).length);
      // Of what is still on its way when the page is closed, nobody asks how much it is.
      bytes.catch(() => undefined);
      bodies.set(response.url(), bytes);
    });
    await watchForUse(page);
    const address = linkOf(full.line.party("northern"), "watch-1", "#/watch");
    await page.goto(address, { waitUntil: "commit" });
    await page.waitForFunction(() => "usable" in window, undefined, { polling: 50 });
    const { usable, scripts } = await page.evaluate(() => {
      const at = (window as unknown as { readonly usable: number }).usable;
      const asked = performance.getEntriesByType("resource").filter(({ startTime }) => startTime < at);
      return { usable: at, scripts: asked.map(({ name }) => name) };
    });
    taken.push(usable / 1000);
    // The map and what else comes once the page can be used is nobody's wait.
    const bytes = await Promise.all(scripts.map((name) => bodies.get(name) ?? Promise.resolve(0)));
    script = bytes.reduce((sum, each) => sum + each, 0) / 1000;
    await page.context().close();
  }
  const why = "from the address to the frame with the list of what waits, opening the officer's key included";
  return [
    measured("messages", messages),
    measured("first-usable-page", timesOf(taken).p50, why),
    measured("script-before-map", script, "compressed with gzip; what the first page loads"),
  ];
}

/** The page notes when the first row of what waits stands on it: the end of that frame, counted from the address. */
async function watchForUse(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const looks = new MutationObserver(() => {
      if (document.querySelector("ul.inbox li a") === null) return;
      looks.disconnect();
      requestAnimationFrame(() => {
        const drawn = new MessageChannel();
        drawn.port1.addEventListener("message", () => Object.assign(window, { usable: performance.now() }));
        drawn.port1.start();
        drawn.port2.postMessage(null);
      });
    });
    looks.observe(document, { subtree: true, childList: true });
  });
}
