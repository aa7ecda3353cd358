/**
 * The siren that needs no open page: a command or a webhook of the own side. It is told one word and a number and
 * nothing of what was said. At most one ring of a word in so long; a ring that failed is tried again, and shown.
 */
import { execFile } from "node:child_process";
import { isParleyError, type ParleyError } from "../../wire/error.ts";
import { serverError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { SirenConfig, SirenTarget } from "./config.ts";

/** silent: parties whose node has not echoed a test call in time. alert: waits for somebody. overdue: nobody answered it in time. unattended: something waits and no officer looks. */
export const SIREN_WORDS = ["alert", "overdue", "unattended", "silent"] as const;
export type SirenWord = (typeof SIREN_WORDS)[number];
export type SirenNeeds = Readonly<Record<SirenWord, number>>;

export interface SirenFacts {
  readonly configured: "none" | SirenTarget["type"];
  readonly lastRungAt: number | null;
  /** Of the last attempt; null where it went well. */
  readonly fault: {
    readonly code: string;
    readonly message: string;
    readonly at: number;
    readonly failures: number;
  } | null;
}

export interface Siren {
  /** What there is to sound about now, in numbers; called again and again while it holds. */
  need(needs: SirenNeeds): void;
  facts(): SirenFacts;
  /** Ends what is under way. */
  stop(): Promise<void>;
}

export interface SirenContext {
  readonly config: SirenConfig | null;
  readonly logger: Logger;
  readonly now: () => number;
}

const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

export function siren({ config, logger, now }: SirenContext): Siren {
  const ending = new AbortController();
  const rung = new Map<SirenWord, number>();
  let lastRungAt: number | null = null;
  let fault: SirenFacts["fault"] = null;
  let notBefore = 0;
  let running: Promise<void> | null = null;
  const ring = async (target: SirenTarget, word: SirenWord, count: number): Promise<void> => {
    try {
      await sound(target, word, count, ending.signal);
      lastRungAt = now();
      rung.set(word, lastRungAt);
      fault = null;
    } catch (error) {
      if (ending.signal.aborted) return;
      const { code, message } = asFault(error);
      const failures = (fault?.failures ?? 0) + 1;
      fault = { code, message, at: now(), failures };
      notBefore = now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
      if ((failures & (failures - 1)) === 0) logger.warn("siren-failed", { code, failures });
    }
  };
  return {
    need: (needs) => {
      if (config === null || running !== null || ending.signal.aborted || now() < notBefore) return;
      const at = now();
      const word = SIREN_WORDS.find((each) => needs[each] > 0 && at - (rung.get(each) ?? -Infinity) >= config.everyMs);
      if (word !== undefined) running = ring(config.target, word, needs[word]).finally(() => void (running = null));
    },
    facts: () => ({ configured: config?.target.type ?? "none", lastRungAt, fault }),
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

function sound(target: SirenTarget, word: SirenWord, count: number, signal: AbortSignal): Promise<void> {
  return target.type === "command" ? run(target.argv, word, count, signal) : post(target.url, word, count, signal);
}

/** No shell, the very words of the setting, and an environment that holds the word, the number and where programs lie. */
function run([file, ...args]: readonly [string, ...string[]], word: SirenWord, count: number, signal: AbortSignal) {
  const env = { PATH: "/usr/local/bin:/usr/bin:/bin", PARLEY_SIREN: word, PARLEY_COUNT: String(count) };
  return new Promise<void>((resolve, reject) => {
    const options = { env, timeout: PATIENCE_MS, signal, shell: false, maxBuffer: 64 * 1024 } as const;
    execFile(file, args, options, (cause) => {
      if (cause === null) return resolve();
      const { code } = cause;
      const missing = code === "ENOENT" || code === "EACCES";
      const why = typeof code === "string" ? code : `status ${code ?? cause.signal ?? "unknown"}`;
      const what = missing
        ? `There is no program ${file} that this user may run.`
        : `The siren's command ended with ${why}.`;
      return reject(serverError("siren-failed", what, { cause }));
    });
  });
}

async function post(url: string, word: SirenWord, count: number, signal: AbortSignal): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ siren: word, count }),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    await response.body?.cancel();
  } catch (cause) {
    throw serverError("siren-failed", "The siren's webhook does not answer.", { cause });
  }
  if (!response.ok) throw serverError("siren-failed", `The siren's webhook answers with status ${response.status}.`);
}

function asFault(error: unknown): Pick<ParleyError, "code" | "message"> {
  return isParleyError(error) ? error : serverError("siren-failed", String(error));
}
