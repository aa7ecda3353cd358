/**
 * A peer that means harm: its words stand on every page, in the map and on the screen that an alert takes over. They are
 * words and nothing else there: they do not run, do not fetch, do not pose as the console's own, do not push it apart.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { linkOf } from "../../bench/console/stage.ts";
import type { DraftItemRequest } from "../../src/api/index.ts";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { buildPages } from "../../tools/exercise/build.ts";
import { type Dress, dress } from "../../tools/shots/dress.ts";
import { makeLine, type MadeLine, OFFICERS } from "../support/line.ts";
import { type Desk, desk, until } from "../support/nodes.ts";
import { launchBrowser, openPage, type Watched } from "./browser.ts";

/** In every hostile text, so that it is found again on the page. */
const MARK = "⚑";
const MARKUP = `${MARK}<img src=x onerror="window.harmed=1"><script>window.harmed=1</script><b>PRIVATE</b>`;
const MESSAGE_FORMAT = `${MARK}{$count} |x| .match \\{ {{RELEASED}}`;
const TURNING = `${MARK} مخيم ١٢ 35.9 43.1`;
const LONG = `${MARK}${"W".repeat(180)}`;
const HIDDEN = `${MARK}GO\u200b\u200bNO\u00ad\u200f\u200e\ufe0fGO`;
const NASTY = [MARKUP, MESSAGE_FORMAT, TURNING, LONG, HIDDEN] as const;
const CLICK = `${MARK}javascript:window.harmed=1 https://elsewhere.example/x`;

let line: MadeLine;
let browser: Browser;
let nodes: RunningNode[] = [];
let attacker: Desk;
let hashes: readonly string[] = [];
const watched: Watched[] = [];

const point = (lat: number) => ({ footprint: { type: "circle" as const, centre: { lat, lon: 43.5 }, radius_m: 400 } });
const always = { height: null, window: { start: null, end: null } };

/** One of each, with hostile words wherever the kind takes words. */
function items(words: string, i: number): DraftItemRequest[] {
  const at = Date.now() + 3_600_000;
  const subject = words.slice(0, 200);
  const short = words.slice(0, 76);
  return [
    { kind: "text", subject, body: { words: `${words}\n${CLICK}` } },
    { kind: "stance", subject, body: { topic: short, stands: "on-the-table", words, said: "only-here" } },
    { kind: "query", subject, body: { about: "object", question: words, due_at: at } },
    {
      kind: "site",
      subject,
      body: {
        category: "hospital",
        ...point(36 + i / 20),
        height: null,
        names: [{ lang: "en", text: short }],
        people: 5,
        verified_by: short,
        verified_at: at - 7_200_000,
        valid_from: null,
        valid_until: null,
        place: { country: short, governorate: short, district: short },
        source_id: `${MARK}${i}`,
        remarks: words,
      },
    },
    {
      kind: "movement",
      subject,
      body: {
        phase: "planned",
        decision: "undecided",
        route: [
          { position: { lat: 36.1 + i / 20, lon: 43.4 }, at, name: short },
          { position: { lat: 36.2 + i / 20, lon: 43.8 }, at: at + 3_600_000, name: short },
        ],
        tolerance_s: 0,
        width_m: 100,
        vehicles: [{ type: short, count: 1, marks: short, marks_night: short }],
        people: { total: 2 },
        escort: { type: "none", vehicles: 0, remarks: short },
        contact: [{ means: "radio", number: short.slice(0, 40), who: short }],
        remarks: words,
      },
    },
  ];
}

before(async () => {
  await buildPages();
  const parties = [
    { id: "northern", name: `"><i>${MARK}مخيم 12</i> ${"N".repeat(40)}`, officers: OFFICERS },
    { id: "southern", name: "Southern Command", officers: OFFICERS },
  ];
  line = await makeLine({ parties, terms: { title: MARKUP.slice(0, 100), not_for: LONG } });
  nodes = await Promise.all(Object.values(line.parties).map(({ dir }) => startNode(dir, { logger: silentLogger })));
  attacker = desk(line.party("northern"));
  const told: string[] = [];
  for (const [i, words] of NASTY.entries()) {
    for (const item of items(words, i)) told.push(...(await attacker.tell({ items: [item] })));
  }
  await attacker.tell({
    items: NASTY.map((words, i) => items(words, i)[3] as DraftItemRequest),
    list_name: LONG.slice(0, 100),
  });
  hashes = told;
  const south = await desk(line.party("southern")).as("watch-1");
  await until("all of it", async () => (await south.messages({ query: { limit: 100 } })).messages.length >= 30);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await Promise.all(nodes.map((node) => node.stop()));
  line?.remove();
});

async function signIn(officer: string): Promise<Page> {
  const opened = await openPage(browser);
  watched.push(opened);
  opened.page.on("dialog", () => opened.complaints.push("a dialogue opened"));
  opened.page.on("popup", () => opened.complaints.push("a window opened"));
  await opened.page.goto(linkOf(line.party("southern"), officer, "#/watch"));
  await opened.page.locator("nav.nav").waitFor();
  return opened.page;
}

/** What is wrong with the page as it stands: run in it. */
function wrongs(mark: string): string[] {
  const found: string[] = [];
  const say = (what: string, where: Element | null) => found.push(`${what}: ${where?.outerHTML.slice(0, 160) ?? ""}`);
  if ("harmed" in window) found.push("a peer's words ran");
  for (const bad of document.querySelectorAll("main script, main img, main iframe, main object, main b, main i"))
    say("markup of a peer became an element", bad);
  for (const link of document.querySelectorAll("a[href]"))
    if (!(link.getAttribute("href") ?? "").startsWith("#/")) say("a link that leads out", link);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let hostile = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? "";
    const at = text.indexOf(mark);
    if (at < 0) continue;
    hostile += 1;
    // Set apart by an isolate in the sentence, or by an element whose direction ends where it ends.
    const inSentence = text.slice(0, at).lastIndexOf("\u2068") > text.slice(0, at).lastIndexOf("\u2069");
    const apart = node.parentElement?.closest("bdi, [dir=auto], input, textarea, option");
    if (!inSentence && apart === null) say("a peer's words are not set apart", node.parentElement);
    for (const turn of text.matchAll(/[\u202a-\u202e]/g)) found.push(`a direction override: ${turn.index}`);
  }
  if (hostile === 0) found.push("none of the peer's words is on this page: nothing was tried");
  const width = window.innerWidth;
  if (document.documentElement.scrollWidth > width)
    found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const main = document.querySelector("main");
  if (main !== null && main.scrollWidth > main.clientWidth + 1) {
    const wide = [...main.querySelectorAll("*")].filter(
      (one) => one.getBoundingClientRect().right > width + 1 || one.getBoundingClientRect().left < -1,
    );
    say(`the page's content is ${main.scrollWidth} wide in ${main.clientWidth}`, wide.at(-1) ?? null);
  }
  for (const button of document.querySelectorAll("main .button, nav a")) {
    const { left, right, width: own } = button.getBoundingClientRect();
    if (
      own > 0 &&
      (left < -1 || right > width + 1) &&
      button.closest(".scroll-x, details:not([open]) > :not(summary)") === null
    )
      say("out of reach", button);
  }
  return found;
}

const DRESSES: readonly Dress[] = [
  { language: "en", theme: "dark", width: 1440 },
  { language: "en", theme: "dark", width: 390 },
  { language: "ar", theme: "light", width: 390 },
];

async function harmless(page: Page, where: string): Promise<void> {
  for (const one of DRESSES) {
    await dress(page, one);
    await page.locator("main, [role=alertdialog]").getByText(MARK).first().waitFor({ state: "attached" });
    assert.deepEqual(await page.evaluate(wrongs, MARK), [], `${where}, ${one.language} ${one.width}`);
  }
}

async function open(page: Page, hash: string, ready: string): Promise<void> {
  await page.evaluate((wanted) => (window.location.hash = wanted), hash);
  await page.locator(ready).first().waitFor();
}

test("on the pages that list what was said", { timeout: 900_000 }, async () => {
  const page = await signIn("watch-1");
  for (const [name, ready] of [
    ["watch", ".timeline-list li"],
    ["inbox", ".inbox .item"],
    ["lists", ".inbox .item"],
    ["table", ".stance-cell"],
    ["knows", "table.knows"],
    ["line", ".agreement"],
    ["map", ".map-list li"],
  ] as const) {
    await open(page, `#/${name}`, ready);
    await harmless(page, name);
  }
});

test("on the page of each message, and where it is answered and read back", { timeout: 900_000 }, async () => {
  const page = await signIn("watch-2");
  for (const hash of hashes) {
    await open(page, `#/message/${hash}`, ".facts");
    await page.locator(`article .mono:text-is("${hash}")`).waitFor();
    await harmless(page, `message ${hash.slice(0, 8)}`);
  }
  for (const hash of hashes.filter((_, i) => i % 5 === 4)) {
    await open(page, `#/answer/${hash}`, ".choice");
    await harmless(page, "answer");
  }
});

test("on the screen that an alert takes over", { timeout: 900_000 }, async () => {
  const page = await signIn("watch-1");
  const body = { alert: "STOP", volumes: [{ ...point(36.5), ...always }], remarks: MARKUP };
  await attacker.tell({ items: [{ kind: "alert", subject: LONG, body }] }, { drafter: null, releaser: "watch-1" });
  await page.getByRole("alertdialog").waitFor();
  await harmless(page, "alert");
});

test("what turns a whole line around is refused before it is said", async () => {
  const author = await attacker.as("watch-1");
  for (const sign of ["\u202e", "\u2066", "\u0007", "\ufeff"]) {
    const item: DraftItemRequest = { kind: "text", subject: `a${sign}b`, body: { words: "x" } };
    await assert.rejects(author.createDraft({ body: { items: [item] } }), /disguise|refused|malformed/);
  }
});

test("no page complained, none broke its policy, and none asked another machine for anything", () => {
  for (const { complaints, strangers } of watched) {
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
  }
});
