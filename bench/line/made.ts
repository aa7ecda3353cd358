/**
 * A line on which so much was said already: its first party's node holds so many messages, the second none of them.
 * Made once and kept in the temporary directory; each run works on a copy.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedSigner, signCoseWithSeed } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { parseLineFile } from "../../src/line/index.ts";
import { type Message, type Released, toBeSigned } from "../../src/message/index.ts";
import { openNode, type OpenNode } from "../../src/server/node.ts";
import { type Bytes, fromBase64, toBase64, toHex } from "../../src/wire/bytes.ts";
import { parseMessageId, parseOfficerId } from "../../src/wire/id.ts";
import { makeLine, type MadeLine, type MadeOfficer, type MadeParty, PARTIES } from "../../test/support/line.ts";
import { words } from "./said.ts";

type Say = (text: string) => void;

const CACHE = join(tmpdir(), "parley-bench-cache");
/** Another number where what is kept would no longer be what is made. */
const VERSION = 1;
const NOTE = "made.json";
/** Appended in one commit. */
const AT_ONCE = 1000;

/** A copy of the line with `entries` messages in the northern log. */
export async function lineWith(entries: number, say: Say): Promise<MadeLine> {
  const kept = await keep(entries, say);
  const dir = join(tmpdir(), `parley-bench-line-${process.pid}-${Date.now()}`);
  // What was exported of it stays behind.
  cpSync(kept, dir, { recursive: true, filter: (path) => !path.endsWith(".evidence") });
  return read(dir);
}

/** The line that is kept, which nobody changes, and its directory. */
export async function keptLine(entries: number, say: Say): Promise<{ readonly dir: string; readonly line: MadeLine }> {
  const dir = await keep(entries, say);
  return { dir, line: read(dir) };
}

async function keep(entries: number, say: Say): Promise<string> {
  const kept = join(CACHE, `line-${VERSION}-${entries}`);
  if (!existsSync(kept)) await make(kept, entries, say);
  return kept;
}

async function make(kept: string, entries: number, say: Say): Promise<void> {
  say(`making a line with ${entries} messages (once)`);
  const dir = `${kept}.part-${process.pid}`;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const line = await makeLine({ dir, parties: PARTIES.slice(0, 2), terms: { quota_bytes_per_day: 1_000_000_000_000 } });
  const node = openNode(line.party("northern").dir, { logger: { info: none, warn: none, error: none } });
  try {
    node.outbound.append([
      { type: "charter" },
      { type: "roster", roster: node.state.foundingRosters.get(node.state.self) ?? fail("the founding roster") },
    ]);
    for (let from = 0; from < entries; from += AT_ONCE) {
      const count = Math.min(AT_ONCE, entries - from);
      node.outbound.append(Array.from({ length: count }, (_, i) => released(node, line.party("northern"), from + i)));
      if (from % 20_000 === 0) say(`made ${from} of ${entries}`);
    }
  } finally {
    await node.close();
  }
  writeFileSync(join(dir, NOTE), JSON.stringify(noteOf(line)));
  renameSync(dir, kept);
}

const none = (): void => undefined;

function fail(what: string): never {
  throw new Error(`there is no ${what}`);
}

/** As two officers would release it, without the way through a draft. */
export function released({ state, now }: OpenNode, party: MadeParty, i: number, re: Message["re"] = null) {
  const message = {
    line: state.line,
    charter: state.charterHash,
    from: state.self,
    id: parseMessageId(toHex(suite.randomBytes(16))),
    kind: "text",
    version: 1,
    subject: `Message ${i}`,
    re,
    list: null,
    heads: [],
    at: now(),
    expires: null,
    lang: "en",
    exercise: state.charter.exercise,
    sole_reason: null,
    body: { words: words(i) },
  } as Message;
  const { bytes, hash, message: said } = toBeSigned(suite, message);
  const [drafter, releaser] = [officer(party, "watch-1"), officer(party, "watch-2")];
  const signed = {
    bytes,
    drafted: signCoseWithSeed(suite, "parley/v1/drafted", bytes, drafter.seed),
    released: signCoseWithSeed(suite, "parley/v1/released", bytes, releaser.seed),
  };
  const done: Released = { stage: "released", bytes, message: said, hash, signed };
  return { type: "message", released: done, drafter: drafter.id, releaser: releaser.id } as const;
}

function officer(party: MadeParty, id: string): MadeOfficer {
  return party.officers[id] ?? fail(`officer ${id}`);
}

interface Note {
  readonly text: string;
  readonly parties: readonly {
    readonly id: MadeParty["id"];
    readonly name: string;
    readonly url: string;
    readonly lineAddress: string | null;
    readonly identity: string;
    readonly officers: readonly { readonly id: string; readonly seed: string; readonly roles: MadeOfficer["roles"] }[];
  }[];
}

function noteOf({ text, parties }: MadeLine): Note {
  return {
    text,
    parties: Object.values(parties).map(({ id, name, url, lineAddress, identity, officers }) => ({
      id,
      name,
      url,
      lineAddress,
      identity: toBase64(identity),
      officers: Object.values(officers).map((each) => ({ id: each.id, seed: toBase64(each.seed), roles: each.roles })),
    })),
  };
}

function officerFrom(id: string, seed: Bytes, roles: MadeOfficer["roles"]): MadeOfficer {
  return { id: parseOfficerId(id), seed, signer: seedSigner(suite, seed), roles };
}

function read(dir: string): MadeLine {
  const { text, parties: noted } = JSON.parse(readFileSync(join(dir, NOTE), "utf8")) as Note;
  const parties = Object.fromEntries(
    noted.map(({ officers, identity, ...rest }): [string, MadeParty] => {
      const made = officers.map(({ id, seed, roles }) => [id, officerFrom(id, fromBase64(seed), roles)] as const);
      const party = { ...rest, dir: join(dir, rest.id), identity: fromBase64(identity) };
      return [rest.id, { ...party, officers: Object.fromEntries(made) }];
    }),
  );
  return {
    dir,
    line: parseLineFile(suite, text),
    text,
    parties,
    party: (id) => parties[id] ?? fail(`party ${id}`),
    remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}
