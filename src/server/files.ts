/** Files of the node's directory, written so that a crash leaves the old one or the new one, never half of one. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { type Bytes, utf8 } from "../wire/bytes.ts";
import { storeError } from "../store/index.ts";

export function readTextIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** @throws disk-full */
export function writeDurably(path: string, content: string | Bytes, mode: number): void {
  const draft = `${path}.new`;
  try {
    const file = openSync(draft, "w", mode);
    try {
      const bytes = typeof content === "string" ? utf8(content) : content;
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
    syncFolder(dirname(path));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOSPC") {
      throw storeError("disk-full", `There is no room for ${path}.`, { cause });
    }
    throw cause;
  }
}

export function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
