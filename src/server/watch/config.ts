/** The parts of `parley.toml` that look after the watch: who is called, when nobody looks, and the siren (docs/watch.md). */
import { z } from "zod";

export type SirenTarget =
  | { readonly type: "command"; readonly argv: readonly [string, ...string[]] }
  | { readonly type: "webhook"; readonly url: string };

export interface SirenConfig {
  readonly target: SirenTarget;
  /** At most one ring of a kind in so long. */
  readonly everyMs: number;
}

export interface WatchConfig {
  /** Roles or duty telephones, called one after the other. */
  readonly escalation: readonly string[];
  readonly stepMs: number;
  /** After so long without an officer, while something waits, the node says that nobody looks. */
  readonly unattendedMs: number;
  readonly siren: SirenConfig | null;
}

type Calls = Omit<WatchConfig, "siren">;

const MINUTE = 60_000;

export const DEFAULT_WATCH: Calls = {
  escalation: ["watch", "releaser", "administrator"],
  stepMs: 2 * MINUTE,
  unattendedMs: 15 * MINUTE,
};
const DEFAULT_SIREN_S = 30;

const named = z.string().regex(/^[^\p{C}]{1,120}$/u, "is not one line of 1 to 120 characters");
const minutes = z.number().min(1).max(1440);

export const watchSchema = z.strictObject({
  escalation: z
    .array(named)
    .min(1)
    .max(16)
    .default([...DEFAULT_WATCH.escalation]),
  step_minutes: minutes.default(DEFAULT_WATCH.stepMs / MINUTE),
  unattended_minutes: minutes.default(DEFAULT_WATCH.unattendedMs / MINUTE),
});

export const sirenSchema = z
  .strictObject({
    command: z
      .array(z.string().max(4096))
      .min(1)
      .max(32)
      .refine(([file]) => file !== undefined && file.startsWith("/"), "does not begin with a program's whole path")
      .optional(),
    webhook: z.string().refine(isHarmless, "is neither https nor http to this very machine").optional(),
    every_seconds: z.number().min(5).max(3600).default(DEFAULT_SIREN_S),
  })
  .refine(
    ({ command, webhook }) => command === undefined || webhook === undefined,
    "names a command and a webhook: keep one of them",
  )
  .refine(
    ({ command, webhook }) => command !== undefined || webhook !== undefined,
    "names neither a command nor a webhook",
  );

/** What travels is little or no secret, yet over a network it goes under TLS. */
export function isHarmless(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return username + password === "" && (protocol === "https:" || (protocol === "http:" && isHere));
}

export function watchOf({ escalation, step_minutes, unattended_minutes }: z.output<typeof watchSchema>): Calls {
  return { escalation, stepMs: step_minutes * MINUTE, unattendedMs: unattended_minutes * MINUTE };
}

export function sirenOf({ command, webhook, every_seconds }: z.output<typeof sirenSchema>): SirenConfig {
  const everyMs = every_seconds * 1000;
  if (webhook !== undefined) return { target: { type: "webhook", url: webhook }, everyMs };
  return { target: { type: "command", argv: command as [string, ...string[]] }, everyMs };
}

/** As the tables of `parley.toml`; what is as it would be anyway is left out. */
export function formatWatch({ siren, ...calls }: WatchConfig): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  if (JSON.stringify(calls) !== JSON.stringify(DEFAULT_WATCH)) {
    const { escalation, stepMs, unattendedMs } = calls;
    values["watch"] = { escalation, step_minutes: stepMs / MINUTE, unattended_minutes: unattendedMs / MINUTE };
  }
  if (siren !== null) {
    const { target, everyMs } = siren;
    const where = target.type === "command" ? { command: target.argv } : { webhook: target.url };
    values["siren"] = { ...where, every_seconds: everyMs / 1000 };
  }
  return values;
}
