/**
 * The officer's key: opened in this page from his file and handed to the browser's own cryptography, which signs with it
 * and gives it back to nobody, whatever script may run here. It is kept in memory and never sent anywhere.
 */
import { ed25519Pkcs8, openKeyFile, parseKeyFile, type Signer } from "../../crypto/index.ts";
import { nobleSuite } from "../../crypto/noble.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { ParleyError } from "../../wire/error.ts";

export interface OfficerKey {
  readonly officer: string;
  readonly party: string;
  readonly signer: Signer;
}

const ED25519 = { name: "Ed25519" } as const;

/** Whose key this is, without opening it. Throws `key-file-malformed`. */
export function keyFileOwner(text: string): {
  readonly party: string;
  readonly name: string;
  readonly purpose: string;
} {
  const { party, name, purpose } = parseKeyFile(text);
  return { party, name, purpose };
}

/**
 * Opens it. Takes some tenths of a second on purpose: whoever steals the file must pay that for each guess.
 * Throws `key-file-malformed`, `key-file-passphrase`, `page-not-secure`, `browser-too-old`.
 */
export async function openOfficerKey(text: string, passphrase: string): Promise<OfficerKey> {
  await new Promise((resolve) => setTimeout(resolve, 30));
  const file = openKeyFile(nobleSuite, text, passphrase);
  if (file.purpose !== "officer") throw wrongKey();
  const made = ed25519Pkcs8(file.seed);
  const pkcs8 = new Uint8Array(made);
  try {
    const publicKey = nobleSuite.ed25519PublicKey(file.seed);
    const key = await native((subtle) => subtle.importKey("pkcs8", pkcs8, ED25519, false, ["sign"]));
    return { officer: file.name, party: file.party, signer: heldSigner(key, publicKey) };
  } finally {
    file.seed.fill(0);
    made.fill(0);
    pkcs8.fill(0);
  }
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

/** Only pages from this machine or over HTTPS have the browser's cryptography, and only newer browsers have Ed25519 in it. */
async function native<T>(ask: (subtle: SubtleCrypto) => Promise<T>): Promise<T> {
  if (!window.isSecureContext) {
    throw new ParleyError("page-not-secure", "This page came neither over HTTPS nor from this machine.", {
      exit: 2,
      http: 400,
      next: "Open the node's address over HTTPS, or from its own machine.",
    });
  }
  try {
    return await ask(crypto.subtle);
  } catch {
    throw new ParleyError("browser-too-old", "This browser cannot hold an Ed25519 key.", {
      exit: 2,
      http: 400,
      next: "Use a newer browser, or the command line.",
    });
  }
}

function wrongKey(): ParleyError {
  return new ParleyError("key-file-malformed", "This is a party's identity key, not an officer's.", {
    exit: 2,
    http: 400,
    next: "Take the identity key back where it is kept offline, and choose your own officer's key.",
  });
}
