/** An officer who reads Arabic: the door, the pages, the keys and the way out, right to left, in a real browser. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { buildPages } from "../../tools/exercise/build.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { launchBrowser, openPage, WITHOUT_MAP } from "./browser.ts";

const PASSPHRASE = "a passphrase for tests";

let line: MadeLine;
let browser: Browser;
let node: RunningNode;

before(async () => {
  await buildPages();
  const rules = [
    { plan: "airstrike", against: "movement:*" },
    { plan: "airstrike:*", against: "site:hospital" },
    { plan: "firing", against: "site:other" },
    { plan: "*", against: "holding:*" },
  ].map((pair) => ({ ...pair, lateral_m: 2000, vertical_m: 0, time_s: 0, grave: null }));
  line = await makeLine({ passphrase: PASSPHRASE, terms: { rules } });
  node = await startNode(line.party("northern").dir, { logger: silentLogger });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await node?.stop();
  line?.remove();
});

test(
  "Arabic is chosen at the door and holds, with its direction, its keys and its theme",
  { timeout: 900_000 },
  async () => {
    const { page, complaints, strangers } = await openPage(browser, { locale: "en-GB" });
    await page.goto(`${line.party("northern").url}${WITHOUT_MAP}`);
    await page.getByLabel("Language").selectOption("ar");
    await page.locator('html[lang="ar"][dir="rtl"]').waitFor();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "اختر ملف المفتاح…" }).click();
    await (await chooser).setFiles(join(line.party("northern").dir, "officers", "watch-1.key"));
    await page.getByLabel("عبارة المرور").fill(PASSPHRASE);
    await page.getByRole("button", { name: "تسجيل الدخول" }).click();
    await page.getByRole("navigation", { name: "الصفحات" }).waitFor();

    await page.locator("body").press("?");
    await page.getByRole("dialog", { name: "اختصارات لوحة المفاتيح" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.getByRole("heading", { name: "الخط", exact: true }).waitFor();
    // What a rule names is said in the reader's words; a word of this line's own keeps its order.
    const agreed = page.locator(".agreement");
    for (const words of ["أي تحرّك", "مستشفى", "رماية", "أي شيء"]) await agreed.getByText(words).first().waitFor();
    await agreed.locator('bdi[dir="ltr"]', { hasText: "airstrike:*" }).waitFor();
    assert.doesNotMatch(await agreed.innerText(), /movement|hospital|site|holding|firing/);

    // What the doctor came upon is said in Arabic, with its figures: the others' nodes do not run here.
    await page.getByRole("button", { name: "فحص الخط" }).click();
    const steps = page.getByRole("region", { name: "الفحص" }).getByRole("listitem");
    await steps.getByText("بلوغ: ").first().waitFor();
    const english = await steps.evaluateAll((all) =>
      all.flatMap((step) => {
        const copy = step.cloneNode(true) as Element;
        for (const apart of copy.querySelectorAll('bdi[dir="ltr"], time')) apart.remove();
        const words = (copy.textContent ?? "").replaceAll(
          /Northern Command|Southern Command|Relief Coordination|TLS/g,
          "",
        );
        return /[a-z]{2,}/i.test(words) ? [words] : [];
      }),
    );
    assert.deepEqual(english, []);

    await page.getByRole("button", { name: "الإعدادات" }).click();
    await page.getByLabel("المظهر").selectOption("contrast");
    await page.locator('html[data-theme="contrast"]').waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "تسجيل الخروج" }).click();
    await page.getByText("لقد سجّلتم الخروج.").waitFor();
    await page.reload();
    await page.locator('html[lang="ar"][dir="rtl"][data-theme="contrast"]').waitFor();
    const other = await page.context().newPage();
    await other.goto(line.party("northern").url);
    await other.getByLabel("اللغة").selectOption("fr");
    await page.locator('html[lang="fr"][dir="ltr"]').waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
    );
    assert.doesNotMatch(kept, /watch-1|northern|token|seed/, "nothing of the line or the officer stays behind");
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
  },
);
