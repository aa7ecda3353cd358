/**
 * No wire between the nodes: a go-between that drops, replays, swaps and invents, and a courier whose parcels come in any
 * order, twice, cut, or never. What was said arrives once all the same.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { nativeSuite as suite } from "../../../src/crypto/native.ts";
import { goBetweenPaths, readGoBetween } from "../../../src/server/go-between/config.ts";
import { goBetweenDoor } from "../../../src/server/go-between/door.ts";
import { type Mailboxes, openMailboxes } from "../../../src/server/go-between/mailboxes.ts";
import {
  type AtRest,
  createGoBetween,
  grantMailbox,
  openMailbox,
  silentLogger,
  startGoBetween,
} from "../../../src/server/index.ts";
import { closed, listen } from "../../../src/server/start.ts";
import { type Bytes, fromBase64 } from "../../../src/wire/bytes.ts";
import { freePort } from "../../../test/support/line.ts";
import { isLoss, type Officers } from "../line/officers.ts";
import type { Random } from "../random.ts";
import { isParleyError } from "../../../src/wire/error.ts";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

const KEPT = 40;

export async function playPost(episode: Episode, trips: number): Promise<void> {
  const { program, random, until } = episode;
  const dir = mkdtempSync(join(program.runDir, "post-"));
  createGoBetween(suite, dir, `127.0.0.1:${await freePort()}`, null);
  const prepare = async (node: string, rest: AtRest): Promise<void> => {
    await openMailbox(suite, node, grantMailbox(suite, dir, Date.now), rest);
  };
  // Open for the grants to be used; then it turns.
  const honest = await startGoBetween(dir, { logger: silentLogger });
  let turned: { close(): Promise<void> } | null = null;
  try {
    await withLine(
      episode,
      { line: { direct: "none", prepare }, settleMs: 180_000, alertMs: 120_000 },
      async (live) => {
        await honest.stop();
        const evil = await openHostile(dir, random);
        turned = evil;
        const work = live.talk(200);
        const bag: { readonly to: Officers; readonly parcel: Bytes }[] = [];
        for (let trip = 0; trip < trips && Date.now() < until; trip++) {
          await carry(live.officers, bag, random);
          await sleep(500);
        }
        await work.stop();
        evil.calmDown();
      },
    );
  } finally {
    await (turned as { close(): Promise<void> } | null)?.close();
  }
}

/** One parcel is fetched, and some are delivered: the newest first, some again, some only in part. */
async function carry(
  officers: readonly Officers[],
  bag: { to: Officers; parcel: Bytes }[],
  random: Random,
): Promise<void> {
  const from = random.pick(officers);
  const to = officers.find((each) => each !== from) as Officers;
  try {
    const after = random.chance(0.3) ? { after: 0 } : {};
    const { parcel } = await from.look((client) => client.parcelOut({ body: { to: to.node.party.id, ...after } }));
    bag.push({ to, parcel: fromBase64(parcel) });
    for (let i = 0; i < 3; i++) {
      const each = random.pick(bag);
      const cut = random.chance(0.2) ? each.parcel.slice(0, random.below(each.parcel.length)) : each.parcel;
      await each.to.look((client) => client.parcelIn({ body: cut })).catch(refused);
    }
  } catch (error) {
    refused(error);
  }
  bag.splice(0, Math.max(0, bag.length - KEPT));
}

function refused(error: unknown): void {
  if (!isLoss(error) && !isParleyError(error)) throw error;
}

/** A go-between of the real make whose mailboxes lie. */
async function openHostile(dir: string, random: Random) {
  const { config, tlsSeed } = readGoBetween(dir);
  const real = openMailboxes(suite, goBetweenPaths(dir).store, config, Date.now);
  const all: Bytes[] = [];
  let calm = false;
  const mailboxes: Mailboxes = {
    ...real,
    deposit: (id, parcel) => {
      all.push(parcel);
      all.splice(0, Math.max(0, all.length - KEPT));
      if (calm || random.chance(0.7)) real.deposit(id, parcel);
    },
    parcels: (id, max, maxBytes) => {
      const found = real.parcels(id, max, maxBytes);
      if (calm) return found;
      const invented = random.bytes(1 + random.below(3000));
      const old = Array.from({ length: 4 }, () => random.pick(all)).filter((each) => each !== undefined);
      const cut = (old[0] ?? invented).slice(0, 1500);
      return { parcels: [...old, invented, cut, ...found.parcels].slice(0, 40), more: random.chance(0.5) };
    },
    delete: (id, digests) => {
      if (calm || random.chance(0.5)) real.delete(id, digests);
    },
    mailbox: (id) => (calm || random.chance(0.95) ? real.mailbox(id) : null),
  };
  const door = goBetweenDoor({ suite, tlsSeed, mailboxes, logger: silentLogger, now: Date.now });
  await listen(door, config.listen);
  return {
    calmDown: () => void (calm = true),
    close: async () => {
      await closed(door);
      real.close();
    },
  };
}

export const post: Scenario = { name: "post", weight: 1, run: (episode) => playPost(episode, Infinity) };
