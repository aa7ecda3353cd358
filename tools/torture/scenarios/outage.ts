/** A week without a wire: one side goes on talking, and all of it, with an alert behind it, goes over when the wire is back. */
import { settle } from "../line/settle.ts";
import { withLine } from "./live.ts";
import type { Episode, Scenario } from "./scenario.ts";

const LIST = 500;

export async function playOutage(episode: Episode, entries: number): Promise<void> {
  const { tally, say } = episode;
  // A backlog takes its time; an alert behind it is not ahead of it yet (docs/threat-model.md).
  const patience = 120_000 + entries * 20;
  const options = { settleMs: patience, alertMs: patience };
  await withLine(episode, options, async ({ fleet, of, officers, alerts }) => {
    const [northern, southern] = [of("northern"), of("southern")];
    await northern.say();
    await settle(fleet, officers, tally);
    for (const [caller, called] of [
      ["northern", "southern"],
      ["southern", "northern"],
    ] as const) {
      fleet.weather(caller, called, { cut: true });
      fleet.weather(null, called, { cut: true });
    }
    for (let said = 0; said < entries; said += LIST) {
      await northern.sayMany(Math.min(LIST, entries - said));
      if (said % 10_000 === 0 && said > 0) say(`outage: ${said} of ${entries} entries said`);
    }
    await southern.say("Nobody hears us.");
    const began = Date.now();
    fleet.clear();
    const alert = await northern.alert();
    if (alert !== null) alerts.expect(alert);
    await settle(fleet, officers, tally, patience);
    say(`outage: ${entries} entries over in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  });
}

/** The whole hundred thousand takes its half hour here, so it is for long runs. */
const LONG_MS = 3_600_000;

let played = false;

export const outage: Scenario = {
  name: "outage",
  weight: 1,
  run: (episode) => {
    const whole = episode.leftMs > LONG_MS && !played;
    if (whole) played = true;
    return playOutage(episode, whole ? 100_000 : 2000);
  },
};
