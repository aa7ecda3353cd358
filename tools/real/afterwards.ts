/** What is looked at once all is said: verified exports, backups, and everything that left the nodes. */
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EvidenceReport } from "../../src/line/index.ts";
import { needlesOf, newCanary, type Sighting, sightingsBelow } from "./canary.ts";
import type { Nodes } from "./nodes.ts";

const ROOT = join(import.meta.dirname, "../..");

type EvidenceMessage = EvidenceReport["messages"][number];

interface Verified {
  readonly entries: number;
  /** The messages in the export, as often as they occur. */
  readonly messages: readonly EvidenceMessage[];
  readonly faults: readonly string[];
}

/** The real verifier in a process of its own, with nothing but the export and the fingerprints. */
export async function verified(path: string, nodes: Nodes): Promise<Verified> {
  const pins = nodes.line.line.fingerprints.flatMap(({ party, fingerprint }) => [
    "--fingerprint",
    `${party}=${fingerprint}`,
  ]);
  const report = JSON.parse(await parley(["verify", path, "--json", ...pins])) as EvidenceReport;
  const faults = report.faults.map(({ code, message }) => `${path}: ${code}: ${message}`);
  return {
    entries: report.logs.reduce((sum, { entries }) => sum + entries, 0),
    messages: report.messages,
    faults: report.ok ? faults : [`${path} does not verify.`, ...faults],
  };
}

/** The command line as anyone runs it; its standard output, also where it ends with a valid "no" (status 1). */
async function parley(args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(join(ROOT, "parley"), args, { maxBuffer: 1 << 30 });
    return stdout;
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 1 && stdout !== undefined && stdout !== "") return stdout;
    throw new Error(`parley ${args[0] ?? ""}: ${stderr ?? String(cause)}`, { cause });
  }
}

function isPrivate(name: string): boolean {
  return /(?:^|\/)private\.sqlite(?:-wal|-shm)?$/.test(name);
}

/** A backup has the plans in it too: under its passphrase, where nobody reads them. */
export async function backUp(dir: string, nodes: Nodes): Promise<void> {
  const folder = join(dir, "backups");
  mkdirSync(folder);
  const passphrase = join(dir, "passphrase");
  writeFileSync(passphrase, `${newCanary()}\n`, { mode: 0o600 });
  const where = (party: string): string => join(folder, `${party}.backup`);
  const backups = nodes.all.map((node) => [
    "backup",
    where(node.party),
    "--dir",
    node.dir,
    "--passphrase-file",
    passphrase,
  ]);
  await Promise.all(backups.map(parley));
}

/** Everything that left a node or could: wire, exports, backups and stores of the line, what the processes wrote. */
export function searched(dir: string, nodes: Nodes, canary: string) {
  const needles = needlesOf(canary);
  const outside = sightingsBelow(dir, needles, (name) => !isPrivate(name));
  const wire = nodes.all.flatMap(({ relay }) => relay.sightings(needles));
  const inside: Sighting[] = sightingsBelow(dir, needles, isPrivate);
  const bytes = nodes.all.reduce((sum, { relay }) => sum + relay.bytes(), 0);
  const faults = [
    ...(inside.length > 0 ? [] : ["The canary is not even in the planner's own store: the search proves nothing."]),
    ...(bytes > 0 ? [] : ["Nothing passed the relays: the search proves nothing."]),
  ];
  return { bytes, sightings: [...outside, ...wire], faults };
}
