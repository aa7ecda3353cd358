/**
 * A clock for patience: it stands still while this process is ready to run and the machine does not let it. On a machine
 * that is busy with something else, or stopped, nothing is late that had no time to be early.
 */
import { readFileSync } from "node:fs";

const EVERY_MS = 250;

let lived = 0;
let looked = performance.now();
let scheduled = readScheduled();

setInterval(look, EVERY_MS).unref();

/** Milliseconds since some moment. */
export function livedMs(): number {
  if (performance.now() - looked >= EVERY_MS) look();
  return lived;
}

/** Aborts after so many of them. */
export function afterLived(ms: number): { readonly signal: AbortSignal; readonly end: () => void } {
  const late = new AbortController();
  const until = livedMs() + ms;
  const timer = setInterval(() => livedMs() >= until && late.abort(), EVERY_MS);
  return { signal: late.signal, end: () => clearInterval(timer) };
}

function look(): void {
  const now = performance.now();
  const next = readScheduled();
  lived += livedOf(now - looked, scheduled, next);
  [looked, scheduled] = [now, next];
}

interface Scheduled {
  readonly ran: number;
  readonly waited: number;
}

/** Of so many milliseconds between two looks at the kernel's count. */
export function livedOf(ms: number, before: Scheduled, after: Scheduled): number {
  const [ran, waited] = [after.ran - before.ran, after.waited - before.waited];
  // It slept through its own timer: it was stopped, and all that it started with it, or the machine was.
  if (ms > 8 * EVERY_MS && (ran + waited) / 1e6 < ms / 8) return EVERY_MS;
  return ran + waited > 0 ? (ms * ran) / (ran + waited) : ms;
}

/** How long the kernel let this thread run, and how long it waited for its turn. Where it does not say, nobody waits. */
function readScheduled(): Scheduled {
  try {
    const [ran = 0, waited = 0] = readFileSync("/proc/self/schedstat", "utf8").split(" ").map(Number);
    return { ran, waited };
  } catch {
    return { ran: 0, waited: 0 };
  }
}
