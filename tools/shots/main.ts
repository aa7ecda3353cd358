/**
 * `npm run shots`: a picture of every page of the console, made at real nodes with the exercise's story. To be looked
 * at: in which language, theme and width something is cut, overlaps or runs the wrong way, no test says.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { isLanguage, LANGUAGE_LIST } from "../../src/console/words/languages.ts";
import { type Dress, dress } from "./dress.ts";
import { setStage } from "./stage.ts";
import { type Stop, walk } from "./walk.ts";

const HELP = `Usage: npm run shots [-- --languages en,ar] [--themes dark,light] [--widths 1440,390] [--only NAME,…] [--out DIR]

Photographs every page of the console in each language, theme and width, into DIR (default: .parley/shots).
  --languages   of ${LANGUAGE_LIST.join(", ")} (default: en,ar)
  --themes      of dark, light, contrast (default: dark,light)
  --widths      in pixels (default: 1440,390)
  --only        only pages whose name begins with one of these
  --screen      what a screen shows, not the whole page
  --tour        the pictures of docs/tour.md, into docs/images
`;

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

const THEMES = ["dark", "light", "contrast"] as const;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        languages: { type: "string", default: "en,ar" },
        themes: { type: "string", default: "dark,light" },
        widths: { type: "string", default: "1440,390" },
        only: { type: "string", default: "" },
        screen: { type: "boolean", default: false },
        tour: { type: "boolean", default: false },
        out: { type: "string", default: join(".parley", "shots") },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const dresses = values.languages.split(",").flatMap((language) =>
      values.themes.split(",").flatMap((name) =>
        values.widths.split(",").map((text): Dress => {
          const theme = THEMES.find((one) => one === name);
          const width = Number(text);
          if (!isLanguage(language)) throw new Error(`There is no language ${language}.`);
          if (theme === undefined) throw new Error(`There is no theme ${name}.`);
          if (!Number.isInteger(width) || width < 200) throw new Error(`${text} is no width.`);
          return { language, theme, width };
        }),
      ),
    );
    return { ...values, dresses };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return process.exit(2);
  }
}

const { dresses, only, screen, tour, out, help } = options();
if (help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const folder = resolve(tour ? join(import.meta.dirname, "..", "..", "docs", "images") : out);
mkdirSync(folder, { recursive: true });
const wanted = only.split(",").filter(Boolean);
let count = 0;

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

async function photograph({ name, page, hasMap }: Stop): Promise<void> {
  const isPaper = name.startsWith("paper-");
  const ofTour = TOUR[name];
  if (tour ? ofTour === undefined : wanted.length > 0 && !wanted.some((start) => name.startsWith(start))) return;
  // A4 less its margins; paper knows no theme and no telephone.
  const [first] = dresses;
  const all = isPaper ? dresses.filter(({ theme, width }) => theme === first?.theme && width === first.width) : dresses;
  for (const given of tour && ofTour !== undefined ? [ofTour] : all) {
    const one = isPaper ? { ...given, width: 700 } : given;
    await dress(page, one);
    if (hasMap) await page.waitForTimeout(1500);
    if (!hasMap && !isPaper && !screen && !tour) await wholePage(page);
    const file = tour ? `tour-${name}.png` : `${name}-${one.language}-${one.theme}-${one.width}.png`;
    await page.screenshot({ path: join(folder, file), fullPage: isPaper });
    count += 1;
  }
  process.stderr.write(`${name}\n`);
}

const stage = await setStage();
try {
  await walk(stage, photograph);
  const complaints = stage.pages.flatMap((page) => page.complaints);
  const strangers = stage.pages.flatMap((page) => page.strangers);
  for (const text of [...complaints, ...strangers]) process.stderr.write(`complaint: ${text}\n`);
  process.stdout.write(`${count} pictures in ${folder}\n`);
} finally {
  await stage.end();
}
