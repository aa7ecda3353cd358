/**
 * Two honest parties, and a third that keeps no rule. The two go on speaking as if it were not there, believe nothing that
 * its officers did not sign, and charge nobody else with what it does.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Hostile } from "../../../test/attack/hostile.ts";
import { type Assault, ATTACKS } from "../hostile/attacks.ts";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

/** These spoil its own log or its standing for good, so they come last. */
const LAST = ["revoked", "equivocates"];

export async function playHostile(episode: Episode, rounds: number): Promise<void> {
  const { random, until, say } = episode;
  const options = { parties: ["northern", "southern", "relief"], absent: ["relief"], hostile: ["relief"] };
  await withLine(episode, options, async ({ fleet, of, talk }) => {
    const hostile = new Hostile(fleet.line, "relief");
    const assault: Assault = { hostile, victims: ["northern", "southern"], random, kept: [] };
    const work = talk(150);
    for (const victim of assault.victims) await hostile.send(victim, { segments: [hostile.history.segment(0)] });
    const repeated = Object.keys(ATTACKS).filter((name) => !LAST.includes(name));
    const one = async (name: string): Promise<void> => {
      try {
        await ATTACKS[name]?.(assault);
      } catch (error) {
        // It has bounds of its own: a log that outgrows a parcel cannot be shown whole.
        say(`hostile: ${name} came to nothing (${error instanceof Error ? error.message : String(error)})`);
      }
      await sleep(200);
    };
    for (const name of repeated) await one(name);
    for (let done = 0; done < rounds && Date.now() < until; done++) await one(random.pick(repeated));
    for (const name of LAST) await one(name);
    await work.stop();
    const { messages } = await of("northern").look((client) =>
      client.messages({ query: { from: "relief", limit: 1000 } }),
    );
    const counted = messages.filter(({ faults }) => faults.length === 0).length;
    say(`hostile: of its ${hostile.history.size} entries ${messages.length} are shown as messages, ${counted} count`);
  });
}

export const hostile: Scenario = { name: "hostile", weight: 2, run: (episode) => playHostile(episode, Infinity) };
