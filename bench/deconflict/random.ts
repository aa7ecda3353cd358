/** Chance that repeats: the same seed gives the same volumes on every machine, in any order. */

/** Numbers from 0 up to but not including 1. */
export type Random = () => number;

/** A source of its own for the `index`th thing of the stream `seed` (mulberry32, seeded by MurmurHash3's finaliser). */
export function randomAt(seed: number, index: number): Random {
  let state = scatter(scatter(seed ^ 0x9e3779b9) ^ index);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function scatter(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Two independent normal deviates of deviation 1 (Box and Muller). */
export function normalPair(random: Random): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const angle = 2 * Math.PI * random();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}
