/**
 * Opens an officer's key file and hands the key to the browser's own cryptography, which signs with it and gives it back
 * to nobody. It runs in a worker (`open-key.worker.ts`): the seed is never in the page's memory, and the page goes on.
 */
import { ed25519Pkcs8, openKeyFile } from "../../crypto/index.ts";
import { nobleSuite } from "../../crypto/noble.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { ParleyError } from "../../wire/error.ts";
import { ED25519, native } from "./native.ts";

export interface OpenedKey {
  readonly officer: string;
  readonly party: string;
  /** Signs, and cannot be read. */
  readonly key: CryptoKey;
  /** 32 bytes. */
  readonly publicKey: Bytes;
}

/**
 * Takes some tenths of a second on purpose: whoever steals the file must pay that for each guess.
 * Throws `key-file-malformed`, `key-file-passphrase`, `page-not-secure`, `browser-too-old`.
 */
export async function openKey(text: string, passphrase: string): Promise<OpenedKey> {
  const file = openKeyFile(nobleSuite, text, passphrase);
  if (file.purpose !== "officer") throw wrongKey();
  const made = ed25519Pkcs8(file.seed);
  const pkcs8 = new Uint8Array(made);
  try {
    const publicKey = nobleSuite.ed25519PublicKey(file.seed);
    const key = await native((subtle) => subtle.importKey("pkcs8", pkcs8, ED25519, false, ["sign"]));
    return { officer: file.name, party: file.party, key, publicKey };
  } finally {
    file.seed.fill(0);
    made.fill(0);
    pkcs8.fill(0);
  }
}

function wrongKey(): ParleyError {
  return new ParleyError("key-file-malformed", "This is a party's identity key, not an officer's.", {
    exit: 2,
    http: 400,
    next: "Take the identity key back where it is kept offline, and choose your own officer's key.",
  });
}
