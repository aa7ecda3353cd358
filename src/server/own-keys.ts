/** The node's own keys in use: each is asked for by the public key that a roster or an entry names. */
import type { Suite } from "../crypto/index.ts";
import { sealingKid } from "../message/index.ts";
import { type Bytes, equalBytes, toHex } from "../wire/bytes.ts";
import { serverError } from "./errors.ts";
import { type Keyring, publicKeyOf, ROSTER_PURPOSES, type RosterPurpose } from "./node-keys.ts";

export interface SealingKey {
  readonly sealingSeed: Bytes;
  readonly kid: Bytes;
}

export interface OwnKeys {
  has(purpose: RosterPurpose, publicKey: Bytes): boolean;
  /** @throws keys-not-in-roster where node.keys does not have it */
  seed(purpose: RosterPurpose, publicKey: Bytes): Bytes;
  /** The newest first. */
  transport(): { readonly seeds: readonly Bytes[]; readonly keys: readonly Bytes[] };
  /** The newest first. */
  sealing(): readonly SealingKey[];
  readonly archive: Bytes;
  readonly mailbox: Bytes;
  /** Keys were added to the file since. */
  reload(): void;
}

interface Loaded {
  readonly ring: Keyring;
  /** By purpose and public key. */
  readonly seeds: ReadonlyMap<string, Bytes>;
  readonly transport: { readonly seeds: readonly Bytes[]; readonly keys: readonly Bytes[] };
  readonly sealing: readonly SealingKey[];
}

/** The one that one of `kids` names; the newest where none does, so that the fault is the entry's. */
export function sealingFor(keys: readonly SealingKey[], kids: readonly Bytes[]): SealingKey {
  return keys.find(({ kid }) => kids.some((each) => equalBytes(each, kid))) ?? (keys[0] as SealingKey);
}

export function ownKeys(suite: Suite, read: () => Keyring): OwnKeys {
  let loaded = load(suite, read());
  const find = (purpose: RosterPurpose, publicKey: Bytes): Bytes | undefined =>
    loaded.seeds.get(`${purpose} ${toHex(publicKey)}`);
  return {
    has: (purpose, publicKey) => find(purpose, publicKey) !== undefined,
    seed: (purpose, publicKey) => {
      const seed = find(purpose, publicKey);
      if (seed === undefined) throw serverError("keys-not-in-roster", `node.keys lacks the ${purpose} key in use.`);
      return seed;
    },
    transport: () => loaded.transport,
    sealing: () => loaded.sealing,
    archive: loaded.ring.archive[0],
    mailbox: loaded.ring.mailbox[0],
    reload: () => void (loaded = load(suite, read())),
  };
}

function load(suite: Suite, ring: Keyring): Loaded {
  const all = ROSTER_PURPOSES.flatMap((purpose) =>
    ring[purpose].map((seed) => ({ purpose, seed, key: publicKeyOf(suite, purpose, seed) })),
  );
  const transport = all.filter(({ purpose }) => purpose === "transport");
  return {
    ring,
    seeds: new Map(all.map(({ purpose, seed, key }) => [`${purpose} ${toHex(key)}`, seed])),
    transport: { seeds: transport.map(({ seed }) => seed), keys: transport.map(({ key }) => key) },
    sealing: all
      .filter(({ purpose }) => purpose === "sealing")
      .map(({ seed, key }) => ({ sealingSeed: seed, kid: sealingKid(suite, key) })),
  };
}
