/**
 * `npm run torture -- --minutes N --json`: nodes in processes of their own under everything that a bad day brings, and a
 * checker that shares no code with them. Progress on standard error; one JSON object last on standard output. Exit
 * status 1 where anything after `released` is not 0.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Options, parseOptions, USAGE } from "./options.ts";
import { prepare } from "./program.ts";
import { type Random, seeded } from "./random.ts";
import { SCENARIOS } from "./scenarios/index.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { Tally } from "./tally.ts";

/** An episode is a line of its own: short enough that its check takes little of it. */
const EPISODE_MS = 60_000;
/** Each is played at least so long, also where the time is up. */
const LEAST_MS = 10_000;

const started = performance.now();

function say(text: string): void {
  const at = ((performance.now() - started) / 1000).toFixed(1).padStart(7);
  process.stderr.write(`${at} s  ${text}\n`);
}

async function main(options: Options): Promise<number> {
  const random = seeded(options.seed);
  const tally = new Tally(say);
  const runDir = mkdtempSync(join(tmpdir(), "parley-torture-"));
  const remove = (): void => rmSync(runDir, { recursive: true, force: true, maxRetries: 5 });
  process.on("exit", remove);
  const notPlayed: Record<string, string> = {};
  try {
    say(`seed ${options.seed}, ${options.minutes} minutes`);
    const program = await prepare(runDir, say);
    const playable = chosen(options.only).filter(({ name, impossible }) => {
      const why = impossible?.(program) ?? null;
      if (why !== null) notPlayed[name] = why;
      return why === null;
    });
    const end = Date.now() + options.minutes * 60_000;
    const order = turns(playable, random);
    for (let turn = 0; turn < playable.length || Date.now() < end; turn++) {
      const scenario = order(turn);
      say(`${scenario.name} (${tally.kills} kills, ${tally.fuzzInputs} inputs, ${tally.released} released so far)`);
      await play(scenario, {
        program,
        tally,
        random,
        until: Math.max(Date.now() + LEAST_MS, Math.min(end, Date.now() + EPISODE_MS)),
        leftMs: end - Date.now(),
        say,
      });
      tally.episodes[scenario.name] = (tally.episodes[scenario.name] ?? 0) + 1;
    }
  } finally {
    remove();
  }
  process.stdout.write(`${JSON.stringify(resultOf(tally, options, notPlayed))}\n`);
  return tally.isClean() ? 0 : 1;
}

/** A fault of the torture itself ends its episode and is told; it is no fault of the line, and hides none. */
async function play(scenario: Scenario, episode: Parameters<Scenario["run"]>[0]): Promise<void> {
  try {
    await scenario.run(episode);
  } catch (error) {
    episode.tally.fault(
      "not_settled",
      `${scenario.name} ended early: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

function chosen(only: readonly string[]): readonly Scenario[] {
  const unknown = only.find((name) => !SCENARIOS.some((each) => each.name === name));
  if (unknown !== undefined)
    throw new Error(`There is no scenario ${unknown}: ${SCENARIOS.map(({ name }) => name).join(", ")}.`);
  return only.length === 0 ? SCENARIOS : SCENARIOS.filter(({ name }) => only.includes(name));
}

/** Each once first, then by weight. */
function turns(scenarios: readonly Scenario[], random: Random): (turn: number) => Scenario {
  if (scenarios.length === 0) throw new Error("Nothing of what was chosen can be played here.");
  const urn = scenarios.flatMap((each) => Array.from({ length: each.weight }, () => each));
  return (turn) => scenarios[turn] ?? random.pick(urn);
}

function resultOf(tally: Tally, options: Options, notPlayed: Record<string, string>): object {
  const minutes = Math.round((performance.now() - started) / 600) / 100;
  const { kills, powerCuts, fuzzInputs, released, alerts, episodes } = tally;
  return {
    seed: options.seed,
    minutes,
    episodes,
    not_played: notPlayed,
    power_cuts: powerCuts,
    alerts,
    kills,
    fuzz_inputs: fuzzInputs,
    released,
    ...tally.faults,
  };
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
try {
  process.exitCode = await main(parseOptions(process.argv.slice(2), Date.now()));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
