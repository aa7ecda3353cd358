/**
 * A set: what one thing that is said over a narrow link becomes, sealed under the link's key and cut into shards of
 * which any `k` give it back. The same thing gives the same set, so that shards sent later complete those sent before.
 */
import { AES_NONCE_BYTES, AES_TAG_BYTES, hash, type Suite } from "../../crypto/index.ts";
import { type Bytes, concat, fromHex } from "../../wire/bytes.ts";
import { lineError } from "../errors.ts";
import { MAX_DATA_SHARDS, type NarrowKeys, SET_ID_BYTES, shardDatagram } from "./datagram.ts";
import { restoreData, shardAt } from "./erasure.ts";

/**
 * So long is a set before it is cut, its tag included: on the link its length tells which of these it is and no more.
 * An alert, an answer and the notice *held* have one length, as long as they fit.
 */
const LENGTHS = [512, 1024, 2048, 3072, 4096, 6144, 8192] as const;
/** What an alert to one recipient weighs at most, where its words fit (spec/narrow.md). */
export const ALERT_SET_BYTES = 2048;
const MARK = 0x80;
/** What a set of this length holds, without its tag and the mark behind it. */
const roomIn = (length: number): number => length - AES_TAG_BYTES - 1;
export const ALERT_SAID_BYTES = roomIn(ALERT_SET_BYTES);
export const MAX_SAID_BYTES = roomIn(LENGTHS.at(-1) as number);
/** A set has a key of its own, so the nonce is fixed. */
const NONCE = new Uint8Array(AES_NONCE_BYTES);

export interface NarrowSet {
  readonly id: Bytes;
  /** Equally long. */
  readonly data: readonly Bytes[];
}

/** How long the set is, in bytes, that holds so many; null where none does. */
export function setBytes(said: number): number | null {
  return LENGTHS.find((each) => roomIn(each) >= said) ?? null;
}

/** @throws narrow-too-large */
export function sealSet(suite: Suite, keys: NarrowKeys, said: Bytes, maxShard: number): NarrowSet {
  const total = setBytes(said.length);
  const k = Math.ceil((total ?? Infinity) / maxShard);
  if (total === null || k > MAX_DATA_SHARDS) {
    throw lineError("narrow-too-large", `It has ${said.length} bytes; over a narrow link ${MAX_SAID_BYTES} are sent.`);
  }
  const id = hash(suite, "parley/v1/narrow-set-id", keys.set, said).slice(0, SET_ID_BYTES);
  const plain = concat(said, Uint8Array.of(MARK), new Uint8Array(roomIn(total) - said.length));
  const length = Math.ceil(total / k);
  const parts = concat(suite.aesGcmSeal(setKey(suite, keys, id), NONCE, id, plain), new Uint8Array(k * length - total));
  return { id, data: Array.from({ length: k }, (_, i) => parts.subarray(i * length, (i + 1) * length)) };
}

function setKey(suite: Suite, keys: NarrowKeys, id: Bytes): Bytes {
  return hash(suite, "parley/v1/narrow-set-key", keys.set, id);
}

/** The datagram with shard `index`, below 255. */
export function datagramAt(suite: Suite, keys: NarrowKeys, { id, data }: NarrowSet, index: number): Bytes {
  return shardDatagram(suite, keys, { set: id, k: data.length, index, shard: shardAt(data, index) });
}

/** Out of any `k` of its shards. @throws narrow-malformed where they do not make a set under this key */
export function openSet(
  suite: Suite,
  keys: NarrowKeys,
  { set, k, shards }: { readonly set: string; readonly k: number; readonly shards: ReadonlyMap<number, Bytes> },
): Bytes {
  const parts = concat(...restoreData(k, shards));
  // Fewer than k zeros are behind it, and the lengths are further apart.
  const total = LENGTHS.findLast((each) => each <= parts.length) ?? 0;
  const id = fromHex(set, SET_ID_BYTES);
  const filled = parts.subarray(total).some((byte) => byte !== 0);
  const sealed = parts.slice(0, total);
  const plain = filled ? null : suite.aesGcmOpen(setKey(suite, keys, id), NONCE, id, sealed);
  const end = plain?.findLastIndex((byte) => byte !== 0) ?? -1;
  if (plain === null || plain[end] !== MARK) {
    throw lineError("narrow-malformed", "What came over the narrow link does not open.");
  }
  return plain.slice(0, end);
}
