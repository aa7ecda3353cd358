/** Check words: the beginning of a hash as words that officers of every language already spell with (spec/crypto-suite.md). */
import type { Bytes } from "../wire/bytes.ts";

/** RFC 4648 base 32, each symbol by its word in the ICAO spelling alphabet. */
const WORDS = [
  ..."Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa".split(" "),
  ..."Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu Two Three Four Five Six Seven".split(" "),
];
/** Eight words, 40 bits: enough to tell two papers apart, not enough to prove anything; the hash beside them does that. */
const COUNT = 8;
const BITS = 5;

/** The check words of a hash of at least 5 bytes. */
export function checkWords(hash: Bytes): readonly string[] {
  return Array.from({ length: COUNT }, (_, i) => {
    const at = i * BITS;
    const two = ((hash[at >> 3] ?? 0) << 8) | (hash[(at >> 3) + 1] ?? 0);
    return WORDS[(two >> (16 - BITS - (at & 7))) & 31] as string;
  });
}
