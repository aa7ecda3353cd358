/** What a command has at hand: the process, seen through one small door. */
import { once } from "node:events";
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
  /** The same, without ending the line. */
  readonly write: (text: string) => void;
  /** Done once what was printed has been taken: whoever prints without end waits for it, or it is all held. */
  readonly printed: () => Promise<void>;
  /** Progress and words, to standard error. */
  readonly say: (text: string) => void;
}

export function processContext(): Context {
  return {
    suite: nativeSuite,
    env: withoutEmpty(process.env),
    cwd: process.cwd(),
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    now: Date.now,
    fetch,
    print: (text) => void process.stdout.write(lineOf(text)),
    write: (text) => void process.stdout.write(safeForTerminal(text)),
    printed: async () => {
      if (process.stdout.writableNeedDrain) await once(process.stdout, "drain");
    },
    say: (text) => void process.stderr.write(lineOf(text)),
  };
}

/** `PARLEY_PASSPHRASE=` in front of a command, or a service manager's empty setting, gives nothing. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
}

function lineOf(text: string): string {
  const safe = safeForTerminal(text);
  return safe.endsWith("\n") ? safe : `${safe}\n`;
}
