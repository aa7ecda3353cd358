/** Officers of two sides at their consoles: real nodes, a real browser, keys opened in the page. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { buildPages } from "../../tools/exercise/build.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { desk, movementRequest } from "../support/nodes.ts";
import { launchBrowser, openPage, type Watched, WITHOUT_MAP } from "./browser.ts";

const PASSPHRASE = "a passphrase for tests";
const PARTIES = ["northern", "southern", "relief"] as const;

let line: MadeLine;
let browser: Browser;
const nodes = new Map<string, RunningNode>();
const watched: Watched[] = [];

const start = async (party: string) =>
  void nodes.set(party, await startNode(line.party(party).dir, { logger: silentLogger }));

before(async () => {
  await buildPages();
  line = await makeLine({ passphrase: PASSPHRASE });
  await Promise.all(PARTIES.map(start));
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await Promise.all([...nodes.values()].map((node) => node.stop()));
  line?.remove();
});

async function signIn(party: string, officer: string): Promise<Page> {
  const opened = await openPage(browser);
  watched.push(opened);
  const { page } = opened;
  await page.goto(`${line.party(party).url}${WITHOUT_MAP}`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose key file…" }).click();
  await (await chooser).setFiles(join(line.party(party).dir, "officers", `${officer}.key`));
  await page.getByLabel("Passphrase").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  return page;
}

test("a plan is kept private and compared; the map draws it beside what was told", { timeout: 900_000 }, async () => {
  await desk(line.party("northern")).tell(movementRequest());
  const planner = await signIn("southern", "planner-1");
  await planner.getByRole("link", { name: "Plans" }).click();
  await planner.getByRole("button", { name: "Add a plan" }).click();
  await planner.getByLabel("Number").fill("SC-1");
  await planner.getByLabel("Name", { exact: true }).fill("Plover");
  await planner.getByLabel("Centre").fill("36.35, 43.13");
  await planner.getByLabel("Radius (metres)").fill("1500");
  const when = planner.getByRole("group", { name: /^When/ });
  await when.getByLabel("From").fill("");
  await when.getByLabel("Until").fill("");
  await planner.getByRole("button", { name: "Keep and check" }).click();
  await planner.getByRole("region", { name: "Too close: 1" }).getByText("Plover").first().waitFor();
  await planner.getByRole("button", { name: "Decide on Plover" }).click();
  await planner.getByRole("button", { name: "GO", exact: true }).click();
  await planner.getByRole("alert").getByText("plan-breach").waitFor();
  await planner.getByRole("button", { name: "Override" }).click();
  await planner.getByLabel("Why this conflict is accepted").fill("Agreed by voice: they wait at the ford.");
  await planner.getByRole("button", { name: "Override" }).click();
  await planner.getByText("Overridden by").waitFor();
  await planner.getByRole("button", { name: "GO", exact: true }).click();
  await planner.getByText("by planner-1,").first().waitFor();
  await planner.getByRole("button", { name: /^Apply: .* towards / }).click();
  await planner.getByText("Applied and checked again: clear.").waitFor();
  await planner.getByRole("region", { name: "Nothing too close" }).waitFor();
  await planner.getByText("GO has lapsed").first().waitFor();
  await planner.getByRole("button", { name: "NO GO", exact: true }).click();
  await planner.getByLabel("Why it does not go").fill("Not today.");
  await planner.getByRole("button", { name: "NO GO", exact: true }).click();
  await planner.getByText("Not today.").waitFor();
  await planner.getByRole("link", { name: "Map" }).click();
  await planner
    .getByRole("complementary", { name: "On the map" })
    .getByRole("button", { name: "Go to Plover" })
    .waitFor();
  await planner.locator("canvas").waitFor();
});

test("a sign-in link is refused where there is no exercise", { timeout: 900_000 }, async () => {
  const serious = await makeLine({ passphrase: PASSPHRASE, terms: { exercise: false } });
  const { dir, url } = serious.party("northern");
  const node = await startNode(dir, { logger: silentLogger });
  try {
    const key_file = readFileSync(join(dir, "officers", "watch-1.key"), "utf8");
    const link = Buffer.from(JSON.stringify({ key_file, passphrase: PASSPHRASE, go_to: "#/inbox" })).toString("base64");
    const { page } = await openPage(browser);
    await page.goto(`${url}/#/exercise/${encodeURIComponent(link)}`);
    await page.getByRole("button", { name: "Choose key file…" }).waitFor();
    assert.equal(new URL(page.url()).hash, "#/inbox", "the key is not left in the address");
    assert.equal(await page.getByRole("navigation", { name: "Pages" }).count(), 0);
  } finally {
    await node.stop();
    serious.remove();
  }
});

test("no page complained, and none asked another machine for anything", () => {
  for (const { complaints, strangers } of watched) {
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
  }
});
