/** A disk that rots: one page of a file is not what was written. */
import { closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import type { Random } from "../random.ts";

/** Damages one page in the middle of a file, as a dying disk does; false where it has no page to spare. */
export function corruptPage(path: string, random: Random): boolean {
  const file = openSync(path, "r+");
  try {
    const page = new Uint8Array(4096);
    const size = readFileSync(path).length;
    const pages = Math.floor(size / page.length);
    if (pages < 3) return false;
    const at = (1 + random.below(pages - 1)) * page.length;
    readSync(file, page, 0, page.length, at);
    for (let i = 0; i < 64; i++) page[random.below(page.length)] = random.below(256);
    writeSync(file, page, 0, page.length, at);
    return true;
  } finally {
    closeSync(file);
  }
}
