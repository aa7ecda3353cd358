/**
 * What every story plays on: a line's nodes, a real browser, and officers at their consoles in a language. Everything is
 * found by its role and by the words that the console has for it, so that one story is told in every language.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { type RunningNode, silentLogger, startNode } from "../../../src/server/index.ts";
import type { Language } from "../../../src/console/words/languages.ts";
import { loadTongue, type Tongue } from "../../../src/console/words/load.ts";
import type { Given, Key } from "../../../src/console/words/types.ts";
import { buildPages } from "../../../tools/exercise/build.ts";
import { type LineOptions, makeLine, type MadeLine, PARTIES } from "../../support/line.ts";
import { launchBrowser, openPage, type Watched, WITHOUT_MAP } from "../browser.ts";

export const PASSPHRASE = "a passphrase for tests";
/** Every story is told in these. */
export const TOLD_IN = ["en", "ar"] as const satisfies readonly Language[];

export interface Stage {
  readonly line: MadeLine;
  readonly nodes: Map<string, RunningNode>;
  start(party: string): Promise<void>;
  signIn(party: string, officer: string, language: Language): Promise<Player>;
  /** Closes the officers' pages: what one story left open is not drawn on through the next. */
  leave(): Promise<void>;
  /** Closes everything; a page that complained or asked another machine for anything fails the story. */
  close(): Promise<void>;
}

export interface StageOptions extends LineOptions {
  readonly now?: () => number;
}

/** Two parties unless more are asked for. */
export async function openStage({ now = Date.now, ...options }: StageOptions = {}): Promise<Stage> {
  await buildPages();
  const line = await makeLine({ passphrase: PASSPHRASE, parties: PARTIES.slice(0, 2), ...options });
  const nodes = new Map<string, RunningNode>();
  const start = async (party: string) =>
    void nodes.set(party, await startNode(line.party(party).dir, { logger: silentLogger, now }));
  await Promise.all(Object.keys(line.parties).map(start));
  const browser = await launchBrowser();
  const watched: Watched[] = [];
  return {
    line,
    nodes,
    start,
    signIn: async (party, officer, language) => {
      const opened = await openPage(browser, { locale: language });
      watched.push(opened);
      return signedIn(opened.page, line, { party, officer, tongue: await loadTongue(language) });
    },
    leave: async () => void (await Promise.all(browser.contexts().map((context) => context.close()))),
    close: async () => {
      await browser.close();
      await Promise.all([...nodes.values()].map((node) => node.stop()));
      line.remove();
      for (const { complaints, strangers } of watched) assert.deepEqual([complaints, strangers], [[], []]);
    },
  };
}

interface Who {
  readonly party: string;
  readonly officer: string;
  readonly tongue: Tongue;
}

async function signedIn(page: Page, line: MadeLine, { party, officer, tongue }: Who): Promise<Player> {
  const { dir, url } = line.party(party);
  const player = new Player(page, tongue);
  await page.goto(`${url}${WITHOUT_MAP}`);
  await player.choose("door.choose-file", join(dir, "officers", `${officer}.key`));
  await player.field("door.passphrase").fill(PASSPHRASE);
  await player.button("door.sign-in").click();
  await player.at("navigation", "frame.pages").waitFor();
  return player;
}

type Role = Parameters<Page["getByRole"]>[0];
type Scope = Page | Locator;
type Chosen = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** One officer: what he sees, by role and by words. */
export class Player {
  readonly page: Page;
  readonly tongue: Tongue;
  readonly scope: Scope;

  constructor(page: Page, tongue: Tongue, scope: Scope = page) {
    this.page = page;
    this.tongue = tongue;
    this.scope = scope;
  }

  say<K extends Key>(key: K, ...given: Given<K, string>): string {
    return this.tongue.t(key, ...given);
  }

  at<K extends Key>(role: Role, key: K, ...given: Given<K, string>): Locator {
    return this.scope.getByRole(role, { name: this.say(key, ...given), exact: true });
  }

  button<K extends Key>(key: K, ...given: Given<K, string>): Locator {
    return this.at("button", key, ...given);
  }

  link<K extends Key>(key: K, ...given: Given<K, string>): Locator {
    return this.at("link", key, ...given);
  }

  field<K extends Key>(key: K, ...given: Given<K, string>): Locator {
    return this.scope.getByLabel(this.say(key, ...given), { exact: true });
  }

  text<K extends Key>(key: K, ...given: Given<K, string>): Locator {
    return this.scope.getByText(this.say(key, ...given));
  }

  /** A box on this side's label, as officers press it. */
  async tick<K extends Key>(key: K, ...given: Given<K, string>): Promise<void> {
    await this.scope.locator("label", { hasText: this.say(key, ...given) }).click();
  }

  /** The same officer, looking at one part of the page. */
  in<K extends Key>(role: Role, key: K, ...given: Given<K, string>): Player {
    return new Player(this.page, this.tongue, this.at(role, key, ...given));
  }

  /** One of the pages that stand beside every page. */
  async go(page: "watch" | "inbox" | "map" | "drafts" | "lists" | "plans" | "table" | "knows" | "line"): Promise<void> {
    const navigation = this.page.getByRole("navigation", { name: this.say("frame.pages") });
    // Some have a number behind their name.
    const link = navigation.getByRole("link", { name: new RegExp(`^${this.say(`frame.${page}`)}\\s*\\d*$`) });
    await link.click();
    // From then on nothing of the page before is read for this one.
    await link.and(this.page.locator("[aria-current=page]")).waitFor();
  }

  async choose(key: "door.choose-file" | "bring.choose", file: Chosen): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.button(key).click();
    await (await chooser).setFiles(file);
  }

  /** Opens the newest of what waits for a second officer. */
  async review(subject: string | RegExp): Promise<void> {
    await this.go("drafts");
    const waiting = this.in("region", "drafts.signed");
    await waiting.scope.getByRole("link", { name: subject }).first().click();
    await this.at("region", "draft.receivers").waitFor();
  }
}
