/** A node's directory encrypted, decrypted, or under another key or passphrase, while its node does not run. */
import { AES_KEY_BYTES, type Suite } from "../../crypto/index.ts";
import { serverError } from "../errors.ts";
import { writeDurably } from "../files.ts";
import { lockDirectory } from "../lock.ts";
import { nodePaths } from "../node-dir.ts";
import { type AtRest, isEncrypted, openAtRest, PLAIN, readStoreKey, storeKeyPath, underKey } from "./at-rest.ts";
import { isUnsettled, settle, switchDirectory } from "./switch.ts";
import { sealStoreKey } from "./store-key.ts";

const STORES = ["line.sqlite", "private.sqlite", "witness.sqlite", "cosignatures.sqlite"];
const TEXTS = ["node.keys"];

/** How the directory of a node lies, running or not; a switch that was cut off is brought to its end first. */
export function nodeAtRest(suite: Suite, dir: string, passphrase: string | null): AtRest {
  if (isUnsettled(dir)) locked(dir, () => settle(dir));
  return openAtRest(suite, dir, passphrase);
}

/** The same for whoever holds the directory's lock. */
export function settledAtRest(suite: Suite, dir: string, passphrase: string | null): AtRest {
  settle(dir);
  return openAtRest(suite, dir, passphrase);
}

/** @throws store-encrypted, node-running, disk-full, store-corrupt */
export function encryptNode(suite: Suite, dir: string, passphrase: string): void {
  locked(dir, () => {
    settle(dir);
    if (isEncrypted(dir)) throw serverError("store-encrypted", `The stores in ${dir} are encrypted already.`);
    const key = suite.randomBytes(AES_KEY_BYTES);
    change(dir, PLAIN, underKey(suite, key), sealStoreKey(suite, key, passphrase));
  });
}

/** @throws stores-plain, store-passphrase-…, node-running, disk-full, store-corrupt */
export function decryptNode(suite: Suite, dir: string, passphrase: string): void {
  locked(dir, () => {
    settle(dir);
    change(dir, underKey(suite, keyIn(suite, dir, passphrase)), PLAIN, null);
  });
}

/** Everything under a fresh key: what a copy of the old store.key opens is of no use any more. @throws as decryptNode */
export function rekeyNode(suite: Suite, dir: string, passphrase: string, next: string): void {
  locked(dir, () => {
    settle(dir);
    const key = suite.randomBytes(AES_KEY_BYTES);
    const from = underKey(suite, keyIn(suite, dir, passphrase));
    change(dir, from, underKey(suite, key), sealStoreKey(suite, key, next));
  });
}

/** Another passphrase for the same key; the node may run. @throws stores-plain, store-passphrase-… */
export function changePassphrase(suite: Suite, dir: string, passphrase: string, next: string): void {
  if (isUnsettled(dir)) locked(dir, () => settle(dir));
  writeDurably(storeKeyPath(dir), sealStoreKey(suite, keyIn(suite, dir, passphrase), next), 0o600);
}

function keyIn(suite: Suite, dir: string, passphrase: string) {
  if (!isEncrypted(dir)) throw serverError("stores-plain", `The stores in ${dir} are not encrypted.`);
  return readStoreKey(suite, dir, passphrase);
}

function change(dir: string, from: AtRest, to: AtRest, storeKey: string | null): void {
  switchDirectory(dir, { from, to, storeKey, stores: STORES, texts: TEXTS });
}

function locked(dir: string, work: () => void): void {
  const lock = lockDirectory(nodePaths(dir).lock);
  try {
    work();
  } finally {
    lock.release();
  }
}
