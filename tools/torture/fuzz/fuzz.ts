/** Feeds changed inputs to the parsers and keeps the first of each kind that does what no parser may. */
import { isParleyError } from "../../../src/wire/error.ts";
import { type Random, seeded } from "../random.ts";
import { mutated } from "./mutate.ts";
import { type Target, targets } from "./targets.ts";

/** An input that takes longer is a way to stop a node. */
const SLOW_MS = 1000;
/** Inputs for one parser, before the next has its turn. */
const TURN = 500;

export interface Finding {
  readonly target: string;
  readonly what: string;
  readonly input: Uint8Array;
}

export interface Fuzzed {
  readonly inputs: number;
  readonly findings: readonly Finding[];
}

/** What is wrong with how `parse` treats `input`; null where it is returned or refused as it must be. */
export function wrongWith(parse: Target["parse"], input: Uint8Array): string | null {
  const began = performance.now();
  let what: string | null = null;
  try {
    parse(input);
  } catch (error) {
    if (!isParleyError(error)) what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  if (what !== null || performance.now() - began <= SLOW_MS) return what;
  // The machine may have been busy with something else: once more, by what it takes of the processor.
  const took = processorMs(() => parse(input));
  return took > SLOW_MS ? `it took ${Math.round(took)} ms` : null;
}

function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  try {
    work();
  } catch {
    // How it ends was seen before.
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Until so many inputs were tried, or `until` has come. */
export function fuzz(seed: number, most: number, until: number, all: readonly Target[] = targets()): Fuzzed {
  const random = seeded(seed);
  const findings = new Map<string, Finding>();
  let inputs = 0;
  while (inputs < most && Date.now() < until) {
    for (const target of all) inputs += turn(target, random, findings);
  }
  return { inputs, findings: [...findings.values()] };
}

function turn({ name, parse, seeds }: Target, random: Random, findings: Map<string, Finding>): number {
  const end = Date.now() + SLOW_MS;
  for (let done = 1; done <= TURN; done++) {
    const input = mutated(seeds, random);
    const what = wrongWith(parse, input);
    const key = `${name} ${what?.replace(/[0-9]+/g, "n")}`;
    if (what !== null && !findings.has(key)) findings.set(key, { target: name, what, input });
    // A slow parser has a shorter turn, so that the others get theirs.
    if (done % 50 === 0 && Date.now() > end) return done;
  }
  return TURN;
}
