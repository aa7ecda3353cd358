/** `npm run bench -- NAME [options]`. The table on standard output, with `--json` one JSON object as its last line; progress on standard error. */
import { parseArgs } from "node:util";
import { CONSOLE_PARTS, runConsole } from "./console/run.ts";
import { type BenchOptions, runDeconflict } from "./deconflict/run.ts";
import { PARTS } from "./child.ts";
import { runIntake } from "./intake/run.ts";
import { LINE_PARTS, runLine } from "./line/run.ts";
import { type MistakesOptions, runMistakes } from "./mistakes/run.ts";
import { runNarrow } from "./narrow/run.ts";
import { jsonOf, type Report, tableOf } from "./report.ts";

type Options = BenchOptions & Pick<MistakesOptions, "part" | "misses"> & { readonly only: readonly string[] };
interface Bench {
  /** What `--only` may name. */
  readonly parts: readonly string[];
  readonly run: (options: Options, say: (text: string) => void) => Promise<Report> | Report;
}
const BENCHES: Readonly<Record<string, Bench>> = {
  console: { parts: CONSOLE_PARTS, run: runConsole },
  deconflict: { parts: PARTS, run: runDeconflict },
  intake: { parts: [], run: runIntake },
  line: { parts: LINE_PARTS, run: runLine },
  mistakes: { parts: [], run: runMistakes },
  narrow: { parts: [], run: runNarrow },
};
const USAGE = `Use: npm run bench -- ${Object.keys(BENCHES).join("|")} [options]

Measures one part of Parley beside a peer or a bound in the same run. A missed goal is told in the report and not by the
exit status, which is 2 for a wrong command and 3 where a part of the bench broke.

  --json         one JSON object as the last line
  --quick        to see that it runs, too little to measure
  --volumes N    how many volumes are held, or entries of the line, from 100 on (default: as many as the bench is about)
  --no-peer      without PostGIS, Prosody, Postfix
  --no-large     without the part of 10,000,000 volumes
  --only PARTS   of deconflict: ${PARTS.join(",")}
                 of line: ${LINE_PARTS.join(",")}
                 of console: ${CONSOLE_PARTS.join(",")}
  --misses FILE  of mistakes: writes every miss there
  --tune         of mistakes: on the rows that thresholds may be chosen on
  -h, --help     this text
`;

function say(text: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${text}\n`);
}

function read() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h", default: false },
      json: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      "no-peer": { type: "boolean", default: false },
      "no-large": { type: "boolean", default: false },
      volumes: { type: "string" },
      // For the mistakes: where every miss is written, and the rows that thresholds may be chosen on.
      misses: { type: "string" },
      tune: { type: "boolean", default: false },
      only: { type: "string" },
    },
  });
  if (values.help) return null;
  const bench = positionals.length === 1 ? BENCHES[positionals[0] as string] : undefined;
  const volumes = values.volumes === undefined ? null : Number(values.volumes);
  if (bench === undefined) throw new Error("Name one bench.");
  if (volumes !== null && !(Number.isSafeInteger(volumes) && volumes >= 100)) {
    throw new Error("--volumes is a whole number from 100 on.");
  }
  const asked = values.only?.split(",") ?? bench.parts;
  const wrong = asked.find((name) => !bench.parts.includes(name));
  if (wrong !== undefined) throw new Error(`There is no part "${wrong}".`);
  const parts = PARTS.filter((part) => asked.includes(part) && !(part === "large" && values["no-large"]));
  const options: Options = {
    volumes,
    quick: values.quick,
    peer: !values["no-peer"],
    parts,
    only: asked,
    misses: values.misses ?? null,
    part: values.tune ? "tune" : "measure",
  };
  return { bench, json: values.json, options };
}

async function main(): Promise<void> {
  let asked: ReturnType<typeof read>;
  try {
    asked = read();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (asked === null) {
    process.stdout.write(USAGE);
    return;
  }
  const report = await asked.bench.run(asked.options, say);
  process.stdout.write(`${tableOf(report)}\n`);
  if (report.broken !== null) {
    say(`This bench broke: ${report.broken}`);
    process.exitCode = 3;
  }
  if (asked.json) process.stdout.write(`${jsonOf(report)}\n`);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
await main();
