/** Files of this machine: read with a cap, written whole or not at all. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import type { Bytes } from "../wire/bytes.ts";
import { concat, fromUtf8, utf8 } from "../wire/bytes.ts";
import { cliError } from "./errors.ts";

const MIB = 1 << 20;
/** More than any pairing file, key file or draft of ours. */
const MAX_TEXT_BYTES = 16 * MIB;

/** The file's facts. @throws file-unreadable */
export function foundFile(path: string): Stats {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw cliError("file-unreadable", `There is no file ${path}.`);
  if (found.isDirectory()) throw cliError("file-unreadable", `${path} is a folder, and a file is asked for.`);
  // What a shell hands over (`<(command)`, a pipe at standard input) is below /dev; any other may have nobody who writes.
  if (found.isSocket() || (found.isFIFO() && !path.startsWith("/dev/"))) {
    throw cliError("file-unreadable", `${path} is a pipe or a socket, and a file is asked for.`);
  }
  return found;
}

/** Where something is to be written. @throws file-unwritable */
export function requireFolder(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw cliError("file-unwritable", `There is no folder ${path}.`);
  if (!found.isDirectory()) throw cliError("file-unwritable", `${path} is no folder.`);
  return path;
}

/** Opens it for reading piece by piece. @throws file-unreadable */
export function openFile(path: string): number {
  foundFile(path);
  return openSync(path, "r");
}

export function readBytes(path: string, maxBytes: number): Bytes {
  const found = foundFile(path);
  if (found.size > maxBytes) {
    throw cliError("file-too-large", `${path} has ${found.size} bytes; at most ${maxBytes} are read.`);
  }
  return readCapped(path, maxBytes);
}

/** A device or a file that grows says another size than it has: no more than the cap is ever read. */
function readCapped(path: string, maxBytes: number): Bytes {
  const file = openSync(path, "r");
  try {
    const parts: Bytes[] = [];
    for (let size = 0; ;) {
      const part = new Uint8Array(Math.min(MIB, maxBytes + 1));
      const read = readSync(file, part);
      if (read === 0) return concat(...parts);
      size += read;
      if (size > maxBytes) throw cliError("file-too-large", `${path} has more than ${maxBytes} bytes.`);
      parts.push(part.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}

export function readText(path: string): string {
  return fromUtf8(readBytes(path, MAX_TEXT_BYTES));
}

export function readJson(path: string): unknown {
  try {
    return JSON.parse(readText(path));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw cliError("file-not-understood", `${path} is not JSON: ${cause.message}.`, { cause });
  }
}

export interface WriteOptions {
  /** Readable by its owner alone. */
  readonly secret?: true;
  readonly replace?: true;
}

/** On disk when this returns, under its name and complete; or an error, and nothing. */
export function writeWhole(path: string, content: Bytes | string, options: WriteOptions = {}): void {
  if (options.replace !== true && existsSync(path)) throw cliError("file-exists", `${path} is there already.`);
  const temporary = `${path}.${process.pid}.tmp`;
  mkdirSync(dirname(resolve(path)), { recursive: true });
  try {
    const file = openSync(temporary, "wx", options.secret === true ? 0o600 : 0o644);
    try {
      const bytes = typeof content === "string" ? utf8(content) : content;
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cliError("file-unwritable", `${path} could not be written: ${(cause as Error).message}.`, { cause });
  }
}
