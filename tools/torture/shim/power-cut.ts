/**
 * Plays a power cut on the files of a node that was killed. A SIGKILL leaves everything in the page cache; the power
 * takes what was not synced: each such write is there, gone, or there in some of its sectors.
 */
import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Random } from "../random.ts";

const HEAD_BYTES = 32;
const SECTOR = 512;
const NONE = 2n ** 64n - 1n;

interface Change {
  readonly type: "W" | "T" | "S" | "R";
  readonly path: string;
  readonly offset: number;
  /** Of the file before; null where there was none. */
  readonly size: number | null;
  readonly old: Buffer;
  readonly data: Buffer;
}

/** How many writes were taken back, whole or in part. */
export function cutPower(journal: string, random: Random): number {
  if (!existsSync(journal)) return 0;
  const changes = read(readFileSync(journal));
  const unsynced = changes.filter((change, i) => isUnsynced(change, changes.slice(i + 1)));
  const paths = new Set(unsynced.filter(({ type }) => type !== "R").map(({ path }) => path));
  let taken = 0;
  for (const path of paths) {
    if (existsSync(path))
      taken += replay(
        path,
        unsynced.filter((change) => change.path === path && change.type !== "R"),
        random,
      );
  }
  for (const change of unsynced.filter(({ type }) => type === "R").toReversed()) {
    if (random.chance(0.5)) taken += takeBackRename(change);
  }
  rmSync(journal);
  return taken;
}

function isUnsynced(change: Change, later: readonly Change[]): boolean {
  if (change.type === "S") return false;
  const where = change.type === "R" ? dirname(change.path) : change.path;
  return !later.some(({ type, path }) => type === "S" && path === where);
}

/** A record that the kill cut short is of a write that was not made. */
function read(bytes: Buffer): Change[] {
  const changes: Change[] = [];
  for (let at = 0; at + HEAD_BYTES <= bytes.length;) {
    const [path, old, data] = [bytes.readUInt16LE(at + 2), bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 8)];
    const size = bytes.readBigUInt64LE(at + 24);
    const start = at + HEAD_BYTES;
    const end = start + path + old + data;
    if (end > bytes.length) break;
    changes.push({
      type: String.fromCharCode(bytes[at] as number) as Change["type"],
      path: bytes.toString("utf8", start, start + path),
      offset: Number(bytes.readBigUInt64LE(at + 16)),
      size: size === NONE ? null : Number(size),
      old: bytes.subarray(start + path, start + path + old),
      data: bytes.subarray(start + path + old, end),
    });
    at = end;
  }
  return changes;
}

/** Back to what was synced, and from there on only some of what was written since. */
function replay(path: string, changes: readonly Change[], random: Random): number {
  const file = openSync(path, "r+");
  try {
    for (const { offset, size, old } of changes.toReversed()) {
      writeAll(file, old, offset);
      ftruncateSync(file, size ?? 0);
    }
    const keeps = random.pick(["none", "all", "some"] as const);
    if (keeps === "none") return changes.length;
    let taken = 0;
    for (const change of changes) {
      if (keeps === "some" && random.chance(0.4)) taken += 1;
      else if (change.type === "T") ftruncateSync(file, change.offset);
      else if (keeps === "all" || random.chance(0.5)) writeAll(file, change.data, change.offset);
      else {
        taken += 1;
        writeSome(file, change, random);
      }
    }
    return taken;
  } finally {
    closeSync(file);
  }
}

function writeSome(file: number, { data, offset }: Change, random: Random): void {
  for (let at = 0; at < data.length;) {
    const end = Math.min(data.length, at + SECTOR - ((offset + at) % SECTOR));
    if (random.chance(0.5)) writeAll(file, data.subarray(at, end), offset + at);
    at = end;
  }
}

function writeAll(file: number, bytes: Uint8Array, offset: number): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, offset + at);
}

function takeBackRename({ path: from, data, size, old }: Change): number {
  const to = data.toString("utf8");
  if (!existsSync(to) || existsSync(from)) return 0;
  renameSync(to, from);
  if (size !== null && size === old.length) writeFileSync(to, old);
  return 1;
}
