/** A file whose bytes are not to be found where it was. */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

const PIECE = 1 << 20;

/**
 * Overwrites what is at `path`, a folder with all that is in it, and removes it. What the disk itself keeps of what was
 * overwritten (a flash disk's spare blocks, a file system's older versions) no program reaches.
 */
export function wipe(path: string): void {
  if (!existsSync(path)) return;
  if (lstatSync(path).isDirectory()) {
    for (const name of readdirSync(path)) wipe(join(path, name));
  } else if (lstatSync(path).isFile()) overwrite(path);
  rmSync(path, { recursive: true, force: true });
}

function overwrite(path: string): void {
  const file = openSync(path, "r+");
  try {
    const zeros = new Uint8Array(PIECE);
    const { size } = fstatSync(file);
    for (let at = 0; at < size;) at += writeSync(file, zeros, 0, Math.min(PIECE, size - at), at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
