/** When things fail under an officer's hands: the node is killed and started again, and a sign-in ends in the middle of a form. And when it may not speak. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type NodeProcess, startProcess } from "../support/nodes.ts";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { buildPages } from "../../tools/exercise/build.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { launchBrowser, openPage, WITHOUT_MAP } from "./browser.ts";

const PASSPHRASE = "a passphrase for tests";
let line: MadeLine;
let browser: Browser;
let node: NodeProcess | null = null;
let running: RunningNode | null = null;
let ahead = 0;

before(async () => {
  await buildPages();
  line = await makeLine({ passphrase: PASSPHRASE });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await Promise.all([node?.stop(), running?.stop()]);
  line?.remove();
});

async function signIn(party: string): Promise<Page> {
  const { page } = await openPage(browser);
  await page.goto(`${line.party(party).url}${WITHOUT_MAP}`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose key file…" }).click();
  await (await chooser).setFiles(join(line.party(party).dir, "officers", "watch-1.key"));
  await page.getByLabel("Passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  return page;
}

async function write(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Drafts" }).click();
  await page.getByRole("link", { name: "New text" }).click();
  await page.getByLabel("Words").fill("Half a sentence");
}

test(
  "the node is killed: the page says so, keeps what was typed, and goes on without a reload",
  { timeout: 900_000 },
  async () => {
    node = await startProcess(line.party("northern"));
    const page = await signIn("northern");
    const loads: string[] = [];
    page.on("load", () => loads.push(page.url()));
    await write(page);
    await node.kill();
    await page.getByRole("alert").getByText("This node does not answer.").waitFor();
    await page.getByLabel("Subject").fill("Written while it was gone");
    await page.getByRole("button", { name: "Check and review" }).click();
    await page
      .getByRole("alert")
      .getByText(/What you typed is kept/)
      .first()
      .waitFor();
    assert.equal(await page.locator(".node-words").count(), 0, "it is said once, in the reader's language");
    node = await startProcess(line.party("northern"));
    await page.getByText("This node does not answer.").waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("Words").inputValue(), "Half a sentence");
    await page.getByRole("button", { name: "Check and review" }).click();
    await page.getByRole("button", { name: "Sign draft" }).click();
    await page.getByText("You drafted this. Another officer must release it.").waitFor();
    assert.deepEqual(loads, [], "nothing was loaded again");
  },
);

test(
  "a sign-in that ends in the middle of a form is renewed with the key in this page, and nothing typed is lost",
  { timeout: 900_000 },
  async () => {
    running = await startNode(line.party("southern").dir, { logger: silentLogger, now: () => Date.now() + ahead });
    const page = await signIn("southern");
    await write(page);
    const expired: number[] = [];
    page.on("response", (response) => expired.push(response.status()));
    ahead += 13 * 3_600_000;
    await page.getByLabel("Subject").fill("After a long watch");
    await page.getByRole("button", { name: "Check and review" }).click();
    await page.getByRole("button", { name: "Sign draft" }).click();
    await page.getByText("You drafted this. Another officer must release it.").waitFor();
    assert.ok(expired.includes(401), "the node did end the sign-in");
    await page.getByRole("heading", { name: "After a long watch", level: 1 }).waitFor();
    await page.getByRole("region", { name: "What it says" }).getByText("Half a sentence").waitFor();
  },
);

test(
  "a node that was restored says on every page that nothing can be said from it, until all others have answered",
  { timeout: 900_000 },
  async () => {
    const relief = line.party("relief");
    await Promise.all([node?.stop(), running?.stop()]);
    await (await startProcess(relief)).stop();
    writeFileSync(join(relief.dir, "restored"), "");
    const restored = await startProcess(relief);
    try {
      const page = await signIn("relief");
      const said = page.getByRole("alert").getByText("Nothing can be said from here now.");
      await said.waitFor();
      for (const name of ["Drafts", "Map", "Line"]) {
        await page.getByRole("navigation").getByRole("link", { name }).click();
        assert.ok(await said.isVisible(), name);
      }
      await page.getByRole("alert").getByText("until this node has taken its own entries back").waitFor();
      node = await startProcess(line.party("northern"));
      running = await startNode(line.party("southern").dir, { logger: silentLogger });
      await said.waitFor({ state: "detached" });
    } finally {
      await restored.stop();
    }
  },
);
