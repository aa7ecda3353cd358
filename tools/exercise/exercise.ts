/** The exercise as one thing: nodes, relays, page and story, started and ended together. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NodeEvent } from "../../src/api/index.ts";
import { openHost } from "./host.ts";
import { nodesOf } from "./nodes.ts";
import { officer } from "./officer.ts";
import { type Crossing, openRelays } from "./relay.ts";
import { keyFilePath, NAMES, PASSPHRASE, setUp } from "./setup.ts";
import {
  choosePorts,
  type ExerciseState,
  isFree,
  PARTY_IDS,
  type PartyName,
  type PerParty,
  perParty,
  readState,
  writeState,
} from "./state.ts";
import { type Counts, NOTHING_SEEN, remembering, type Seen, story } from "./story.ts";

export interface RunningExercise {
  readonly address: string;
  end(): Promise<void>;
}

/** What was done with the buttons: kept, so that a second start shows it. */
interface Deeds {
  readonly before: Counts | null;
  readonly after: Counts | null;
  readonly verify: { readonly ok: boolean; readonly command: string; readonly output: string } | null;
}

const ROOT = join(import.meta.dirname, "..", "..");
const TICK_MS = 500;
const CROSSINGS_SHOWN = 60;
const STOPPED: PartyName = "southern";

export async function startExercise(dir: string, pageFolder: string, now: () => number): Promise<RunningExercise> {
  const state = await stateOf(dir, now());
  const links = perParty((party) => signInLink(dir, state, party));
  const crossings: Crossing[] = [];
  let seen: Seen = NOTHING_SEEN;
  let deeds = readDeeds(dir);
  let begun = false;
  let prepared = false;
  let trouble: string | null = null;
  const keep = (change: Partial<Deeds>) => {
    deeds = { ...deeds, ...change };
    writeFileSync(join(dir, "deeds.json"), JSON.stringify(deeds));
    host.publish();
  };
  const nodes = nodesOf(dir, () => host.publish());
  const tale = story(dir, state);
  const view = () => ({
    names: NAMES,
    links,
    up: perParty((party) => nodes.isUp(party)),
    crossings: crossings.slice(-CROSSINGS_SHOWN),
    seen,
    deeds,
    trouble,
  });

  const actions = {
    stop: async () => {
      keep({ before: await tale.counts(STOPPED), after: null });
      await nodes.kill(STOPPED);
      host.publish();
      await tale.tellWhileDown();
    },
    start: async () => {
      await nodes.start(STOPPED);
      if (deeds.before !== null)
        keep({
          after: await caughtUp(
            () => tale.counts(STOPPED),
            () => tale.counts("relief"),
          ),
        });
    },
    verify: async () => {
      if (seen.convoy !== null) keep({ verify: await verify(dir, tale, seen.convoy) });
    },
  };
  const frames = PARTY_IDS.map((party) => `http://127.0.0.1:${state.nodes[party]}`);
  const host = await openHost({
    port: state.page,
    folder: pageFolder,
    frames,
    view,
    actions,
    opened: () => (begun = true),
  });
  const relays = await openRelays(state, (crossing) => {
    crossings.push(crossing);
    if (crossings.length > 4 * CROSSINGS_SHOWN) crossings.splice(0, crossings.length - CROSSINGS_SHOWN);
    host.publish();
  });
  await Promise.all(PARTY_IDS.map((party) => nodes.start(party)));
  const ending = new AbortController();
  const watching = PARTY_IDS.map((party) => nameSenders(dir, state, party, crossings, ending.signal));
  const looking = keepLooking(ending.signal, async () => {
    try {
      if (!prepared) await tale.prepare(now());
      prepared = true;
      if (begun) seen = remembering(seen, await tale.advance(now()));
      trouble = null;
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    host.publish();
  });
  return {
    address: `http://127.0.0.1:${state.page}/`,
    end: async () => {
      ending.abort();
      host.close();
      for (const relay of relays) relay.close();
      await nodes.endAll();
      for (const relay of relays) relay.closeAllConnections();
      await Promise.allSettled([...watching, looking]);
    },
  };
}

/** The line as it was left, or a new one. */
async function stateOf(dir: string, now: number): Promise<ExerciseState> {
  const known = readState(dir);
  if (known === null) {
    const { state, letGo } = await choosePorts();
    await setUp(dir, state, now);
    writeState(dir, state);
    await letGo();
    return state;
  }
  const ports = [known.page, ...Object.values(known.nodes), ...Object.values(known.relays)];
  for (const port of ports) {
    if (await isFree(port)) continue;
    throw new Error(
      `Another program uses port ${port}. End that one, or begin again on other ports with: npm start -- --fresh`,
    );
  }
  return known;
}

/** The second officer's door: only a node in an exercise lets the console open it. */
function signInLink(dir: string, state: ExerciseState, party: PartyName): string {
  const key_file = readFileSync(keyFilePath(dir, party, "releaser-1"), "utf8");
  const link = Buffer.from(JSON.stringify({ key_file, passphrase: PASSPHRASE, go_to: "#/inbox" }), "utf8").toString(
    "base64",
  );
  return `http://127.0.0.1:${state.nodes[party]}/#/exercise/${encodeURIComponent(link)}`;
}

function readDeeds(dir: string): Deeds {
  const file = join(dir, "deeds.json");
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Deeds)
    : { before: null, after: null, verify: null };
}

/** Sealed bytes do not say who sent them; the sender's own node does, to its own officers. */
async function nameSenders(
  dir: string,
  state: ExerciseState,
  party: PartyName,
  crossings: Crossing[],
  signal: AbortSignal,
): Promise<void> {
  const { client } = officer(dir, state, party, "releaser-1");
  const note = (event: NodeEvent) => {
    if (event.type !== "exchange" || event.sent === null) return;
    const { head, bytes } = event.sent;
    const crossing = crossings.findLast(
      ({ to, sent }) =>
        to === event.party && sent.bytes === bytes && (sent.head.startsWith(head) || head.startsWith(sent.head)),
    );
    if (crossing !== undefined) crossing.from = party;
  };
  while (!signal.aborted) {
    try {
      for await (const event of await client.events({}, { signal })) note(event);
    } catch {
      // The node is down or we are ending; it is tried again.
    }
    await pause(TICK_MS, signal);
  }
}

async function keepLooking(signal: AbortSignal, look: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await look();
    await pause(TICK_MS, signal);
  }
}

/** After a start: what the node holds once it has all that the other one told meanwhile. */
async function caughtUp(
  counts: () => Promise<Counts | null>,
  others: () => Promise<Counts | null>,
): Promise<Counts | null> {
  for (let tries = 0; tries < 60; tries++) {
    const [here, there] = [await counts(), await others()];
    if (here !== null && there !== null && here.entries.relief >= there.entries.relief) return here;
    await pause(TICK_MS);
  }
  return counts();
}

/** The command as anybody can run it: the evidence, and the fingerprints as the parties read them out. */
async function verify(
  dir: string,
  tale: ReturnType<typeof story>,
  convoy: string,
): Promise<NonNullable<Deeds["verify"]>> {
  const evidence = join(dir, "convoy.evidence");
  const pins = join(dir, "fingerprints.txt");
  writeFileSync(evidence, await tale.evidence(convoy));
  writeFileSync(
    pins,
    Object.entries(await tale.fingerprints())
      .map(([party, print]) => `${party}=${print}\n`)
      .join(""),
  );
  const args = ["verify", evidence, "--fingerprints", pins];
  return new Promise((resolve) => {
    execFile(join(ROOT, "parley"), args, { cwd: ROOT, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({
        ok: error === null,
        command: `./parley ${args.join(" ")}`,
        output: `${stdout}${error === null ? "" : stderr}`.trim(),
      });
    });
  });
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

export type ExerciseView = {
  readonly names: PerParty<string>;
  readonly links: PerParty<string>;
  readonly up: PerParty<boolean>;
  readonly crossings: readonly Crossing[];
  readonly seen: Seen;
  readonly deeds: Deeds;
  readonly trouble: string | null;
};
