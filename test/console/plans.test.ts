/** A planner writes plans of every shape in a real browser, and is told what they come too near to before he keeps them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { buildPages } from "../../tools/exercise/build.ts";
import { makeLine, type MadeLine, PARTIES } from "../support/line.ts";
import { desk } from "../support/nodes.ts";
import { launchBrowser, openPage, type Watched, WITHOUT_MAP } from "./browser.ts";

const PASSPHRASE = "a passphrase for tests";
let line: MadeLine;
let browser: Browser;
let node: RunningNode | null = null;
let watched: Watched | null = null;

before(async () => {
  await buildPages();
  line = await makeLine({ passphrase: PASSPHRASE, parties: PARTIES.slice(0, 2) });
  node = await startNode(line.party("southern").dir, { logger: silentLogger });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await node?.stop();
  line?.remove();
});

async function signIn(): Promise<Page> {
  const { dir, url } = line.party("southern");
  watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${url}${WITHOUT_MAP}`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose key file…" }).click();
  await (await chooser).setFiles(join(dir, "officers", "planner-1.key"));
  await page.getByLabel("Passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Plans" }).click();
  return page;
}

test(
  "a route with times and an area, checked while they are written and kept as they were typed",
  { timeout: 900_000 },
  async () => {
    const planner = await desk(line.party("southern")).as("planner-1");
    const footprint = { type: "circle" as const, centre: { lat: 36, lon: 43.1 }, radius_m: 200 };
    const volumes = [{ footprint, height: null, window: { start: null, end: null } }];
    const team = { id: "TEAM-7", name: "Team 7", category: "team", volumes, remarks: "" };
    await planner.putHoldings({ body: { items: [team] } });

    const page = await signIn();
    await page.getByRole("button", { name: "Add a plan" }).click();
    await page.getByLabel("Number").fill("R-1");
    await page.getByLabel("Name", { exact: true }).fill("Resupply");
    await page.getByLabel("Category").fill("strike");
    await page.getByRole("combobox", { name: /^Where/ }).selectOption("moving");
    const [first, second] = [1, 2].map((number) => page.getByRole("group", { name: `Waypoint ${number}` }));
    assert.ok(first !== undefined && second !== undefined);
    await first.getByLabel("Position").fill("36.0, 43.0");
    await first.getByLabel("Time").fill("2031-11-24 06:00Z");
    await second.getByLabel("Time").fill("2031-11-24 07:00Z");
    await second.getByLabel("Position").fill("36.2, 43.0");
    const told = page.getByRole("region", { name: "Checked while you write" });
    await told.getByText("Nothing speaks against it so far.").waitFor();
    await second.getByLabel("Position").fill("36.0, 43.2");
    await told.getByText("Too close: 1").waitFor();
    await told.getByText("Team 7").first().waitFor();
    assert.deepEqual((await planner.plans()).items, [], "nothing is kept by a check");
    await page.getByRole("button", { name: "Keep and check" }).click();
    await page.getByRole("button", { name: "Decide on Resupply" }).waitFor();

    await page.getByRole("button", { name: "Add a plan" }).click();
    await page.getByLabel("Number").fill("A-1");
    await page.getByLabel("Name", { exact: true }).fill("Area one");
    await page.getByRole("combobox", { name: /^Shape/ }).selectOption("polygon");
    await page.getByLabel(/^Its corners/).fill("36.5, 43.5\n36.6, 43.5\n36.6, 43.6");
    const heights = page.getByRole("group", { name: /^Heights/ });
    await heights.getByLabel("From").fill("100");
    await heights.getByLabel("To").fill("900");
    await told.getByText("Nothing speaks against it so far.").waitFor();
    await page.getByRole("button", { name: "Keep and check" }).click();
    await page.getByRole("button", { name: "Decide on Area one" }).waitFor();

    const { items } = await planner.plans();
    const volumeOf = (id: string) => items.find((plan) => plan.id === id)?.volumes[0];
    const at = (hour: number) => Date.UTC(2031, 10, 24, hour);
    assert.deepEqual(volumeOf("R-1")?.motion, { times: [at(6), at(7)], tolerance_s: 900 });
    assert.deepEqual(volumeOf("R-1")?.window, { start: at(6) - 900_000, end: at(7) + 900_000 });
    assert.equal(volumeOf("A-1")?.footprint.type, "polygon");
    assert.deepEqual(volumeOf("A-1")?.height, { datum: "AGL", lower_m: 100, upper_m: 900 });
    assert.deepEqual(watched?.complaints, []);
  },
);
