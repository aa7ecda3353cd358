/**
 * What is photographed: three real nodes with the exercise's story told as far as the answer that waits for a second
 * officer, and officers of two sides signed in at their consoles.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser, openPage, type Watched } from "../../test/console/browser.ts";
import { freePort } from "../../test/support/line.ts";
import { until } from "../../test/support/nodes.ts";
import { buildPages } from "../exercise/build.ts";
import { nodesOf } from "../exercise/nodes.ts";
import { desk, draft, officer, sayAlone, tell } from "../exercise/officer.ts";
import { openRelays } from "../exercise/relay.ts";
import { keyFilePath, type OfficerName, PASSPHRASE, setUp } from "../exercise/setup.ts";
import { type ExerciseState, PARTY_IDS, type PartyName, perParty } from "../exercise/state.ts";
import { story } from "../exercise/story.ts";
import { ALERT, ARABIC_TEXT, assessmentItem, firingItem, questionItem, RESTATED, STANCE, tankersItem } from "./said.ts";

/** Messages and drafts that the walk visits by address. */
export interface Told {
  readonly convoy: string;
  readonly tankers: string;
  readonly arabic: string;
  readonly site: string;
  readonly stance: string;
  /** Southern's answer, signed by its drafter. */
  readonly concern: string;
}

export interface Stage {
  readonly told: Told;
  readonly pages: readonly Watched[];
  url(party: PartyName): string;
  keyFile(party: PartyName, name: OfficerName): string;
  /** That officer's page, signed in. One page each; it stays open. */
  at(party: PartyName, name: OfficerName): Promise<Watched>;
  /** A page before the door. */
  before(party: PartyName): Promise<Watched>;
  /** Relief's STOP; whoever is on watch has it on his screen from then on. */
  alert(): Promise<void>;
  kill(party: PartyName): Promise<void>;
  end(): Promise<void>;
}

async function somePorts(): Promise<ExerciseState> {
  return { page: await freePort(), nodes: await oneEach(), relays: await oneEach() };
}

async function oneEach(): Promise<Record<PartyName, number>> {
  return { northern: await freePort(), southern: await freePort(), relief: await freePort() };
}

export async function setStage(): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), "parley-shots-"));
  const state = await somePorts();
  await buildPages();
  await setUp(dir, state, Date.now());
  const nodes = nodesOf(dir, () => undefined);
  const relays = await openRelays(state, () => undefined);
  let browser: Browser | null = null;
  const end = async () => {
    await browser?.close();
    for (const relay of relays) relay.close();
    await nodes.endAll();
    for (const relay of relays) relay.closeAllConnections();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await Promise.all(PARTY_IDS.map((party) => nodes.start(party)));
    const told = await tellAll(dir, state);
    browser = await launchBrowser();
    return { ...openDesks(browser, dir, state), told, kill: (party) => nodes.kill(party), end };
  } catch (error) {
    await end();
    throw error;
  }
}

function openDesks(browser: Browser, dir: string, state: ExerciseState) {
  const pages: Watched[] = [];
  const desks = new Map<string, Promise<Watched>>();
  const url = (party: PartyName) => `http://127.0.0.1:${state.nodes[party]}`;
  const open = async (address: string) => {
    const opened = await openPage(browser, { locale: "en-GB", colorScheme: "dark" });
    pages.push(opened);
    await opened.page.goto(address);
    return opened;
  };
  const signIn = async (party: PartyName, name: OfficerName) => {
    const key_file = readFileSync(keyFilePath(dir, party, name), "utf8");
    const link = Buffer.from(JSON.stringify({ key_file, passphrase: PASSPHRASE, go_to: "#/inbox" })).toString("base64");
    const opened = await open(`${url(party)}/#/exercise/${encodeURIComponent(link)}`);
    await opened.page.locator("nav.nav").waitFor();
    return opened;
  };
  return {
    pages,
    url,
    keyFile: (party: PartyName, name: OfficerName) => keyFilePath(dir, party, name),
    before: (party: PartyName) => open(url(party)),
    at: (party: PartyName, name: OfficerName) => {
      const key = `${party}/${name}`;
      const known = desks.get(key) ?? signIn(party, name);
      desks.set(key, known);
      return known;
    },
    alert: () => {
      const { client, signer } = officer(dir, state, "relief", "releaser-1");
      const alone = { client, signer };
      return sayAlone({ drafter: alone, releaser: alone, planner: alone }, ALERT);
    },
  };
}

async function tellAll(dir: string, state: ExerciseState): Promise<Told> {
  const now = Date.now();
  const tale = story(dir, state);
  await tale.prepare(now);
  const seen = await until(
    "the answer that waits",
    async () => {
      const all = await tale.advance(Date.now());
      return all.concernDraft === null ? null : all;
    },
    60_000,
  );
  const { northern, southern, relief } = perParty((party) => desk(dir, state, party));
  await tell(relief, [tankersItem(now)]);
  await tell(relief, [questionItem(now)]);
  await tell(northern, [STANCE]);
  await tell(northern, [assessmentItem(now)]);
  await tell(southern, [ARABIC_TEXT]);
  await draft(southern, [firingItem(now)]);
  const heard = (kind: "movement" | "stance" | "text" | "site", subject: RegExp) =>
    until(String(subject), async () => {
      const { messages } = await southern.releaser.client.messages({ query: { kind, limit: 100 } });
      return messages.find((message) => subject.test(message.subject))?.hash;
    });
  const told = {
    convoy: seen.convoy ?? "",
    concern: seen.concernDraft ?? "",
    tankers: await heard("movement", /tankers/),
    stance: await heard("stance", /Alder/),
    arabic: await heard("text", /موعد/),
    site: await heard("site", /Oleander/),
  };
  const answer = { answer: "RESTATED", scope: "message", reason: "", words: RESTATED, until: null, at: null };
  const re = { relation: "answers" as const, message: told.stance };
  await tell(southern, [{ kind: "answer", subject: "RESTATED: Crossing Alder", body: answer, re }]);
  return told;
}
