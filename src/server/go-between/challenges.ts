/**
 * Challenges that need no memory before they are answered, so that nobody can crowd out another's: a time, chance, and
 * a code over both and the mailbox. Only one that was answered rightly is remembered, until it would be too old anyway.
 */
import type { Suite } from "../../crypto/index.ts";
import { type Bytes, concat, equalBytes, toHex } from "../../wire/bytes.ts";
import { u64 } from "../../crypto/index.ts";

export interface Challenges {
  make(id: Bytes): Bytes;
  /** True once for each that was made for this mailbox in the last minutes. */
  use(id: Bytes, challenge: Bytes): boolean;
}

const GOOD_MS = 120_000;
const CHANCE = 8;
const CODE = 16;

export function challenges(suite: Suite, now: () => number): Challenges {
  const key = suite.randomBytes(32);
  const used = new Map<string, number>();
  const codeOf = (id: Bytes, open: Bytes): Bytes => suite.hmacSha256(key, concat(id, open)).slice(0, CODE);
  return {
    make: (id) => {
      const open = concat(u64(now()), suite.randomBytes(CHANCE));
      return concat(open, codeOf(id, open));
    },
    use: (id, challenge) => {
      const open = challenge.slice(0, 8 + CHANCE);
      const madeAt = Number(new DataView(open.buffer).getBigUint64(0));
      const age = now() - madeAt;
      if (!equalBytes(challenge.subarray(8 + CHANCE), codeOf(id, open)) || age < 0 || age > GOOD_MS) return false;
      const name = toHex(challenge);
      if (used.has(name)) return false;
      for (const [old, at] of used) if (now() - at > GOOD_MS) used.delete(old);
      used.set(name, madeAt);
      return true;
    },
  };
}
