import { type Bytes, toHex } from "../wire/bytes.ts";

/** y-coordinates of the eight points of small order, each 32 bytes with the sign bit cleared (little-endian). */
const SMALL_ORDER = new Set([
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  `ec${"ff".repeat(30)}7f`,
]);

/**
 * False for 32 bytes that no honest key has: a coordinate not below 2^255 - 19, or a point of small order, under
 * which one signature could verify for many messages. Libraries disagree on these, so both suites ask here first.
 */
export function isHonestKey(publicKey: Bytes): boolean {
  if (publicKey.length !== 32) return false;
  return !isAboveField(publicKey) && !SMALL_ORDER.has(hexWithoutSign(publicKey));
}

function isAboveField(key: Bytes): boolean {
  if ((key[31] as number) % 128 !== 127 || (key[0] as number) < 0xed) return false;
  return key.subarray(1, 31).every((byte) => byte === 0xff);
}

function hexWithoutSign(key: Bytes): string {
  const cleared = Uint8Array.from(key);
  cleared[31] = (cleared[31] as number) & 127;
  return toHex(cleared);
}
