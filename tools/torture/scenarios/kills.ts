/**
 * Officers release and answer while their nodes are killed: at a random moment, or at the n-th write since the start, on
 * their way up again and again. After every second kill the power is cut as well. Before a node that was killed hears anybody again, its officers see
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
/** Of officers who talk all the time, most of a life's work would be for messages that no death comes near. */
const PAUSE_MS = 100;
/** A store is opened in three writes; then the node takes up what it missed. */
const OPENING_WRITES = 4;
const MOST_WRITES_RISING = 40;
const LONGEST_RISING_MS = 150;
/** Once it dies on its way up, it does so again and again: half a recovery upon half a recovery. */
const DIES_RISING = 0.4;
const DIES_AGAIN = 0.9;
/** A life begins when the other lives too, mostly: alone it is told nothing and signs for nothing. */
const IN_COMPANY = 0.7;
const LONELY_MS = 10_000;

interface Life extends Episode {
  readonly fleet: Fleet;
  /** Which nodes serve, and were looked at. */
  readonly risen: Set<FleetNode>;
  /** One of the loops met something that it could not go on after: the line is taken down, and the others end, too. */
  readonly over: AbortSignal;
}

export async function playKills(episode: Episode, kills: number, settleMs?: number): Promise<void> {
  const options = { loadOnce: true, ...(settleMs === undefined ? {} : { settleMs }) };
  await withLine(episode, options, async ({ fleet, officers, talk }) => {
    const work = talk(PAUSE_MS);
    const over = new AbortController();
    const life: Life = { ...episode, fleet, risen: new Set(fleet.nodes), over: over.signal };
    const most = episode.tally.kills + kills;
    // One loop a node: the two die and rise independently of each other, now and then both at once.
    const loops = officers.map((each) => killing(life, each, most).finally(() => over.abort()));
    await Promise.allSettled(loops);
    await Promise.all(loops);
    await work.stop();
  });
}

function goesOn({ until, over }: Life): boolean {
  return Date.now() < until && !over.aborted;
}

async function killing(life: Life, officers: Officers, most: number): Promise<void> {
  const { fleet, risen, tally, random, until } = life;
  const { node } = officers;
  // Each write in turn, so that a long run leaves none out.
  let write = random.below(MOST_WRITES);
  while (tally.kills < most && goesOn(life)) {
    if (random.chance(IN_COMPANY)) await company(fleet, risen, Math.min(until, Date.now() + LONELY_MS));
    const atWrite = node.control !== null && random.chance(0.7);
    if (atWrite) await dieAtWrite(node, 1 + (write++ % MOST_WRITES), random);
    else {
      await sleep(random.below(LONGEST_LIFE_MS));
      await node.kill();
    }
    risen.delete(node);
    buried(node, tally, random);
    if (await rise(life, officers)) risen.add(node);
  }
}

/** A node that died, and the power with it after every second death. */
function buried(node: FleetNode, tally: Tally, random: Random): void {
  tally.kills += 1;
  node.control?.reset();
  if (random.chance(0.5) && node.cutPower(random) > 0) tally.powerCuts += 1;
}

async function company(fleet: Fleet, risen: ReadonlySet<FleetNode>, until: number): Promise<void> {
  while (Date.now() < until && risen.size < fleet.nodes.length) await sleep(20);
}

/** Where its officers ask too little of it for so many writes, it is killed all the same. */
async function dieAtWrite(node: FleetNode, write: number, random: Random): Promise<void> {
  node.expected = "kill";
  node.control?.dieAt(write, random.chance(0.3));
  const ended = node.ended().then(() => true);
  if (!(await Promise.race([ended, sleep(3000).then(() => false)]))) await node.kill();
}

/** Up again, and looked at before anybody can have given it back what it lost. It may die on its way up, many times. */
async function rise(life: Life, officers: Officers): Promise<boolean> {
  const { fleet, tally, random } = life;
  const { node } = officers;
  const others = fleet.nodes.filter((each) => each !== node);
  const signed = await receiptsOf(node.id, others);
  const cut = (isCut: boolean): void => {
    for (const { id } of others) {
      fleet.weather(id, node.id, { cut: isCut });
      fleet.weather(node.id, id, { cut: isCut });
    }
  };
  if (random.chance(DIES_RISING)) {
    // Mostly alone: what others told it on its way up would hide what it lost.
    cut(random.chance(0.7));
    do {
      await dieRising(node, random);
      buried(node, tally, random);
    } while (goesOn(life) && random.chance(DIES_AGAIN));
  }
  cut(true);
  if (!(await node.start())) return false;
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
  return true;
}

/** At one of the writes with which its stores are opened or of what it does first, or at a random moment soon after. */
async function dieRising(node: FleetNode, random: Random): Promise<void> {
  node.expected = "kill";
  const most = random.chance(0.7) ? OPENING_WRITES : MOST_WRITES_RISING;
  node.control?.dieAt(1 + random.below(most), random.chance(0.3));
  if (!(await node.start())) return;
  await Promise.race([node.ended(), sleep(random.below(LONGEST_RISING_MS))]);
  await node.kill();
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
  weight: 40,
  run: (episode) => playKills(episode, Infinity),
};
