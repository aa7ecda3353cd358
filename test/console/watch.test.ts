/** A night on watch, in a real browser: STOP that nobody answers, two officers on one alert, and the watch handed over. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { buildPages } from "../../tools/exercise/build.ts";
import { makeLine, type MadeLine, PARTIES } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";
import { launchBrowser, openPage, type Watched } from "./browser.ts";

const PASSPHRASE = "a passphrase for tests";
let line: MadeLine;
let browser: Browser;
let nodes: RunningNode[] = [];
let ahead = 0;
const watched: Watched[] = [];

before(async () => {
  await buildPages();
  line = await makeLine({ passphrase: PASSPHRASE, parties: PARTIES.slice(0, 2) });
  const options = { logger: silentLogger, now: () => Date.now() + ahead };
  nodes = await Promise.all(Object.values(line.parties).map(({ dir }) => startNode(dir, options)));
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await Promise.all(nodes.map((node) => node.stop()));
  line?.remove();
});

async function signIn(officer: string): Promise<Page> {
  const { dir, url } = line.party("southern");
  const opened = await openPage(browser);
  watched.push(opened);
  const { page } = opened;
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose key file…" }).click();
  await (await chooser).setFiles(join(dir, "officers", `${officer}.key`));
  await page.getByLabel("Passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Watch", level: 1 }).waitFor();
  return page;
}

const stop = {
  kind: "alert" as const,
  subject: "Stop at the dry ford",
  body: {
    alert: "STOP",
    volumes: [
      { footprint: { type: "point", at: { lat: 36, lon: 44 } }, height: null, window: { start: null, end: null } },
    ],
    remarks: "",
  },
};

test("STOP at 03:12Z: unanswered, escalating, taken by one of two, CEASED", { timeout: 200_000 }, async () => {
  const northern = desk(line.party("northern"));
  const [one, two] = [await signIn("watch-1"), await signIn("watch-2")];
  const [hash] = (await northern.tell({ items: [stop] }, { drafter: null, releaser: "watch-1" })) as [string];
  const [first, second] = [one, two].map((page) => page.getByRole("alertdialog", { name: /STOP/ }));
  assert.ok(first !== undefined && second !== undefined);
  await Promise.all([first, second].map((alarm) => alarm.getByText("unanswered").waitFor()));
  await first.getByText("Stop at the dry ford").waitFor();
  await first.getByText(/^Next to be called: watch, in /).waitFor();
  ahead += 121_000;
  await Promise.all([first, second].map((alarm) => alarm.getByText("escalating").waitFor()));
  await first.getByText("Call now: watch").waitFor();

  await first.getByRole("button", { name: "I take it" }).click();
  await Promise.all([first, second].map((alarm) => alarm.waitFor({ state: "detached" })));
  await two
    .getByRole("region", { name: "Alerts" })
    .getByText(/in hand: watch-1/)
    .waitFor();
  await two.getByRole("link", { name: "Stop at the dry ford" }).first().click();
  await one.getByRole("region", { name: "Alerts" }).getByRole("link", { name: "Answer" }).click();
  await two.getByText("watch-1 is writing about this.").waitFor();
  await one.getByText("watch-2 has this open too.").waitFor();
  await one.getByText("CEASED", { exact: true }).click();
  await one
    .getByLabel(/ceased/i)
    .last()
    .fill(new Date(Date.now() - 60_000).toISOString().slice(0, 16).replace("T", " ") + "Z");
  await one.getByRole("button", { name: "Sign and send" }).click();
  const author = await northern.as("watch-1");
  await until(
    "CEASED",
    async () =>
      (await author.alerts()).alerts.find(({ message }) => message.hash === hash)?.parties[0]?.answer === "CEASED",
  );
  await one.getByRole("navigation").getByRole("link", { name: "Watch" }).click();
  await one
    .getByRole("region", { name: "Alerts" })
    .getByText(/^CEASED/)
    .waitFor();
});

test(
  "the watch is handed over: what is open, his words, and the next officer's signature",
  { timeout: 120_000 },
  async () => {
    await desk(line.party("northern")).tell(movementRequest("Convoy before dawn"));
    const one = await signIn("watch-1");
    await one.getByRole("list", { name: "Waiting" }).getByText("Convoy before dawn").waitFor();
    await one.getByRole("region", { name: "Health of the lines" }).getByText("Northern Command").waitFor();
    await one.getByRole("button", { name: "Hand over the watch" }).click();
    const giving = one.getByRole("dialog");
    await giving.getByLabel("Your words").fill("The liaison rings at 0500Z.");
    await giving.getByRole("button", { name: "See what is handed over" }).click();
    await giving.getByText("Convoy before dawn").waitFor();
    await giving.getByRole("button", { name: "Sign and hand over" }).click();
    await one.getByText(/^Handed over by watch-1 at .* Nobody has taken it yet\.$/).waitFor();
    assert.equal(await one.getByRole("button", { name: "Read it and take the watch" }).count(), 0, "not his own");

    const two = await signIn("watch-2");
    await two.getByRole("button", { name: "Read it and take the watch" }).click();
    await two.getByRole("dialog").getByText("The liaison rings at 0500Z.").waitFor();
    await two.getByRole("button", { name: "Sign: the watch is mine" }).click();
    await one.getByText(/The watch of watch-1 was taken by watch-2/).waitFor();
  },
);

test("no page complained, and none asked another machine for anything", () => {
  for (const { complaints, strangers } of watched) {
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
  }
});
