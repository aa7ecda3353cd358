/** Pictures of a stop of the walk, in each dress. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { type Dress, dress } from "./dress.ts";
import type { Asked } from "./options.ts";
import type { Stop } from "./walk.ts";

/** What docs/tour.md shows, each as an officer might have it. */
const TOUR: Readonly<Record<string, Dress>> = {
  watch: { language: "en", theme: "dark", width: 1280 },
  "message-told": { language: "en", theme: "light", width: 1280 },
  map: { language: "en", theme: "dark", width: 1280 },
  "readback-compared": { language: "en", theme: "light", width: 1280 },
  release: { language: "en", theme: "dark", width: 1280 },
  "plans-decide": { language: "en", theme: "dark", width: 1280 },
  alert: { language: "ar", theme: "dark", width: 1280 },
  "paper-message": { language: "en", theme: "light", width: 700 },
};

export interface Photographer {
  photograph(stop: Stop): Promise<void>;
  said(): string;
}

export function photographer({ dresses, isScreen, isTour, out }: Asked): Photographer {
  const folder = resolve(isTour ? join(import.meta.dirname, "..", "..", "docs", "images") : out);
  mkdirSync(folder, { recursive: true });
  let count = 0;
  return {
    photograph: async ({ name, page, hasMap }) => {
      const isPaper = name.startsWith("paper-");
      const ofTour = TOUR[name];
      if (isTour && ofTour === undefined) return;
      // A4 less its margins; paper knows no theme and no telephone.
      const [first] = dresses;
      const all = isPaper
        ? dresses.filter(({ theme, width }) => theme === first?.theme && width === first.width)
        : dresses;
      for (const given of isTour && ofTour !== undefined ? [ofTour] : all) {
        const one = isPaper ? { ...given, width: 700 } : given;
        await dress(page, one);
        if (hasMap) await page.waitForTimeout(1500);
        if (!hasMap && !isPaper && !isScreen && !isTour) await wholePage(page);
        const file = isTour ? `tour-${name}.png` : `${name}-${one.language}-${one.theme}-${one.width}.png`;
        await page.screenshot({ path: join(folder, file), fullPage: isPaper });
        count += 1;
      }
    },
    said: () => `${count} pictures in ${folder}`,
  };
}

/** The page scrolls inside the window: to have the whole of it, the window is made as tall as it is. */
async function wholePage(page: Page): Promise<void> {
  const size = page.viewportSize();
  const isOver = (await page.locator(".takeover, .modal").count()) > 0;
  if (isOver || size === null) return;
  const more = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main === null ? 0 : main.scrollHeight - main.clientHeight;
  });
  if (more > 0) await page.setViewportSize({ ...size, height: size.height + more });
}
