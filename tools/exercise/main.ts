/**
 * `npm start`: three nodes on this machine, a page that shows two of them, and a guided first minute.
 * `--fresh` begins again; `--json` prints one object when it is ready; `--dir` keeps its state elsewhere.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildPages } from "./build.ts";
import { type RunningExercise, startExercise } from "./exercise.ts";
import { forget, takeFolder } from "./state.ts";

const HELP = `Usage: npm start [-- --fresh] [--json] [--dir DIR]

Runs an exercise on this machine: three parties, three nodes, one page. Nothing leaves the machine.
  --fresh    begin again: forget what an earlier start left
  --json     print one JSON object when it is ready
  --dir DIR  where it keeps its state (default: .parley/exercise)
`;

function options() {
  try {
    return parseArgs({
      options: {
        fresh: { type: "boolean" },
        json: { type: "boolean" },
        dir: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return process.exit(2);
  }
}

async function main(): Promise<void> {
  const values = options();
  if (values.help === true) return void process.stdout.write(HELP);
  const dir = resolve(values.dir ?? join(".parley", "exercise"));
  let running: RunningExercise | null = null;
  let ending = false;
  const end = (code: number) => {
    if (ending) return;
    ending = true;
    void (running?.end() ?? Promise.resolve()).finally(() => process.exit(code));
  };
  for (const [signal, code] of [
    ["SIGINT", 0],
    ["SIGTERM", 0],
    ["SIGHUP", 0],
  ] as const)
    process.on(signal, () => end(code));
  const folder = await buildPages();
  const lock = takeFolder(dir);
  process.once("exit", () => lock.release());
  if (values.fresh === true) forget(dir);
  running = await startExercise(dir, folder, Date.now);
  if (ending) return running.end();
  const { address } = running;
  if (values.json === true) process.stdout.write(`${JSON.stringify({ address, dir, pid: process.pid })}\n`);
  else
    process.stdout.write(
      `\n  EXERCISE. Open ${address}\n\n  Ctrl-C ends everything. It goes on where it stopped; npm start -- --fresh begins again.\n\n`,
    );
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(3);
}
