/**
 * A directory brought from one way of lying on the disk to another: plain to encrypted, back, or under another key. Every
 * file is written anew beside the old one (`NAME.switch-new`); then one small file, `store.switch`, says that they count. Before
 * it is there the old ones stand, after it the new ones do, whoever dies in between; the old ones are overwritten.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { copyStore } from "../../store/index.ts";
import { serverError } from "../errors.ts";
import { syncFolder, writeDurably } from "../files.ts";
import type { AtRest } from "./at-rest.ts";
import { wipe } from "./wipe.ts";

export interface Switch {
  readonly from: AtRest;
  readonly to: AtRest;
  /** The text of store.key from then on; null: none. */
  readonly storeKey: string | null;
  readonly stores: readonly string[];
  /** Small files that are sealed whole. */
  readonly texts: readonly string[];
}

const MARK = "store.switch";
const KEY = "store.key";
const NEW = ".switch-new";
const OLD = ".switch-old";
/** What SQLite keeps beside a store. */
const BESIDE = ["-wal", "-shm", "-journal"];
/** What a backup or a write leaves in the directory where it was killed. */
const LEFT_BEHIND = /^\.backup-|^(?:node\.keys|store\.key)\.new$/;

/** The directory's lock must be held. @throws disk-full, store-corrupt, store-other-key, store-plain */
export function switchDirectory(dir: string, { from, to, storeKey, stores, texts }: Switch): void {
  settle(dir);
  const there = (name: string): boolean => existsSync(join(dir, name));
  const names = [...stores, ...texts].filter(there);
  try {
    for (const name of stores.filter(there)) {
      copyStore(join(dir, name), from.pageKey(name), join(dir, name + NEW), to.pageKey(name));
    }
    for (const name of texts.filter(there)) {
      const text = from.open(name, readFileSync(join(dir, name), "utf8"));
      writeDurably(join(dir, name + NEW), to.seal(name, text), 0o600);
    }
    if (storeKey !== null) writeDurably(join(dir, KEY + NEW), storeKey, 0o600);
    syncFolder(dir);
  } catch (error) {
    settle(dir);
    throw error;
  }
  const gone = storeKey === null ? [KEY] : [];
  const replaced = storeKey === null ? names : [...names, KEY];
  writeDurably(join(dir, MARK), `${JSON.stringify({ parley: "store-switch/v1", replaced, gone }, null, 2)}\n`, 0o600);
  settle(dir);
}

/** True where a switch was cut off that counts already, and is to be brought to its end before anything is opened. */
export function isUnsettled(dir: string): boolean {
  return existsSync(join(dir, MARK));
}

/** Brings a switch that was cut off to its end, or takes it back. The directory's lock must be held. */
export function settle(dir: string): void {
  if (isUnsettled(dir)) {
    const { replaced, gone } = readMark(join(dir, MARK));
    for (const name of replaced) putInPlace(dir, name);
    for (const name of gone) setAside(dir, name);
    syncFolder(dir);
    wipeAll(dir, (name) => name.endsWith(OLD) || LEFT_BEHIND.test(name));
    syncFolder(dir);
    rmSync(join(dir, MARK));
  } else wipeAll(dir, (name) => name.includes(NEW) || name === `${MARK}.new`);
  syncFolder(dir);
}

function putInPlace(dir: string, name: string): void {
  // They are of the old store, and would be read into the new one.
  for (const beside of BESIDE) setAside(dir, name + beside);
  if (!existsSync(join(dir, name + NEW))) return;
  setAside(dir, name);
  renameSync(join(dir, name + NEW), join(dir, name));
}

function setAside(dir: string, name: string): void {
  if (existsSync(join(dir, name))) renameSync(join(dir, name), join(dir, name + OLD));
}

function wipeAll(dir: string, isMeant: (name: string) => boolean): void {
  for (const name of readdirSync(dir).filter(isMeant)) wipe(join(dir, name));
}

function readMark(path: string): { readonly replaced: readonly string[]; readonly gone: readonly string[] } {
  try {
    const { parley, replaced, gone } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    if (parley !== "store-switch/v1") throw new TypeError("another form");
    return { replaced: namesIn(replaced), gone: namesIn(gone) };
  } catch (cause) {
    throw serverError("store-key-malformed", `${path} was altered.`, { cause });
  }
}

const isName = (name: unknown): name is string => typeof name === "string" && basename(name) === name && name !== "";

function namesIn(value: unknown): string[] {
  if (!Array.isArray(value) || !value.every(isName)) throw new TypeError("not a list of names");
  return value;
}
