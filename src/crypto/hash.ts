import { type Bytes, concat, concatOnce, toHex, utf8 } from "../wire/bytes.ts";
import type { Suite } from "./suite.ts";

/** `value` as 8 bytes, the largest first. */
export function u64(value: number): Bytes {
  const bytes = new Uint8Array(8);
  let rest = value;
  for (let i = 7; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** By label: its length and its bytes. The program's own labels are few. */
const named = new Map<string, Bytes>();
const MOST_NAMED = 256;

function nameOf(label: string): Bytes {
  const known = named.get(label);
  if (known !== undefined) return known;
  const name = utf8(label);
  if (name.length === 0 || name.length > 255) throw new RangeError("A label has 1 to 255 bytes.");
  const bytes = concat(Uint8Array.of(name.length), name);
  if (named.size < MOST_NAMED) named.set(label, bytes);
  return bytes;
}

/**
 * SHA-256 over `u8 length of label || label || (u64 length of part || part)*`. The label says what is hashed, so that
 * a hash of one thing is never a hash of another; the lengths keep parts apart.
 */
export function hash(suite: Pick<Suite, "sha256">, label: string, ...parts: readonly Bytes[]): Bytes {
  const pieces = [nameOf(label)];
  for (const part of parts) pieces.push(u64(part.length), part);
  return suite.sha256(concatOnce(...pieces));
}

/**
 * What two people read to each other to compare a public key: the first 20 bytes of the key's labelled hash, as
 * 40 hexadecimal digits in groups of four.
 */
export function keyFingerprint(suite: Pick<Suite, "sha256">, publicKey: Bytes): string {
  const digits = toHex(hash(suite, "parley/v1/key", publicKey).subarray(0, 20));
  return (digits.match(/.{4}/g) as string[]).join(" ");
}
