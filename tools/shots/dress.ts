/** The same page in another language, theme and width, in place: what is typed and open in it stays as it is. */
import type { Page } from "playwright-core";
import type { Language } from "../../src/console/words/languages.ts";

export const THEMES = ["dark", "light", "contrast"] as const;

export interface Dress {
  readonly language: Language;
  readonly theme: (typeof THEMES)[number];
  readonly width: number;
}

export const PLAIN: Dress = { language: "en", theme: "dark", width: 1440 };

const HEIGHTS: Readonly<Record<number, number>> = { 390: 844, 1440: 900 };

/** As if the officer had chosen so in another window of this browser. */
export async function dress(page: Page, { language, theme, width }: Dress): Promise<void> {
  const size = page.viewportSize();
  const height = HEIGHTS[width] ?? 800;
  if (size?.width !== width || size.height !== height) await page.setViewportSize({ width, height });
  await page.evaluate(
    ([chosen, shown]) => {
      const key = "parley.preferences";
      const kept = JSON.stringify({ language: chosen, theme: shown });
      if (localStorage.getItem(key) === kept) return;
      localStorage.setItem(key, kept);
      window.dispatchEvent(new StorageEvent("storage", { key }));
    },
    [language, theme],
  );
  await page.locator(`html[lang="${language}"][data-theme="${theme}"]`).waitFor({ state: "attached" });
  await settled(page);
}

/** Two frames later everything that React and the map were told is on the screen. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}
