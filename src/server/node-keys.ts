/**
 * The node's own seeds, in `node.keys` (mode 0600): it must sign and open by itself, day and night, so they are not
 * under a passphrase. Identity and officers' keys are never in it.
 */
import { SEED_BYTES, type Suite } from "../crypto/index.ts";
import type { NodeKeys } from "../line/index.ts";
import { type Bytes, fromBase64, toBase64 } from "../wire/bytes.ts";
import { serverError } from "./errors.ts";

const PURPOSES = ["log", "receipt", "parcel", "sealing", "transport", "archive", "tls", "mailbox"] as const;
export type NodeSeeds = { readonly [Purpose in (typeof PURPOSES)[number]]: Bytes };

const FORM = "parley/node-keys/v1";

export function newNodeSeeds(suite: Suite): NodeSeeds {
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, suite.randomBytes(SEED_BYTES)])) as NodeSeeds;
}

export function formatNodeSeeds(seeds: NodeSeeds): string {
  const texts = Object.fromEntries(PURPOSES.map((purpose) => [purpose, toBase64(seeds[purpose])]));
  return `${JSON.stringify({ parley: FORM, ...texts }, null, 2)}\n`;
}

/** @throws node-keys-malformed */
export function parseNodeSeeds(text: string): NodeSeeds {
  try {
    const { parley, ...values } = JSON.parse(text) as Record<string, unknown>;
    if (parley !== FORM || Object.keys(values).length !== PURPOSES.length) throw new TypeError("another form");
    const seeds = PURPOSES.map((purpose) => [purpose, fromBase64(String(values[purpose]), SEED_BYTES)]);
    return Object.fromEntries(seeds) as NodeSeeds;
  } catch (cause) {
    throw serverError("node-keys-malformed", "node.keys does not hold a node's keys.", { cause });
  }
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
