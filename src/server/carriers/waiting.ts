/**
 * What a courier brought too early: parcels whose entries begin beyond what is held wait in files until what comes
 * before them is here, so that they may be brought in any order, once.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Suite } from "../../crypto/index.ts";
import { MAX_SEALED_BYTES } from "../../line/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import type { Taken } from "../exchange/exchange.ts";
import { writeDurably } from "../files.ts";

export interface Waiting {
  /** False where there is no room for it: then it must be brought again. */
  keep(sealed: Bytes): boolean;
  /** Whether anything waits. */
  any(): boolean;
  /** Takes what can be taken by now, again as long as one makes the next one possible. Entries that were stored. */
  retry(take: (sealed: Bytes) => Taken): number;
}

const MAX_FILES = 512;
const MAX_BYTES = 512 * 1024 * 1024;
const NAME = /^[0-9a-f]{64}\.parcel$/;

export function waiting(suite: Suite, folder: string): Waiting {
  const names = (): string[] => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return readdirSync(folder).filter((name) => NAME.test(name));
  };
  const once = (take: (sealed: Bytes) => Taken): number => {
    let stored = 0;
    for (const name of names()) {
      const path = join(folder, name);
      const taken = takenFrom(path, take);
      if (taken === null || taken.unplaced === 0) rmSync(path, { force: true });
      stored += taken?.stored ?? 0;
    }
    return stored;
  };
  return {
    any: () => existsSync(folder) && names().length > 0,
    keep: (sealed) => {
      const known = names();
      const size = known.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
      if (known.length >= MAX_FILES || size + sealed.length > MAX_BYTES) return false;
      writeDurably(join(folder, `${toHex(suite.sha256(sealed))}.parcel`), sealed, 0o600);
      return true;
    },
    retry: (take) => {
      let all = 0;
      for (let stored = once(take); stored > 0; stored = once(take)) all += stored;
      return all;
    },
  };
}

/** Null where it is no parcel any more. */
function takenFrom(path: string, take: (sealed: Bytes) => Taken): Taken | null {
  if (statSync(path).size > MAX_SEALED_BYTES) return null;
  try {
    return take(new Uint8Array(readFileSync(path)));
  } catch (error) {
    if (isParleyError(error) && error.code.startsWith("parcel-")) return null;
    throw error;
  }
}
