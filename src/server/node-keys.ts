/**
 * The node's own seeds, in `node.keys` (mode 0600): it must sign and open by itself, day and night, so they are not
 * under a passphrase. Identity and officers' keys are never in it.
 */
import { SEED_BYTES, type Suite } from "../crypto/index.ts";
import type { NodeKeys } from "../line/index.ts";
import { type Bytes, fromBase64, toBase64 } from "../wire/bytes.ts";
import { serverError } from "./errors.ts";

const PURPOSES = ["log", "receipt", "parcel", "sealing", "transport", "archive", "tls", "mailbox"] as const;
export type KeyPurpose = (typeof PURPOSES)[number];
export type NodeSeeds = { readonly [Purpose in KeyPurpose]: Bytes };
/** The newest first. Which of them is in use, the rosters say; what was sealed to an earlier one is still to be opened. */
export type Keyring = { readonly [Purpose in KeyPurpose]: readonly [Bytes, ...Bytes[]] };

/** Those that a roster names, so that they can change on an open line. */
export const ROSTER_PURPOSES = ["log", "receipt", "parcel", "sealing", "transport", "tls"] as const;
export type RosterPurpose = (typeof ROSTER_PURPOSES)[number];

const FORM = "parley/node-keys/v2";
/** As it was before keys could change. */
const ONE_EACH = "parley/node-keys/v1";
const MAX_KEPT = 64;

export function newKeyring(suite: Suite): Keyring {
  return Object.fromEntries(
    PURPOSES.map((purpose) => [purpose, [suite.randomBytes(SEED_BYTES)]]),
  ) as unknown as Keyring;
}

/** With a fresh key for each of `purposes`, before those that there were. @throws node-keys-malformed for too many */
export function withFreshKeys(suite: Suite, ring: Keyring, purposes: readonly RosterPurpose[]): Keyring {
  const fresh = purposes.map((purpose) => [purpose, [suite.randomBytes(SEED_BYTES), ...ring[purpose]]] as const);
  const full = fresh.find(([, seeds]) => seeds.length > MAX_KEPT);
  if (full !== undefined) throw serverError("node-keys-malformed", `There are ${MAX_KEPT} ${full[0]} keys already.`);
  return { ...ring, ...Object.fromEntries(fresh) };
}

export function newestSeeds(ring: Keyring): NodeSeeds {
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, ring[purpose][0]])) as NodeSeeds;
}

export function formatKeyring(ring: Keyring): string {
  const texts = Object.fromEntries(PURPOSES.map((purpose) => [purpose, ring[purpose].map(toBase64)]));
  return `${JSON.stringify({ parley: FORM, ...texts }, null, 2)}\n`;
}

/** @throws node-keys-malformed */
export function parseKeyring(text: string): Keyring {
  try {
    const { parley, ...values } = JSON.parse(text) as Record<string, unknown>;
    const known = parley === FORM || parley === ONE_EACH;
    if (!known || Object.keys(values).length !== PURPOSES.length) throw new TypeError("another form");
    const seeds = PURPOSES.map((purpose) => [
      purpose,
      seedsFrom(parley === ONE_EACH ? [values[purpose]] : values[purpose]),
    ]);
    return Object.fromEntries(seeds) as Keyring;
  } catch (cause) {
    throw serverError("node-keys-malformed", "node.keys does not hold a node's keys.", { cause });
  }
}

function seedsFrom(value: unknown): Bytes[] {
  const within = Array.isArray(value) && value.length >= 1 && value.length <= MAX_KEPT;
  if (!within) throw new TypeError("not a list of keys");
  return value.map((text) => fromBase64(String(text), SEED_BYTES));
}

export function publicKeyOf(suite: Suite, purpose: RosterPurpose, seed: Bytes): Bytes {
  return purpose === "sealing" || purpose === "transport" ? suite.xwingPublicKey(seed) : suite.ed25519PublicKey(seed);
}

/** What the roster says of them. The archive key is symmetric and only ever the node's own. */
export function publicNodeKeys(suite: Suite, seeds: NodeSeeds): NodeKeys {
  return {
    log: suite.ed25519PublicKey(seeds.log),
    receipt: suite.ed25519PublicKey(seeds.receipt),
    parcel: suite.ed25519PublicKey(seeds.parcel),
    sealing: suite.xwingPublicKey(seeds.sealing),
    transport: suite.xwingPublicKey(seeds.transport),
  };
}

/** Of the certificate that the node shows in TLS. */
export function publicTlsKey(suite: Suite, { tls }: NodeSeeds): Bytes {
  return suite.ed25519PublicKey(tls);
}
