/** `go-between.toml` and the directory around it. Every fault in it is named, all at once. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { z } from "zod";
import { SEED_BYTES, type Suite } from "../../crypto/index.ts";
import { type Bytes, fromHex, toHex } from "../../wire/bytes.ts";
import { bracketed, type Listen, listenOf, listenSchema } from "../config.ts";
import { faultsIn } from "../config-faults.ts";
import { serverError } from "../errors.ts";
import { readTextIfThere, writeDurably } from "../files.ts";

const MIB = 1024 * 1024;

export interface GoBetweenConfig {
  readonly listen: Listen;
  readonly publicAddress: string;
  readonly keepDays: number;
  /** Of one mailbox. */
  readonly mailboxBytes: number;
  readonly mailboxParcels: number;
  /** Of all mailboxes together. */
  readonly totalBytes: number;
}

const schema = z.strictObject({
  listen: listenSchema,
  public_address: z.url({ protocol: /^https$/ }).optional(),
  keep_days: z.int().min(1).max(3650).default(60),
  mailbox_mib: z.int().min(8).max(1_000_000).default(256),
  mailbox_parcels: z.int().min(16).max(1_000_000).default(4096),
  total_mib: z.int().min(8).max(100_000_000).default(8192),
});

export interface GoBetweenPaths {
  readonly config: string;
  readonly key: string;
  readonly store: string;
  readonly lock: string;
}

export function goBetweenPaths(dir: string): GoBetweenPaths {
  return {
    config: join(dir, "go-between.toml"),
    key: join(dir, "go-between.key"),
    store: join(dir, "mailboxes.sqlite"),
    lock: join(dir, "go-between.lock"),
  };
}

/** @throws config-malformed */
export function parseGoBetweenConfig(text: string): GoBetweenConfig {
  let values: unknown;
  try {
    values = parse(text);
  } catch (cause) {
    throw serverError("config-malformed", `go-between.toml is not TOML: ${(cause as Error).message}`, { cause });
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    const faults = faultsIn(parsed.error.issues);
    throw serverError("config-malformed", `go-between.toml: ${faults.join("; ")}.`, {
      detail: { faults: faults.length },
    });
  }
  const { public_address, keep_days, mailbox_mib, mailbox_parcels, total_mib } = parsed.data;
  const listen = listenOf(parsed.data.listen);
  return {
    listen,
    publicAddress: public_address ?? `https://${bracketed(listen.host)}:${listen.port}`,
    keepDays: keep_days,
    mailboxBytes: mailbox_mib * MIB,
    mailboxParcels: mailbox_parcels,
    totalBytes: total_mib * MIB,
  };
}

/** @throws node-directory-exists, config-malformed */
export function createGoBetween(suite: Suite, dir: string, listen: string, publicAddress: string | null): void {
  const paths = goBetweenPaths(dir);
  if (existsSync(paths.config)) throw serverError("node-directory-exists", `${dir} has a go-between in it already.`);
  const text = `${stringify({ listen, ...(publicAddress === null ? {} : { public_address: publicAddress }) })}\n`;
  parseGoBetweenConfig(text);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeDurably(paths.key, `${toHex(suite.randomBytes(SEED_BYTES))}\n`, 0o600);
  writeDurably(paths.config, text, 0o644);
}

/** @throws node-directory-missing, config-malformed, go-between-key-lost */
export function readGoBetween(dir: string): { readonly config: GoBetweenConfig; readonly tlsSeed: Bytes } {
  const paths = goBetweenPaths(dir);
  const [text, key] = [readTextIfThere(paths.config), readTextIfThere(paths.key)];
  if (text === null) throw serverError("node-directory-missing", `${dir} has no go-between.toml.`);
  if (key === null) throw serverError("go-between-key-lost", `${dir} has no go-between.key.`);
  if (!/^[0-9a-f]{64}\n$/.test(key)) {
    throw serverError("go-between-key-lost", "go-between.key does not hold a go-between's key.");
  }
  return { config: parseGoBetweenConfig(text), tlsSeed: fromHex(key.trim(), SEED_BYTES) };
}
