/** What a part of this bench works with, and how it opens a console. */
import type { Browser, Page } from "playwright-core";
import { sealKeyFile } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { toBase64, utf8 } from "../../src/wire/bytes.ts";
import { parsePersonId } from "../../src/wire/id.ts";
import { openPage } from "../../test/console/browser.ts";
import { type MadeParty, OFFICERS } from "../../test/support/line.ts";
import type { Full } from "./seed.ts";

export type Say = (text: string) => void;

export interface Setting {
  readonly browser: Browser;
  readonly quick: boolean;
  readonly say: Say;
  readonly messages: number;
  readonly shapes: number;
  /** That a node has to catch up with. */
  readonly entries: number;
}

export interface Bench extends Setting {
  readonly full: Full;
}

const PASSPHRASE = "a passphrase for the bench";

/** The address that signs an officer in without a hand: nodes of an exercise take it. */
export function linkOf({ id, url, officers }: MadeParty, officer: string, goTo: string): string {
  const seed = officers[officer]?.seed;
  const person = OFFICERS.find((each) => each.id === officer)?.person;
  if (seed === undefined || person === undefined) throw new Error(`${id} has no officer ${officer}`);
  const key = { purpose: "officer", party: id, name: officer, person: parsePersonId(person), seed } as const;
  const key_file = sealKeyFile(suite, key, PASSPHRASE);
  const link = toBase64(utf8(JSON.stringify({ key_file, passphrase: PASSPHRASE, go_to: goTo })));
  return `${url}/#/exercise/${encodeURIComponent(link)}`;
}

const PATIENCE_MS = 120_000;

/** A console in a browser that has loaded nothing yet, signed in, at the page of this address. */
export async function openConsole(browser: Browser, party: MadeParty, officer: string, goTo: string): Promise<Page> {
  const { page } = await openPage(browser);
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(linkOf(party, officer, goTo));
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  return page;
}
