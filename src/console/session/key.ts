/**
 * The officer's key: opened from his file beside this page, held by the browser's own cryptography, which signs with it
 * and gives it back to nobody, whatever script may run here. It is kept in memory and never sent anywhere.
 */
import { apiError } from "../../api/index.ts";
import { parseKeyFile, type Signer } from "../../crypto/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ErrorEntry, ParleyError } from "../../wire/error.ts";
import { ED25519, native } from "./native.ts";
import type { OpenedKey } from "./open-key.ts";

export interface OfficerKey {
  readonly officer: string;
  readonly party: string;
  readonly signer: Signer;
}

/** Whose key this is, without opening it. Throws `key-file-malformed`. */
export function keyFileOwner(text: string): {
  readonly party: string;
  readonly name: string;
  readonly purpose: string;
} {
  const { party, name, purpose } = parseKeyFile(text);
  return { party, name, purpose };
}

/** What the worker is asked, and what it answers: the key itself, or why it was not opened. */
export interface OpenRequest {
  readonly text: string;
  readonly passphrase: string;
}
export type OpenAnswer =
  | { readonly opened: OpenedKey }
  | { readonly refused: { readonly code: string; readonly message: string; readonly entry: ErrorEntry } }
  | { readonly failed: string };

let waiting: Worker | null = null;

/** Loads what opens key files, while somebody types his passphrase or the node is still asked who it is. */
export function prepareToOpen(): void {
  waiting ??= new Worker(new URL("open-key.worker.ts", import.meta.url), { type: "module" });
}

/** Throws `key-file-malformed`, `key-file-passphrase`, `page-not-secure`, `browser-too-old`, `node-unreachable`. */
export async function openOfficerKey(text: string, passphrase: string): Promise<OfficerKey> {
  prepareToOpen();
  const worker = waiting as Worker;
  waiting = null;
  try {
    const answer = await asked(worker, { text, passphrase });
    if ("failed" in answer) throw new Error(answer.failed);
    if ("refused" in answer) throw new ParleyError(answer.refused.code, answer.refused.message, answer.refused.entry);
    const { officer, party, key, publicKey } = answer.opened;
    return { officer, party, signer: heldSigner(key, publicKey) };
  } finally {
    // What it knew of the seed goes with it.
    worker.terminate();
  }
}

function asked(worker: Worker, request: OpenRequest): Promise<OpenAnswer> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<OpenAnswer>) => resolve(data));
    worker.addEventListener("error", () =>
      reject(apiError("node-unreachable", "What opens key files could not be loaded from the node.")),
    );
    worker.postMessage(request, []);
  });
}

export interface HeldKey {
  readonly key: CryptoKey;
  /** 32 bytes. */
  readonly publicKey: Bytes;
}

/** A key that never was outside of this browser and cannot leave it. Throws `page-not-secure`, `browser-too-old`. */
export async function generateKey(): Promise<HeldKey> {
  const { privateKey, publicKey } = await native((subtle) => subtle.generateKey(ED25519, false, ["sign", "verify"]));
  return { key: privateKey, publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)) };
}

export function heldSigner(key: CryptoKey, publicKey: Bytes): Signer {
  return {
    publicKey,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign(ED25519, key, new Uint8Array(message))),
  };
}
