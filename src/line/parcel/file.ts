/** A courier's file: sealed parcels, one after another and nothing between (spec/courier.md). */
import { type Bytes, concat } from "../../wire/bytes.ts";
import { lineError } from "../errors.ts";
import { MAX_SEALED_BYTES, PARCEL_HEAD_BYTES, sealedLength } from "./seal.ts";

/** So many parcels hold a million entries and more. */
export const MAX_COURIER_PARCELS = 65_536;

/** Reads up to `length` bytes from `at`; fewer only at the end. */
export type ReadAt = (at: number, length: number) => Bytes;

/** The parcels of a file, one at a time. @throws parcel-malformed, parcel-truncated, parcel-too-large */
export function* parcelsIn(read: ReadAt): Generator<Bytes> {
  let at = 0;
  for (let count = 0; ; count++) {
    const head = read(at, PARCEL_HEAD_BYTES);
    if (head.length === 0) return;
    if (count >= MAX_COURIER_PARCELS) {
      throw lineError("parcel-too-large", `The file holds more than ${MAX_COURIER_PARCELS} parcels.`);
    }
    const length = sealedLength(head);
    const whole = length === null ? head : concat(head, read(at + head.length, length - head.length));
    if (length === null || whole.length < length) {
      throw lineError("parcel-truncated", `The file ends in the middle of parcel ${count + 1}.`, { detail: { count } });
    }
    yield whole;
    at += length;
  }
}

/** One that is in memory. */
export function readerOf(bytes: Bytes): ReadAt {
  return (at, length) => bytes.subarray(at, at + Math.min(length, MAX_SEALED_BYTES));
}
