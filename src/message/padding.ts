/** Lengths are padded to few buckets, so that what an entry weighs says little about what it holds. */
import type { Bytes } from "../wire/bytes.ts";
import { messageError } from "./errors.ts";

/** Plain lengths of a sealed box in bytes. The smallest keeps an alert within a narrow link's 2,048 bytes. */
export const BUCKETS = [
  512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12_288, 16_384, 24_576, 32_768, 49_152,
] as const;

const MARK = 0x80;

function bucketFor(length: number): number | undefined {
  return BUCKETS.find((bucket) => bucket > length);
}

/** `content`, 0x80, zeros (ISO/IEC 7816-4), up to the smallest bucket that is longer. @throws entry-too-large */
export function pad(content: Bytes): Bytes {
  const bucket = bucketFor(content.length);
  if (bucket === undefined) {
    throw messageError("entry-too-large", `The content has ${content.length} bytes; at most ${BUCKETS.at(-1)} fit.`);
  }
  const padded = new Uint8Array(bucket);
  padded.set(content);
  padded[content.length] = MARK;
  return padded;
}

/** Takes off exactly what `pad` puts on; what is left is seen in `padded` itself. @throws entry-content */
export function unpad(padded: Bytes): Bytes {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  if (end < 0 || padded[end] !== MARK || bucketFor(end) !== padded.length) {
    throw messageError("entry-content", "The entry's content is not padded as it must be.");
  }
  return padded.subarray(0, end);
}
