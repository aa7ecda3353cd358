/**
 * `npm run real`: three nodes from nothing, a real list of sites told over the line, real plans checked against it and
 * kept private, every node killed and started again, every log verified from an export, and a search for the plans in
 * all that left the nodes. Progress on standard error; one JSON object last on standard output. Exit status 1 where
 * anything was lost, duplicated, unverified or leaked.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountFor, faultsOf, type Outcome } from "./account.ts";
import { backUp, searched, verified } from "./afterwards.ts";
import { newCanary } from "./canary.ts";
import { missingData, plansOf, readRawSites, readStrikes } from "./data.ts";
import { makeNodes, type Nodes } from "./nodes.ts";
import { comparePairs, countPairs, type Pair } from "./pairs.ts";
import { conflictsOf, importSites, loadPlans, releaseSites, settle, signInAgain } from "./story.ts";

const ROOT = join(import.meta.dirname, "../..");
const AUTHOR = "relief";
const PLANNING = "southern";
const RECIPIENTS = ["northern", "southern"];
const WITHIN_M = 2000;

const USAGE = `Use: npm run real

A trial on real data: three nodes from nothing, a real list of sites told over the line, real plans checked against it and
kept private, every node killed and started again, every log verified from an export, and a search for the plans in all
that left the nodes. It takes no options. Progress on standard error; one JSON object last on standard output. Exit
status 1 where anything was lost, duplicated, unverified or leaked, and 2 for a wrong command.
`;

const started = performance.now();

function say(text: string): void {
  const at = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  process.stderr.write(`${at} s  ${text}\n`);
}

/** True where nothing but the trial was asked for. */
function isAsked(args: readonly string[]): boolean {
  const [first] = args;
  if (first === undefined) return true;
  const wantsHelp = first === "--help" || first === "-h";
  if (wantsHelp) process.stdout.write(USAGE);
  else process.stderr.write(`There is no option "${first}".\n\n${USAGE}`);
  process.exitCode = wantsHelp ? 0 : 2;
  return false;
}

async function main(): Promise<void> {
  if (!isAsked(process.argv.slice(2))) return;
  const missing = missingData();
  if (missing !== null) {
    process.stderr.write(`${missing} The trial on real data was skipped.\n`);
    process.stdout.write(`${JSON.stringify({ skipped: missing })}\n`);
    return;
  }
  const dir = mkdtempSync(join(tmpdir(), "parley-real-"));
  const nodes = await makeNodes(dir, {
    terms: { title: "Trial on real data", area: { west: 38, south: 28, east: 50, north: 38 }, separation_m: WITHIN_M },
  });
  const stop = (): void => {
    void nodes.close().finally(() => process.exit(130));
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  let faults: readonly string[] = ["The trial did not come to its end."];
  try {
    const { outcome, faults: found } = await trial(dir, nodes);
    faults = found;
    for (const fault of faults) say(`FAULT: ${fault}`);
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  } finally {
    await nodes.close();
    if (faults.length === 0) rmSync(dir, { recursive: true, force: true });
    else say(`Everything is kept for inspection in ${dir}`);
  }
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function trial(dir: string, nodes: Nodes): Promise<{ outcome: Outcome; faults: readonly string[] }> {
  const canary = newCanary();
  await nodes.start();
  say("Three nodes serve.");
  const imported = importSites();
  const { rows, refused, warned } = imported.summary;
  say(`Imported: ${rows} rows, ${refused} refused, ${warned} warned of.`);
  const drafter = await nodes.officer(AUTHOR, "watch-1");
  const release = await releaseSites(imported, drafter, await nodes.officer(AUTHOR, "watch-2"));
  const released = release.hashes.length;
  say(`Released: ${released} sites.`);
  await settle(drafter.client, AUTHOR, release, {
    recipients: RECIPIENTS.length,
    deadline_ms: 60_000,
    say: ({ receipts, opened_last }) =>
      say(`Receipts: ${receipts} of ${released * RECIPIENTS.length}; the last site opened by ${opened_last}.`),
  });

  const strikes = readStrikes();
  const planner = await nodes.officer(PLANNING, "planner-1");
  await loadPlans(plansOf(strikes, canary), planner);
  say(`Plans: ${strikes.length} loaded by ${PLANNING}, private.`);
  const expected = countPairs(strikes, readRawSites(), WITHIN_M);
  const before = await conflictsOf(planner, release.sites);
  const pairFaults = pairsAsExpected(expected, before, "before the restart");
  writePairs(before);

  await nodes.kill();
  say("Every node was killed with SIGKILL.");
  await nodes.start();
  const officers = await signInAgain(nodes);
  say("Every node serves again.");
  const after = await conflictsOf(await nodes.officer(PLANNING, "planner-1"), release.sites);

  const exports = join(dir, "exports");
  mkdirSync(exports);
  const reports = await Promise.all(
    [...officers].map(async ([party, { client }]) => {
      const path = join(exports, `${party}.evidence`);
      writeFileSync(path, await client.export({ query: {} }));
      const { messages, ...rest } = await verified(path, nodes);
      return { party, ...rest, messages: messages.filter(({ from }) => from === AUTHOR) };
    }),
  );
  const verified_entries = reports.reduce((sum, { entries }) => sum + entries, 0);
  say(`Verified: ${verified_entries} entries of ${reports.length} exports.`);
  const told = reports.find(({ party }) => party === AUTHOR)?.messages ?? [];
  const receipts = told.reduce((sum, each) => sum + countOf(each.receipts), 0);
  const opened = told.reduce((sum, each) => sum + countOf(each.opened), 0);
  const held = new Map(
    reports
      .filter(({ party }) => party !== AUTHOR)
      .map(({ party, messages }) => [party, messages.map(({ hash }) => hash)]),
  );
  const { lost, duplicated, strange } = accountFor(release.hashes, held);

  await backUp(dir, nodes);
  const leaks = searched(dir, nodes, canary);
  say(
    `Searched: ${leaks.bytes} bytes on the wire, exports, backups, stores and logs; ${leaks.sightings.length} canaries.`,
  );
  for (const { where, written, at } of leaks.sightings.slice(0, 20)) say(`  ${written} at ${at} of ${where}`);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const outcome: Outcome = {
    rows,
    refused,
    warned,
    released,
    receipts,
    opened,
    lost,
    duplicated,
    plans: strikes.length,
    conflicts: after.length,
    verified_entries,
    canaries_found: leaks.sightings.length,
    seconds,
  };
  const others = [
    ...release.faults,
    ...pairFaults,
    ...pairsAsExpected(expected, after, "after the restart"),
    ...reports.flatMap(({ faults }) => faults),
    ...leaks.faults,
    ...(strange === 0 ? [] : [`${strange} messages are held that were never released.`]),
  ];
  return { outcome, faults: faultsOf(outcome, RECIPIENTS.length, others) };
}

/** Recipients among those who signed. */
function countOf(signed: readonly { readonly party: string }[]): number {
  return new Set(signed.map(({ party }) => party).filter((party) => RECIPIENTS.includes(party))).size;
}

function pairsAsExpected(expected: readonly Pair[], reported: readonly Pair[], when: string): string[] {
  const { missed, invented, differing } = comparePairs(expected, reported);
  const plans = new Set(reported.map(({ plan }) => plan)).size;
  const sites = new Set(reported.map(({ site }) => site)).size;
  say(`Pairs ${when}: ${reported.length} of ${plans} plans and ${sites} sites; by brute force ${expected.length}.`);
  if (missed.length + invented.length + differing.length === 0 && reported.length === expected.length) return [];
  return [
    `Pairs ${when}: ${missed.length} missed, ${invented.length} invented, ${differing.length} at another distance.`,
  ];
}

/** For whoever wants to look: ids and distances only, beside the trial's own files. */
function writePairs(pairs: readonly Pair[]): void {
  const folder = join(ROOT, ".parley", "real");
  mkdirSync(folder, { recursive: true });
  const lines = pairs.map(({ plan, site, distance_m }) => `${plan},${site},${distance_m.toFixed(3)}`).toSorted();
  const path = join(folder, "pairs.csv");
  writeFileSync(path, `plan,site,distance_m\n${lines.join("\n")}\n`);
  say(`Every pair with its distance: ${path}`);
}

try {
  await main();
} catch (error) {
  say(`The trial could not run: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 3;
}
