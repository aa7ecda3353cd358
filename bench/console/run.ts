/** The bench of the officers' console: headless Chromium against real nodes with full stores. */
import type { Browser } from "playwright-core";
import { buildPages } from "../../tools/exercise/build.ts";
import { launchBrowser } from "../../test/console/browser.ts";
import type { BenchOptions } from "../deconflict/run.ts";
import type { Measure, Report } from "../report.ts";
import { measureCatchUp } from "./catch-up.ts";
import { measureFirstPage } from "./first-page.ts";
import { complete, CONSOLE_PARTS, type ConsolePart } from "./goals.ts";
import { measureMap } from "./map.ts";
import { measureRelease } from "./release.ts";
import { fullLine } from "./seed.ts";
import { measureShift } from "./shift.ts";
import type { Bench, Say } from "./stage.ts";
import { measureTyping } from "./typing.ts";

export { CONSOLE_PARTS } from "./goals.ts";

const SIZES = { messages: 10_000, shapes: 100_000, entries: 100_000 } as const;
const QUICK: typeof SIZES | Record<keyof typeof SIZES, number> = { messages: 120, shapes: 2000, entries: 5000 };

const PARTS: Readonly<Record<ConsolePart, (bench: Bench) => Promise<readonly Measure[]>>> = {
  "first-page": measureFirstPage,
  release: measureRelease,
  "catch-up": measureCatchUp,
  map: measureMap,
  typing: measureTyping,
  shift: measureShift,
};

export type ConsoleOptions = Pick<BenchOptions, "quick" | "volumes"> & { readonly only: readonly string[] };

export async function runConsole({ quick, volumes, only }: ConsoleOptions, say: Say): Promise<Report> {
  const sizes = quick ? QUICK : { ...SIZES, ...(volumes === null ? {} : { shapes: volumes, entries: volumes }) };
  await buildPages();
  const measures: Measure[] = [];
  const failures = new Map<string, string>();
  // Its garbage is collected before memory is measured.
  const browser = await launchBrowser(["--js-flags=--expose-gc"]);
  try {
    for (const part of CONSOLE_PARTS.filter((each) => only.includes(each))) {
      say(`part: ${part}`);
      try {
        const found = await withFull(part, { browser, quick, say, ...sizes });
        measures.push(...found);
        for (const { measure, value, unit } of found) say(`${measure}: ${value} ${unit}`);
      } catch (error) {
        failures.set(part, error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
  } finally {
    await browser.close();
  }
  const broken = failures.size === 0 ? null : [...failures].map(([part, why]) => `${part}: ${why}`).join("; ");
  return { bench: "console", measures: complete(measures, only, failures), broken };
}

type Setting = Omit<Bench, "full"> & { readonly browser: Browser };

/** Every part has nodes of its own: what one did is nothing to the next. */
async function withFull(part: ConsolePart, setting: Setting): Promise<readonly Measure[]> {
  if (part === "catch-up") return measureCatchUp(setting);
  const full = await fullLine(setting, setting.say);
  try {
    return await PARTS[part]({ ...setting, full });
  } finally {
    await full.end();
  }
}
