/**
 * Parties declare what changes a line while their nodes are killed and everybody goes on talking: an officer's key is
 * revoked from an entry on, an identity key is succeeded, a log is closed and the next begun, and at last a party leaves.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { checkDeclared, checkLine } from "../checker/check.ts";
import { Declarer, type Told } from "../line/declarer.ts";
import type { Fleet } from "../line/fleet.ts";
import type { Work } from "../line/officers.ts";
import { settledSides, sideOf } from "../line/settle.ts";
import { OFFICERS, PARTIES } from "../../../test/support/line.ts";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

/** Officers who will be found to be thieves, each with a key of his own and the role to release. */
const THIEVES = ["watch-3", "watch-4", "watch-5"];
const plans = PARTIES.map((party) => {
  const thieves = THIEVES.map((id, i) => ({ id, person: `person-${5 + i}`, roles: ["watch", "releaser"] as const }));
  return { ...party, officers: [...OFFICERS, ...thieves] };
});
const LEAVER = "relief";

export async function playDeclarations(episode: Episode, rounds: number): Promise<void> {
  const hostile: string[] = [];
  const options = { parties: plans.map(({ id }) => id), line: { parties: plans }, hostile };
  await withLine(episode, options, async (live) => {
    const { fleet, officers, journal, talk } = live;
    const told: Told[] = [];
    const declarers = officers.map((each) => new Declarer(fleet, each, told));
    const check = async (waited: readonly string[]): Promise<void> => {
      const sides = await settledSides(fleet, officers, episode.tally, { hostile: waited });
      // Who has left is looked at too, as far as he came.
      for (const each of officers) if (waited.includes(each.node.id)) sides.push((await sideOf(fleet, each)).side);
      const report = (wrong: Parameters<Parameters<typeof checkLine>[3]>[0], what: string) =>
        episode.tally.fault(wrong, what);
      checkLine(journal.all(), sides, [], report);
      checkDeclared(told, sides, report);
    };
    for (let round = 0; round < rounds && Date.now() < episode.until; round++) {
      const work = talk(120);
      const hands: Hands = { busy: new Set(), killing: null };
      const killing = keepKilling(episode, fleet, hands);
      // Mostly one of them is away the whole time, and hears of nothing until all is done.
      const away = episode.random.chance(0.6) ? episode.random.pick(declarers) : null;
      if (away !== null) await leaveIt(away, hands);
      const present = declarers.filter((each) => each !== away);
      // Each does everything, and no two do the same at once.
      await Promise.all(present.map((each, i) => declare(episode, each, THIEVES[round] ?? null, hands, i, round)));
      await killing.stop();
      await work.stop();
      await check([]);
    }
    const leaving = declarers.find(({ officers: { node } }) => node.id === LEAVER) as Declarer;
    const hands: Hands = { busy: new Set(), killing: null };
    const killing = keepKilling(episode, fleet, hands);
    const work = talk(120);
    await sleep(episode.random.below(500));
    await leaving.leave();
    await sleep(1000);
    await killing.stop();
    await work.stop();
    hostile.push(LEAVER);
    await check(hostile);
  });
}

/** Nobody starts it until all is looked at. */
async function leaveIt({ officers: { node } }: Declarer, hands: Hands): Promise<void> {
  hands.busy.add(node.id);
  while (hands.killing === node.id) await sleep(50);
  await node.stop();
}

/** Whose hands are at which node: one that closes its log, or is away, is not killed by another. */
interface Hands {
  readonly busy: Set<string>;
  killing: string | null;
}

async function declare(
  episode: Episode,
  declarer: Declarer,
  thief: string | null,
  hands: Hands,
  turn: number,
  round: number,
): Promise<void> {
  const { random, tally } = episode;
  const { officers } = declarer;
  const acts = [
    async () => {
      if (thief === null) return;
      const by = { drafter: "watch-1", releaser: thief };
      for (let i = 0; i < 4; i++) await officers.say("By a thief.", by);
      await declarer.revoke(thief, random.below(6));
      // Neither his session nor his signature is worth anything.
      await officers.say("By a thief, too late.", by);
    },
    async () => {
      if (round > 0) return;
      await declarer.name();
      await declarer.succeed();
    },
    async () => {
      const { id } = officers.node;
      hands.busy.add(id);
      while (hands.killing === id) await sleep(50);
      await declarer.close(random, () => (tally.kills += 1));
      hands.busy.delete(id);
    },
  ];
  for (let i = 0; i < acts.length; i++) {
    await sleep(random.below(600));
    await acts[(i + turn) % acts.length]?.();
  }
}

/** Now one node dies, now another, at a random moment or at one of its next writes; those that are closing their log do not. */
function keepKilling({ random, tally }: Episode, fleet: Fleet, hands: Hands): Work {
  const ending = new AbortController();
  const done = (async () => {
    while (!ending.signal.aborted) {
      await sleep(300 + random.below(1200));
      const node = random.pick(fleet.nodes);
      if (hands.busy.has(node.id) || !node.isUp) continue;
      hands.killing = node.id;
      if (node.control !== null && random.chance(0.6)) {
        node.expected = "kill";
        node.control.dieAt(1 + random.below(40), random.chance(0.3));
        await Promise.race([node.ended(), sleep(1500)]);
      }
      await node.kill();
      tally.kills += 1;
      node.control?.reset();
      if (random.chance(0.5) && node.cutPower(random) > 0) tally.powerCuts += 1;
      await node.start();
      hands.killing = null;
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await done;
    },
  };
}

export const declarations: Scenario = {
  name: "declarations",
  weight: 1,
  run: (episode) => playDeclarations(episode, THIEVES.length),
};
