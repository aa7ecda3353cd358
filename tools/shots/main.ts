/**
 * `npm run shots`: a picture of every page of the console, made at real nodes with the exercise's story. To be looked
 * at: in which language, theme and width something is cut, overlaps or runs the wrong way, no test says.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
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
`;

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

const { dresses, only, screen, out, help } = options();
if (help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const folder = resolve(out);
mkdirSync(folder, { recursive: true });
const wanted = only.split(",").filter(Boolean);
let count = 0;

async function photograph({ name, page, hasMap }: Stop): Promise<void> {
  if (wanted.length > 0 && !wanted.some((start) => name.startsWith(start))) return;
  const isPaper = name.startsWith("paper-");
  // A4 less its margins; paper knows no theme and no telephone.
  const worn = isPaper
    ? dresses.filter(({ theme, width }) => theme === dresses[0]?.theme && width === dresses[0]?.width)
    : dresses;
  for (const given of worn) {
    const one = isPaper ? { ...given, width: 700 } : given;
    await dress(page, one);
    if (hasMap) await page.waitForTimeout(900);
    const path = join(folder, `${name}-${one.language}-${one.theme}-${one.width}.png`);
    const over = (await page.locator(".takeover, .modal, .popover").count()) > 0;
    const size = page.viewportSize();
    // The page scrolls inside the window: to have the whole of it, the window is made as tall as it is.
    if (!screen && !hasMap && !over && size !== null) {
      const more = await page.evaluate(() => {
        const main = document.querySelector("main");
        return main === null ? 0 : main.scrollHeight - main.clientHeight;
      });
      if (more > 0) await page.setViewportSize({ ...size, height: size.height + more });
    }
    await page.screenshot({ path });
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
