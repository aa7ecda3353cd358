/** Makes hostile bytes out of good ones: a few changes each, such as break parsers. */
import type { Random } from "../random.ts";

const LONGEST = 70_000;
/** Heads of CBOR with enormous counts and lengths, indefinite ones, tags, floats; and what breaks text and JSON. */
const NASTY: readonly Uint8Array[] = [
  [0x9a, 0xff, 0xff, 0xff, 0xff],
  [0xba, 0xff, 0xff, 0xff, 0xff],
  [0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x9f],
  [0xbf],
  [0x5f, 0x41, 0x00, 0xff],
  [0xc2, 0x41, 0x00],
  [0xf9, 0x7e, 0x00],
  [0xfb, 0x80, 0, 0, 0, 0, 0, 0, 0],
  [0xf8, 0x18],
  [0x69, ...Buffer.from("__proto__")],
  [0x6b, ...Buffer.from("constructor")],
  [...Buffer.from('"__proto__":{},')],
  [...Buffer.from("1e999")],
  [...Buffer.from("-0")],
  [...Buffer.from("\\ud800")],
  [0xed, 0xa0, 0x80],
  [0xe2, 0x80, 0xae],
  [0x00],
  [0x0a],
  [0x0d, 0x0a],
  [0xef, 0xbb, 0xbf],
].map((bytes) => Uint8Array.from(bytes));
const EDGES = [0x00, 0x01, 0x17, 0x18, 0x7f, 0x80, 0xf6, 0xff];

export function mutated(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  let bytes: Uint8Array = Uint8Array.from(random.pick(seeds));
  for (let left = 1 + random.below(4); left > 0; left--) bytes = once(bytes, seeds, random);
  return bytes.length > LONGEST * 4 ? bytes.subarray(0, LONGEST * 4) : bytes;
}

function once(bytes: Uint8Array, seeds: readonly Uint8Array[], random: Random): Uint8Array {
  const at = random.below(bytes.length + 1);
  switch (random.below(10)) {
    case 0:
      return changed(bytes, at, (byte) => byte ^ (1 << random.below(8)));
    case 1:
      return changed(bytes, at, () => random.pick(EDGES));
    case 2:
      return changed(bytes, at, (byte) => byte + random.below(5) - 2);
    case 3:
      return spliced(bytes, at, 0, random.pick(NASTY));
    case 4:
      return spliced(bytes, at, 1 + random.below(8), random.pick(NASTY));
    case 5:
      return spliced(bytes, at, 1 + random.below(40), new Uint8Array(0));
    case 6:
      return bytes.slice(0, at);
    case 7:
      return spliced(bytes, at, 0, bytes.slice(at, at + 1 + random.below(60)));
    case 8: {
      const other = random.pick(seeds);
      return spliced(bytes, at, random.below(20), other.slice(random.below(other.length + 1)));
    }
    default:
      // The same few bytes very often: nesting, counts, whitespace.
      return spliced(
        bytes,
        at,
        0,
        repeated(random.chance(0.5) ? Uint8Array.of(0x81) : bytes.slice(at, at + 3), random),
      );
  }
}

function changed(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  if (at < bytes.length) bytes[at] = change(bytes[at] as number) & 0xff;
  return bytes;
}

function spliced(bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array {
  const tail = bytes.subarray(Math.min(bytes.length, at + remove));
  const made = new Uint8Array(at + insert.length + tail.length);
  made.set(bytes.subarray(0, at));
  made.set(insert, at);
  made.set(tail, at + insert.length);
  return made;
}

function repeated(bytes: Uint8Array, random: Random): Uint8Array {
  const times = 2 ** random.below(12);
  const made = new Uint8Array(bytes.length * times);
  for (let i = 0; i < times; i++) made.set(bytes, i * bytes.length);
  return made;
}
