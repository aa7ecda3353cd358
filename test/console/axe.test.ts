/** Every page before axe, in some of its languages and all themes, and what can be reached on a telephone. One walk. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { type Language, LANGUAGE_LIST } from "../../src/console/words/languages.ts";
import { axe, BUT_COLOURS, COLOURS } from "../../tools/shots/axe.ts";
import { type Dress, dress, THEMES } from "../../tools/shots/dress.ts";
import { setStage } from "../../tools/shots/stage.ts";
import { type Stop, walk } from "../../tools/shots/walk.ts";

/** On a telephone: nothing to press is smaller than 24 pixels or beyond the edge, and nothing is scrolled for sideways. */
async function unreachable(page: Page): Promise<string[]> {
  await dress(page, { language: "ar", theme: "dark", width: 390 });
  return page.evaluate(() => {
    const out: string[] = [];
    for (const one of document.querySelectorAll<HTMLElement>(
      "button, a.button, nav a, select, input, textarea, summary",
    )) {
      const { left, right, width, height } = one.getBoundingClientRect();
      if (width === 0 || one.closest(".visually-hidden, .skip, .scroll-x, [aria-hidden=true]") !== null) continue;
      if (getComputedStyle(one).clipPath !== "none" || one.matches("input[type=checkbox], input[type=radio]")) continue;
      // Folded away, or only for those who hear the page.
      if (one.closest("details:not([open]) > :not(summary)") !== null || one.tabIndex < 0) continue;
      const what = `${one.tagName} ${one.className} ${one.textContent?.slice(0, 30) ?? ""}`;
      if (width < 24 || height < 24) out.push(`${what}: ${Math.round(width)} x ${Math.round(height)}`);
      if (left < -1 || right > window.innerWidth + 1) out.push(`${what}: beyond the edge`);
    }
    if (document.documentElement.scrollWidth > window.innerWidth) out.push("the page scrolls sideways");
    return out;
  });
}

test("axe finds nothing on any page", { timeout: 1_800_000 }, async () => {
  const stage = await setStage();
  const found = new Map<string, string>();
  let stops = 0;
  const check = async ({ name, page, hasMap }: Stop) => {
    // On paper there is nothing to press, and black on white has no theme.
    if (name.startsWith("paper-")) return;
    // Drawn by software a large map takes long, and axe does not look into it.
    const width = hasMap ? 390 : 1440;
    const note = async (language: Language, theme: Dress["theme"], options: RunOptions) => {
      await dress(page, { language, theme, width });
      for (const one of await axe(page, options)) if (!found.has(one)) found.set(one, `${name} ${language} ${theme}`);
    };
    stops += 1;
    // A language changes words, directions and sizes, a theme changes colours: English, Arabic and one of the others by turns,
    // and the colours in each theme. All of them together: `npm run shots -- --axe`.
    const others = LANGUAGE_LIST.filter((one) => one !== "en" && one !== "ar");
    const third = others[stops % others.length] ?? "fr";
    for (const [i, language] of (["en", "ar", third] as const).entries())
      await note(language, THEMES[i] ?? "dark", BUT_COLOURS);
    for (const theme of THEMES) await note("en", theme, COLOURS);
    for (const one of await unreachable(page)) found.set(one, `${name} 390`);
  };
  try {
    await walk(stage, check);
    assert.deepEqual(
      [...found].map(([what, where]) => `${where}: ${what}`),
      [],
    );
    for (const { complaints, strangers } of stage.pages) assert.deepEqual([...complaints, ...strangers], []);
  } finally {
    await stage.end();
  }
});
