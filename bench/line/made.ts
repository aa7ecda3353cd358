/** A line on which so much was said already: its first party's node holds so many messages, the second none of them. */
import { signCoseWithSeed } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { type Message, type Released, toBeSigned } from "../../src/message/index.ts";
import { openNode, type OpenNode } from "../../src/server/node.ts";
import { toHex } from "../../src/wire/bytes.ts";
import { parseMessageId } from "../../src/wire/id.ts";
import { makeLine, type MadeLine, type MadeOfficer, type MadeParty, PARTIES } from "../../test/support/line.ts";
import { copyOf, keepLine } from "../kept-line.ts";
import { words } from "./said.ts";

type Say = (text: string) => void;

/** Another number where what is kept would no longer be what is made. */
const VERSION = 1;
/** Appended in one commit. */
const AT_ONCE = 1000;

/** A copy of the line with `entries` messages in the northern log. */
export async function lineWith(entries: number, say: Say): Promise<MadeLine> {
  return copyOf(await keep(entries, say));
}

function keep(entries: number, say: Say): Promise<string> {
  return keepLine(`line-${VERSION}-${entries}`, (dir) => make(dir, entries, say));
}

async function make(dir: string, entries: number, say: Say): Promise<MadeLine> {
  say(`making a line with ${entries} messages (once)`);
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
  return line;
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
