/** Every page of the console, one after the other, each as an officer has it before him. */
import type { Page } from "playwright-core";
import type { OfficerName } from "../exercise/setup.ts";
import type { PartyName } from "../exercise/state.ts";
import { dress, PLAIN } from "./dress.ts";
import type { Stage } from "./stage.ts";

export interface Stop {
  readonly name: string;
  readonly page: Page;
  /** The map takes a moment more until it is drawn. */
  readonly hasMap: boolean;
}

const WRITTEN = [
  "movement",
  "site",
  "activity",
  "query",
  "text",
  "alert",
  "presence",
  "report",
  "warning",
  "stance",
  "assessment",
  "call",
] as const;

/** Walks through all of it; `visit` is called at each stop, and may dress the page as it likes. */
export async function walk(stage: Stage, visit: (stop: Stop) => Promise<void>): Promise<void> {
  const stop = async (name: string, page: Page, hasMap = false) => {
    await visit({ name, page, hasMap });
    await dress(page, PLAIN);
  };
  await door(stage, stop);
  await watchAndMap(stage, stop);
  await messages(stage, stop);
  await writing(stage, stop);
  await overview(stage, stop);
  await overPages(stage, stop);
  await alarm(stage, stop);
}

type ToStop = (name: string, page: Page, hasMap?: boolean) => Promise<void>;

/** At the desk of an officer, on the page of that address, once `ready` is to be seen. */
async function go(stage: Stage, who: `${PartyName}/${OfficerName}`, hash: string, ready: string): Promise<Page> {
  const [party, name] = who.split("/") as [PartyName, OfficerName];
  const { page } = await stage.at(party, name);
  await page.evaluate((wanted) => (window.location.hash = wanted), hash);
  await page.locator(ready).first().waitFor();
  return page;
}

/** As it comes out of the printer. */
async function onPaper(name: string, page: Page, stop: ToStop): Promise<void> {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await stop(name, page);
  await page.emulateMedia({ media: "screen", colorScheme: "dark" });
}

async function door(stage: Stage, stop: ToStop): Promise<void> {
  const { page } = await stage.before("southern");
  await page.getByRole("button", { name: "Choose key file…" }).waitFor();
  await dress(page, PLAIN);
  await stop("door", page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose key file…" }).click();
  await (await chooser).setFiles(stage.keyFile("southern", "releaser-1"));
  await page.getByLabel("Passphrase").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await stop("door-refused", page);
  await page.close();
}

async function watchAndMap(stage: Stage, stop: ToStop): Promise<void> {
  const page = await go(stage, "southern/releaser-1", "#/watch", ".watch-page .item");
  await page.locator(".timeline-axis").waitFor();
  await page.locator(".small-map canvas").waitFor();
  await page.waitForTimeout(1500);
  await stop("watch", page);
  await go(stage, "southern/releaser-1", "#/inbox", ".inbox .item");
  await stop("inbox", page);
  await go(stage, "southern/releaser-1", "#/lists", "main h1");
  await stop("lists", page);
  await page.getByRole("link", { name: "Sites of the exercise" }).first().click();
  await page.getByText("Field Hospital Oleander").first().waitFor();
  await stop("list", page);
  const planner = await go(stage, "southern/planner-1", "#/map", ".map-list li");
  await planner.waitForTimeout(1500);
  await stop("map", planner, true);
  await planner.locator(".map-side details").evaluateAll((all) => {
    for (const one of all) (one as HTMLDetailsElement).open = true;
  });
  await stop("map-tools", planner, true);
  // Left open, it would go on drawing while the other pages are looked at.
  await go(stage, "southern/planner-1", "#/plans", ".private-box");
}

async function messages(stage: Stage, stop: ToStop): Promise<void> {
  const { told } = stage;
  const reader = "southern/drafter-1";
  const page = await go(stage, reader, `#/message/${told.convoy}`, ".ladder");
  await stop("message-heard", page);
  const author = await go(stage, "northern/releaser-1", `#/message/${told.convoy}`, ".ladder");
  await stop("message-told", author);
  await onPaper("paper-message", author, stop);
  await go(stage, reader, `#/message/${told.tankers}`, ".notice .primary");
  await stop("message-next", page);
  await stop("message-arabic", await go(stage, "northern/releaser-1", `#/message/${told.arabic}`, ".facts"));
  await go(stage, reader, `#/message/${told.site}`, ".facts");
  await stop("message-site", page);
  await go(stage, reader, `#/readback/${told.tankers}`, "form.panel");
  await stop("readback", page);
  for (const field of await page.getByLabel(/place$/).all()) await field.fill("36.0378, 43.7421");
  for (const field of await page.getByLabel(/time$/).all()) await field.fill("2030-01-01 00:00Z");
  await page.getByRole("button", { name: "Compare" }).click();
  await page.locator("tr.differs").first().waitFor();
  await stop("readback-compared", page);
  await go(stage, reader, `#/answer/${told.tankers}`, ".choice");
  await page.getByText("CONCERN", { exact: true }).click();
  await stop("answer", page);
}

async function writing(stage: Stage, stop: ToStop): Promise<void> {
  const writer = "southern/drafter-1";
  for (const kind of WRITTEN) await stop(`write-${kind}`, await go(stage, writer, `#/write/${kind}`, "main form"));
  const page = await go(stage, writer, "#/write/movement", "main form");
  await page.getByLabel("Subject").fill("Two lorries to the dry ford");
  await page.getByLabel("Position").first().fill("35°59.3'N 43°53.7'E");
  await page.getByLabel("Position").last().fill("nowhere");
  await page.getByRole("button", { name: "Check and review" }).click();
  await page.getByRole("alert").waitFor();
  await page.waitForTimeout(1500);
  await stop("write-mistaken", page);
  await go(stage, writer, "#/bring", "main .panel");
  await stop("bring", page);
  await bring(page);
  await stop("bring-read", page);
  await go(stage, writer, "#/drafts", ".inbox .item");
  await stop("drafts", page);
  const releaser = await go(stage, "southern/releaser-1", `#/draft/${stage.told.concern}`, "article .panel");
  await stop("release", releaser);
  await releaser.evaluate(() => window.scrollTo(0, 0));
  const waiting = await go(stage, "southern/releaser-1", "#/drafts", ".inbox .item");
  await waiting.getByRole("link", { name: "Firing on the eastern range" }).click();
  await waiting.locator("article .panel").first().waitFor();
  await stop("release-activity", waiting);
}

/** A list with what lists have: a point out of order, a row without a place, one thing twice. */
const BROUGHT = `name,category,latitude,longitude,people
Clinic Juniper,clinic,36.0378,43.7421,40
Clinic Juniper,clinic,36.0378,43.7421,40
School Poplar,school,43.5233,35.9687,120
Shelter Willow,shelter,,,60
`;

async function bring(page: Page): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await (await chooser).setFiles({ name: "sites.csv", mimeType: "text/csv", buffer: Buffer.from(BROUGHT) });
  await page.locator("main .panel").nth(1).waitFor();
}

async function overview(stage: Stage, stop: ToStop): Promise<void> {
  const page = await go(stage, "northern/releaser-1", "#/table", ".stance-cell");
  await stop("table", page);
  await page.getByRole("button", { name: "Note a public statement" }).click();
  await page.getByRole("dialog").waitFor();
  await stop("table-statement", page);
  await page.keyboard.press("Escape");
  await go(stage, "northern/releaser-1", "#/knows", "table.knows");
  await stop("knows", page);
  await onPaper("paper-knows", page, stop);
  await go(stage, "northern/releaser-1", "#/line", ".agreement");
  await stop("line", page);
  const examined = await go(stage, "southern/drafter-1", "#/line", ".agreement");
  await examined.getByRole("button", { name: "Examine the line" }).click();
  await examined.locator("main .panel li .tag.good").first().waitFor();
  await stop("line-examined", examined);
  const planner = await go(stage, "southern/planner-1", "#/plans", ".private-box .stack li");
  await stop("plans", planner);
  await planner.getByRole("button", { name: /^Decide on/ }).click();
  await planner
    .getByRole("button", { name: /^Apply/ })
    .first()
    .waitFor();
  await stop("plans-decide", planner);
  await planner.getByRole("button", { name: /^Close/ }).click();
  await planner.getByRole("button", { name: "Add a plan" }).click();
  await stop("plans-new", planner);
  await planner.getByRole("button", { name: "Cancel" }).click();
  await stop("plans-none", await go(stage, "northern/planner-1", "#/plans", ".private-box"));
}

async function overPages(stage: Stage, stop: ToStop): Promise<void> {
  const page = await go(stage, "southern/releaser-1", "#/watch", ".watch-page .item");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("dialog").waitFor();
  await stop("settings", page);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.locator("body").press("?");
  await page.getByRole("dialog").waitFor();
  await stop("keys", page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Hand over the watch" }).click();
  await page.getByRole("dialog").getByLabel("Your words").fill("The liaison rings at 0500Z.");
  await page.getByRole("button", { name: "See what is handed over" }).click();
  await page.getByRole("button", { name: "Sign and hand over" }).waitFor();
  await stop("handover", page);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function alarm(stage: Stage, stop: ToStop): Promise<void> {
  const page = await go(stage, "southern/releaser-1", "#/watch", ".watch-page .item");
  await stage.alert();
  await page.getByRole("alertdialog").waitFor();
  await stop("alert", page);
  await page.getByRole("alertdialog").getByRole("button", { name: "I take it" }).click();
  await page.locator(".alert-row").waitFor();
  await stop("watch-alert", page);
  await stage.kill("southern");
  await page.locator(".trouble").waitFor();
  await stop("node-lost", page);
}
