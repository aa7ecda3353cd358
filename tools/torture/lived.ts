/**
 * A clock for patience: it stands still while this process is ready to run and the machine does not let it. On a machine
 * that is busy with something else, nothing is late that had no time to be early.
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
  const [ran, waited] = [next.ran - scheduled.ran, next.waited - scheduled.waited];
  lived += (now - looked) * (ran + waited > 0 ? ran / (ran + waited) : 1);
  [looked, scheduled] = [now, next];
}

/** How long the kernel let this thread run, and how long it waited for its turn. Where it does not say, nobody waits. */
function readScheduled(): { readonly ran: number; readonly waited: number } {
  try {
    const [ran = 0, waited = 0] = readFileSync("/proc/self/schedstat", "utf8").split(" ").map(Number);
    return { ran, waited };
  } catch {
    return { ran: 0, waited: 0 };
  }
}
