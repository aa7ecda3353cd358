/** One time for all views: what is planned for one to come, what was known at one past; and the map beside the watch. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { TOLD_FORMATS } from "../../src/api/index.ts";
import { formatTime } from "../../src/geo/index.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";
import { dress } from "../../tools/shots/dress.ts";
import { countPixels } from "./pixels.ts";
import { openStage, type Player, type Stage } from "./stories/stage.ts";

const CONVOY = "Convoy of six trucks";
const HOUR = 3_600_000;
const startsAt = Math.ceil(Date.now() / HOUR) * HOUR + 2 * HOUR;

let stage: Stage;
let officer: Player;

before(async () => {
  stage = await openStage();
  await desk(stage.line.party("northern")).tell(movementRequest(CONVOY, startsAt));
  const southern = await desk(stage.line.party("southern")).as("watch-1");
  await until("the convoy", async () => (await southern.inbox()).items.length === 1);
  officer = await stage.signIn("southern", "watch-1", "en");
});
after(() => stage?.close());

async function lookAt(at: number): Promise<void> {
  // Beside the map it is folded away.
  const folded = officer.page.locator("details:not([open]) > summary", { hasText: officer.say("moment.label") });
  if ((await folded.count()) > 0) await folded.click();
  const time = officer.in("region", "moment.label");
  await time.field("moment.at").fill(formatTime(at));
  await time.field("moment.at").press("Enter");
}

/** What the list beside the map holds, once it holds `count`. */
async function told(count: number): Promise<void> {
  const rows = officer.page.locator(".map-list").getByRole("button", { name: new RegExp(CONVOY) });
  if (count === 0) await rows.waitFor({ state: "detached" });
  else await rows.first().waitFor();
  assert.equal(await rows.count(), count);
}

test("beside what waits stands the map, where there is room for it", async () => {
  const { page } = officer;
  await page.setViewportSize({ width: 700, height: 900 });
  await officer.go("watch");
  await officer.at("region", "watch.health").waitFor();
  assert.equal(await page.locator(".small-map").count(), 0, "a telephone has the map on a page of its own");
  await page.setViewportSize({ width: 1280, height: 800 });
  const map = officer.in("region", "frame.map");
  await map.scope.locator("canvas").waitFor();
  assert.equal(await map.scope.locator("canvas").getAttribute("tabindex"), "-1", "the focus passes it by");
  await map.link("common.open").click();
  await told(1);
});

test("a time to come holds on every page and shows what is planned for it; a past one what was known", async () => {
  const { page } = officer;
  await officer.go("watch");
  await lookAt(startsAt + HOUR / 2);
  const notice = page.locator("main .notice.warn");
  await notice.getByText(formatTime(startsAt + HOUR / 2)).waitFor();
  await officer.go("map");
  await notice.getByText(formatTime(startsAt + HOUR / 2)).waitFor();
  await told(1);
  await lookAt(startsAt + 48 * HOUR);
  await told(0);
  await officer.button("moment.now").click();
  await notice.waitFor({ state: "detached" });
  await told(1);
  await lookAt(Date.now() - 24 * HOUR);
  await told(0);
  await officer.go("knows");
  await notice.waitFor();
  await officer.text("knows.none").waitFor();
  await officer.button("moment.now").click();
  await page.getByRole("link", { name: CONVOY }).waitFor();
});

test("of what was known at a time that is past, the map shows what holds at another", async () => {
  const { page } = officer;
  const knownAt = Date.now();
  await officer.go("map");
  await lookAt(knownAt);
  await told(1);
  const time = officer.in("region", "moment.label");
  const holding = page.locator("main .notice.warn", { hasText: officer.say("moment.whenever") });
  for (const [at, count] of [
    [startsAt + 48 * HOUR, 0],
    [startsAt + HOUR / 2, 1],
  ] as const) {
    await time.field("moment.holds-at").fill(formatTime(at));
    await time.scope
      .locator("form", { hasText: officer.say("moment.holds-at") })
      .getByRole("button")
      .click();
    await holding.getByText(formatTime(at)).waitFor();
    await told(count);
  }
  await time.field("moment.holds-at").fill(formatTime(startsAt + 48 * HOUR));
  await time.field("moment.holds-at").press("Enter");
  await told(0);
  await officer.button("moment.whenever").click();
  await told(1);
  // Before it was told nothing of it holds at any time.
  await time.field("moment.holds-at").fill(formatTime(startsAt + HOUR / 2));
  await time.field("moment.holds-at").press("Enter");
  await lookAt(knownAt - 24 * HOUR);
  await holding.waitFor();
  await told(0);
  await officer.button("moment.now").click();
  await holding.waitFor({ state: "detached" });
  await told(1);
});

test("what the map shows of what was told is saved, and all that is in force, in each format", async () => {
  const { page } = officer;
  const save = async () => {
    const download = page.waitForEvent("download");
    await officer.button("paper.save").click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  await officer.go("map");
  await told(1);
  await officer.text("paper.told-in-view").click();
  await officer.at("combobox", "paper.format").selectOption("kml");
  const kml = await save();
  assert.match(kml.name, /^told-\d{8}T\d{4}Z\.kml$/);
  assert.ok(kml.bytes.includes(CONVOY));
  assert.ok(kml.bytes.includes("Northern Command"), "by its name, not by its id");
  await officer.text("paper.written", { count: 1 }).waitFor();
  await lookAt(startsAt + 48 * HOUR);
  await told(0);
  assert.ok(!(await save()).bytes.includes(CONVOY), "what the filter hides is not in the file");
  await officer.button("moment.now").click();

  await officer.go("line");
  for (const format of TOLD_FORMATS) {
    await officer.at("combobox", "paper.format").selectOption(format);
    const { name, bytes } = await save();
    assert.match(name, /^told-/);
    assert.ok(bytes.length > 0, format);
  }
});

/** APP-6's ground of what is neutral. */
const NEUTRAL = [170, 255, 170] as const;

test("the map's symbols are there in every theme", async () => {
  const { page } = officer;
  const body = { category: "hospital", footprint: { type: "point", at: { lat: 36.27, lon: 43.57 } } };
  await desk(stage.line.party("northern")).tell({ items: [{ kind: "site", subject: "Hospital Alpha", body }] });
  await officer.go("map");
  await page.locator(".map-list button", { hasText: "Hospital Alpha" }).waitFor();
  await officer.button("map.show-all").click();
  for (const theme of ["light", "dark", "contrast"] as const) {
    await dress(page, { language: "en", theme, width: 1280 });
    await until(`symbols in ${theme}`, async () => (await countPixels(page, NEUTRAL)) > 50, 8000);
  }
});
