/**
 * `npm run formats -- [--keep]`: our files through other people's programs, and theirs through our reader. A table on
 * standard output and one JSON object as its last line; the exit status is 1 where anything was lost, 0 where all that
 * could be tried came through. What is not installed is named. `--keep` puts what they made into `test/intake/outside`.
 */
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { importText } from "../../src/intake/index.ts";
import { NOW } from "../../test/intake/invented.ts";
import { differences, OUTSIDE, SEEDS } from "../../test/intake/outside.ts";
import { OURS } from "./ours.ts";
import { type Program, PROGRAMS, run, versionOf } from "./outside.ts";
import { commandOf, RECIPES } from "./theirs.ts";

interface Trial {
  readonly what: string;
  readonly with: string;
  readonly result: "same" | "differs" | "not tried";
  readonly why: string;
}

const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
const versions = new Map((Object.keys(PROGRAMS) as Program[]).map((program) => [program, versionOf(program)]));
const trials: Trial[] = [];

function tried(what: string, programs: readonly Program[], trial: () => readonly string[]): void {
  const missing = programs.find((program) => versions.get(program) === null);
  const used = [...new Set(programs)].join(", ");
  if (missing !== undefined) {
    const why = `${missing} is not installed (Debian's package ${PROGRAMS[missing].package})`;
    trials.push({ what, with: used, result: "not tried", why });
    return;
  }
  let found: readonly string[];
  try {
    found = trial();
  } catch (error) {
    found = [error instanceof Error ? error.message : String(error)];
  }
  trials.push({ what, with: used, result: found.length === 0 ? "same" : "differs", why: found.slice(0, 3).join("; ") });
}

/** Each in a folder of its own, which holds the seeds. */
function within<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "parley-formats-"));
  cpSync(SEEDS, folder, { recursive: true });
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const { what, programs, trial } of OURS) tried(`ours: ${what}`, programs, () => within(trial));
for (const { file, seed, made, steps, without } of RECIPES) {
  const commands = steps.map(commandOf);
  tried(
    `theirs: ${file}`,
    commands.map(([program]) => program),
    () =>
      within((folder) => {
        for (const [program, ...args] of commands) run(folder, program, args);
        if (values.keep) copyFileSync(join(folder, made), join(OUTSIDE, file));
        const bytes = new Uint8Array(readFileSync(join(folder, made)));
        return differences(seed, without, importText(bytes, { now: NOW }));
      }),
  );
}

const wide = Math.max(...trials.map(({ what }) => what.length));
for (const { what, with: by, result, why } of trials) {
  process.stdout.write(`${what.padEnd(wide)}  ${by.padEnd(18)}  ${result.padEnd(9)}  ${why}\n`.replace(/ +\n$/, "\n"));
}
const count = (result: Trial["result"]): number => trials.filter((each) => each.result === result).length;
const summary = { same: count("same"), differs: count("differs"), not_tried: count("not tried") };
process.stdout.write(`${JSON.stringify({ formats: summary, programs: Object.fromEntries(versions), trials })}\n`);
process.exitCode = summary.differs > 0 ? 1 : 0;
