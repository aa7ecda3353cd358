/** What a roster says of the ways to its party's node (spec/roster.md): the key of its TLS certificate, its mailboxes. */
import { isHonestKey } from "../../crypto/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import type { CborMap, CborValue } from "../../wire/cbor.ts";
import { asArray, asBytes, asRecord, asText } from "../../wire/shape.ts";
import { lineError } from "../errors.ts";

/** What moves parcels: the word that officers, the API and the store have for each. */
export const CARRIERS = ["direct", "go-between", "courier", "narrow"] as const;
export type CarrierName = (typeof CARRIERS)[number];

/** Where a go-between keeps parcels for the party until its node collects them. */
export interface Mailbox {
  /** Of the go-between; https. */
  readonly address: string;
  /** Ed25519: the key of the go-between's TLS certificate. */
  readonly tls: Bytes;
  /** 16 random bytes. */
  readonly id: Bytes;
  /** 32 random bytes: whoever shows them may put a parcel in. */
  readonly deposit: Bytes;
}

export interface RosterCarriers {
  /** Ed25519: the key of the node's TLS certificate. */
  readonly tls: Bytes;
  readonly mailboxes: readonly Mailbox[];
}

const MAX_MAILBOXES = 4;
export const MAILBOX_ID_BYTES = 16;
export const DEPOSIT_BYTES = 32;

export function carriersToCbor({ tls, mailboxes }: RosterCarriers): CborMap {
  return { tls, mailboxes: mailboxes.map(({ address, tls, id, deposit }) => ({ address, tls, id, deposit })) };
}

/** @throws roster-malformed, cbor-wrong-shape */
export function carriersFrom(value: CborValue): RosterCarriers {
  const map = asRecord(value, "carriers", ["tls", "mailboxes"]);
  const mailboxes = asArray(map.mailboxes, "mailboxes", MAX_MAILBOXES).map(mailboxFrom);
  const ids = new Set(mailboxes.map(({ id }) => toHex(id)));
  refuseUnless(ids.size === mailboxes.length, "a mailbox is named twice");
  return { tls: ed25519Key(map.tls, "carriers.tls"), mailboxes };
}

function mailboxFrom(value: CborValue): Mailbox {
  const map = asRecord(value, "mailbox", ["address", "tls", "id", "deposit"]);
  const address = addressFrom(asText(map.address, "mailbox.address", 300), "mailbox.address");
  refuseUnless(address.startsWith("https://"), "a go-between is reached over https alone");
  return {
    address,
    tls: ed25519Key(map.tls, "mailbox.tls"),
    id: asBytes(map.id, "mailbox.id", MAILBOX_ID_BYTES),
    deposit: asBytes(map.deposit, "mailbox.deposit", DEPOSIT_BYTES),
  };
}

/** `http` or `https`, host, optional port and path; no user, query or fragment. */
export function addressFrom(text: string, where: string): string {
  const form =
    /^https?:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[1-9][0-9]{0,4})?(?:\/[A-Za-z0-9._~/-]*)?$/;
  refuseUnless(form.test(text), `${where} is not an http or https address in its plain form`);
  return text;
}

/** Plain HTTP never leaves a machine, and nobody calls a node whose key he does not know. */
export function isReachable({
  address,
  carriers,
}: {
  readonly address: string | null;
  readonly carriers: RosterCarriers | null;
}): boolean {
  if (address === null) return true;
  return address.startsWith("https://") ? carriers !== null : isLoopbackAddress(address);
}

export function isLoopbackAddress(address: string): boolean {
  return /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?=[:/]|$)/.test(address);
}

export function ed25519Key(value: CborValue, where: string): Bytes {
  const key = asBytes(value, where, 32);
  refuseUnless(isHonestKey(key), `${where} is not a usable key`);
  return key;
}

function refuseUnless(holds: boolean, message: string): void {
  if (!holds) throw lineError("roster-malformed", `The roster does not hold together: ${message}.`);
}
