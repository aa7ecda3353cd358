/** A stop of the walk before axe: what it finds, each with where on the page it is. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const QUICK: RunOptions = { resultTypes: ["violations"], preload: false };

/** Every rule. */
export const ALL: RunOptions = { ...QUICK, runOnly: { type: "tag", values: WCAG } };
/** The rules about words, roles and order, which no theme changes. */
export const BUT_COLOURS: RunOptions = { ...ALL, rules: { "color-contrast": { enabled: false } } };
export const COLOURS: RunOptions = { ...QUICK, runOnly: { type: "rule", values: ["color-contrast"] } };

export async function axe(page: Page, options: RunOptions): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  // Put into words in the page: all that axe tells of what is right would take longer to hand over than to find.
  return page.evaluate(async (given) => {
    const { axe: found } = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
    const { violations } = await found.run(given);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary?.split("\n").at(1) ?? ""}`,
      ),
    );
  }, options);
}
