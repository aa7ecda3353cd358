import type { PageKey } from "../../src/store/index.ts";

/** A key of a store, told from others by a number. */
export function madeKey(n: number): PageKey {
  return { key: new Uint8Array(32).fill(n), mark: new Uint8Array(16).fill(n + 100) };
}
