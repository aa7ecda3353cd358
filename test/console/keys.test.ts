/** The officer's key in a browser, attacked: a script in the page that gets hold of it cannot take it away. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { buildPages } from "../../tools/exercise/build.ts";
import { toHex } from "../../src/wire/bytes.ts";
import { writeFileSync } from "node:fs";
import { parleyJson } from "../cli/run.ts";
import { makeLine, type MadeLine, OFFICERS } from "../support/line.ts";
import { launchBrowser, openPage, WITHOUT_MAP } from "./browser.ts";

const PASSPHRASE = "a passphrase for tests";
let line: MadeLine;
let browser: Browser;
let node: RunningNode;

before(async () => {
  await buildPages();
  line = await makeLine({ passphrase: PASSPHRASE });
  node = await startNode(line.party("northern").dir, { logger: silentLogger });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await node?.stop();
  line?.remove();
});

/** A script that came first: it keeps whatever key the page signs with, or hands to the browser. */
async function thiefsPage(): Promise<Page> {
  const { page } = await openPage(browser);
  await page.addInitScript(() => {
    const stolen: unknown[] = [];
    Object.assign(window, { stolen });
    const imported: unknown[] = [];
    Object.assign(window, { imported });
    const importKey: unknown = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, "importKey")?.value;
    SubtleCrypto.prototype.importKey = function (...given: unknown[]) {
      imported.push(given[0]);
      return Reflect.apply(importKey as typeof this.importKey, this, given);
    };
    const sign: unknown = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, "sign")?.value;
    SubtleCrypto.prototype.sign = function (...given) {
      stolen.push(given[1]);
      return Reflect.apply(sign as typeof this.sign, this, given);
    };
  });
  await page.goto(`${line.party("northern").url}${WITHOUT_MAP}`);
  return page;
}

/** What comes of every way out that the browser has. */
async function takenAway(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const [key] = (window as unknown as { readonly stolen: readonly CryptoKey[] }).stolen;
    if (key === undefined) return ["no key was caught"];
    const tries = ["raw", "pkcs8", "jwk", "spki"].map((format) =>
      crypto.subtle.exportKey(format as "jwk", key).then(
        () => `${format} came out`,
        (error: unknown) => (error as Error).name,
      ),
    );
    const copied = await new Promise<string>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port2.addEventListener("message", ({ data }) => resolve(String((data as CryptoKey).extractable)));
      port2.start();
      port1.postMessage(key);
    });
    return [...(await Promise.all(tries)), String(key.extractable), copied, JSON.stringify(key)];
  });
}

async function left(page: Page): Promise<readonly unknown[]> {
  return page.evaluate(async () => {
    const stores = await indexedDB.databases();
    const counts = stores.map(
      ({ name }) =>
        new Promise((resolve) => {
          const opening = indexedDB.open(name ?? "");
          opening.addEventListener("success", () => {
            const db = opening.result;
            const asking = db
              .transaction([...db.objectStoreNames])
              .objectStore("keys")
              .getAll();
            asking.addEventListener("success", () => {
              db.close();
              resolve(asking.result.map(({ officer }: { readonly officer: string }) => officer));
            });
          });
        }),
    );
    return (await Promise.all(counts)).flat();
  });
}

const REFUSED = [
  "InvalidAccessError",
  "InvalidAccessError",
  "InvalidAccessError",
  "InvalidAccessError",
  "false",
  "false",
  "{}",
];

test(
  "a key from a file signs in this page and does not come out of it; signing out leaves nothing",
  { timeout: 900_000 },
  async () => {
    const page = await thiefsPage();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose key file…" }).click();
    await (await chooser).setFiles(join(line.party("northern").dir, "officers", "watch-1.key"));
    await page.getByLabel("Passphrase").fill("not the passphrase");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByText(/key-file-passphrase/).waitFor();
    await page.getByLabel("Passphrase").fill(PASSPHRASE);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    const imported = () => (window as unknown as { readonly imported: readonly unknown[] }).imported;
    assert.deepEqual(await page.evaluate(imported), [], "the seed was opened beside the page, and never was in it");
    assert.deepEqual(await takenAway(page), REFUSED);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out.").waitFor();
    assert.deepEqual(await left(page), [], "what came from a file is not kept");
    await page.reload();
    await page.getByRole("button", { name: "Choose key file…" }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Sign in as/ }).count(), 0);
  },
);

test(
  "a key made in a browser counts once it is appointed, does not come out, and goes when it is removed",
  { timeout: 900_000 },
  async () => {
    const page = await thiefsPage();
    await page.getByText("Make a key in this browser").first().click();
    await page.getByLabel(/^Your name on the line/).fill("Watch 3");
    await page.getByRole("button", { name: "Make a key in this browser" }).click();
    await page.getByText(/^A name has 2 to 32/).waitFor();
    await page.getByLabel(/^Your name on the line/).fill("watch-3");
    await page.getByRole("button", { name: "Make a key in this browser" }).click();
    const command = await page.getByText(/^parley officer add/).innerText();
    const publicKey = /--public-key ([0-9a-f]{64})/.exec(command)?.[1] ?? assert.fail(command);
    await page.getByRole("button", { name: "Sign in as watch-3" }).click();
    await page
      .getByRole("alert")
      .getByText(/officer-unknown/)
      .waitFor();

    const { dir, officers } = line.party("northern");
    const appointed = OFFICERS.map(({ id, person, roles }) => {
      return { id, person, roles, key: toHex(officers[id]?.signer.publicKey ?? assert.fail(id)) };
    });
    writeFileSync(join(dir, "appointments.json"), JSON.stringify({ officers: appointed, units: [] }));
    const env = { PARLEY_PASSPHRASE: PASSPHRASE };
    const named = ["--name", "watch-3", "--person", "person-9", "--roles", "watch,releaser"];
    await parleyJson(["officer", "add", "--public-key", publicKey, ...named, "--dir", dir], { env });
    await parleyJson(["officer", "enrol", "-y", "--dir", dir, "--as", "admin-1"], { env });

    await page.getByRole("button", { name: "Sign in as watch-3" }).click();
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    assert.deepEqual(await takenAway(page), REFUSED);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Remove the key of watch-3" }).click();
    await page.getByRole("button", { name: "Sign in as watch-3" }).waitFor({ state: "detached" });
    assert.deepEqual(await left(page), []);
  },
);
