/**
 * A node on a disk of its own that can be filled: a small tmpfs over the node's directory, in a mount namespace that ends
 * with the node. It takes root or unprivileged user namespaces; where neither is there, `whyNoRoom` says so.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import type { MadeParty } from "./line.ts";

const MAIN = new URL("../../src/server/main.ts", import.meta.url).pathname;
/** Of util-linux; every system that has namespaces has it there. */
const COMMAND = "/usr/bin/unshare";
const UNSHARE = process.getuid?.() === 0 ? ["--mount"] : ["--mount", "--map-root-user"];
/** The directory's content moves onto the new disk; `exec` leaves one process, whose view of it `/proc` shows. */
const SCRIPT = `set -e
mount -t tmpfs -o size="$2" tmpfs /mnt
cp -a "$1/." /mnt/
mount --move /mnt "$1"
exec "$3" "$4" "$1"`;

/** Why a small disk cannot be had here; null where it can. */
export function whyNoRoom(): string | null {
  const tried = spawnSync(COMMAND, [...UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { encoding: "utf8" });
  if (tried.status === 0) return null;
  return `no tmpfs can be mounted here: ${tried.error?.message ?? tried.stderr.trim()}`;
}

export interface SmallDisk {
  /** Leaves no byte free. */
  fill(): void;
  /** Gives back what `fill` took. */
  free(): void;
  log(): string;
  stop(): Promise<number | null>;
}

export async function startOnSmallDisk({ dir }: MadeParty, size: string): Promise<SmallDisk> {
  const args = [...UNSHARE, "sh", "-c", SCRIPT, "sh", dir, size, process.execPath, MAIN];
  const child: ChildProcess = spawn(COMMAND, args, { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => void (log += text));
  const [first] = (await Promise.race([
    once(child.stdout as NonNullable<typeof child.stdout>, "data"),
    once(child, "exit").then(() => [null]),
  ])) as [Buffer | null];
  if (first === null) throw new Error(`the node ended with ${child.exitCode}: ${log}`);
  const filler = join(`/proc/${child.pid}/root`, dir, "filler");
  return {
    fill: () => fill(filler),
    free: () => rmSync(filler),
    log: () => log,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, "exit");
        child.kill("SIGTERM");
        await exit;
      }
      return child.exitCode;
    },
  };
}

function fill(path: string): void {
  const file = openSync(path, "a");
  try {
    for (const size of [1 << 20, 4096, 1]) {
      const piece = new Uint8Array(size);
      for (let full = false; !full;) {
        try {
          full = writeSync(file, piece) < size;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
          full = true;
        }
      }
    }
  } finally {
    closeSync(file);
  }
}
