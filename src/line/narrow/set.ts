/**
 * A set: what one thing that is said over a narrow link becomes, sealed under the link's key and cut into shards of
 * which any `k` give it back. The same thing gives the same set, so that shards sent later complete those sent before.
 */
import { AES_NONCE_BYTES, hash, type Suite } from "../../crypto/index.ts";
import { type Bytes, concat, fromHex } from "../../wire/bytes.ts";
import { lineError } from "../errors.ts";
import { MAX_DATA_SHARDS, type NarrowKeys, SET_ID_BYTES, shardDatagram } from "./datagram.ts";
import { restoreData, shardAt } from "./erasure.ts";

/** Of a set, in bytes, before it is cut. */
export const MAX_SET_BYTES = 8192;
/** What an alert to one recipient weighs at most where the line is small (spec/narrow.md). */
export const ALERT_SET_BYTES = 2048;
const MARK = 0x80;
/** A set has a key of its own, so the nonce is fixed. */
const NONCE = new Uint8Array(AES_NONCE_BYTES);

export interface NarrowSet {
  readonly id: Bytes;
  /** Equally long. */
  readonly data: readonly Bytes[];
}

/** @throws narrow-too-large */
export function sealSet(suite: Suite, keys: NarrowKeys, plain: Bytes, maxShard: number): NarrowSet {
  const id = hash(suite, "parley/v1/narrow-set-id", keys.set, plain).slice(0, SET_ID_BYTES);
  const sealed = suite.aesGcmSeal(setKey(suite, keys, id), NONCE, id, plain);
  const k = Math.ceil((sealed.length + 1) / maxShard);
  if (sealed.length > MAX_SET_BYTES || k > MAX_DATA_SHARDS) {
    throw lineError("narrow-too-large", `It has ${sealed.length} bytes; over a narrow link ${MAX_SET_BYTES} are sent.`);
  }
  const length = Math.ceil((sealed.length + 1) / k);
  const padded = concat(sealed, Uint8Array.of(MARK), new Uint8Array(k * length - sealed.length - 1));
  return { id, data: Array.from({ length: k }, (_, i) => padded.subarray(i * length, (i + 1) * length)) };
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
  const padded = concat(...restoreData(k, shards));
  const end = padded.findLastIndex((byte) => byte !== 0);
  const id = fromHex(set, SET_ID_BYTES);
  const plain =
    padded[end] === MARK ? suite.aesGcmOpen(setKey(suite, keys, id), NONCE, id, padded.slice(0, end)) : null;
  if (plain === null) throw lineError("narrow-malformed", "What came over the narrow link does not open.");
  return plain;
}
