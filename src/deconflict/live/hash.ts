/**
 * HalfSipHash-1-3 of a text (J.-P. Aumasson and D. J. Bernstein): ids come from others, who without the key cannot choose
 * many that stand in each other's way.
 */
const ROUNDS_AT_END = 3;

/** A hash of its own, with a key that nobody knows. */
export function createHash(): (text: string) => number {
  const [low, high] = crypto.getRandomValues(new Int32Array(2)) as unknown as [number, number];
  return (text) => hashOf(text, low, high);
}

/** 32 bits, as a signed number. Of the text's units of 16 bits, two make a word; the last word holds the length. */
export function hashOf(text: string, low: number, high: number): number {
  let v0 = low;
  let v1 = high;
  let v2 = 0x6c796765 ^ low;
  let v3 = 0x74656462 ^ high;
  const { length } = text;
  const words = (length >>> 1) + 1;
  for (let i = 0; i < words + ROUNDS_AT_END; i++) {
    const word = i < words ? wordAt(text, 2 * i, length) : 0;
    if (i === words) v2 ^= 0xff;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return v1 ^ v3;
}

function wordAt(text: string, at: number, length: number): number {
  if (at + 1 < length) return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
  return (at < length ? text.charCodeAt(at) : 0) | (length << 16);
}
