/**
 * One datagram of a narrow link (spec/narrow.md). Each is authenticated by itself: a forged one is dropped before it
 * costs memory, and cannot spoil the set that genuine ones build.
 *
 *     01 <hint 4> <set 8> <k 1> <index 1> <shard> <tag 8>     a shard
 *     02 <hint 4> <set 8> <tag 8>                             the set is complete: send no more of it
 */
import { hash, type Suite } from "../../crypto/index.ts";
import { type Bytes, concat, equalBytes, fromHex, toHex, utf8 } from "../../wire/bytes.ts";
import type { LineId, PartyId } from "../../wire/id.ts";
import { MAX_SHARDS } from "./erasure.ts";

/** Bytes of a datagram with its IP and UDP headers. */
export const DATAGRAM_BYTES = 256;
const IP_UDP_BYTES = { 4: 20 + 8, 6: 40 + 8 } as const;
export type IpVersion = keyof typeof IP_UDP_BYTES;

export const HINT_BYTES = 4;
export const SET_ID_BYTES = 8;
const TAG_BYTES = 8;
const SHARD = 0x01;
const DONE = 0x02;
const HEAD_BYTES = 1 + HINT_BYTES + SET_ID_BYTES;
/** More data shards than this no set has. */
export const MAX_DATA_SHARDS = 64;

/** How many bytes of a set go into one datagram. */
export function shardBytes(ip: IpVersion): number {
  return DATAGRAM_BYTES - IP_UDP_BYTES[ip] - HEAD_BYTES - 2 - TAG_BYTES;
}

/** What a datagram weighs on the link, its headers included. */
export function weightOf(datagram: Bytes, ip: IpVersion): number {
  return datagram.length + IP_UDP_BYTES[ip];
}

/** The keys of one direction between two nodes, made from the one that its receiver gave in a parcel. */
export interface NarrowKeys {
  /** Names the key in the clear: 4 bytes. */
  readonly hint: Bytes;
  readonly tag: Bytes;
  readonly set: Bytes;
}

/** The key that a node gives `sender` for what comes from it: it follows from its transport seed, and turns over with it. */
export function narrowKey(suite: Suite, transportSeed: Bytes, line: LineId, sender: PartyId): Bytes {
  return hash(suite, "parley/v1/narrow-key", transportSeed, fromHex(line, 32), utf8(sender));
}

export function narrowKeys(suite: Suite, key: Bytes): NarrowKeys {
  return {
    hint: hash(suite, "parley/v1/narrow-hint", key).slice(0, HINT_BYTES),
    tag: hash(suite, "parley/v1/narrow-tag", key),
    set: hash(suite, "parley/v1/narrow-set", key),
  };
}

export type Datagram =
  | {
      readonly type: "shard";
      readonly set: string;
      readonly k: number;
      readonly index: number;
      readonly shard: Bytes;
    }
  | { readonly type: "done"; readonly set: string };

function tagged(suite: Suite, keys: NarrowKeys, body: Bytes): Bytes {
  return concat(body, suite.hmacSha256(keys.tag, body).slice(0, TAG_BYTES));
}

export function shardDatagram(
  suite: Suite,
  keys: NarrowKeys,
  { set, k, index, shard }: { set: Bytes; k: number; index: number; shard: Bytes },
): Bytes {
  return tagged(suite, keys, concat(Uint8Array.of(SHARD), keys.hint, set, Uint8Array.of(k, index), shard));
}

export function doneDatagram(suite: Suite, keys: NarrowKeys, set: Bytes): Bytes {
  return tagged(suite, keys, concat(Uint8Array.of(DONE), keys.hint, set));
}

/** Which key a datagram names, as hexadecimal; null where it is none. */
export function hintOf(bytes: Bytes): string | null {
  const fits = bytes.length >= HEAD_BYTES + TAG_BYTES && bytes.length <= DATAGRAM_BYTES;
  return fits ? toHex(bytes.subarray(1, 1 + HINT_BYTES)) : null;
}

/** Null for everything that is not exactly a datagram under these keys: a link is full of noise, and nobody is accused. */
export function readDatagram(suite: Suite, keys: NarrowKeys, bytes: Bytes): Datagram | null {
  if (hintOf(bytes) !== toHex(keys.hint)) return null;
  const end = bytes.length - TAG_BYTES;
  const body = bytes.subarray(0, end);
  if (!equalBytes(suite.hmacSha256(keys.tag, body).subarray(0, TAG_BYTES), bytes.subarray(end))) return null;
  const set = toHex(body.subarray(1 + HINT_BYTES, HEAD_BYTES));
  if (body[0] === DONE) return end === HEAD_BYTES ? { type: "done", set } : null;
  const [k = 0, index = MAX_SHARDS] = body.subarray(HEAD_BYTES);
  const shard = body.slice(HEAD_BYTES + 2);
  const holds = body[0] === SHARD && k >= 1 && k <= MAX_DATA_SHARDS && index < MAX_SHARDS && shard.length > 0;
  return holds ? { type: "shard", set, k, index, shard } : null;
}
