/** An eight-hour shift in ten minutes: everything that a watch sees and does, and the tab's memory before and after it. */
import { readFileSync } from "node:fs";
import playwright, { type Browser, type Page } from "playwright-core";
import { type Desk, desk, until } from "../../test/support/nodes.ts";
import type { Measure } from "../report.ts";
import { measured } from "./goals.ts";
import { moveMap } from "./page.ts";
import { type Bench, openConsole } from "./stage.ts";
import { alertItem, ready } from "./tell.ts";

const SHIFT_MS = 600_000;
const QUICK_MS = 15_000;
/** One message every two minutes of the shift. */
const TELL_EVERY_MS = 2500;
const ALERT_EVERY = 20;
/** How long the officer stays on a page. */
const STAY_MS = 1200;
const HOME = "#/watch";
const ROUND = [
  HOME,
  "#/inbox",
  "message",
  "#/map",
  "#/drafts",
  "#/write/activity",
  "#/lists",
  "#/plans",
  "#/table",
  "#/knows",
  "#/line",
] as const;

export async function measureShift({ browser, full, quick, say }: Bench): Promise<readonly Measure[]> {
  const page = await openConsole(browser, full.line.party("northern"), "watch-1", HOME);
  const [ours, theirs] = [desk(full.line.party("northern")), desk(full.line.party("southern"))];
  await forgetResponses(page);
  let newest = await toldOne(theirs, ours, 0);
  // Whatever is loaded once and kept belongs to the start.
  for (let i = 0; i < 2; i++) await goRound(page, newest, i);
  const before = await memoryOf(browser, page);
  const end = Date.now() + (quick ? QUICK_MS : SHIFT_MS);
  let rounds = 0;
  const walks = (async () => {
    while (Date.now() < end) await goRound(page, newest, rounds++);
  })();
  let told = 1;
  while (Date.now() < end) {
    const next = Date.now() + TELL_EVERY_MS;
    newest = await toldOne(theirs, ours, told++);
    await page.waitForTimeout(Math.max(0, next - Date.now()));
  }
  await walks;
  const after = await memoryOf(browser, page);
  await page.context().close();
  say(`${told} messages, ${rounds} rounds of the pages`);

  const why = `private memory of the tab's process, its garbage collected; ${told} messages, ${rounds} rounds of all pages`;
  return [
    measured("tab-memory", before.private_MB, why),
    measured("tab-memory-growth", grown(before.private_MB, after.private_MB), why),
    measured("tab-heap-growth", grown(before.heap_MB, after.heap_MB), "JavaScript's own objects among it"),
  ];
}

/** The other side tells, and this side's officers answer in the end: what waits stays about as much as it was. */
async function toldOne(theirs: Desk, ours: Desk, i: number): Promise<string> {
  const subject = `Shift ${i}`;
  const isAlert = i % ALERT_EVERY === ALERT_EVERY - 1;
  const item = isAlert
    ? alertItem(subject, i)
    : ({ kind: "text", subject, body: { words: "The bridge is open again from noon." } } as const);
  await (
    await ready(theirs, item, isAlert ? null : "watch-1")
  )();
  const watch = await ours.as("watch-1");
  const hash = await until(subject, async () => {
    const { messages } = await watch.messages({ query: { limit: 5 } });
    return messages.find((message) => message.subject === subject)?.hash;
  });
  const re = { relation: "answers", message: hash } as const;
  const answer = { answer: isAlert ? "NOT OURS" : "NOTED", scope: "message" };
  await ours.tell({ items: [{ kind: "answer", subject, body: answer, re }] }, { drafter: null, releaser: "watch-2" });
  await ours.tell(
    { items: [{ kind: "read", subject, body: { scope: "message" }, re: { relation: "reads", message: hash } }] },
    { drafter: null, releaser: "watch-1" },
  );
  return hash;
}

async function goRound(page: Page, message: string, i: number): Promise<void> {
  for (const where of ROUND) {
    const to = where === "message" ? `#/message/${message}` : where;
    await page.evaluate((hash) => void (window.location.hash = hash), to);
    await page.waitForTimeout(STAY_MS);
    if (where === "#/map" && i % 3 === 0) await moveMap(page, 1);
    if (where === "#/write/activity") await page.getByLabel("Subject").pressSequentially("Firing range", { delay: 20 });
  }
  await page.evaluate((hash) => void (window.location.hash = hash), HOME);
}

interface Driven {
  readonly _connection: { toImpl(of: Page): { readonly delegate: { readonly _mainFrameSession: MainFrame } } };
}

interface MainFrame {
  readonly _client: { send(method: "Network.disable"): Promise<unknown> };
}

/**
 * Playwright listens to every page's network, and for whoever does Chromium keeps the body of each response in the tab
 * that asked for it: a megabyte and more for a round of the pages, which is nothing that an officer's tab would hold.
 * There is no setting for it, so its own session is told; no wait of it needs the network from here on.
 */
async function forgetResponses(page: Page): Promise<void> {
  // oxlint-disable-next-line no-underscore-dangle -- they are Playwright's own
  const { delegate } = (playwright as unknown as Driven)._connection.toImpl(page);
  // oxlint-disable-next-line no-underscore-dangle -- they are Playwright's own
  await delegate._mainFrameSession._client.send("Network.disable");
}

interface Memory {
  readonly private_MB: number;
  readonly heap_MB: number;
}

const SETTLE_MS = 3000;

async function memoryOf(browser: Browser, page: Page): Promise<Memory> {
  await page.waitForTimeout(SETTLE_MS);
  const own = await page.context().newCDPSession(page);
  const whole = await browser.newBrowserCDPSession();
  await own.send("Memory.simulatePressureNotification", { level: "critical" });
  // What the first leaves behind, its finalisers let go of before the second.
  for (let i = 0; i < 2; i++) {
    await own.send("HeapProfiler.collectGarbage");
    // The map's workers have heaps of their own, in the tab's process.
    await Promise.all(page.workers().map((worker) => worker.evaluate("gc()")));
    await page.waitForTimeout(SETTLE_MS);
  }
  const { usedSize } = await own.send("Runtime.getHeapUsage");
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  await own.detach();
  await whole.detach();
  const tabs = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => privateBytes(id));
  return { private_MB: Math.max(...tabs) / 1e6, heap_MB: usedSize / 1e6 };
}

/** What no other process shares (Linux). */
function privateBytes(pid: number): number {
  const lines = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").split("\n");
  const kilobytes = lines
    .filter((line) => /^(Private_Clean|Private_Dirty|Swap):/.test(line))
    .map((line) => Number(/\d+/.exec(line)?.[0] ?? 0));
  return kilobytes.reduce((sum, each) => sum + each, 0) * 1024;
}

/** In per cent. */
function grown(before: number, after: number): number {
  return (after / before - 1) * 100;
}
