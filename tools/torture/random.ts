/** Chance that can be had again: a run prints its seed. */

export interface Random {
  /** At or above 0 and below 1. */
  next(): number;
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  chance(probability: number): boolean;
  pick<T>(of: readonly [T, ...T[]] | readonly T[]): T;
  bytes(count: number): Uint8Array;
}

/** splitmix32: small, fast and good enough to choose by; nothing secret comes of it. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const next = (): number => word() / 2 ** 32;
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (of) => of[below(of.length)] as (typeof of)[number],
    bytes: (count) => Uint8Array.from({ length: count }, () => word() & 0xff),
  };
}
