/**
 * Officers release and answer while their nodes are killed: at a random moment, or at the n-th write since the start.
 * After every second kill the power is cut as well. Before a node that was killed hears anybody again, its officers see
 * whether it holds what it has signed for.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Fleet, FleetNode } from "../line/fleet.ts";
import { Journal } from "../line/journal.ts";
import { Officers } from "../line/officers.ts";
import type { Random } from "../random.ts";
import type { Tally } from "../tally.ts";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

/** A release, its receipt and its opening are some 40 writes; beyond, the n-th write is a random moment. */
const MOST_WRITES = 60;
const LONGEST_LIFE_MS = 600;

export async function playKills(episode: Episode, kills: number, settleMs?: number): Promise<void> {
  await withLine(episode, settleMs === undefined ? {} : { settleMs }, async ({ fleet, officers, talk }) => {
    const work = talk(30);
    // One loop a node: the two die and rise independently of each other, now and then both at once.
    const share = Math.ceil(kills / officers.length);
    await Promise.all(officers.map((each) => killing(episode, fleet, each, share)));
    await work.stop();
  });
}

async function killing(
  { tally, random, until }: Episode,
  fleet: Fleet,
  officers: Officers,
  kills: number,
): Promise<void> {
  const { node } = officers;
  // Each write in turn, so that a long run leaves none out.
  let write = random.below(MOST_WRITES);
  for (let done = 0; done < kills && Date.now() < until; done++) {
    const atWrite = node.control !== null && random.chance(0.7);
    if (atWrite) await dieAtWrite(node, 1 + (write++ % MOST_WRITES), random);
    else {
      await sleep(random.below(LONGEST_LIFE_MS));
      await node.kill();
    }
    tally.kills += 1;
    node.control?.reset();
    if (random.chance(0.5)) {
      if (node.cutPower(random) > 0) tally.powerCuts += 1;
    }
    await rise(fleet, officers, tally, random);
  }
}

/** Where its officers ask too little of it for so many writes, it is killed all the same. */
async function dieAtWrite(node: FleetNode, write: number, random: Random): Promise<void> {
  node.expected = "kill";
  node.control?.dieAt(write, random.chance(0.3));
  const ended = node.ended().then(() => true);
  if (!(await Promise.race([ended, sleep(3000).then(() => false)]))) await node.kill();
}

/** Up again, and looked at before anybody can have given it back what it lost. It may be told to die on its way up. */
async function rise(fleet: Fleet, officers: Officers, tally: Tally, random: Random): Promise<void> {
  const { node } = officers;
  const others = fleet.nodes.filter((each) => each !== node);
  const signed = await receiptsOf(node.id, others);
  const cut = (isCut: boolean): void => {
    for (const { id } of others) {
      fleet.weather(id, node.id, { cut: isCut });
      fleet.weather(node.id, id, { cut: isCut });
    }
  };
  if (node.control !== null && random.chance(0.2)) {
    node.expected = "kill";
    node.control.dieAt(1 + random.below(40), random.chance(0.3));
    if (!(await node.start())) {
      tally.kills += 1;
      node.control.reset();
      if (random.chance(0.5) && node.cutPower(random) > 0) tally.powerCuts += 1;
    } else await node.kill();
    node.control.reset();
  }
  cut(true);
  if (!(await node.start())) return;
  const { log, peers } = await officers.look((client) => client.status());
  for (const { party, size } of peers) {
    const receipt = signed.get(party) ?? 0;
    if (size < receipt)
      tally.fault("false_receipts", `${node.id} signed for ${receipt} of ${party} and holds ${size} after a kill`);
  }
  const told = signed.get(node.id) ?? 0;
  if (log.size < told)
    tally.fault("lost", `${node.id} showed ${told} entries of its own and has ${log.size} after a kill`);
  cut(false);
}

/** By party: how far `signer` has signed for its log, as the others' officers see it, and how much of its own it has shown. */
async function receiptsOf(signer: string, others: readonly FleetNode[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const journal = new Journal();
  for (const node of others) {
    if (!node.isUp) continue;
    const status = await new Officers(node, journal).look((client) => client.status()).catch(() => null);
    if (status === null) continue;
    const peer = status.peers.find(({ party }) => party === signer);
    found.set(node.id, peer?.they_hold ?? 0);
    found.set(signer, Math.max(found.get(signer) ?? 0, peer?.size ?? 0));
  }
  return found;
}

export const kills: Scenario = {
  name: "kills",
  weight: 12,
  run: (episode) => playKills(episode, Infinity),
};
