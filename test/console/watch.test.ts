/** A night on watch, in a real browser: STOP that nobody answers, two officers on one alert, and the watch handed over. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { signCose } from "../../src/crypto/index.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { buildPages } from "../../tools/exercise/build.ts";
import { makeLine, type MadeLine, PARTIES } from "../support/line.ts";
import { type Desk, desk, movementRequest, until } from "../support/nodes.ts";
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

async function signIn(officer: string, party = "southern"): Promise<Page> {
  const { dir, url } = line.party(party);
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

/** The second officer, at a desk of his own. */
async function release(by: Desk, id: string): Promise<void> {
  const second = await by.as("watch-2");
  const params = { id };
  const { items } = await second.draft({ params });
  const { signer } = by.party.officers["watch-2"] ?? assert.fail("no second officer");
  const sign = async (bytes: string) => toBase64(await signCose("parley/v1/released", fromBase64(bytes), signer));
  const signatures = await Promise.all(items.map(({ bytes }) => sign(bytes)));
  await second.releaseDraft({ params, body: { signatures, confirmed_findings: true } });
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

test(
  "a stance is restated, NOT MEANT, restated and CONFIRMED at the table; who knows what says how far it got",
  { timeout: 200_000 },
  async () => {
    const [northern, southern] = [desk(line.party("northern")), desk(line.party("southern"))];
    const body = { topic: "The bridge", stands: "on-the-table", words: "We would open it by day.", said: "only-here" };
    await northern.tell({ items: [{ kind: "stance", subject: "Bridge", body }] });
    const author = await signIn("watch-1", "northern");
    const receiver = await signIn("watch-1");
    for (const page of [author, receiver])
      await page.getByRole("navigation").getByRole("link", { name: "Table" }).click();
    const [told, heard] = [author, receiver].map((page) => page.getByRole("region", { name: "The bridge" }));
    assert.ok(told !== undefined && heard !== undefined);
    const answer = async (page: Page, code: string, words: string | null, by: typeof northern) => {
      await page.getByText(code, { exact: true }).first().click();
      if (words !== null) await page.getByRole("textbox").last().fill(words);
      await page.getByRole("button", { name: "Sign, and pass to the second officer" }).click();
      const second = await by.as("watch-2");
      const waiting = await until("the draft", async () =>
        (await second.drafts()).drafts.find(({ state }) => state === "signed"),
      );
      await release(by, waiting.id);
      await page.getByRole("navigation").getByRole("link", { name: "Table" }).click();
    };
    await heard.getByText("not restated yet").waitFor();
    await heard.getByRole("link", { name: "Restate" }).click();
    await answer(receiver, "RESTATED", "You open it for good.", southern);
    await told.getByText("You open it for good.").waitFor();
    await told.getByRole("link", { name: "Confirm, or say what was meant" }).click();
    await answer(author, "NOT MEANT", "By day only.", northern);
    await heard.getByText("By day only.").waitFor();
    await heard.getByRole("link", { name: "Restate" }).click();
    await answer(receiver, "RESTATED", "You open it from sunrise to sunset.", southern);
    await told.getByRole("link", { name: "Confirm, or say what was meant" }).click();
    await answer(author, "CONFIRMED", null, northern);
    await heard.getByText("CONFIRMED", { exact: true }).waitFor();

    await author.getByRole("button", { name: "Note a public statement" }).click();
    const noting = author.getByRole("dialog");
    await noting.getByLabel("Subject").fill("The bridge");
    await noting.getByLabel("Where it stands").selectOption({ label: "off the table" });
    await noting.getByLabel("Where it was said").fill("Press briefing");
    await noting.getByLabel("When it was said").fill("2026-11-20 10:00Z");
    await noting.getByRole("button", { name: "Keep" }).click();
    await told.getByText("Press briefing").waitFor();
    await told.getByText("In public it says otherwise.").waitFor();

    await author.getByRole("navigation").getByRole("link", { name: "Who knows" }).click();
    await author.getByLabel("Words").fill("bridge");
    await author.getByRole("button", { name: "Show" }).last().click();
    const row = author.getByRole("row", { name: /Bridge/ });
    await row.getByText("Stored").first().waitFor();
    assert.equal(await author.getByRole("row").count(), 2, "a head, and the one that is asked for");
    await author.getByLabel("As known at").fill("2026-11-01 00:00Z");
    await author.getByRole("button", { name: "Show" }).first().click();
    await author.getByText("No message passes this filter.").waitFor();
    // The moment is one for all views: on the map and on a message too, until the officer comes back to now.
    await author.getByRole("navigation").getByRole("link", { name: "Map" }).click();
    await author.getByText(/^You look at the past, as this node knew it at /).waitFor();
    await author.getByRole("button", { name: "Now", exact: true }).click();
    await author.getByText(/^You look at the past/).waitFor({ state: "detached" });
    await author.getByRole("navigation").getByRole("link", { name: "Line" }).click();
    const agreement = author.getByRole("region", { name: "The agreement" });
    await agreement.getByText("This line is between Northern Command and Southern Command.").waitFor();
    await agreement.getByText("Targeting.").waitFor();
    await author.getByRole("rowheader", { name: "planner-1" }).first().waitFor();
  },
);

test("no page complained, and none asked another machine for anything", () => {
  for (const { complaints, strangers } of watched) {
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
  }
});
