/** The officer's key: opened in this page from his file, kept in memory, never sent anywhere. */
import { openKeyFile, parseKeyFile, seedSigner, type Signer } from "../../crypto/index.ts";
import { nobleSuite } from "../../crypto/noble.ts";
import { ParleyError } from "../../wire/error.ts";

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

/**
 * Opens it. Takes some tenths of a second on purpose: whoever steals the file must pay that for each guess.
 * Throws `key-file-malformed`, `key-file-passphrase`.
 */
export async function openOfficerKey(text: string, passphrase: string): Promise<OfficerKey> {
  await new Promise((resolve) => setTimeout(resolve, 30));
  const file = openKeyFile(nobleSuite, text, passphrase);
  if (file.purpose !== "officer") throw wrongKey();
  const signer = seedSigner(nobleSuite, file.seed);
  file.seed.fill(0);
  return { officer: file.name, party: file.party, signer };
}

function wrongKey(): ParleyError {
  return new ParleyError("key-file-malformed", "This is a party's identity key, not an officer's.", {
    exit: 2,
    http: 400,
    next: "Take the identity key back where it is kept offline, and choose your own officer's key.",
  });
}
