/** The bench of the officers' console: headless Chromium against a real node with a full store. */
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { buildPages } from "../../tools/exercise/build.ts";
import { launchBrowser, openPage } from "../../test/console/browser.ts";
import { desk } from "../../test/support/nodes.ts";
import type { BenchOptions } from "../deconflict/run.ts";
import type { Measure, Report } from "../report.ts";
import { timesOf } from "../statistics.ts";
import { complete, measured } from "./goals.ts";
import { framesDuring, moveMap, typingTimes } from "./page.ts";
import { linkOf, type Seeded, seedLine, type Sizes } from "./seed.ts";

const FULL: Sizes = { messages: 10_000, shapes: 100_000 };
const QUICK: Sizes = { messages: 120, shapes: 2000 };
const SOFTWARE = "drawn in software, without a graphics card";

type Say = (text: string) => void;

export async function runConsole(options: BenchOptions, say: Say): Promise<Report> {
  const sizes = options.quick ? QUICK : { ...FULL, ...(options.volumes === null ? {} : { shapes: options.volumes }) };
  await buildPages();
  say(`telling ${sizes.messages} messages with ${sizes.shapes} shapes`);
  const measures: Measure[] = [];
  let failure: string | null = null;
  const seeded = await seedLine(sizes, say);
  const browser = await launchBrowser();
  try {
    const turns = options.quick ? 1 : 2;
    const keys = options.quick ? 40 : 120;
    const steps: readonly (() => Promise<readonly Measure[]>)[] = [
      async () => [measured("messages", sizes.messages), measured("shapes", sizes.shapes)],
      () => firstPage(browser, seeded, options.quick ? 2 : 3),
      () => frames(browser, seeded, turns),
      () => typing(browser, seeded, keys),
      () => releaseToPixels(browser, seeded, options.quick ? 4 : 20),
    ];
    for (const step of steps) {
      const found = await step();
      measures.push(...found);
      for (const { measure, value, unit } of found) say(`${measure}: ${value} ${unit}`);
    }
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  } finally {
    await browser.close();
    await seeded.end();
  }
  return { bench: "console", measures: complete(measures, failure ?? ""), broken: failure };
}

/** A browser that has loaded nothing yet, from the address to the list of what waits; the key is opened on the way. */
async function firstPage(browser: Browser, { line }: Seeded, times: number): Promise<readonly Measure[]> {
  const taken: number[] = [];
  let script = 0;
  for (let i = 0; i < times; i++) {
    const { page } = await openPage(browser);
    const bodies: Promise<number>[] = [];
    page.on("response", (response) => {
      if (!/\.m?js$/.test(new URL(response.url()).pathname)) return;
      bodies.push(response.body().then((body) => gzipSync(body).length));
    });
    const began = performance.now();
    await page.goto(linkOf(line, "northern", "watch-1", "#/inbox"));
    await page.getByRole("list", { name: "Waiting" }).getByRole("link").first().waitFor();
    taken.push((performance.now() - began) / 1000);
    script = (await Promise.all(bodies)).reduce((sum, bytes) => sum + bytes, 0) / 1000;
    await page.context().close();
  }
  return [
    measured(
      "first-usable-page",
      timesOf(taken).p50,
      "from the address to the list, opening the officer's key included",
    ),
    measured("script-before-map", script, "compressed with gzip; what the first page loads"),
  ];
}

async function openAt(browser: Browser, { line }: Seeded, officer: string, fragment: string): Promise<Page> {
  const { page } = await openPage(browser);
  page.setDefaultTimeout(60_000);
  await page.goto(linkOf(line, "northern", officer, fragment));
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  return page;
}

/** The same map in the same page: first with a filter that lets nothing through, then with everything. */
async function frames(browser: Browser, seeded: Seeded, turns: number): Promise<readonly Measure[]> {
  const page = await openAt(browser, seeded, "watch-1", "#/map");
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
    measured("frame-median-base-map", empty.p50, SOFTWARE),
    measured("frame-p99-base-map", empty.p99, SOFTWARE),
    measured("frame-median-all", all.p50, SOFTWARE),
    measured("frame-median-ratio", all.p50 / empty.p50, SOFTWARE),
    measured("frame-p99-all", all.p99, SOFTWARE),
  ];
}

async function typing(browser: Browser, seeded: Seeded, keys: number): Promise<readonly Measure[]> {
  const page = await openAt(browser, seeded, "watch-1", "#/write/activity");
  await page.getByLabel("Subject").fill("Firing");
  await page.getByLabel("Centre").fill("35.0, 40.0");
  await page.getByLabel("Radius (metres)").fill("30000");
  await page.getByRole("region", { name: "Checked while you write" }).waitFor();
  await page.getByLabel("Remarks").click();
  const text = "The range is closed to all traffic. ".repeat(Math.ceil(keys / 36)).slice(0, keys);
  const times = timesOf(await typingTimes(page, text, 90));
  await page.context().close();
  return [
    measured("typing-p95", times.p95, "from the key to the frame that shows it, the node checking at each pause"),
  ];
}

/** The other side's officers release; what is told stands on this side's screen. */
async function releaseToPixels(browser: Browser, seeded: Seeded, times: number): Promise<readonly Measure[]> {
  const page = await openAt(browser, seeded, "watch-1", "#/inbox");
  await page.getByRole("list", { name: "Waiting" }).waitFor();
  const south = desk(seeded.line.party("southern"));
  await south.as("watch-1");
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const subject = `Bench ${i} of ${times}`;
    await page.evaluate((wanted) => {
      const held = window as unknown as { seen: Promise<number> };
      held.seen = new Promise((resolve) => {
        const look = () => {
          if (document.body.textContent.includes(wanted)) requestAnimationFrame(() => resolve(Date.now()));
          else requestAnimationFrame(look);
        };
        look();
      });
    }, subject);
    const item = { kind: "alert" as const, subject, body: alertBody(i) };
    const before = Date.now();
    await south.tell({ items: [item] }, { drafter: null, releaser: "watch-2" });
    const seen = await page.evaluate(() => (window as unknown as { seen: Promise<number> }).seen);
    taken.push(seen - before);
  }
  await page.context().close();
  const why = "from before the draft to the frame that shows it: drafting, signing and the other side's disk included";
  return [measured("release-to-pixels-p95", timesOf(taken).p95, why)];
}

function alertBody(i: number) {
  const footprint = { type: "circle", centre: { lat: 60, lon: i / 10 }, radius_m: 100 };
  return { alert: "hazard", volumes: [{ footprint, height: null, window: { start: null, end: null } }] } as never;
}
