/**
 * A node's directory:
 *
 *     parley.toml      how it is reached (config.ts)
 *     node.keys        its own seeds, mode 0600 (node-keys.ts)
 *     store.key        what the stores and node.keys are encrypted under, itself under a passphrase (at-rest/)
 *     line/line.json   the line's file, from the pairing (src/line/terms/pairing.ts)
 *     line.sqlite      what it keeps of the line
 *     private.sqlite   plans and holdings
 *     gazetteers/      what it was given to know of places (src/store/gazetteers.ts)
 *     officers/*.key   officers' key files, where they are kept on this machine; the node never reads them
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Suite } from "../crypto/index.ts";
import {
  type LineFile,
  newest,
  type NodeKeys,
  parseLineFile,
  type Roster,
  type RosterCarriers,
  type RosterHistory,
} from "../line/index.ts";
import { type Bytes, equalBytes } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import type { PartyId } from "../wire/id.ts";
import { type AtRest, isEncrypted, newAtRest, PLAIN, storeKeyPath } from "./at-rest/at-rest.ts";
import { formatConfig, type NodeConfig, type NodeSettings, parseConfig } from "./config.ts";
import { serverError } from "./errors.ts";
import { readTextIfThere, writeDurably } from "./files.ts";
import {
  formatKeyring,
  type Keyring,
  newestSeeds,
  newKeyring,
  type NodeSeeds,
  parseKeyring,
  publicKeyOf,
  publicNodeKeys,
  publicTlsKey,
  ROSTER_PURPOSES,
  type RosterPurpose,
  withFreshKeys,
} from "./node-keys.ts";
import { type OwnKeys, ownKeys } from "./own-keys.ts";

export interface NodePaths {
  readonly config: string;
  readonly keys: string;
  /** Is there where stores and keys are encrypted. */
  readonly storeKey: string;
  readonly lineFolder: string;
  readonly line: string;
  readonly lineStore: string;
  readonly privateStore: string;
  readonly lock: string;
  /** Is there once this party's log has begun: whoever lost every store must not begin it again. */
  readonly begun: string;
  /** Is there from a restore until every other party has said how far this node's own log went. */
  readonly restored: string;
  /** Of whom it cannot tell which terms they have said. */
  readonly forgotten: string;
  /** What couriers brought before its time. */
  readonly waiting: string;
  /** What others offered of their narrow links. */
  readonly narrow: string;
  readonly officers: string;
  /** What it knows as a witness: no backup holds it (witness/memory.ts). */
  readonly witness: string;
  /** Of witnesses on its own checkpoints. */
  readonly cosignatures: string;
}

const KEYS_NAME = "node.keys";

export function nodePaths(dir: string): NodePaths {
  return {
    config: join(dir, "parley.toml"),
    keys: join(dir, "node.keys"),
    storeKey: storeKeyPath(dir),
    lineFolder: join(dir, "line"),
    line: join(dir, "line", "line.json"),
    lineStore: join(dir, "line.sqlite"),
    begun: join(dir, "line", "begun"),
    privateStore: join(dir, "private.sqlite"),
    lock: join(dir, "node.lock"),
    restored: join(dir, "restored"),
    forgotten: join(dir, "forgotten"),
    waiting: join(dir, "waiting"),
    narrow: join(dir, "narrow.json"),
    officers: join(dir, "officers"),
    witness: join(dir, "witness.sqlite"),
    cosignatures: join(dir, "cosignatures.sqlite"),
  };
}

/**
 * Makes a node's directory with fresh keys; the public ones go into the party's roster. With a passphrase, what is in it
 * is encrypted from the first byte on.
 * @throws node-directory-exists where one is there already
 */
export function createNodeDir(
  suite: Suite,
  dir: string,
  config: NodeSettings,
  passphrase: string | null = null,
): NodeKeys {
  const paths = nodePaths(dir);
  if (existsSync(paths.config) || existsSync(paths.keys)) {
    throw serverError("node-directory-exists", `${dir} has a node in it already.`);
  }
  for (const folder of [dir, paths.lineFolder, paths.officers]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ring = newKeyring(suite);
  const rest = passphrase === null ? PLAIN : newAtRest(suite, dir, passphrase);
  writeKeyring(dir, ring, rest);
  writeDurably(paths.config, formatConfig(config), 0o644);
  return publicNodeKeys(suite, newestSeeds(ring));
}

/** @throws node-directory-missing, config-malformed */
export function readNodeConfig(dir: string): NodeConfig {
  const text = readTextIfThere(nodePaths(dir).config);
  if (text === null) throw serverError("node-directory-missing", `${dir} has no parley.toml.`);
  return parseConfig(text);
}

/** @throws node-keys-missing, node-keys-malformed, store-key-missing */
export function readKeyring(dir: string, rest: AtRest = PLAIN): Keyring {
  const text = readTextIfThere(nodePaths(dir).keys);
  if (text === null) throw serverError("node-keys-missing", `${dir} has no node.keys.`);
  return parseKeyring(rest.open(KEYS_NAME, text));
}

/** Before a roster that names new keys is signed: they must not be lost once it counts. */
export function writeKeyring(dir: string, ring: Keyring, rest: AtRest = PLAIN): void {
  // Never in the clear beside a store.key, whatever was forgotten on the way here.
  if (isEncrypted(dir) !== rest.isEncrypted) {
    throw serverError("store-passphrase-needed", "node.keys is not to be written in the clear here.");
  }
  writeDurably(nodePaths(dir).keys, rest.seal(KEYS_NAME, formatKeyring(ring)), 0o600);
}

/** The newest of each purpose. @throws as readKeyring */
export function readNodeSeeds(dir: string, rest: AtRest = PLAIN): NodeSeeds {
  return newestSeeds(readKeyring(dir, rest));
}

/** The public keys that node.keys holds, the newest first. */
export function readKeyNames(
  suite: Suite,
  dir: string,
  rest: AtRest = PLAIN,
): Readonly<Record<RosterPurpose, readonly Bytes[]>> {
  const ring = readKeyring(dir, rest);
  return Object.fromEntries(
    ROSTER_PURPOSES.map((purpose) => [purpose, ring[purpose].map((seed) => publicKeyOf(suite, purpose, seed))]),
  ) as unknown as Record<RosterPurpose, readonly Bytes[]>;
}

/** Makes fresh keys, and gives their public ones; they are on the disk when it returns. */
export function addKeys(
  suite: Suite,
  dir: string,
  purposes: readonly RosterPurpose[],
  rest: AtRest = PLAIN,
): { readonly [Purpose in RosterPurpose]?: Bytes } {
  writeKeyring(dir, withFreshKeys(suite, readKeyring(dir, rest), purposes), rest);
  const names = readKeyNames(suite, dir, rest);
  return Object.fromEntries(purposes.map((purpose) => [purpose, names[purpose][0] as Bytes]));
}

/** Forgets keys that no roster came to name: one that is left would be taken for a key of the next. */
export function dropKeys(
  suite: Suite,
  dir: string,
  keys: { readonly [Purpose in RosterPurpose]?: Bytes },
  rest: AtRest = PLAIN,
): void {
  const ring = readKeyring(dir, rest);
  const dropped = (purpose: RosterPurpose, seed: Bytes): boolean =>
    keys[purpose] !== undefined && equalBytes(publicKeyOf(suite, purpose, seed), keys[purpose]);
  const kept = ROSTER_PURPOSES.map((purpose) => [purpose, ring[purpose].filter((seed) => !dropped(purpose, seed))]);
  writeKeyring(dir, { ...ring, ...Object.fromEntries(kept) } as Keyring, rest);
}

/** The public keys of the node in `dir`, for its party's roster. */
export function readNodeKeys(suite: Suite, dir: string, rest: AtRest = PLAIN): NodeKeys {
  return publicNodeKeys(suite, readNodeSeeds(dir, rest));
}

/** What the party's roster says of the ways to the node in `dir`. */
export function readCarriers(suite: Suite, dir: string, rest: AtRest = PLAIN): RosterCarriers {
  return { tls: publicTlsKey(suite, readNodeSeeds(dir, rest)), mailboxes: readNodeConfig(dir).mailboxes };
}

/**
 * Puts the line's file into the directory, once it is verified and found to name this node's keys.
 * @throws the codes of parseLineFile, config-other-party, keys-not-in-roster, node-directory-missing
 */
export function installLine(suite: Suite, dir: string, text: string, rest: AtRest = PLAIN): LineFile {
  const line = parseLineFile(suite, text);
  const { party } = readNodeConfig(dir);
  const keys = ownKeys(suite, () => readKeyring(dir, rest));
  requireOwnParty(line, party, keys);
  requireOwnKeys(newest(line.histories.get(party) as RosterHistory).roster, keys);
  writeDurably(nodePaths(dir).line, text, 0o644);
  return line;
}

/** What was whole when it was put there. @throws node-not-paired, line-file-damaged */
export function readLine(suite: Suite, dir: string): LineFile {
  const path = nodePaths(dir).line;
  const text = readTextIfThere(path);
  if (text === null) throw serverError("node-not-paired", `${dir} has no line yet.`);
  try {
    return parseLineFile(suite, text);
  } catch (cause) {
    if (!isParleyError(cause)) throw cause;
    throw serverError("line-file-damaged", `${path}: ${cause.message}`, { cause, detail: { found: cause.code } });
  }
}

/**
 * Before anything else is asked or written: a slip in parley.toml must not look like a node that was replaced, nor give
 * a store to another party. Keys that the pairing named stay in node.keys for as long as the node does.
 * @throws config-other-party
 */
export function requireOwnParty({ histories }: Pick<LineFile, "histories">, party: PartyId, keys: OwnKeys): void {
  const named = `\`party\` in parley.toml is ${party}`;
  const isOf = (history: RosterHistory): boolean => history.some(({ roster }) => keys.has("log", roster.node.log));
  const owner = [...histories].find(([, history]) => isOf(history))?.[0] ?? null;
  if (owner !== null && owner !== party) {
    throw serverError("config-other-party", `${named}; this directory is ${owner}'s, by its node.keys.`, {
      detail: { party: owner },
    });
  }
  if (histories.has(party)) return;
  throw serverError("config-other-party", `${named}, and the line has only ${[...histories.keys()].join(", ")}.`);
}

/**
 * The same of a directory at hand, as far as it is readable without a passphrase.
 * @throws config-other-party, node-directory-missing, config-malformed, node-keys-…, line-file-damaged
 */
export function checkOwnParty(suite: Suite, dir: string): void {
  const { party } = readNodeConfig(dir);
  if (isEncrypted(dir) || !existsSync(nodePaths(dir).line)) return;
  requireOwnParty(
    readLine(suite, dir),
    party,
    ownKeys(suite, () => readKeyring(dir)),
  );
}

/** @throws keys-not-in-roster */
export function requireOwnKeys({ node, carriers }: Roster, keys: OwnKeys): void {
  const named = { ...node, ...(carriers === null ? {} : { tls: carriers.tls }) };
  const purposes = Object.keys(named) as (keyof typeof named)[];
  const other = purposes.find((purpose) => !keys.has(purpose, named[purpose] as Bytes));
  if (other !== undefined) throw serverError("keys-not-in-roster", `The roster names another ${other} key.`);
}
