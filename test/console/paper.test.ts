/** What leaves the screen: a page of paper with its hash and check words, CSV and KML, each read back. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { parse } from "csv-parse/sync";
import type { Browser, Page } from "playwright-core";
import { checkWords } from "../../src/crypto/index.ts";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { buildPages } from "../../tools/exercise/build.ts";
import { linkOf } from "../../bench/console/stage.ts";
import { makeLine, type MadeLine, PARTIES } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";
import { launchBrowser, openPage, type Watched } from "./browser.ts";

const FORMULA = '=HYPERLINK("https://elsewhere.example","Depot")';
const STANCE = { topic: "The bridge", stands: "on-the-table", words: "+1 convoy a day", said: "only-here" };

let line: MadeLine;
let browser: Browser;
let nodes: RunningNode[] = [];
let convoy = "";
const watched: Watched[] = [];

before(async () => {
  await buildPages();
  line = await makeLine({ parties: PARTIES.slice(0, 2) });
  nodes = await Promise.all(Object.values(line.parties).map(({ dir }) => startNode(dir, { logger: silentLogger })));
  browser = await launchBrowser();
  const northern = desk(line.party("northern"));
  [convoy = ""] = await northern.tell(movementRequest(FORMULA));
  await northern.tell({ items: [{ kind: "stance", subject: "Bridge", body: STANCE }] });
  const southern = await desk(line.party("southern")).as("watch-1");
  await until("both messages", async () => (await southern.inbox()).items.length === 2);
});

after(async () => {
  await browser?.close();
  await Promise.all(nodes.map((node) => node.stop()));
  line?.remove();
});

async function at(officer: string, address: string): Promise<Page> {
  const opened = await openPage(browser);
  watched.push(opened);
  await opened.page.goto(linkOf(line.party("southern"), officer, address));
  await opened.page.locator(".paper-foot").waitFor({ state: "attached" });
  return opened.page;
}

async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

/** Sheets of A4 that the page prints on. */
async function sheets(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
}

/** What the foot of the paper says, and nothing of the screen's own furniture. */
async function paper(page: Page): Promise<string> {
  await page.emulateMedia({ media: "print" });
  const text = await page.locator("body").innerText();
  assert.equal(await page.locator("nav.nav").isVisible(), false, "no navigation on paper");
  assert.equal(await page.locator("main .button:visible").count(), 0, "nothing to press on paper");
  assert.equal(await sheets(page), 1, "one page");
  await page.emulateMedia({ media: "screen" });
  return text;
}

const wordsOf = (hash: string): string => checkWords(Buffer.from(hash, "hex")).join(" ");

const LISTS = [
  { officer: "watch-1", address: "#/inbox", file: "inbox.csv", lines: 2, hasPlaces: true },
  { officer: "watch-1", address: "#/table", file: "table.csv", lines: 1, hasPlaces: false },
  { officer: "watch-1", address: "#/knows", file: "who-knows.csv", lines: 2, hasPlaces: true },
] as const;

const TRIES = 6;

/** The file and the page say the same: what was still on its way when the file was taken is waited for, and it is taken anew. */
async function settled(page: Page): Promise<{ readonly name: string; readonly text: string; readonly hash: string }> {
  for (let tries = 0; ; tries++) {
    const { name, text } = await saved(page, "CSV");
    const hash = createHash("sha256").update(text).digest("hex");
    try {
      await page.locator(".paper-foot", { hasText: hash }).waitFor({ state: "attached", timeout: 10_000 });
      return { name, text, hash };
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

for (const { officer, address, file, lines, hasPlaces } of LISTS) {
  test(`${address}: the paper's hash is that of the CSV, which holds every line and no formula`, async () => {
    const page = await at(officer, address);
    const { name, text, hash } = await settled(page);
    assert.equal(name, file);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    assert.equal(rows.length, lines);
    for (const cell of rows.flatMap((row) => Object.values(row))) assert.doesNotMatch(cell, /^[=+@\t\r]|^-\D/);
    const printed = await paper(page);
    assert.ok(printed.includes(hash), "the hash of the very file");
    assert.ok(printed.includes(wordsOf(hash)));
    assert.match(printed, /EXERCISE/);
    assert.match(printed, /Printed by watch-1 of Southern Command, \d{4}-\d\d-\d\d \d\d:\d\dZ/);
    if (!hasPlaces) return;
    const kml = await saved(page, "KML");
    assert.equal([...kml.text.matchAll(/<Placemark\b/g)].length, 1, "what has no place is not in a map file");
    assert.ok(
      kml.text.includes("<name>EXERCISE =HYPERLINK(&quot;https://elsewhere.example&quot;,&quot;Depot&quot;)</name>"),
    );
    assert.match(kml.text, /43\.13[ ,]36\.35/);
  });
}

test("a message prints on one page with the hash of its signed bytes", async () => {
  const page = await at("watch-1", `#/message/${convoy}`);
  const printed = await paper(page);
  assert.ok(printed.includes(convoy));
  assert.ok(printed.includes(wordsOf(convoy)));
  assert.match(printed, /For information\. No answer, and no silence, alters its protection\./);
});

test("plans say on paper and in each line of their files that they are private", async () => {
  const planner = await desk(line.party("southern")).as("planner-1");
  const footprint = { type: "circle" as const, centre: { lat: 36, lon: 44 }, radius_m: 500 };
  const volumes = [{ footprint, height: null, window: { start: null, end: null } }];
  await planner.putPlans({ body: { items: [{ id: "SC-1", name: "@Plover", category: "x", volumes, remarks: "" }] } });
  const page = await at("planner-1", "#/plans");
  await page.getByText("@Plover").first().waitFor();
  const { name, text } = await saved(page, "CSV");
  assert.equal(name, "plans-PRIVATE.csv");
  const rows: Record<string, string>[] = parse(text, { columns: true });
  assert.deepEqual(
    rows.map((row) => [row["private"], row["id"], row["name"], row["positions"], row["size"]]),
    [["PRIVATE", "SC-1", "'@Plover", "36 44", "radius 500 m"]],
  );
  assert.match((await saved(page, "KML")).text, /<name>EXERCISE PRIVATE · @Plover<\/name>/);
  assert.match(await paper(page), /PRIVATE · Printed by planner-1/);
});

test("no page complained, and none asked another machine for anything", () => {
  for (const { complaints, strangers } of watched) {
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
  }
});
