/**
 * `npm run oracle -- --pairs N --minutes M --seed S --threads T --postgis N`: the engine against brute force on random and
 * adversarial pairs, on GeographicLib's own values and on real tracks, and N pairs (0: none) beside
 * PostGIS. The last line is JSON; the exit status is 1 where anything was missed, or false beyond what spec/check.md
 * allows. `--again KIND:SEED` looks at one pair again.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { randomFrom } from "../../test/geo/shapes.ts";
import { checkGeodesics } from "./geodesics.ts";
import { addTally, emptyTally, type Kind, kindAt, KINDS, runOne, type Tally } from "./run.ts";
import { askPostgis } from "./peer.ts";
import { runTracks } from "./tracks.ts";

interface Task {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly until: number;
}

interface Progress {
  readonly tallies: Readonly<Record<string, Tally>>;
}

const REPORT_EVERY = 500;

function report(progress: Progress): void {
  // A worker's port has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(progress);
}

function work({ seed, from, to, until }: Task): void {
  let tallies: Record<string, Tally> = {};
  for (let i = from; i < to && Date.now() < until; i++) {
    // Two constants that have nothing to do with each other, lest one seed's pairs be its neighbour's.
    const own = (Math.imul(seed, 0x85ebca6b) ^ Math.imul(i + 1, 0x9e3779b1)) >>> 0;
    const kind = kindAt(i, randomFrom(own ^ 0x5bd1e995));
    runOne(kind, own, (tallies[kind] ??= emptyTally()));
    if ((i - from) % REPORT_EVERY === REPORT_EVERY - 1) {
      report({ tallies });
      tallies = {};
    }
  }
  report({ tallies });
}

function amount(text: string, name: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new Error(`--${name} ${text} is not a number above 0.`);
  return value;
}

async function runAll(pairs: number, minutes: number, seed: number, threads: number): Promise<Record<string, Tally>> {
  const tallies: Record<string, Tally> = {};
  const until = Date.now() + minutes * 60_000;
  let [done, said] = [0, Date.now()];
  const take = ({ tallies: found }: Progress) => {
    for (const [kind, tally] of Object.entries(found)) {
      addTally((tallies[kind] ??= emptyTally()), tally);
      done += tally.pairs;
    }
    if (Date.now() - said < 10_000) return;
    said = Date.now();
    process.stderr.write(`${done} of ${pairs} pairs\n`);
  };
  const share = Math.ceil(pairs / threads);
  const runs = Array.from({ length: threads }, (_, i) => {
    const task: Task = { seed, from: i * share, to: Math.min(pairs, (i + 1) * share), until };
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    worker.on("message", take);
    return new Promise<void>((resolve, reject) => {
      worker.on("error", reject);
      worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with ${code}.`))));
    });
  });
  await Promise.all(runs);
  return tallies;
}

/** null where nobody wants it; where PostGIS cannot be had, that is said aloud. */
async function askedPostgis(pairs: number, seed: number) {
  if (!(pairs > 0)) return null;
  const agreement = await askPostgis(pairs, seed, (text) => process.stderr.write(`${text}\n`));
  if ("why" in agreement) process.stderr.write(`PostGIS was not asked: ${agreement.why}\n`);
  return agreement;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pairs: { type: "string", default: "1000000" },
      minutes: { type: "string", default: "120" },
      seed: { type: "string", default: "1" },
      threads: { type: "string", default: String(availableParallelism()) },
      postgis: { type: "string", default: "20000" },
      again: { type: "string" },
    },
  });
  if (values.again !== undefined) {
    const [kind, seed] = values.again.split(":");
    const tally = emptyTally();
    if (!KINDS.some((known) => known === kind)) throw new Error(`There is no class "${kind}".`);
    runOne(kind as Kind, Number(seed), tally);
    process.stdout.write(`${JSON.stringify(tally)}\n`);
    return;
  }
  const [pairs, minutes] = [amount(values.pairs, "pairs"), amount(values.minutes, "minutes")];
  const began = Date.now();
  const geodesics = checkGeodesics();
  const tracks = runTracks();
  if (tracks === null) process.stderr.write("The real tracks were skipped: ../shared/data/movement is not here.\n");
  const classes = await runAll(pairs, minutes, amount(values.seed, "seed"), amount(values.threads, "threads"));
  const postgis = await askedPostgis(Number(values.postgis), amount(values.seed, "seed"));
  const total = emptyTally();
  for (const tally of Object.values(classes)) addTally(total, tally);
  if (tracks !== null) addTally(total, tracks);
  const { seeds, ...counts } = total;
  const result = {
    oracle: "parley-deconflict",
    seconds: Math.round((Date.now() - began) / 1000),
    asked: pairs,
    ...counts,
    geodesics,
    tracks,
    postgis,
    classes: Object.fromEntries(
      Object.entries(classes).map(([kind, tally]) => [kind, { ...tally, seeds: tally.seeds.length }]),
    ),
    seeds: seeds.slice(0, 50),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  const isRight =
    counts.missed === 0 && counts.unsymmetric + counts.unlike + counts.changed === 0 && geodesics.wrong === 0;
  const isClose = counts.false * 1000 < counts.pairs && counts.worst_m <= 0.01 && counts.worst_ms <= 1;
  const isAgreed = postgis === null || "why" in postgis || postgis.disagreed === 0;
  process.exitCode = isRight && isClose && isAgreed ? 0 : 1;
}

if (isMainThread) await main();
else work(workerData as Task);
