/** A node comes back after an outage with so many entries behind it; meanwhile officers say STOP. */
import { setTimeout as sleep } from "node:timers/promises";
import { desk, startProcess, type Desk, type NodeProcess } from "../../test/support/nodes.ts";
import { timesOf } from "../statistics.ts";
import { cpuSeconds } from "./cpu.ts";
import { lineWith } from "./made.ts";

export interface CaughtUp {
  /** Entries a second, from the first exchange to the receipt over the last of them. */
  readonly storedPerSecond: number;
  /** Entries a second, from the first exchange until the last message counts. */
  readonly openedPerSecond: number;
  /** Processor time of both nodes together for an entry, from the first exchange until all are opened, microseconds. */
  readonly cpuMicroseconds: number;
  /** From before the release of each STOP until it sounds on the other side: held or opened, whichever is first, ms. */
  readonly stops: { readonly p50: number; readonly p99: number };
}

export async function catchUp(entries: number, stops: number, say: (text: string) => void): Promise<CaughtUp> {
  const line = await lineWith(entries, say);
  const nodes: NodeProcess[] = [];
  const ending = new AbortController();
  try {
    nodes.push(await startProcess(line.party("southern")));
    const south = await (await desk(line.party("southern")).as("watch-1")).events({}, { signal: ending.signal });
    nodes.push(await startProcess(line.party("northern")));
    const began = performance.now();
    const spent = () => nodes.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
    const before = spent();
    const north = desk(line.party("northern"));
    const client = await north.as("watch-1");
    const receipts = await client.events({}, { signal: ending.signal });
    const stored = storedAt(receipts, entries);
    const seen = seenAt(south, entries, stops);
    const asked = await sayStop(north, stops);
    const opened = await seen;
    const at = await stored;
    const cpu = spent() - before;
    const times = timesOf(asked.map(({ subject, at: before }) => (opened.stops.get(subject) ?? Number.NaN) - before));
    return {
      storedPerSecond: (1000 * entries) / (at - began),
      openedPerSecond: (1000 * entries) / (opened.all - began),
      cpuMicroseconds: (1e6 * cpu) / entries,
      stops: { p50: times.p50, p99: times.p99 },
    };
  } finally {
    ending.abort();
    await Promise.all(nodes.map((node) => node.kill()));
    line.remove();
  }
}

type Events = Awaited<ReturnType<Awaited<ReturnType<Desk["as"]>>["events"]>>;

async function storedAt(events: Events, entries: number): Promise<number> {
  for await (const event of events) {
    if (event.type === "receipt" && event.party === "southern" && event.size >= entries) return performance.now();
  }
  throw new Error("the events ended before the last receipt");
}

async function seenAt(events: Events, entries: number, wanted: number) {
  const stops = new Map<string, number>();
  let messages = 0;
  let all = 0;
  for await (const event of events) {
    if (event.type !== "message") continue;
    if (!event.subject.startsWith("STOP ")) messages += 1;
    // Once when it is held, and once more when its log has come.
    else if (!stops.has(event.subject)) stops.set(event.subject, performance.now());
    if (messages === entries && all === 0) all = performance.now();
    if (all > 0 && stops.size === wanted) return { all, stops };
  }
  throw new Error("the events ended before the last message");
}

const PAUSE_MS = 200;

async function sayStop(north: Desk, count: number): Promise<{ readonly subject: string; readonly at: number }[]> {
  const asked: { subject: string; at: number }[] = [];
  await north.as("watch-2");
  for (let i = 0; i < count; i++) {
    const subject = `STOP ${i}`;
    const footprint = { type: "circle", centre: { lat: 35, lon: 40 + i / 100 }, radius_m: 500 };
    const body = { alert: "STOP", volumes: [{ footprint, height: null, window: { start: null, end: null } }] };
    asked.push({ subject, at: performance.now() });
    await north.tell({ items: [{ kind: "alert", subject, body }] }, { drafter: null, releaser: "watch-2" });
    await sleep(PAUSE_MS);
  }
  return asked;
}
