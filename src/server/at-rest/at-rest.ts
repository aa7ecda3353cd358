/**
 * How a directory's files lie on the disk: plain, or under the key in its `store.key` (`spec/at-rest.md`). Every store
 * and every sealed file has a key of its own, so that none can be put in another's place.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { AES_KEY_BYTES, AES_NONCE_BYTES, hkdfExpand, type Suite } from "../../crypto/index.ts";
import type { PageKey } from "../../store/index.ts";
import { type Bytes, fromBase64, fromUtf8, toBase64, utf8 } from "../../wire/bytes.ts";
import { serverError } from "../errors.ts";
import { readTextIfThere, writeDurably } from "../files.ts";
import { openStoreKey, sealStoreKey } from "./store-key.ts";

export interface AtRest {
  readonly isEncrypted: boolean;
  /** What the pages of the store of this name are sealed with; null where it is plain. */
  pageKey(name: string): PageKey | null;
  /** A small file's text as it stands on the disk. */
  seal(name: string, text: string): string;
  /** The way back. @throws node-keys-malformed, store-key-missing */
  open(name: string, text: string): string;
}

const LABEL = "parley/v1/at-rest";
const MARK_BYTES = 16;
const FORM = "sealed/v1";

/** Where there is no store.key. What is sealed is refused, so that nobody takes it for damaged. */
export const PLAIN: AtRest = {
  isEncrypted: false,
  pageKey: () => null,
  seal: (_, text) => text,
  open: (name, text) => {
    if (!isSealed(text)) return text;
    throw serverError(
      "store-key-missing",
      `${name} is encrypted, and store.key, which it is encrypted under, is missing.`,
    );
  },
};

export function storeKeyPath(dir: string): string {
  return join(dir, "store.key");
}

export function isEncrypted(dir: string): boolean {
  return existsSync(storeKeyPath(dir));
}

/**
 * `passphrase` is asked for only where there is something to open with it.
 * @throws store-passphrase-needed, store-passphrase-wrong, store-key-malformed
 */
export function openAtRest(suite: Suite, dir: string, passphrase: string | null): AtRest {
  return isEncrypted(dir) ? underKey(suite, readStoreKey(suite, dir, passphrase)) : PLAIN;
}

/** A fresh key, on the disk under its passphrase when this returns. */
export function newAtRest(suite: Suite, dir: string, passphrase: string): AtRest {
  const key = suite.randomBytes(AES_KEY_BYTES);
  writeDurably(storeKeyPath(dir), sealStoreKey(suite, key, passphrase), 0o600);
  return underKey(suite, key);
}

/** The random key itself. @throws as openAtRest */
export function readStoreKey(suite: Suite, dir: string, passphrase: string | null): Bytes {
  const text = readTextIfThere(storeKeyPath(dir));
  if (text === null) throw serverError("store-key-missing", `${dir} has no store.key.`);
  if (passphrase === null) {
    throw serverError("store-passphrase-needed", `The stores in ${dir} are encrypted: their passphrase is needed.`);
  }
  return openStoreKey(suite, text, passphrase);
}

export function underKey(suite: Suite, key: Bytes): AtRest {
  const derived = (name: string, length: number): Bytes => hkdfExpand(suite, key, utf8(`${LABEL}/${name}`), length);
  return {
    isEncrypted: true,
    pageKey: (name) => {
      const both = derived(name, AES_KEY_BYTES + MARK_BYTES);
      return { key: both.slice(0, AES_KEY_BYTES), mark: both.slice(AES_KEY_BYTES) };
    },
    seal: (name, text) => {
      const nonce = suite.randomBytes(AES_NONCE_BYTES);
      const box = suite.aesGcmSeal(derived(name, AES_KEY_BYTES), nonce, utf8(`${LABEL}/${name}`), utf8(text));
      return `${JSON.stringify({ parley: FORM, nonce: toBase64(nonce), box: toBase64(box) }, null, 2)}\n`;
    },
    open: (name, text) => {
      const { nonce, box } = sealedParts(name, text);
      const plain = suite.aesGcmOpen(derived(name, AES_KEY_BYTES), nonce, utf8(`${LABEL}/${name}`), box);
      if (plain === null)
        throw serverError("node-keys-malformed", `${name} was altered, or is under another store.key.`);
      return fromUtf8(plain);
    },
  };
}

function isSealed(text: string): boolean {
  return text.startsWith(`{\n  "parley": "${FORM}"`);
}

function sealedParts(name: string, text: string): { readonly nonce: Bytes; readonly box: Bytes } {
  if (!isSealed(text)) throw serverError("node-keys-malformed", `${name} is not encrypted, and this directory is.`);
  try {
    const { nonce, box } = JSON.parse(text) as Record<string, unknown>;
    return { nonce: fromBase64(String(nonce), AES_NONCE_BYTES), box: fromBase64(String(box)) };
  } catch (cause) {
    throw serverError("node-keys-malformed", `${name} is cut short, or was altered.`, { cause });
  }
}
