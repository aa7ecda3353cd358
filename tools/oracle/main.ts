/**
 * `npm run oracle`: the engine against brute force on random and adversarial pairs, on GeographicLib's own values and on
 * real tracks, and beside PostGIS. What it may be asked stands in options.ts.
 */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { randomFrom } from "../../test/geo/shapes.ts";
import { checkGeodesics } from "./geodesics.ts";
import { type OracleOptions, readOptions, USAGE, type Wanted } from "./options.ts";
import { addTally, emptyTally, type Kind, kindAt, runOne, type Tally } from "./run.ts";
import { askPostgis } from "./peer.ts";
import { runTracks } from "./tracks.ts";

interface Task {
  readonly seed: number;
  /** This one's first pair and how far apart its pairs are, so that no two of them take the same. */
  readonly first: number;
  readonly step: number;
  /** How many pairs count for it: those whose shapes are valid, at which the engine is then asked. */
  readonly share: number;
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

function work({ seed, first, step, share, until }: Task): void {
  let tallies: Record<string, Tally> = {};
  let counted = 0;
  for (let i = first, made = 1; counted < share && Date.now() < until; i += step, made++) {
    // Two constants that have nothing to do with each other, lest one seed's pairs be its neighbour's.
    const own = (Math.imul(seed, 0x85ebca6b) ^ Math.imul(i + 1, 0x9e3779b1)) >>> 0;
    const kind = kindAt(i, randomFrom(own ^ 0x5bd1e995));
    const tally = (tallies[kind] ??= emptyTally());
    const before = tally.pairs;
    runOne(kind, own, tally);
    counted += tally.pairs - before;
    if (made % REPORT_EVERY === 0) {
      report({ tallies });
      tallies = {};
    }
  }
  report({ tallies });
}

async function runAll({ pairs, minutes, seed, threads }: OracleOptions): Promise<Record<string, Tally>> {
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
    const task: Task = { seed, first: i, step: threads, share, until };
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
  if (pairs === 0) return null;
  const agreement = await askPostgis(pairs, seed, (text) => process.stderr.write(`${text}\n`));
  if ("why" in agreement) process.stderr.write(`PostGIS was not asked: ${agreement.why}\n`);
  return agreement;
}

async function main(): Promise<void> {
  let wanted: Wanted;
  try {
    wanted = readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (wanted.want === "help") process.stdout.write(USAGE);
  else if (wanted.want === "again") lookAgain(wanted.kind, wanted.seed);
  else await run(wanted.options);
}

function lookAgain(kind: Kind, seed: number): void {
  const tally = emptyTally();
  runOne(kind, seed, tally);
  process.stdout.write(`${JSON.stringify(tally)}\n`);
}

async function run(options: OracleOptions): Promise<void> {
  const began = Date.now();
  const geodesics = checkGeodesics();
  const tracks = runTracks();
  if (tracks === null) process.stderr.write("The real tracks were skipped: ../shared/data/movement is not here.\n");
  const classes = await runAll(options);
  const postgis = await askedPostgis(options.postgis, options.seed);
  const total = emptyTally();
  for (const tally of Object.values(classes)) addTally(total, tally);
  if (tracks !== null) addTally(total, tracks);
  const { seeds, ...counts } = total;
  const result = {
    oracle: "parley-deconflict",
    seconds: Math.round((Date.now() - began) / 1000),
    asked: options.pairs,
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
