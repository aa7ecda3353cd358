/** The command line of `npm run torture`. */
import { parseArgs } from "node:util";

export interface Options {
  readonly minutes: number;
  readonly json: boolean;
  readonly seed: number;
  /** Scenarios by name; all of them where it is empty. */
  readonly only: readonly string[];
}

export const USAGE = `npm run torture -- [--minutes N] [--json] [--seed N] [--only NAME,NAME]

  --minutes N   how long it goes on (default 15)
  --json        nothing on standard output but the result
  --seed N      choose as an earlier run did
  --only NAMES  these scenarios alone`;

/** Throws in plain words. */
export function parseOptions(args: readonly string[], now: number): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: "string", default: "15" },
      json: { type: "boolean", default: false },
      seed: { type: "string", default: String(now % 2 ** 31) },
      only: { type: "string", default: "" },
    },
  });
  return {
    minutes: numberIn("minutes", values.minutes),
    json: values.json,
    seed: numberIn("seed", values.seed),
    only: values.only === "" ? [] : values.only.split(","),
  };
}

function numberIn(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} takes a number, not "${text}".`);
  return value;
}
