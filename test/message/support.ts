import assert from "node:assert/strict";
import { isParleyError } from "../../src/wire/error.ts";
import type { Bytes } from "../../src/wire/bytes.ts";

export function refuses(run: () => unknown, ...codes: string[]): void {
  assert.throws(run, (error) => {
    assert.ok(isParleyError(error, ...codes), `expected ${codes.join(" or ")}, got ${String(error)}`);
    return true;
  });
}

/** Every byte of `bytes` changed once, each to another value. */
export function* changedOnce(bytes: Bytes): Generator<{ at: number; changed: Bytes }> {
  for (let at = 0; at < bytes.length; at++) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] as number) ^ (1 + ((at * 37) % 255));
    yield { at, changed };
  }
}
