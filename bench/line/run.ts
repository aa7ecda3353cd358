/** The bench of the line: two real nodes beside Prosody, Postfix and a bound, all on this machine in one run. */
import type { BenchOptions } from "../deconflict/run.ts";
import type { Measure, Report } from "../report.ts";
import { bareOf } from "./bare.ts";
import { boundPerSecond } from "./bound.ts";
import { catchUp } from "./catch-up.ts";
import { compared, complete, LINE_PARTS, measured, type LinePart, type PeerSide } from "./goals.ts";
import type { Absent } from "./install.ts";
import { oneAtATime, pipelined, startPair } from "./pair.ts";
import { coresOfLines } from "./lines.ts";
import { startPostfix } from "./postfix.ts";
import { startProsody } from "./prosody.ts";
import { restartSeconds } from "./restart.ts";
import { verifyExports } from "./verify.ts";

export { LINE_PARTS } from "./goals.ts";

type Say = (text: string) => void;
export type LineOptions = Pick<BenchOptions, "quick" | "peer" | "volumes"> & { readonly only: readonly string[] };

type Part = (options: LineOptions, say: Say) => Promise<readonly Measure[]>;

const PARTS: Readonly<Record<LinePart, Part>> = {
  one: measureOne,
  pipelined: measurePipelined,
  "catch-up": measureCatchUp,
  verify: measureVerify,
  restart: measureRestart,
  lines: measureLines,
};

export async function runLine(options: LineOptions, say: Say): Promise<Report> {
  const measures: Measure[] = [];
  const failures = new Map<string, string>();
  for (const part of LINE_PARTS.filter((each) => options.only.includes(each))) {
    say(`part: ${part}`);
    try {
      const found = await PARTS[part](options, say);
      measures.push(...found);
      for (const { measure, value, unit, peer_value } of found) say(`${measure}: ${value} ${unit}, peer ${peer_value}`);
    } catch (error) {
      failures.set(part, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  const broken = failures.size === 0 ? null : [...failures].map(([part, why]) => `${part}: ${why}`).join("; ");
  return { bench: "line", measures: complete(measures, options.only, failures), broken };
}

const UNASKED: Absent = { why: "run without the peer, as asked" };
const WORDS = "drafted and signed by one officer, signed and released by another, the other node's receipt back";

async function measureOne({ quick, peer }: LineOptions, say: Say): Promise<readonly Measure[]> {
  const messages = quick ? 60 : 400;
  const prosody = await besideProsody(peer, say, messages, 1);
  const postfix = await besidePostfix(peer, say, quick ? 10 : 50);
  const bound = boundPerSecond(messages);
  const pair = await startPair();
  try {
    const own = await oneAtATime(pair, messages);
    return [
      compared("one-beside-prosody", own, prosody, WORDS),
      compared("one-beside-postfix", own, postfix, WORDS),
      compared("one-beside-bound", own, { name: "bound", value: bound }),
    ];
  } finally {
    await pair.end();
  }
}

/** Entries that Prosody's author may have without a receipt; more do not make it faster. */
const WINDOW = 64;

async function measurePipelined({ quick, peer }: LineOptions, say: Say): Promise<readonly Measure[]> {
  const messages = quick ? 2000 : 20_000;
  const prosody = await besideProsody(peer, say, quick ? 200 : 1000, WINDOW);
  const bound = boundPerSecond(quick ? 200 : 1000);
  const pair = await startPair();
  try {
    const own = await pipelined(pair, messages, 500);
    return [
      compared("pipelined-beside-prosody", own, prosody, "in lists of 500"),
      compared("pipelined-beside-bound", own, { name: "bound", value: bound }, "in lists of 500"),
    ];
  } finally {
    await pair.end();
  }
}

const BEHIND = "until it sounds at the other side, held ahead of its log or opened in it, whichever is first";

async function measureCatchUp({ quick, volumes }: LineOptions, say: Say): Promise<readonly Measure[]> {
  const entries = volumes ?? (quick ? 5000 : 100_000);
  const caughtUp = await catchUp(entries, quick ? 10 : 100, say);
  const alone = await bareOf("open", quick ? 5000 : 20_000);
  const bare = { name: "bare cryptography, two cores", value: alone.perSecond };
  const bareCpu = { name: "bare cryptography", value: alone.cpuMicroseconds };
  return [
    measured("catch-up-entries", entries),
    measured("catch-up-stored", caughtUp.storedPerSecond),
    compared("catch-up-opened", caughtUp.openedPerSecond, bare, "decapsulated, deciphered, two signatures checked"),
    compared("catch-up-cpu", caughtUp.cpuMicroseconds, bareCpu, "processor time of both nodes, until all is opened"),
    measured("stop-p50", caughtUp.stops.p50, BEHIND),
    measured("stop-p99", caughtUp.stops.p99, BEHIND),
  ];
}

const LARGE = 1_000_000;
const SMALL = 5000;

async function measureVerify({ quick, volumes }: LineOptions, say: Say): Promise<readonly Measure[]> {
  const entries = volumes ?? (quick ? SMALL : LARGE);
  const { tree, whole } = await verifyExports(entries, say);
  if (whole.counted !== entries) throw new Error(`${whole.counted} messages count, not ${entries}`);
  const alone = await bareOf("signatures", quick ? SMALL : 50_000);
  const bare = { name: "bare signature checks, two cores", value: entries / alone.perSecond };
  const bareCpu = { name: "bare signature checks", value: alone.cpuMicroseconds };
  return [
    measured("verify-entries", entries),
    measured("verify-tree", tree.seconds),
    compared("verify-signatures", whole.seconds, bare, "each entry opened, read, and both its signatures checked"),
    compared("verify-cpu", whole.cpuMicroseconds / entries, bareCpu, "processor time of all its threads"),
    measured("verify-memory", Math.max(tree.memoryMb, whole.memoryMb)),
  ];
}

async function measureRestart({ quick, volumes }: LineOptions, say: Say): Promise<readonly Measure[]> {
  const entries = volumes ?? (quick ? SMALL : LARGE);
  const seconds = await restartSeconds(entries, 3, say);
  return [measured("restart-entries", entries), measured("restart", seconds, "the best of three starts")];
}

/** A node is of one line (design.md): 100 lines are 100 nodes, and what they cost is measured of one and multiplied. */
async function measureLines({ quick }: LineOptions, say: Say): Promise<readonly Measure[]> {
  // A node says one message in ten seconds: what it still compiles in its first minute, it does not compile again.
  const cores = await coresOfLines({ lines: 100, seconds: quick ? 10 : 240 }, say);
  return [measured("lines-cpu", cores, "a node has one line: one node's share of 10 messages a second, times 100")];
}

async function besideProsody(wanted: boolean, say: Say, messages: number, window: number): Promise<PeerSide> {
  const prosody = wanted ? await startProsody(say) : UNASKED;
  if ("why" in prosody) return prosody;
  try {
    await prosody.perSecond({ messages: 20, window: 1 });
    return { name: `${prosody.version}, OpenPGP`, value: await prosody.perSecond({ messages, window }) };
  } finally {
    await prosody.stop();
  }
}

async function besidePostfix(wanted: boolean, say: Say, messages: number): Promise<PeerSide> {
  const postfix = wanted ? await startPostfix(say) : UNASKED;
  if ("why" in postfix) return postfix;
  try {
    await postfix.perSecond(2);
    return { name: `${postfix.version}, GnuPG`, value: await postfix.perSecond(messages) };
  } finally {
    await postfix.stop();
  }
}
