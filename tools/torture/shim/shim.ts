/** The preloaded shim: built where there is a C compiler, and told what to do through a file that it has mapped. */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

const SOURCE = join(import.meta.dirname, "shim.c");
const CONTROL_BYTES = 48;
/** Where each member of `struct control` stands. */
const AT = { dieAt: 0, operations: 8, syncDelayUs: 16, failErrno: 24, clockOffsetUs: 32, dieTorn: 40 } as const;

export const ERRNO = { EIO: 5, ENOSPC: 28, EROFS: 30 } as const;

/** The library, or why there is none. */
export type Shim = { readonly library: string } | { readonly library: null; readonly why: string };

export function buildShim(dir: string): Shim {
  if (process.platform !== "linux")
    return { library: null, why: `the shim is made for Linux, not ${process.platform}` };
  const library = join(dir, "shim.so");
  const built = spawnSync("gcc", ["-O2", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl", "-pthread"], {
    encoding: "utf8",
  });
  if (built.status === 0) return { library };
  const reason =
    built.error === undefined ? built.stderr.slice(0, 500) : "gcc is missing (apt-get install gcc libc6-dev)";
  return { library: null, why: reason };
}

/** What one node's shim is told. */
export class ShimControl {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    writeFileSync(path, new Uint8Array(CONTROL_BYTES));
  }

  /** Before a start: nothing is asked of it, and it counts from the beginning. */
  reset(): void {
    this.#write(0, new Uint8Array(CONTROL_BYTES));
  }

  /** At the n-th write, truncation, sync, rename or removal from now on; by half where `torn`. */
  dieAt(n: number, torn: boolean): void {
    const done = viewOf(readFileSync(this.#path)).getBigUint64(AT.operations, true);
    this.#set(AT.dieTorn, torn ? 1n : 0n);
    this.#set(AT.dieAt, done + BigInt(n));
  }

  syncDelay(ms: number): void {
    this.#set(AT.syncDelayUs, BigInt(ms * 1000));
  }

  failWrites(errno: number | null): void {
    this.#set(AT.failErrno, BigInt(errno ?? 0));
  }

  clockOffset(ms: number): void {
    this.#set(AT.clockOffsetUs, BigInt(ms) * 1000n);
  }

  #set(at: number, value: bigint): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigInt64(0, value, true);
    this.#write(at, bytes);
  }

  #write(at: number, bytes: Uint8Array): void {
    const file = openSync(this.#path, "r+");
    writeSync(file, bytes, 0, bytes.length, at);
    closeSync(file);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
