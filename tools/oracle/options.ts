/** What `npm run oracle` is asked for. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { type Kind, KINDS } from "./run.ts";

export const USAGE = `Use: npm run oracle -- [options]

Puts the engine against brute force on random and adversarial pairs, GeographicLib's own values, real tracks and PostGIS.
The last line on standard output is JSON; the exit status is 1 where anything was missed, or false beyond what
spec/check.md allows, and 2 for a wrong command.

  --pairs N          pairs against brute force (default: 1000000)
  --minutes M        ends after so long, however many pairs were looked at (default: 120)
  --seed S           other pairs for another seed, a whole number (default: 1)
  --threads T        at the same time (default: one for each core)
  --postgis N        pairs beside PostGIS; 0: none (default: 20000)
  --again KIND:SEED  looks at one pair again, as a run names it among its seeds
  -h, --help         this text

Kinds: ${KINDS.join(", ")}.
`;

export interface OracleOptions {
  readonly pairs: number;
  readonly minutes: number;
  readonly seed: number;
  readonly threads: number;
  readonly postgis: number;
}

export type Wanted =
  | { readonly want: "help" }
  | { readonly want: "again"; readonly kind: Kind; readonly seed: number }
  | { readonly want: "run"; readonly options: OracleOptions };

/** Throws an Error that says what is wrong. */
export function readOptions(args: readonly string[]): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h", default: false },
      pairs: { type: "string", default: "1000000" },
      minutes: { type: "string", default: "120" },
      seed: { type: "string", default: "1" },
      threads: { type: "string", default: String(availableParallelism()) },
      postgis: { type: "string", default: "20000" },
      again: { type: "string" },
    },
  });
  if (values.help) return { want: "help" };
  if (values.again !== undefined) return againOf(values.again);
  const minutes = Number(values.minutes);
  if (!(minutes > 0) || !Number.isFinite(minutes))
    throw new Error(`--minutes ${values.minutes}: give a number above 0.`);
  return {
    want: "run",
    options: {
      minutes,
      pairs: whole(values.pairs, "pairs", 1),
      seed: whole(values.seed, "seed", 1),
      threads: whole(values.threads, "threads", 1),
      postgis: whole(values.postgis, "postgis", 0),
    },
  };
}

function whole(text: string, name: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`--${name} ${text}: give a whole number from ${least} up.`);
}

function againOf(text: string): Wanted {
  const [named, seed = ""] = text.split(":");
  const kind = KINDS.find((known) => known === named);
  if (kind === undefined) throw new Error(`--again ${text}: there is no kind "${named ?? ""}".`);
  return { want: "again", kind, seed: whole(seed, "again", 0) };
}
