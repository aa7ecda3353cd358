/** Waits until the line has come to rest, and gathers what the checker looks at. */
import { setTimeout as sleep } from "node:timers/promises";
import { checkLine, type Seen, type Side } from "../checker/check.ts";
import { readExport } from "../checker/export.ts";
import { seedSigner } from "../../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../../src/crypto/native.ts";
import { livedMs } from "../lived.ts";
import type { Tally } from "../tally.ts";
import type { Fleet } from "./fleet.ts";
import type { Journal } from "./journal.ts";
import type { Officers } from "./officers.ts";

const SETTLE_MS = 120_000;
const PAGE = 1000;
/** So often the exports are taken again, until they are of one moment. */
const GATHERED = 6;

/**
 * Every node up, every way fair: until each holds all of each other's log. Of parties in `hostile` nothing is waited for.
 */
export async function settle(
  fleet: Fleet,
  officers: readonly Officers[],
  tally: Tally,
  ms = SETTLE_MS,
  hostile: readonly string[] = [],
): Promise<boolean> {
  fleet.clear();
  for (const node of fleet.nodes) {
    node.control?.reset();
    if (!node.isUp) await node.start();
  }
  const honest = officers.filter(({ node }) => !hostile.includes(node.id));
  const deadline = livedMs() + ms;
  let last = "";
  let quiet = 0;
  while (livedMs() < deadline) {
    const now = await restOf(honest).catch((error: unknown) => ({ rests: false, text: String(error) }));
    // Notices of what was opened follow one another: it rests when nothing moves for a while.
    quiet = now.rests && now.text === last ? quiet + 1 : 0;
    last = now.text;
    if (quiet >= 4) return true;
    await sleep(100);
  }
  tally.fault("not_settled", `the line did not come to rest within ${ms / 1000} s: ${last}`);
  return false;
}

async function restOf(officers: readonly Officers[]): Promise<{ rests: boolean; text: string }> {
  const all = await Promise.all(officers.map((each) => each.look((client) => client.status())));
  const sizes = new Map(all.map(({ party, log }) => [party, log.size]));
  const rests = all.every(({ peers, log }) =>
    peers.every((peer) => {
      const size = sizes.get(peer.party);
      return size === undefined || (peer.size === size && peer.they_hold === log.size);
    }),
  );
  const sides = all.map(({ party, log, peers }) => [
    party,
    log.size,
    ...peers.map((each) => [each.size, each.they_hold]),
  ]);
  const text = JSON.stringify(sides);
  return { rests: rests && (await areOpened(officers)), text };
}

/** Entries are opened in their order: the newest stands for all before it. */
async function areOpened(officers: readonly Officers[]): Promise<boolean> {
  for (const each of officers) {
    for (const { node } of officers.filter((other) => other !== each)) {
      const params = { party: node.party.id };
      const { entries } = await each.look((client) => client.log({ params, query: { limit: 1 } }));
      if (entries.at(-1)?.type === "unopened") return false;
    }
  }
  return true;
}

export interface Gathered {
  readonly side: Side;
  readonly exported: Buffer;
  readonly identities: Map<string, Buffer>;
}

/** What one node's officers see, to the last page, and its export. */
export async function sideOf(fleet: Fleet, officers: Officers): Promise<Gathered> {
  const { node } = officers;
  const seen: Seen[] = [];
  for (let before: string | undefined; ;) {
    const query = { limit: PAGE, ...(before === undefined ? {} : { before }) };
    const page = await officers.look((client) => client.messages({ query }));
    seen.push(...page.messages.map(({ hash, from, faults }) => ({ hash, from, faults })));
    if (page.more === null) break;
    before = page.more;
  }
  const { peers } = await officers.look((client) => client.status());
  const exported = Buffer.from(await officers.look((client) => client.export({ query: {} }), "admin-1"));
  const identities = new Map(
    Object.values(fleet.line.parties).map(({ id, identity }) => [
      id,
      Buffer.from(seedSigner(suite, identity).publicKey),
    ]),
  );
  const accused = peers.filter(({ split }) => split).map(({ party }) => party);
  const side = { party: node.id, seen, accused, export: readExport(exported, identities) };
  return { side, exported, identities };
}

export interface SettleOptions {
  /** Parties of which nothing is waited for. */
  readonly hostile?: readonly string[];
  readonly settleMs?: number;
}

/** Settles the line, and gathers what those of `officers` see who are not hostile, all of it of one moment. */
export async function settledSides(
  fleet: Fleet,
  officers: readonly Officers[],
  tally: Tally,
  { hostile = [], settleMs = SETTLE_MS }: SettleOptions = {},
): Promise<Side[]> {
  let sides: Side[] = [];
  // A node says something by itself now and then, between one export and the next. What is lost stays lost.
  for (let tries = 0; tries < GATHERED && (tries === 0 || !areOfOneMoment(sides, hostile)); tries++) {
    await settle(fleet, officers, tally, settleMs, hostile);
    sides = [];
    for (const each of officers) {
      if (!hostile.includes(each.node.id)) sides.push((await sideOf(fleet, each)).side);
    }
  }
  return sides;
}

/** Settles the line and checks it. What was released is counted. */
export async function checked(
  fleet: Fleet,
  officers: readonly Officers[],
  journal: Journal,
  tally: Tally,
  options: SettleOptions = {},
): Promise<void> {
  const sides = await settledSides(fleet, officers, tally, options);
  checkLine(journal.all(), sides, options.hostile ?? [], (wrong, what) => tally.fault(wrong, what));
  tally.released += journal.released().length;
}

function areOfOneMoment(sides: readonly Side[], hostile: readonly string[]): boolean {
  const sizes = sides.map(({ export: { logs } }) => {
    return logs.filter(({ party }) => !hostile.includes(party)).map(({ party, leaves }) => `${party} ${leaves.length}`);
  });
  return new Set(sizes.map((each) => each.toSorted().join())).size === 1;
}
