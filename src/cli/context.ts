/** What a command has at hand: the process, seen through one small door. */
import { nativeSuite } from "../crypto/native.ts";
import type { Suite } from "../crypto/index.ts";
import { safeForTerminal } from "./safe.ts";

export interface Context {
  readonly suite: Suite;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Somebody sits at a terminal and can be asked. */
  readonly interactive: boolean;
  readonly now: () => number;
  readonly fetch: typeof fetch;
  /** What the command was asked for, to standard output. */
  readonly print: (text: string) => void;
  /** Progress and words, to standard error. */
  readonly say: (text: string) => void;
}

export function processContext(): Context {
  return {
    suite: nativeSuite,
    env: process.env,
    cwd: process.cwd(),
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    now: Date.now,
    fetch,
    print: (text) => void process.stdout.write(lineOf(text)),
    say: (text) => void process.stderr.write(lineOf(text)),
  };
}

function lineOf(text: string): string {
  const safe = safeForTerminal(text);
  return safe.endsWith("\n") ? safe : `${safe}\n`;
}
