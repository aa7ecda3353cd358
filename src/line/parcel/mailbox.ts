/** What a node and a go-between say to each other about a mailbox (spec/go-between.md); the parcels in it say nothing. */
import { hash, signCoseWithSeed, type Suite, verifyCose } from "../../crypto/index.ts";
import { type Bytes, fromHex, toHex } from "../../wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import { asArray, asBoolean, asBytes, asInteger, asRecord } from "../../wire/shape.ts";
import { malformed } from "../terms/charter.ts";
import { lineError } from "../errors.ts";
import { MAX_SEALED_BYTES } from "./seal.ts";
import { addressFrom, DEPOSIT_BYTES, ed25519Key, MAILBOX_ID_BYTES } from "../terms/roster-carriers.ts";

export const GRANT_BYTES = 16;
export const CHALLENGE_BYTES = 32;
export const MAX_WAIT_MS = 30_000;
/** Of any request but a deposit. */
export const MAX_MAILBOX_REQUEST = 8192;
const MAX_DELETED = 128;
const MAX_COLLECTED = 128;
export const MAX_COLLECTED_BYTES = MAX_SEALED_BYTES + 4096;
const LABEL = "parley/v1/collect";

export interface OpenMailbox {
  /** What the go-between's operator gave; serves once. */
  readonly grant: Bytes;
  readonly id: Bytes;
  /** Ed25519: whoever signs with it collects. */
  readonly collect: Bytes;
  /** depositHash of the capability. */
  readonly deposit: Bytes;
}

export interface Collect {
  /** The go-between's own TLS key: what was signed for one serves no other. */
  readonly tls: Bytes;
  readonly id: Bytes;
  readonly challenge: Bytes;
  /** SHA-256 of parcels that are taken, and need not be kept any more. */
  readonly deleted: readonly Bytes[];
  readonly waitMs: number;
}

export interface Collected {
  /** For the next time. */
  readonly challenge: Bytes;
  readonly more: boolean;
  readonly parcels: readonly Bytes[];
}

/** The seed with which a node collects from its mailbox `id`. */
export function collectSeed(suite: Pick<Suite, "sha256">, mailboxSeed: Bytes, id: Bytes): Bytes {
  return hash(suite, "parley/v1/mailbox-key", mailboxSeed, id);
}

/** What a go-between keeps of the capability to deposit. */
export function depositHash(suite: Pick<Suite, "sha256">, capability: Bytes): Bytes {
  return hash(suite, "parley/v1/mailbox-deposit", capability);
}

export function encodeOpenMailbox({ grant, id, collect, deposit }: OpenMailbox): Bytes {
  return encodeCbor({ v: 1, grant, id, collect, deposit });
}

/** @throws mailbox-malformed */
export function decodeOpenMailbox(bytes: Bytes): OpenMailbox {
  return strictly(() => {
    const map = asRecord(decodeCbor(bytes, MAX_MAILBOX_REQUEST), "request", ["v", "grant", "id", "collect", "deposit"]);
    asInteger(map.v, "v", 1, 1);
    return {
      grant: asBytes(map.grant, "grant", GRANT_BYTES),
      id: asBytes(map.id, "id", MAILBOX_ID_BYTES),
      collect: ed25519Key(map.collect, "collect"),
      deposit: asBytes(map.deposit, "deposit", DEPOSIT_BYTES),
    };
  });
}

/** Run by the node. */
export function signCollect(suite: Suite, collect: Collect, seed: Bytes): Bytes {
  const { tls, id, challenge, deleted, waitMs } = collect;
  const bytes = encodeCbor({ v: 1, tls, id, challenge, deleted: [...deleted], wait_ms: waitMs });
  return encodeCbor([bytes, signCoseWithSeed(suite, LABEL, bytes, seed)]);
}

export interface SignedCollect extends Collect {
  /** True where it is signed with `key`. */
  isBy(suite: Suite, key: Bytes): boolean;
}

/** Run by the go-between. @throws mailbox-malformed */
export function decodeCollect(request: Bytes): SignedCollect {
  return strictly(() => {
    const [first, second, ...more] = asArray(decodeCbor(request, MAX_MAILBOX_REQUEST), "request", 2);
    if (more.length > 0) throw lineError("mailbox-malformed", "The request has too many parts.");
    const bytes = asBytes(first, "request.bytes");
    const signature = asBytes(second, "request.signature", 109);
    const fields = ["v", "tls", "id", "challenge", "deleted", "wait_ms"] as const;
    const map = asRecord(decodeCbor(bytes, MAX_MAILBOX_REQUEST), "request", fields);
    asInteger(map.v, "v", 1, 1);
    const deleted = asArray(map.deleted, "deleted", MAX_DELETED).map((each) => asBytes(each, "deleted", 32));
    if (new Set(deleted.map(toHex)).size !== deleted.length) {
      throw lineError("mailbox-malformed", "The request names a parcel twice.");
    }
    return {
      tls: asBytes(map.tls, "tls", 32),
      id: asBytes(map.id, "id", MAILBOX_ID_BYTES),
      challenge: asBytes(map.challenge, "challenge", CHALLENGE_BYTES),
      deleted,
      waitMs: asInteger(map.wait_ms, "wait_ms", 0, MAX_WAIT_MS),
      isBy: (suite, key) => verifyCose(suite, LABEL, bytes, signature, key),
    };
  });
}

export function encodeCollected({ challenge, more, parcels }: Collected): Bytes {
  return encodeCbor({ v: 1, challenge, more, parcels: [...parcels] });
}

/** Run by the node; the go-between is hostile. @throws mailbox-malformed */
export function decodeCollected(bytes: Bytes): Collected {
  return strictly(() => {
    const map = asRecord(decodeCbor(bytes, MAX_COLLECTED_BYTES), "reply", ["v", "challenge", "more", "parcels"]);
    asInteger(map.v, "v", 1, 1);
    return {
      challenge: asBytes(map.challenge, "challenge", CHALLENGE_BYTES),
      more: asBoolean(map.more, "more"),
      parcels: asArray(map.parcels, "parcels", MAX_COLLECTED).map((each) => asBytes(each, "parcel")),
    };
  });
}

/**
 * What an operator hands to a party that may open a mailbox, as one line of text:
 * `parley-mailbox/1 https://host:port <TLS key, hex> <grant, hex>`.
 */
export interface Grant {
  readonly address: string;
  readonly tls: Bytes;
  readonly grant: Bytes;
}

export function formatGrant({ address, tls, grant }: Grant): string {
  return `parley-mailbox/1 ${address} ${toHex(tls)} ${toHex(grant)}`;
}

/** @throws mailbox-malformed */
export function parseGrant(text: string): Grant {
  const found = /^parley-mailbox\/1 (https:\/\/\S{1,280}) ([0-9a-f]{64}) ([0-9a-f]{32})$/.exec(text.trim());
  if (found === null) throw lineError("mailbox-malformed", "This is not what a go-between's operator gives.");
  const [, address, tls, grant] = found as unknown as [string, string, string, string];
  return strictly(() => ({
    address: addressFrom(address, "address"),
    tls: ed25519Key(fromHex(tls), "tls"),
    grant: fromHex(grant, GRANT_BYTES),
  }));
}

function strictly<T>(read: () => T): T {
  return malformed("mailbox-malformed", "The mailbox request is malformed", read);
}
