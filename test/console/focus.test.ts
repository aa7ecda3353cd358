/**
 * The console without a pointer: the focus comes to every control, in the order of reading, is seen on each, and leaves
 * again. What stands over the page gives it back. Nothing moves for those who asked for stillness.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { dress, THEMES } from "../../tools/shots/dress.ts";
import { setStage } from "../../tools/shots/stage.ts";
import { type Stop, walk } from "../../tools/shots/walk.ts";
import { goRound, outlineNow, seenOutline } from "./focus-walk.ts";

/** WCAG 2.2, 1.4.11: what shows the state of a control. */
const LEAST_CONTRAST = 3;
/** Where a side of an outline is cut off at an edge of the page, the others show it. */
const LEAST_SHARE = 0.6;

/** Made of the same fields, rows and buttons as others that are gone round, or without a control. */
const LIKE_OTHERS = /^(?:paper-|write-(?!movement|mistaken)|message-(?!heard|next))/;
/** Gone round in every run of the tests; with PARLEY_FOCUS=all, every page is (about five minutes). */
const OFTEN = /^(?:door|watch|map|message-next|write-movement|release|plans-decide|settings|watch-alert|node-lost)$/;
const isAll = process.env["PARLEY_FOCUS"] === "all";

async function wrongWithFocus(page: Page, isSeen: Set<string>): Promise<string[]> {
  const wrong: string[] = [];
  const theme = (await page.locator("html").getAttribute("data-theme")) ?? "";
  const round = await goRound(page, async ({ what, looks, outline }) => {
    const key = `${theme} ${looks}`;
    if (outline === null || isSeen.has(key)) return;
    isSeen.add(key);
    const first = await seenOutline(page, outline);
    const again = first.share < LEAST_SHARE ? await outlineNow(page) : null;
    const { share, contrast } = again === null ? first : await seenOutline(page, again);
    if (share < LEAST_SHARE) wrong.push(`${what}: ${Math.round(share * 100)} % of its outline is on the screen`);
    else if (contrast < LEAST_CONTRAST) wrong.push(`${what}: its outline stands out by ${contrast.toFixed(1)} only`);
  });
  if (round.isTrap) wrong.push("the focus does not come round");
  for (const what of round.missed) wrong.push(`${what}: the focus does not come to it`);
  for (const stop of round.stops) {
    if (stop.outline === null) wrong.push(`${stop.what}: no outline`);
    for (const why of stop.wrong) wrong.push(`${stop.what}: ${why}`);
  }
  if (round.stops.length === 0) wrong.push("the focus comes to nothing");
  return wrong;
}

/** What moves by itself, or would once something changes. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll("*")].filter((one) => {
      const { animationName, transitionDuration, transitionProperty, scrollBehavior } = getComputedStyle(one);
      const hasTransition = transitionProperty !== "none" && /[1-9]/.test(transitionDuration);
      return animationName !== "none" || hasTransition || scrollBehavior === "smooth";
    });
    return [...all.map((one) => `${one.tagName}.${one.className}`), ...document.getAnimations().map(String)];
  });
}

test("the focus comes everywhere, in order, and is seen", { timeout: 1_800_000 }, async (t) => {
  if (!isAll) t.diagnostic("not every page was gone round: PARLEY_FOCUS=all does");
  const stage = await setStage();
  const wrong: string[] = [];
  const isSeen = new Set<string>();
  let stops = 0;
  const check = async ({ name, page }: Stop) => {
    if (LIKE_OTHERS.test(name) || !(isAll || OFTEN.test(name))) return;
    const language = stops % 2 === 0 ? "ar" : "en";
    const theme = THEMES[stops % THEMES.length] ?? "dark";
    stops += 1;
    await dress(page, { language, theme, width: 1280 });
    for (const what of await wrongWithFocus(page, isSeen)) wrong.push(`${name} ${language} ${theme}: ${what}`);
    for (const what of await moving(page)) wrong.push(`${name}: ${what} moves`);
  };
  try {
    // First: at the end of the walk an alert stands over every page.
    const { page } = await stage.at("northern", "releaser-1");
    await givesBack(page);
    await everyKeyIsListed(page);
    await jumps(page);
    await page.emulateMedia({ reducedMotion: null });
    await walk(stage, check);
    assert.deepEqual(wrong, []);
  } finally {
    await stage.end();
  }
});

/** Escape closes what stands over the page, and the focus is where it was. */
async function givesBack(page: Page): Promise<void> {
  await page.evaluate(() => (window.location.hash = "#/watch"));
  for (const name of ["Settings", "Keys", "Hand over the watch"]) {
    const opener = page.getByRole("button", { name, exact: true });
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    assert.ok(await page.evaluate(() => document.activeElement?.closest("[role=dialog]") !== null), `${name}: focus`);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.waitForFunction((words) => document.activeElement?.textContent?.includes(words) === true, name);
  }
}

/** Each shortcut on the list of `?` does what stands beside it: those that go somewhere are pressed. */
async function everyKeyIsListed(page: Page): Promise<void> {
  await page.locator("body").press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await dialog.waitFor();
  const rows = await dialog.locator("tbody tr").evaluateAll((all) =>
    all.map((row) => ({
      keys: [...row.querySelectorAll("kbd")].map((key) => key.textContent ?? ""),
      does: row.lastElementChild?.textContent ?? "",
    })),
  );
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  const pages = rows.filter(({ keys }) => keys[0] === "g");
  assert.ok(pages.length >= 7, "the pages have keys");
  const single = rows.filter(({ keys }) => keys.length === 1).map(({ keys }) => keys[0]);
  for (const key of ["?", "j", "k", "u", ".", "c", "!", "P", "Esc"])
    assert.ok(single.includes(key), `${key} is listed`);
  for (const { keys, does } of pages) {
    for (const key of keys) await page.keyboard.press(key);
    const name = does.slice(does.indexOf(": ") + 2);
    await page.locator("nav a[aria-current=page]", { hasText: name }).waitFor();
  }
}

/** Without motion the map is where it was sent at once; with it, it glides there. */
async function jumps(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(() => (window.location.hash = "#/watch"));
  await page.locator(".watch-page").waitFor();
  await page.evaluate(() => (window.location.hash = "#/map"));
  await page.locator(".map-list li").first().waitFor();
  await page.locator(".map-canvas canvas").focus();
  await page.evaluate(() => {
    const places: string[] = [];
    Object.assign(window, { places });
    new MutationObserver(() => {
      const said = document.querySelector(".map-readout")?.textContent ?? "";
      if (said !== "" && places.at(-1) !== said) places.push(said);
    }).observe(document.querySelector(".map-canvas") ?? document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  await page.keyboard.press("ArrowRight");
  await page.locator(".map-readout").waitFor();
  const where = () => page.evaluate(() => (window as unknown as { places: string[] }).places);
  await page.waitForTimeout(1000);
  assert.equal((await where()).length, 1, "one step, and no way between");
}
