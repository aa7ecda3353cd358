/** The table beside the public register, who knows what, and one moment for all views, in a real browser. */
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
let nodes: RunningNode[] = [];
const watched: Watched[] = [];

before(async () => {
  await buildPages();
  line = await makeLine({ passphrase: PASSPHRASE, parties: PARTIES.slice(0, 2) });
  const options = { logger: silentLogger };
  nodes = await Promise.all(Object.values(line.parties).map(({ dir }) => startNode(dir, options)));
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await Promise.all(nodes.map((node) => node.stop()));
  line?.remove();
});

async function signIn(officer: string, party = "southern"): Promise<Page> {
  const { dir, url } = line.party(party);
  const opened = await openPage(browser);
  watched.push(opened);
  const { page } = opened;
  await page.goto(`${url}${WITHOUT_MAP}`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose key file…" }).click();
  await (await chooser).setFiles(join(dir, "officers", `${officer}.key`));
  await page.getByLabel("Passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Drafts", level: 1 }).waitFor();
  return page;
}

test(
  "a public statement stands beside what was told; who knows what says how far it got, and as of when",
  { timeout: 900_000 },
  async () => {
    const northern = desk(line.party("northern"));
    const body = { topic: "The bridge", stands: "on-the-table", words: "We would open it by day.", said: "only-here" };
    await northern.tell({ items: [{ kind: "stance", subject: "Bridge", body }] });
    const author = await signIn("watch-1", "northern");
    await author.getByRole("navigation").getByRole("link", { name: "Table" }).click();
    const told = author.getByRole("region", { name: "The bridge" });
    await author.getByRole("button", { name: "Note a public statement" }).click();
    const noting = author.getByRole("dialog");
    await noting.getByLabel("Subject").fill("The bridge");
    await noting.getByLabel("Where it stands").selectOption({ label: "off the table" });
    await noting.getByLabel("Where it was said").fill("Press briefing");
    await noting.getByLabel("When it was said").fill("2026-11-20 10:00Z");
    await noting.getByRole("button", { name: "Keep" }).click();
    await told.getByText("Press briefing").waitFor();
    await told.getByText("In public it says otherwise.").waitFor();

    await author.getByRole("navigation").getByRole("link", { name: "Who knows" }).click();
    await author.getByLabel("Words").fill("bridge");
    await author.getByRole("button", { name: "Show" }).last().click();
    const row = author.getByRole("row", { name: /Bridge/ });
    await row.getByText("Stored").first().waitFor();
    // A head, and the one that is asked for.
    await author.getByRole("row").nth(2).waitFor({ state: "detached" });
    assert.equal(await author.getByRole("row").count(), 2);
    await author.getByLabel("At this time").fill("2026-11-01 00:00Z");
    await author.getByRole("button", { name: "Show" }).first().click();
    await author.getByText("No message passes this filter.").waitFor();
    // The moment is one for all views: on the map and on a message too, until the officer comes back to now.
    await author.getByRole("navigation").getByRole("link", { name: "Map" }).click();
    await author.getByText(/^You look at the past, as this node knew it at /).waitFor();
    await author.getByRole("button", { name: "Now", exact: true }).click();
    await author.getByText(/^You look at the past/).waitFor({ state: "detached" });
    await author.getByRole("navigation").getByRole("link", { name: "Line" }).click();
    const agreement = author.getByRole("region", { name: "The agreement" });
    await agreement.getByText("This line is between Northern Command and Southern Command.").waitFor();
    await agreement.getByText("Targeting.").waitFor();
    await author.getByRole("rowheader", { name: "planner-1" }).first().waitFor();
  },
);

test("no page complained, and none asked another machine for anything", () => {
  for (const { complaints, strangers } of watched) {
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
  }
});
