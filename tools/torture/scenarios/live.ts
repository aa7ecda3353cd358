/** A line whose officers talk while something is done to it, and which is checked when it has come to rest. */
import { watchAlerts, type AlertWatch } from "../line/alerts.ts";
import { type Fleet, type FleetOptions, makeFleet } from "../line/fleet.ts";
import { Journal } from "../line/journal.ts";
import { keepTalking, Officers, type Work } from "../line/officers.ts";
import { checked } from "../line/settle.ts";
import type { Episode } from "./scenario.ts";

export interface Live {
  readonly fleet: Fleet;
  readonly journal: Journal;
  readonly officers: readonly Officers[];
  readonly alerts: AlertWatch;
  readonly of: (party: string) => Officers;
  /** All of them release and answer with pauses of about so long. */
  readonly talk: (pauseMs: number) => Work;
}

export interface LiveOptions extends FleetOptions {
  /** Parties without an honest node: nothing that they do is held against the line. */
  readonly hostile?: readonly string[];
  readonly settleMs?: number;
  readonly alertMs?: number;
}

export async function withLine(
  { program, tally, random, say }: Episode,
  options: LiveOptions,
  play: (live: Live) => Promise<void>,
): Promise<void> {
  const fleet = await makeFleet(program, tally, options);
  const journal = new Journal();
  const officers = fleet.nodes.map((node) => new Officers(node, journal));
  const alerts = watchAlerts(fleet, officers, tally, options.alertMs);
  const begun: Work[] = [];
  const talk = (pauseMs: number): Work => {
    const works = officers.map((each) => keepTalking(each, random, pauseMs, (said) => alerts.expect(said)));
    begun.push(...works);
    return { stop: async () => void (await Promise.all(works.map((work) => work.stop()))) };
  };
  try {
    await Promise.all(fleet.nodes.map((node) => node.start()));
    await play({
      fleet,
      journal,
      officers,
      alerts,
      of: (party) => {
        const found = officers.find(({ node }) => node.id === party);
        if (found === undefined) throw new Error(`no officers of ${party}`);
        return found;
      },
      talk,
    });
    await checked(fleet, officers, journal, tally, options);
    if (journal.refusals.size > 0) {
      say(`officers were refused: ${[...journal.refusals].map(([code, times]) => `${times} ${code}`).join(", ")}`);
    }
  } finally {
    await Promise.all([alerts, ...begun].map((work) => work.stop()));
    await fleet.close();
  }
}
