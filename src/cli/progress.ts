import type { Context } from "./context.ts";
import { count } from "./table.ts";

export interface Progress {
  (done: number): void;
  readonly end: () => void;
}

const BAR = 24;
/** Short work shows no bar. */
const WORTH_MS = 400;

/** A bar on standard error while long work runs: drawn over itself on a terminal, otherwise one line at the end. */
export function progress(context: Context, what: string, total: number | null): Progress {
  const began = context.now();
  const onTerminal = process.stderr.isTTY;
  let drawn = began;
  let last = 0;
  const show = (done: number) => {
    last = done;
    const now = context.now();
    if (!onTerminal || now - began < WORTH_MS || (now - drawn < 100 && done !== total)) return;
    drawn = now;
    process.stderr.write(`\r\u001b[K${what}  ${line(done, total)}`);
  };
  const end = () => {
    const took = context.now() - began;
    if (took < WORTH_MS) return;
    if (onTerminal) process.stderr.write("\r\u001b[K");
    context.say(`${what}: ${count(last, "done", "done")} in ${(took / 1000).toFixed(1)} s`);
  };
  return Object.assign(show, { end });
}

function line(done: number, total: number | null): string {
  if (total === null || total === 0) return done.toLocaleString("en");
  const full = Math.min(BAR, Math.floor((done / total) * BAR));
  return `${"█".repeat(full)}${"░".repeat(BAR - full)}  ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
}
