/** The exercise as a new user has it: three real processes, a real browser, all five steps, Ctrl-C, and a second start. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { launchBrowser, openPage } from "../console/browser.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const dir = mkdtempSync(join(tmpdir(), "parley-exercise-"));
const children: ChildProcess[] = [];

after(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

interface Started {
  readonly address: string;
  readonly child: ChildProcess;
}

/** Starts it and waits for the one line that says where it is. */
async function start(...args: string[]): Promise<Started> {
  const child = spawn(
    process.execPath,
    [join(ROOT, "tools", "exercise", "main.ts"), "--json", "--dir", join(dir, "state"), ...args],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PATH: `${join(ROOT, "node_modules", ".bin")}:${process.env["PATH"] ?? ""}` },
    },
  );
  children.push(child);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes("\n")) resolve(out);
    });
    child.once("exit", (code) => reject(new Error(`It ended with ${code}: ${said}`)));
  });
  return { address: (JSON.parse(line) as { address: string }).address, child };
}

async function interrupt({ child }: Started): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  return ended;
}

/** Every port that the exercise uses: nobody may be left behind on one. */
function ports(): number[] {
  const state = JSON.parse(readFileSync(join(dir, "state", "exercise.json"), "utf8")) as Record<
    string,
    number | Record<string, number>
  >;
  return Object.values(state).flatMap((value) => (typeof value === "number" ? [value] : Object.values(value)));
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

const guide = (page: Page) => page.getByRole("region", { name: "The guided minute" });
async function done(page: Page, title: string): Promise<void> {
  const heading = guide(page).getByRole("heading", { name: `${title}: done` });
  await heading.waitFor().catch(async () => {
    throw new Error(`"${title}" was not done. The guide says: ${await guide(page).innerText()}`);
  });
}

const consoleOf = (page: Page, name: string): FrameLocator => page.frameLocator(`iframe[title="Console of ${name}"]`);

test("the guided minute, all five steps, in two consoles side by side", { timeout: 900_000 }, async (t) => {
  const first = await start("--fresh");
  const browser = await launchBrowser();
  t.after(async () => {
    await browser.close();
    for (const child of children) child.kill("SIGTERM");
  });
  const { page, complaints, strangers } = await openPage(browser);
  await page.goto(first.address);

  await done(page, "A movement arrives");
  await done(page, "Southern alone is warned");
  const southern = consoleOf(page, "Southern Command");
  const northern = consoleOf(page, "Northern Command");
  await southern.getByRole("note").filter({ hasText: "EXERCISE" }).waitFor();

  // The plan is Southern's alone: Northern's console has no word of it.
  await southern.getByRole("link", { name: "Plans" }).click();
  await southern.getByRole("region", { name: "Too close: 1" }).waitFor();
  await northern.getByRole("region", { name: "Ladder with Southern Command" }).waitFor();
  assert.equal(await northern.getByText("KESTREL").count(), 0);

  // The second officer sees what is to be said, and releases it with the key in this page.
  await southern.getByRole("link", { name: "Inbox" }).click();
  await southern.getByRole("link", { name: "Review" }).click();
  await southern.getByText("read in this page from the bytes to be signed").waitFor();
  await southern.getByRole("button", { name: "Release", exact: true }).click();
  await done(page, "You press Release");
  const ladder = northern.getByRole("region", { name: "Ladder with Southern Command" });
  await ladder.getByText("CONCERN").waitFor();

  // Killed as by a power cut, told something meanwhile, started again.
  await page.getByRole("button", { name: "Stop Southern" }).click();
  await southern.getByText("This node does not answer.").waitFor();
  await page.getByRole("button", { name: "Start Southern" }).click();
  await done(page, "Stop a node, start it");
  await guide(page).getByText("lost 0").waitFor();
  await southern.getByText("This node does not answer.").waitFor({ state: "detached" });
  await southern.getByRole("link", { name: "Inbox" }).click();
  await southern.getByRole("link", { name: "Water Point Reed is dry until tomorrow" }).first().waitFor();

  await page.getByRole("button", { name: "Verify the convoy" }).click();
  await done(page, "A stranger verifies");

  assert.deepEqual(complaints, [], "no page complained");
  assert.deepEqual(strangers, [], "nothing was asked of another machine");
  await page.close();

  assert.equal(await interrupt(first), 0);
  for (const port of ports()) assert.equal(await answers(port), false, `nobody is left on port ${port}`);

  const second = await start();
  assert.equal(second.address, first.address, "it is where it was");
  const again = await openPage(browser);
  await again.page.goto(second.address);
  for (const title of ["A movement arrives", "You press Release", "A stranger verifies"]) await done(again.page, title);
  assert.equal(await interrupt(second), 0);
});

test("an exercise that runs is not started twice, nor forgotten under its feet", { timeout: 900_000 }, async () => {
  const running = await start();
  for (const args of [[], ["--fresh"]]) await assert.rejects(start(...args), /ended with 3: The exercise runs already/);
  await assert.rejects(start("--frehs"), /ended with 2: Unknown option/);
  assert.equal((await fetch(running.address)).status, 200);
  assert.equal(await interrupt(running), 0);
});

test(
  "whoever started it dies: its nodes end by themselves, and it starts again at once",
  { timeout: 900_000 },
  async () => {
    const started = await start();
    const killed = new Promise((resolve) => started.child.once("exit", resolve));
    started.child.kill("SIGKILL");
    await killed;
    const again = await start();
    assert.equal(again.address, started.address);
    again.child.kill("SIGKILL");
    for (const port of ports()) {
      for (let tries = 0; tries < 100 && (await answers(port)); tries++)
        await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(await answers(port), false, `nobody is left on port ${port}`);
    }
  },
);
